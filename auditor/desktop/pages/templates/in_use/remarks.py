"""What auditors said of a template and of the program, question by question, and what was done about it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Draft
from auditor.desktop.messages import problem_of
from auditor.desktop.models.remark_rows import (
    RemarkRow,
    counts_words,
    remark_columns,
    remark_rows,
    whole_words,
)
from auditor.desktop.operations import Operations
from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.fields import Field
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, may
from auditor.domain.template import Template
from auditor.services.feedback_waiting import remarks_of
from auditor.services.session import Session
from auditor.services.tool_feedback import FeedbackLine, SettleFeedback, settle_feedback


class Remarks(QWidget):
    """Enter or the button opens the form in the foot; Ctrl+Enter settles, Esc leaves what is written for later."""

    def __init__(self, session: Session, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._operations = session, operations
        self._template: Template | None = None
        self._draft: Draft | None = None
        self._settling: FeedbackLine | None = None
        self.words = WrapLabel("", "caption")
        self.table: DataTable[RemarkRow] = DataTable(
            "Remarks on the tool", remark_columns(), two_lines=True, table_id="remarks", memory=preferences(),
            key=lambda row: (row.line.audit_id, row.line.person_id, row.about),
        )  # fmt: skip
        self.title, self.said = Label("", "h3"), WrapLabel("", "caption2")
        self.done = GrowingText("What was done about it", hint="Whoever said it reads this", fewest_lines=1)
        self.field = Field("What was done", self.done)
        self.settle = Button("Settle…")
        self.send = Button("Settle")
        self.later = Button("Later")
        self.throw_away = Button("Throw away", "quiet")
        self._lay_out()
        self._connect()

    def load(self, template: Template) -> None:
        """Speak of a template, with all its variants and versions."""
        self._template = template
        self._close_form()
        self._ask()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what has no room in one column."""
        self.words.setVisible(not narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._settling is not None:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self._template is None:
            return
        family = self._template.master or self._template.id
        self._operations.run(lambda: self._session.ask(remarks_of, family), quick=True, on_done=self._show)

    def _show(self, lines: list[FeedbackLine]) -> None:
        self.words.setText(counts_words(lines))
        self.table.set_rows(remark_rows(lines))
        if self.table.current is None:
            self.table.select_first()
        self._show_current()

    def _show_current(self) -> None:
        """Below the table: everything that person said after that audit, and what was done."""
        if self._settling is not None:
            return
        row = self.table.current
        self._foot.setVisible(row is not None)
        if row is None:
            return
        line = row.line
        self.title.setText(f"{line.person_name} after {line.case_reference}, {line.cycle_title}")
        done = f"\nDone about it: {line.settled}" if line.settled else ""
        self.said.setText(f"{whole_words(line)}{done}")
        self.settle.set_text("Settle again…" if line.settled else "Settle…")

    def _open_form(self) -> None:
        row = self.table.current
        if row is None or self._settling is not None or not may(self._session.actor, Duty.KEEP_TEMPLATES):
            return
        line = self._settling = row.line
        self.done.setPlainText(line.settled)
        place = f"remarks/{line.audit_id}/{line.person_id}"
        self._draft = Draft(self._session, self._operations, place, self.field, {"done": self.done})
        self._draft.offer_throwing_away(self.throw_away)
        self._show_form(True)
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        line = self._settling
        if line is None:
            return
        command = SettleFeedback(line.audit_id, line.person_id, self.done.toPlainText())

        def settled(_changes: Changes) -> None:
            if self._draft is not None:
                self._draft.forget()
            self._leave()
            self._ask()

        self._operations.run(
            lambda: self._session.do(settle_feedback, command),
            quick=True,
            on_done=settled,
            on_failed=lambda error: self.field.fault(problem_of(error).remedy),
        )

    def _throw_away(self) -> None:
        if self._draft is not None:
            self._draft.throw_away()
        self._leave()

    def _leave(self) -> None:
        self._close_form()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_form(self) -> None:
        if self._draft is not None:
            self._draft.let_go()
            self._draft.deleteLater()
            self._draft = None
        self._settling = None
        self._show_form(False)
        self._show_current()

    def _show_form(self, shown: bool) -> None:
        self.field.fault("")
        for widget in (self.field, self.later, self.send):
            widget.setVisible(shown)
        self.settle.setVisible(not shown and may(self._session.actor, Duty.KEEP_TEMPLATES))
        if not shown:
            self.throw_away.hide()

    def _connect(self) -> None:
        self.table.picked.connect(lambda _row: self._show_current())
        self.table.opened.connect(lambda _row: self._open_form())
        self.settle.clicked.connect(self._open_form)
        self.send.clicked.connect(self._send)
        self.later.clicked.connect(self._leave)
        self.throw_away.clicked.connect(self._throw_away)
        self.done.finished.connect(self._send)
        self.done.left.connect(self._leave)
        self._operations.changed.connect(self._follow)

    def _follow(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches("audit"):
            self._ask()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 2, 20, 10)
        head.addWidget(self.words)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.table, 1)
        self._foot = Surface("foot", margins=(20, 10, 20, 10), spacing=6)
        for widget in (self.title, self.said, self.field):
            self._foot.body.addWidget(widget)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.throw_away)
        line.addStretch(1)
        for button in (self.settle, self.later, self.send):
            line.addWidget(button)
        self._foot.body.addLayout(line)
        column.addWidget(self._foot)
        self._show_form(False)
        self._foot.hide()
