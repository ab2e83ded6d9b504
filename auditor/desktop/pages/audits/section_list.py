"""The sections of an audit at the left of the desk, and what stands at their foot."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.marks import ANSWERS, LIMITS_GRADE, TO_DISCUSS, Meaning
from auditor.desktop.pages.audits.desk_state import DeskState
from auditor.desktop.questions.choices import answer_meaning
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
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
        self._left_out: AbstractSet[str] = frozenset()
        self._current = ""
        self.fold = Button("", "link")
        self.fold.setCheckable(True)
        self.fold.clicked.connect(self._show_rows)
        self._fold_line = Surface("side", horizontal=True, margins=(10, 6, 8, 6))
        self._fold_line.body.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._fold_line.hide()
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
        self._scrolled.body.addWidget(self._fold_line)

    def show_progress(self, state: DeskState) -> None:
        """Show how far each section is."""
        view, actions, all_done, all_total = state.view, len(state.actions), 0, 0
        for section in state.sections:
            done, total = state.count(section)
            all_done, all_total = all_done + done, all_total + total
            row = self._rows[section.id]
            row.set_progress(done, total)
            row.set_reason(state.left_out.get(section.id, ""))
            row.set_marks(_marks(view, section, done, total, state.led_to.get(section.id, 0)))
        self._put_aside(self._rows.keys() & state.left_out.keys())
        self._count.setText(f"{all_done} of {all_total}")
        good = sum(1 for entry in view.entries.values() if entry.good_practice)
        self._good.setText(f"{good} good practice")
        self._actions.setText(f"{actions} action{'' if actions == 1 else 's'}")

    def set_current(self, section_id: str) -> None:
        """Mark the section shown."""
        self._current = section_id
        if self._left_out:
            self._show_rows()
        for known, row in self._rows.items():
            row.set_current(known == section_id)
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if known == section_id else Qt.FocusPolicy.ClickFocus)
        current = self._rows.get(section_id)
        if current is not None:
            self._scrolled.ensureWidgetVisible(current, 0, 60)

    def _in_order(self) -> list[SectionRow]:
        """The rows as they stand: sections that are not for this case last."""
        return [self._rows[known] for known in sorted(self._rows, key=self._left_out.__contains__)]

    def _put_aside(self, left_out: AbstractSet[str]) -> None:
        """Put the sections that are not for this case behind a row that shows them."""
        if left_out == self._left_out:
            return
        self._left_out = left_out
        lines = self._scrolled.body
        for row in self._in_order():
            lines.removeWidget(row)
            lines.addWidget(row)
        lines.removeWidget(self._fold_line)
        lines.insertWidget(len(self._rows) - len(left_out), self._fold_line)
        self._show_rows()

    def _show_rows(self) -> None:
        count, shown = len(self._left_out), self.fold.isChecked()
        said = "1 section does not apply here" if count == 1 else f"{count} sections do not apply here"
        self.fold.set_text(f"{said} · {'hide' if shown else 'show'}")
        self._fold_line.setHidden(not count)
        for known, row in self._rows.items():
            row.setHidden(known in self._left_out and not shown and known != self._current)

    def _step_from(self, row: SectionRow, by: int) -> None:
        """The focus goes along the rows; Enter opens the one it stands on."""
        rows = [other for other in self._in_order() if not other.isHidden()]
        at = rows.index(row) + by
        if 0 <= at < len(rows):
            rows[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self.setFixedWidth(round(_WIDTH * min(theme().scale, 130) / 100))


def _marks(view: DeskView, section: Section, done: int, total: int, checks: int) -> list[Meaning]:
    marks = [replace(LIMITS_GRADE, word=f"{checks} check{'' if checks == 1 else 's'}")] if checks else []
    flagged = sum(q.id in view.entries and view.entries[q.id].flag is not None for q in section.questions)
    marks += [replace(TO_DISCUSS, word=f"{flagged} to discuss")] if flagged else []
    for question in section.questions:
        entry = view.entries.get(question.id)
        if question.is_section_judgement and entry is not None:
            grade = answer_meaning(question, entry.answer)
            marks += [grade] if grade else []
    return [*marks, _ALL_ANSWERED] if total and done == total else marks
