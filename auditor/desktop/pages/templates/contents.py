"""What a template asks: its sections with what each takes, or its questions to search by number or words; what it costs
and tells in use; and what auditors say of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.models.template_rows import matching, question_columns, section_columns
from auditor.desktop.operations import Operations
from auditor.desktop.pages.templates.in_use.in_use import InUse
from auditor.desktop.pages.templates.in_use.remarks import Remarks
from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.fields import LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.toggles import Segments
from auditor.desktop.words import many
from auditor.domain.effort import effort
from auditor.domain.roles import Duty, may
from auditor.domain.template import Question, Section, Template
from auditor.services.session import Session

SECTIONS, QUESTIONS, IN_USE, REMARKS = "sections", "questions", "in-use", "remarks"
_VIEWS = ((SECTIONS, "Sections"), (QUESTIONS, "Questions"), (IN_USE, "In use"), (REMARKS, "Remarks"))


class SearchLine(LineEdit):
    """The search; Down goes on into what was found, Esc clears it."""

    go_on = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Contents(QWidget):
    """The middle of the Templates page. `section_opened` and `question_opened` when one is to be read."""

    section_opened = Signal(object)
    question_opened = Signal(object)
    turned = Signal()
    """Something else of the template is in sight."""

    def __init__(self, session: Session, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template: Template | None = None
        self.title = Label("", "h2")
        self.purpose = WrapLabel("", "caption")
        self.in_use, self.remarks = InUse(session, operations), Remarks(session, operations)
        sees = may(session.actor, Duty.SEE_FINDINGS)
        self.segments = Segments("What to list", [view for view in _VIEWS if sees or view[0] != IN_USE])
        self.search = SearchLine("Search the questions by number or words", hint="Such as 22.1, or risk")
        self.found = Label("", "caption")
        self.sections: DataTable[Section] = DataTable(
            "Sections",
            section_columns(),
            table_id="template-sections",
            memory=preferences(),
            key=lambda section: section.id,
        )
        self.questions: DataTable[Question] = DataTable(
            "Questions",
            question_columns(lambda: self._template),
            table_id="template-questions",
            two_lines=True,
            memory=preferences(),
            key=lambda question: question.id,
        )
        self.totals = WrapLabel("", "h3")
        self.split = Label("", "caption")
        self._lay_out()
        self._connect()

    @property
    def table(self) -> QWidget:
        """The list in sight."""
        tables = {QUESTIONS: self.questions, IN_USE: self.in_use.table, REMARKS: self.remarks.table}
        return tables.get(self.segments.chosen, self.sections)

    def load(self, template: Template, totals: str) -> None:
        """Show a template, in the view that is open."""
        self._template = template
        self.title.setText(template.title)
        self.purpose.setText(template.purpose or "Every question of the form.")
        self.sections.set_rows(template.sections)
        self.sections.select_first()
        self.totals.setText(totals)
        spent = effort(template.asked())
        derived = sum(1 for question in template.questions() if not question.asked)
        worked_out = f" · {derived} worked out" if derived else ""
        self.split.setText(f"{spent.facts} facts · {spent.judgements} judgements{worked_out}")
        self._find()
        self.in_use.load(template)
        self.remarks.load(template)

    def show_view(self, view: str) -> None:
        """Show sections, questions, figures or remarks."""
        self._choose(view)

    @property
    def listing(self) -> bool:
        """Whether what the template asks is in sight, rather than how it is used."""
        return self.segments.chosen in (SECTIONS, QUESTIONS)

    def start_search(self) -> None:
        """Go to the search among the questions."""
        self._choose(QUESTIONS)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def focus_table(self) -> None:
        """Go on in the list in sight."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what has no room in one column."""
        self.purpose.setVisible(not narrow)
        self.in_use.set_narrow(narrow)
        self.remarks.set_narrow(narrow)
        self.split.setVisible(not narrow)
        self.found.setVisible(not narrow)
        for number, column in enumerate(self.sections.rows.columns):
            self.sections.setColumnHidden(number, narrow and column.id in ("facts", "judgements"))
        self.questions.setColumnHidden(2, narrow)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head, words = QHBoxLayout(), QVBoxLayout()
        head.setContentsMargins(20, 10, 20, 10)
        head.setSpacing(16)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.purpose)
        head.addLayout(words, 1)
        head.addWidget(self.segments, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._finder = QWidget()
        line = QHBoxLayout(self._finder)
        line.setContentsMargins(20, 2, 20, 10)
        line.setSpacing(12)
        line.addWidget(self.search, 1)
        line.addWidget(self.found)
        self._finder.hide()
        column.addWidget(self._finder)
        column.addWidget(rule())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sections)
        self._stack.addWidget(self.questions)
        self._stack.addWidget(self.in_use)
        self._stack.addWidget(self.remarks)
        column.addWidget(self._stack, 1)
        foot = self._foot = Surface("foot", horizontal=True, margins=(20, 12, 20, 12), spacing=12)
        foot.body.addWidget(self.totals, 1)
        foot.body.addWidget(self.split)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.segments.changed.connect(self._choose)
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.go_on.connect(self._go_on)
        self.sections.opened.connect(self.section_opened)
        self.questions.opened.connect(self.question_opened)
        self.in_use.question_opened.connect(self.question_opened)

    def _choose(self, view: str) -> None:
        self.segments.set_chosen(view)
        self._finder.setVisible(view == QUESTIONS)
        views = {QUESTIONS: self.questions, IN_USE: self.in_use, REMARKS: self.remarks}
        self._stack.setCurrentWidget(views.get(view, self.sections))
        self._foot.setVisible(self.listing)
        self.turned.emit()

    def _find(self) -> None:
        if self._template is None:
            return
        found = matching(self._template, self.search.text())
        self.questions.set_rows(found)
        every = sum(1 for _ in self._template.asked())
        self.found.setText(f"{len(found)} of {every}" if self.search.text().strip() else many(every, "question"))
        if not self.questions.currentIndex().isValid():
            self.questions.select_first()

    def _go_on(self) -> None:
        if self.questions.current is None:
            self.questions.select_first()
        self.questions.setFocus(Qt.FocusReason.OtherFocusReason)
