"""The Moderation page: what waits to be read again and why, one audit opened, and how far grades moved."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.moderation.choosing import Choosing
from auditor.desktop.pages.moderation.desk import KEYS, ModerationDesk
from auditor.desktop.pages.moderation.tables import AUDITS, CALIBRATION, CalibrationRow
from auditor.desktop.preferences import preferences
from auditor.desktop.shell.drawer_page import DrawerPage
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import polish, theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.labels import WrapLabel, rule
from auditor.desktop.widgets.toggles import Tabs
from auditor.desktop.words import many
from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, may
from auditor.services.moderation_view import ModerationLine, calibration, moderation_lines
from auditor.services.session import Session

WAITING, DONE, OTHERS, MOVED = "waiting", "done", "others", "moved"
_NOTHING = {
    WAITING: "Nothing waits to be moderated. Signed-off audits appear here by the rules of their cycle, or chosen by "
    "hand from the others.",
    DONE: "No audit is moderated yet.",
    OTHERS: "No other audit is signed off. Open one here to read it, or choose it to be moderated.",
    MOVED: "No grade is moderated yet. How far moderation moved the grades of each auditor will stand here.",
}
_WITHOUT = ((620, ("grade", "next")), (960, ("next", "stage")))
"""What is left out below which width, in logical pixels at 100 %, so that case and reason keep their room."""

_ALL_NUMBERS = 860


class _Lists(QStackedWidget):
    """Tells how much room the lists have."""

    resized = Signal(int)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(self.width())


class ModerationPage(DrawerPage):
    """`arrive(audit_id)` opens an audit."""

    page_id, title, icon = "moderation", "Moderate", "moderation"
    kinds = ("audit", "cycle", "case")
    low_header = True

    def __init__(self, operations: Operations, session: Session, today: Callable[[], date] = date.today) -> None:
        super().__init__(operations)
        self._session, self._today = session, today
        self._lines: list[ModerationLine] = []
        self._arrangement = Arrangement.WIDE
        self.desk: ModerationDesk | None = None
        self._rules = self.header.add_button(Button("What is chosen…"))
        self._choose = self.header.add_button(Button("Choose this one…"))
        self._side = self.header.add_button(Button("Your judgement"))
        self.tabs = Tabs("Which audits")
        for tab_id, word in ((WAITING, "Waiting"), (DONE, "Moderated"), (OTHERS, "Others signed off")):
            self.tabs.add(tab_id, word, 0)
        self._leads = may(session.actor, Duty.SEE_CALIBRATION)
        if self._leads:
            self.tabs.add(MOVED, "How far grades moved")
        self.table: DataTable[ModerationLine] = DataTable(
            "Audits", AUDITS, table_id="moderation", two_lines=True, memory=preferences(),
            key=lambda line: line.line.audit.id,
        )  # fmt: skip
        self.moved: DataTable[CalibrationRow] = DataTable(
            "How far grades moved", CALIBRATION, table_id="calibration", memory=preferences(), key=lambda row: row[0]
        )
        self.nothing = WrapLabel("", "muted")
        self.drawer = Drawer("Choice")
        self._lists = _Lists()
        self._both = WithDrawer(self._main(), self.drawer)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._both)
        self.content.addWidget(self._stack, 1)
        self.choosing = Choosing(session, operations, today, self.drawer, self._both)
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        self.operations.run(lambda: self._session.ask(moderation_lines, None), quick=True, on_done=self._take)
        if self.desk is not None and changes is not None:
            self.desk.replies.reload()

    def arrive(self, target: object) -> None:
        if isinstance(target, str) and target:
            self.open_audit(target)
        if self.desk is not None:
            self.desk.focus_question()
        else:
            self._focus_list()

    def open_audit(self, audit_id: str) -> None:
        """Show an audit as its pair saw it."""
        if self.desk is not None and self.desk.view.found.line.audit.id == audit_id:
            return
        self._drop_desk()
        self.operations.run(
            lambda: ModerationDesk(self._session, self.operations, audit_id, self._today),
            quick=True,
            on_done=self._show_desk,
        )

    def leave(self) -> None:
        if self.desk is not None:
            self.desk.leave()

    def go_back(self) -> bool:
        if self.desk is None:
            return super().go_back()
        if self.desk.drawer.isVisible():
            self.desk.drawer.close_drawer()
        elif self.desk.aside:
            self.desk.set_aside(False)
            self.desk.focus_question()
        else:
            self._back_to_list()
        return True

    def arrange(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        self._both.set_stacked(arrangement is not Arrangement.WIDE)
        if self.desk is not None:
            self.desk.arrange(arrangement)
        self._show_head()

    def keys(self) -> list[tuple[str, str]]:
        if self.desk is not None:
            return KEYS
        return [("Enter", "open the audit"), ("C", "choose the audit by hand"), ("S", "sort"), ("Ctrl+C", "copy")]

    def panes(self) -> list[QWidget]:
        return [self.header, *(self.desk.panes() if self.desk is not None else [self.tabs, self._lists, self.drawer])]

    def press(self, key: str) -> bool:
        if self.desk is None and key == "C" and self.choosing.form is None:
            self._choose_current()
            return True
        return False

    def _take(self, lines: list[ModerationLine]) -> None:
        self._lines = lines
        if self._leads:
            self.operations.run(lambda: self._session.ask(calibration, None), quick=True, on_done=self.moved.set_rows)
        self._show_rows()
        self._show_head()

    def _of_tab(self, tab_id: str) -> list[ModerationLine]:
        if tab_id == WAITING:
            return [line for line in self._lines if line.waits]
        done = tab_id == DONE
        return [line for line in self._lines if not line.waits and bool(line.line.audit.moderated) is done]

    def _show_rows(self) -> None:
        for tab_id in (WAITING, DONE, OTHERS):
            self.tabs.set_count(tab_id, len(self._of_tab(tab_id)))
        tab = self.tabs.current
        if tab == MOVED:
            some = self.moved.rows.rowCount() > 0
            self._lists.setCurrentWidget(self.moved if some else self._calm)
        else:
            rows = self._of_tab(tab)
            self.table.set_rows(rows)
            self._lists.setCurrentWidget(self.table if rows else self._calm)
            if rows and self.table.current is None:
                self.table.select_first()
        self.nothing.setText(_NOTHING[tab])

    def _show_desk(self, desk: ModerationDesk) -> None:
        self.desk = desk
        desk.changed.connect(self._show_head)
        # Not now: the desk is in the middle of recording.
        desk.ended.connect(self._back_to_list, Qt.ConnectionType.QueuedConnection)
        self._stack.addWidget(desk)
        self._stack.setCurrentWidget(desk)
        desk.arrange(self._arrangement)
        desk.focus_question()

    def _back_to_list(self) -> None:
        self._drop_desk()
        self.refresh(None)
        self._focus_list()

    def _drop_desk(self) -> None:
        if self.desk is not None:
            desk, self.desk = self.desk, None
            desk.leave()
            self._stack.removeWidget(desk)
            desk.hide()
            desk.deleteLater()
            self._show_head()

    def _show_head(self) -> None:
        desk = self.desk
        self.header.offer(self._rules, desk is None and may(self._session.actor, Duty.RUN_CYCLES))
        self.header.offer(self._choose, desk is None and bool(self._lines))
        narrow = self._arrangement is not Arrangement.WIDE
        self.header.offer(self._side, desk is not None and narrow)
        if desk is None:
            waiting = sum(1 for line in self._lines if line.waits)
            self.header.set_title("Moderation", f"{many(waiting, 'audit')} to read again" if waiting else "")
            return
        names = " and ".join(desk.view.found.line.auditor_names)
        self.header.set_title(desk.view.found.line.case.reference, f"Moderate · {desk.view.template.title} · {names}")
        self._side.set_text("Questions" if desk.aside else "Your judgement")
        # Where the judgement has no room beside the questions, going there is the next thing to do.
        polish(self._side, k="p" if not desk.aside and desk.may else "")
        self.header.offer(self._side, narrow)

    def _use_side(self) -> None:
        """Where only one has room: from the questions to the judgement, and back."""
        if self.desk is None:
            return
        self.desk.set_aside(not self.desk.aside)
        if self.desk.aside:
            self.desk.judgement.take_focus()
        else:
            self.desk.focus_question()

    def _choose_current(self) -> None:
        line = self.table.current if self._lists.currentWidget() is self.table else None
        if line is not None:
            self.choosing.choose(line)

    def _focus_list(self) -> None:
        shown = self._lists.currentWidget()
        stop = self.tabs if shown is None or shown is self._calm else shown
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 0, 16, 0)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        self._calm = QWidget()
        words = QVBoxLayout(self._calm)
        words.setContentsMargins(20, 20, 20, 20)
        words.addWidget(self.nothing)
        words.addStretch(1)
        for widget in (self.table, self.moved, self._calm):
            self._lists.addWidget(widget)
        column.addLayout(bar)
        column.addWidget(rule())
        column.addWidget(self._lists, 1)
        return main

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _tab: self._show_rows())
        self.table.opened.connect(lambda line: self.open_audit(line.line.audit.id))
        self._rules.clicked.connect(lambda: self.choosing.set_rules(self.table.current))
        self._choose.clicked.connect(self._choose_current)
        self._side.clicked.connect(self._use_side)
        self.choosing.done.connect(self._focus_list)
        self._lists.resized.connect(self._fit)

    def _fit(self, width: int) -> None:
        room = width * 100 / theme().scale
        self.table.leave_out(next((left_out for below, left_out in _WITHOUT if room < below), ()))
        self.moved.leave_out(("held", "steps") if room < _ALL_NUMBERS else ())
