"""The sections of an audit at the left of the desk, and what stands at their foot."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.marks import ANSWERS, Meaning
from auditor.desktop.pages.audits.choices import answer_meaning
from auditor.desktop.pages.audits.desk_state import DeskState
from auditor.desktop.theme import theme
from auditor.desktop.widgets.labels import IconLabel, Label, rule
from auditor.desktop.widgets.panel import Scrolled, Surface
from auditor.desktop.widgets.section_row import SectionRow
from auditor.domain.template import Section
from auditor.services.scoring import DeskView

_WIDTH = 262
_ALL_ANSWERED = Meaning(ANSWERS["met"].mark, "all answered", "good", "good_tint")


class SectionList(Surface):
    """`chosen(section_id)` when the user picks one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent=parent)
        self.setAccessibleName("Sections")
        self._rows: dict[str, SectionRow] = {}
        self._count = Label("", "caption")
        head = Surface("surface", horizontal=True, margins=(14, 9, 12, 9))
        head.body.addWidget(Label("Sections", "label"), 1)
        head.body.addWidget(self._count)
        self._scrolled = Scrolled(margins=(0, 0, 0, 0), spacing=0)
        self._good, self._actions = Label("", "caption2"), Label("", "caption2")
        foot = Surface("foot", margins=(14, 8, 12, 8))
        line = QHBoxLayout()
        line.setSpacing(6)
        for icon, label in (("star", self._good), ("flag", self._actions)):
            line.addWidget(IconLabel(icon, "accent" if icon == "star" else "text2", px=15))
            line.addWidget(label)
            line.addSpacing(4)
        line.addStretch(1)
        foot.body.addLayout(line)
        for widget in (head, rule(), self._scrolled, foot):
            self.body.addWidget(widget, 1 if widget is self._scrolled else 0)
        theme().changed.connect(self._fit)
        self._fit()

    def show_sections(self, sections: list[Section]) -> None:
        """List these; called once for an audit."""
        for section in sections:
            row = SectionRow(section.number, section.short or section.title)
            row.clicked.connect(lambda _on=False, chosen=section.id: self.chosen.emit(chosen))
            row.stepped.connect(partial(self._step_from, row))
            self._rows[section.id] = row
            self._scrolled.body.addWidget(row)

    def show_progress(self, state: DeskState) -> None:
        """Show how far each section is."""
        view, actions, all_done, all_total = state.view, len(state.actions), 0, 0
        for section in state.sections:
            done, total = state.count(section)
            all_done, all_total = all_done + done, all_total + total
            row = self._rows[section.id]
            row.set_progress(done, total)
            row.set_marks(_marks(view, section, done, total))
        self._count.setText(f"{all_done} of {all_total}")
        good = sum(1 for entry in view.entries.values() if entry.good_practice)
        self._good.setText(f"{good} good practice")
        self._actions.setText(f"{actions} action{'' if actions == 1 else 's'}")

    def set_current(self, section_id: str) -> None:
        """Mark the section shown."""
        for known, row in self._rows.items():
            row.set_current(known == section_id)
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if known == section_id else Qt.FocusPolicy.ClickFocus)
        current = self._rows.get(section_id)
        if current is not None:
            self._scrolled.ensureWidgetVisible(current, 0, 60)

    def _step_from(self, row: SectionRow, by: int) -> None:
        """The focus goes along the rows; Enter opens the one it stands on."""
        rows = list(self._rows.values())
        at = rows.index(row) + by
        if 0 <= at < len(rows):
            rows[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self.setFixedWidth(round(_WIDTH * min(theme().scale, 130) / 100))


def _marks(view: DeskView, section: Section, done: int, total: int) -> list[Meaning]:
    marks = []
    for question in section.questions:
        entry = view.entries.get(question.id)
        if question.is_section_judgement and entry is not None:
            grade = answer_meaning(question, entry.answer)
            marks += [grade] if grade else []
    return [*marks, _ALL_ANSWERED] if total and done == total else marks
