"""One section of the desk: its facts folding together, its judgements below, each question a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from auditor.desktop.pages.audits.answering import Answering
from auditor.desktop.pages.audits.fold_head import FoldHead
from auditor.desktop.pages.audits.question_row import QuestionRow
from auditor.desktop.pages.audits.row_painting import INDENT, LEFT_EDGE
from auditor.desktop.pages.audits.timescale_line import TimescaleLine
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Scrolled
from auditor.domain.answers import Entry
from auditor.domain.template import Question
from auditor.domain.timescale import Timescale

_MARGIN = 12
_FOLD_FROM = 4
"""Facts fold by themselves once all of them are answered, from this many on."""


@dataclass(frozen=True)
class SectionContent:
    """What a section shows: its questions (facts, then the rest), what the program filled in, and what is recorded."""

    questions: tuple[Question, ...]
    fixed: tuple[tuple[Question, str], ...]
    entries: Mapping[str, Entry]
    with_action: frozenset[str]
    open_ones: frozenset[str]
    """The questions that can still be answered; the others are only read."""
    needed: frozenset[str]
    """The questions that count: asked in this case, or answered all the same."""
    timescales: tuple[tuple[str, Timescale], ...] = ()
    """What came of time limits, each with the question it is told below."""
    aside: Mapping[str, str] = field(default_factory=dict)
    """Why questions are not for this case, by their ids."""


class SectionView(Scrolled):
    """The rows of one section, built when it is first shown and kept. `pressed(row, zone)` as the rows say it."""

    pressed = Signal(object, object)
    grew = Signal()
    folded = Signal()
    """The facts were folded together or opened."""

    def __init__(self, content: SectionContent, on_key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(margins=(0, 0, 0, 16), spacing=0)
        self._content, self._on_key = content, on_key
        self._only_blank, self._only_flagged, self._single = False, False, False
        facts = [question for question in content.questions if question.is_fact]
        judged = [question for question in content.questions if not question.is_fact]
        self.facts_head, self.judged_head = FoldHead("Facts"), FoldHead("Judgements")
        self.rows: list[QuestionRow] = []
        self.lines: dict[str, TimescaleLine] = {}
        self._place = self.widget()
        self._heads = {self.facts_head: bool(facts or content.fixed), self.judged_head: bool(judged)}
        self.body.addWidget(self.facts_head)
        self._fixed = _fixed_lines(content.fixed)
        if self._fixed is not None:
            self.body.addWidget(self._fixed)
        self._add_rows(facts)
        self.body.addWidget(self.judged_head)
        self._add_rows(judged)
        # A layout aligned to the top takes no more than its size hint, which is wrong for rows that wrap anew.
        self.body.setAlignment(Qt.AlignmentFlag(0))
        self.body.addStretch(1)
        self.facts_head.clicked.connect(self._fold_pressed)
        self.judged_head.setEnabled(False)
        answered = self._answered(facts)
        if len(facts) >= _FOLD_FROM and answered == len(facts) and judged:
            self.facts_head.set_folded(True)
        self._place_lines()
        self._settle()

    def show_content(self, content: SectionContent) -> None:
        """Show what is recorded now."""
        self._content = content
        for row in self.rows:
            question_id = row.question.id
            row.show_entry(content.entries.get(question_id, Entry()), question_id in content.with_action)
            row.set_aside(content.aside.get(question_id, ""))
        self._show_lines()
        self._count()

    def row(self, question_id: str) -> QuestionRow | None:
        """The row of a question of this section."""
        return next((row for row in self.rows if row.question.id == question_id), None)

    def shown_rows(self) -> list[QuestionRow]:
        """The rows Up and Down move through: all but those the filter hides, and those that are not for this case."""
        return [row for row in self.rows if not (self._filtered(row) or row.folded)]

    def fold(self, folded: bool) -> None:
        """Fold the facts together, or open them."""
        self.facts_head.set_folded(folded)
        self._settle()

    def _fold_pressed(self) -> None:
        self.fold(not self.facts_head.folded)
        self.folded.emit()

    def set_only_blank(self, only: bool) -> None:
        """Show only what is blank now; what is answered meanwhile stays until the filter is set again."""
        self._only_blank = only
        for row in self.rows:
            row.setProperty("answered", not row.entry.answer.is_blank)
        self._settle()

    def set_only_flagged(self, only: bool) -> None:
        """Show only what is flagged for discussion."""
        self._only_flagged = only
        self._settle()

    def set_single(self, single: bool) -> None:
        """One question a page, for large text."""
        self._single = single
        self._settle()

    def reveal(self, row: QuestionRow, *, keep_at: int | None = None) -> None:
        """Bring a row into view; `keep_at` keeps its top at this height of the window, under the mouse."""
        if row.question.is_fact and self.facts_head.folded:
            self.fold(False)
        self._settle()
        self.settle_layout(row)
        bar, view = self.verticalScrollBar(), self.viewport().height()
        if keep_at is not None:
            bar.setValue(row.y() - keep_at)
            return
        if row.y() + row.height() + _MARGIN > bar.value() + view:
            bar.setValue(row.y() + row.height() + _MARGIN - view)
        if row.y() - _MARGIN < bar.value():
            first = row is self.rows[0] or self._single
            bar.setValue(0 if first else row.y() - _MARGIN)
        self._reveal_form(row)

    def _reveal_form(self, row: QuestionRow) -> None:
        """A form that has opened below is what is worked at: all of it, where the question leaves no room for it."""
        form = row.live.form if isinstance(row.live, Answering) else None
        if form is None:
            return
        bar, view = self.verticalScrollBar(), self.viewport().height()
        top = form.mapTo(self._inside, QPoint(0, 0)).y()
        bottom = top + form.height() + _MARGIN
        if bottom > bar.value() + view:
            bar.setValue(min(bottom - view, top - _MARGIN))

    def top_of(self, row: QuestionRow) -> int:
        """Where the row begins in the window."""
        return row.y() - self.verticalScrollBar().value()

    def settle_layout(self, row: QuestionRow) -> None:
        """Let heights that wait for the event loop take effect now."""
        for widget in (row.live, row, self._place):
            if widget is not None:
                QCoreApplication.sendPostedEvents(widget, QEvent.Type.LayoutRequest)

    def _add_rows(self, questions: list[Question]) -> None:
        for question in questions:
            entry = self._content.entries.get(question.id, Entry())
            acted = question.id in self._content.with_action
            row = QuestionRow(
                question, entry, self._on_key, reading=question.id not in self._content.open_ones, action=acted
            )
            row.set_aside(self._content.aside.get(question.id, ""))
            row.pressed.connect(self.pressed)
            row.grew.connect(self.grew)
            self.rows.append(row)
            self.body.addWidget(row)

    def _show_lines(self) -> None:
        """Time limits come and go without moving the current question."""
        now = next((row for row in self.rows if row.now and row.isVisible()), None)
        top = self.top_of(now) if now is not None else 0
        if not self._place_lines():
            return
        self._settle()
        if now is not None:
            # Lines that wrap know their height only once they have their width, layout within layout.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self.reveal(now, keep_at=top)

    def _place_lines(self) -> bool:
        """Whether any line came, went or says something else."""
        told = {found.rule: (question_id, found) for question_id, found in self._content.timescales}
        gone = [rule for rule, line in self.lines.items() if told.get(rule, ("",))[0] != line.question_id]
        for rule in gone:
            line = self.lines.pop(rule)
            line.hide()
            line.deleteLater()
        come = [rule for rule in told if rule not in self.lines]
        news = [rule for rule, line in self.lines.items() if line.timescale != told[rule][1]]
        for rule, (question_id, found) in told.items():
            if rule in self.lines:
                self.lines[rule].show_result(found)
            elif (row := self.row(question_id)) is not None:
                line = self.lines[rule] = TimescaleLine(found, question_id)
                before = sum(other.question_id == question_id for other in self.lines.values())
                self.body.insertWidget(self.body.indexOf(row) + before, line)
        return bool(gone or come or news)

    def _filtered(self, row: QuestionRow) -> bool:
        unflagged = self._only_flagged and row.entry.flag is None
        return (unflagged or (self._only_blank and bool(row.property("answered")))) and not row.now

    def _settle(self) -> None:
        folded = self.facts_head.folded
        for row in self.rows:
            hidden = self._filtered(row) or (row.question.is_fact and folded) or (self._single and not row.now)
            if row.isHidden() != hidden:
                row.setHidden(hidden)
        for line in self.lines.values():
            above = self.row(line.question_id)
            if above is not None:
                gone = self._single or self._filtered(above) or line.is_met
                line.setHidden(above.isHidden() and gone)
        for head, stands in self._heads.items():
            head.setHidden(self._single or not stands)
        if self._fixed is not None:
            self._fixed.setHidden(folded or self._single)
        self._count()

    def _count(self) -> None:
        for head, facts in ((self.facts_head, True), (self.judged_head, False)):
            questions = [row.question for row in self.rows if row.question.is_fact is facts]
            questions = [question for question in questions if question.id in self._content.needed]
            head.set_count(self._answered(questions), len(questions))

    def _answered(self, questions: list[Question]) -> int:
        entries = self._content.entries
        return sum(1 for question in questions if not entries.get(question.id, Entry()).answer.is_blank)


def _fixed_lines(fixed: tuple[tuple[Question, str], ...]) -> QWidget | None:
    """What the program itself knows, as lines to read."""
    if not fixed:
        return None
    lines = QWidget()
    grid = QGridLayout(lines)
    grid.setContentsMargins(LEFT_EDGE, 2, 18, 10)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, INDENT - LEFT_EDGE - 12)
    grid.setColumnStretch(2, 1)
    for number, (question, words) in enumerate(fixed):
        grid.addWidget(Label(question.number, "muted"), number, 0)
        grid.addWidget(Label(question.short or question.text.partition(" (")[0], "text2"), number, 1)
        grid.addWidget(WrapLabel(words or "not known yet"), number, 2)
    return lines
