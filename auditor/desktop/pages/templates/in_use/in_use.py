"""What a template costs and tells: slow sections, questions that never tell anything, and what a shorter one loses."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.models.burden_rows import (
    audits_words,
    lost_words,
    question_columns,
    section_columns,
    shorter_words,
)
from auditor.desktop.operations import Operations
from auditor.desktop.pages.templates.in_use.figures import Counting, Figures
from auditor.desktop.pages.templates.in_use.question_list import QuestionList
from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.labels import WrapLabel, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.toggles import Segments
from auditor.domain.burden import SectionBurden, without
from auditor.domain.roles import Duty, may
from auditor.domain.template import Template
from auditor.services.cycles import all_cycles
from auditor.services.session import Session

SIGNS, ALL, SECTIONS = "signs", "all", "sections"
_NONE_YET = (
    "No audit with this template, or with another variant of its master, is signed off yet. Figures appear here by "
    "themselves."
)
_NO_MASTER = "There is no master here to build a variant from."


class InUse(QWidget):
    """`build_asked(ids)` to build a variant without these questions; `question_opened(Question)` to read one; `counted`
    when figures are in sight."""

    counted = Signal()
    build_asked = Signal(object)
    question_opened = Signal(object)

    def __init__(self, session: Session, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._template: Template | None = None
        self._narrow = False
        self._left: dict[str, frozenset[str]] = {}
        self.figures: Figures | None = None
        self._counting = Counting(session, operations, self)
        self.cycle = Combo("Of which cycle")
        self.views = Segments("What to show", ((SIGNS, "With a sign"), (ALL, "All questions"), (SECTIONS, "Sections")))
        self.words = WrapLabel("", "caption")
        self.questions = QuestionList(
            "Questions in use", question_columns(lambda: self.left, lambda: self._template), two_lines=True,
            table_id="burden-questions", memory=preferences(), key=lambda item: item.question.id,
        )  # fmt: skip
        self.sections: DataTable[SectionBurden] = DataTable(
            "Sections in use", section_columns(), two_lines=True, table_id="burden-sections", memory=preferences(),
            key=lambda item: item.section.id,
        )  # fmt: skip
        self.totals, self.lost = WrapLabel("", "h3"), WrapLabel("", "caption2")
        self.all_signs, self.none = Button("Tick all with a sign"), Button("Untick all")
        self.build = Button("Build a variant without these")
        self._lay_out()
        self._connect()

    @property
    def left(self) -> frozenset[str]:
        """The questions ticked to be left out of the template in sight."""
        return self._left.get(self._template.hash, frozenset()) if self._template else frozenset()

    @property
    def table(self) -> QWidget:
        """The list in sight."""
        return self.sections if self.views.chosen == SECTIONS else self.questions

    def load(self, template: Template) -> None:
        """Speak of a template; it is counted once this is in sight."""
        self._template, self.figures = template, None
        self._show_waiting()
        if self.isVisible():
            self._ask()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what has no room in one column."""
        self.questions.leave_out(("minutes",) if narrow else ())
        self.sections.leave_out(("expected",) if narrow else ())
        self._narrow = narrow
        self._show_words()
        self._show_totals()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_cycles()
        self._ask()

    def _ask(self) -> None:
        template, cycle_id = self._template, self.cycle.value
        if template is None:
            return

        def show(found: Figures) -> None:
            if self._template is template and self.cycle.value == cycle_id:
                self._show(found)

        self._counting.of(template, cycle_id, show)

    def _ask_again(self) -> None:
        if self.isVisible():
            self._ask()

    def _show_cycles(self) -> None:
        chosen = self.cycle.value
        known = self._session.ask(all_cycles, None)
        self.cycle.set_options([("", "All cycles"), *((one.id, one.title) for one in known)])
        self.cycle.set_value(chosen if any(one.id == chosen for one in known) else "")

    def _show_waiting(self) -> None:
        self._show_words()
        self.questions.set_rows([])
        self.sections.set_rows([])
        self._show_totals()

    def _show(self, found: Figures) -> None:
        self.figures = found
        self._show_words()
        self.sections.set_rows(found.burden.sections)
        self._show_rows()
        self._show_totals()
        self.counted.emit()

    def _show_words(self) -> None:
        burden = self.figures.burden if self.figures else None
        told = audits_words(burden) if burden and burden.audits else _NONE_YET if burden else "Counting…"
        self.words.setText(told)
        self.words.setVisible(not (self._narrow and burden and burden.audits))

    def _show_rows(self) -> None:
        if self.figures is not None:
            burden = self.figures.burden
            self.questions.set_rows(burden.questions if self.views.chosen == ALL else burden.to_leave)
            for table in (self.questions, self.sections):
                if not table.currentIndex().isValid():
                    table.select_first()

    def _show_totals(self) -> None:
        found, left, template = self.figures, self.left, self._template
        if found is None or template is None:
            self.totals.setText("")
            self.lost.hide()
        else:
            self.totals.setText(shorter_words(without(found.burden, left)))
            words = lost_words(*found.lost(template, left), counts=self._narrow)
            words = words if found.builder is not None else _NO_MASTER
            self.lost.setText(words)
            self.lost.setVisible(bool(words))
            self.all_signs.setVisible(bool(found.burden.to_leave))
        self.none.setVisible(bool(left))
        reason = self._why_not(found)
        if reason:
            self.build.block(reason)
        else:
            self.build.unblock()

    def _why_not(self, found: Figures | None) -> str:
        if found is None or found.builder is None:
            return _NO_MASTER
        return "" if self.left else "No question is ticked."

    def _set_left(self, left: frozenset[str]) -> None:
        if self._template is not None:
            self._left[self._template.hash] = left
            self.questions.viewport().update()
            self._show_totals()

    def _tick_signs(self) -> None:
        if self.figures is not None:
            self._set_left(self.left | {item.question.id for item in self.figures.burden.to_leave})

    def _turn(self, view: str) -> None:
        self._stack.setCurrentWidget(self.sections if view == SECTIONS else self.questions)
        self._show_rows()

    def _connect(self) -> None:
        self.views.changed.connect(self._turn)
        self.cycle.picked.connect(lambda _cycle: self._begin_again())
        self._counting.outdated.connect(self._ask_again)
        self.questions.flipped.connect(lambda one: self._set_left(self.left ^ {one}))
        self.questions.opened.connect(lambda item: self.question_opened.emit(item.question))
        self.all_signs.clicked.connect(self._tick_signs)
        self.none.clicked.connect(lambda: self._set_left(frozenset()))
        self.build.clicked.connect(lambda: self.build_asked.emit(self.left))

    def _begin_again(self) -> None:
        self.figures = None
        self._show_waiting()
        self._ask()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 2, 20, 10)
        head.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.views)
        line.addStretch(1)
        line.addWidget(self.cycle)
        self.cycle.fill_room()
        head.addLayout(line)
        head.addWidget(self.words)
        column.addLayout(head)
        column.addWidget(rule())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.questions)
        self._stack.addWidget(self.sections)
        column.addWidget(self._stack, 1)
        foot = Surface("foot", margins=(20, 10, 20, 10), spacing=6)
        foot.body.addWidget(self.totals)
        foot.body.addWidget(self.lost)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.all_signs, self.none):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.build)
        self.build.setVisible(may(self._session.actor, Duty.KEEP_TEMPLATES))
        foot.body.addLayout(buttons)
        column.addWidget(foot)
