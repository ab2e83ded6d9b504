"""The questions of an audit as two people answered them: those that differ, those one left blank, those alike."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.marks import TO_DISCUSS, MarkKind, draw_mark
from auditor.desktop.questions.choices import answer_meaning, answer_text
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.labels import Label, rule
from auditor.desktop.widgets.painting import LEFT, PaintedButton, focus_box, rect_f, write
from auditor.desktop.widgets.panel import PanelHead, Scrolled, Surface, clear
from auditor.desktop.widgets.progress import Bar
from auditor.desktop.widgets.toggles import Tabs
from auditor.domain.answers import Answer
from auditor.domain.reconciliation import Comparison, Likeness

OnKey = Callable[[QKeyEvent], bool]
"""Says whether it used a key."""

_WIDTH = 320
_TABS = (
    (Likeness.DIFFER, "Differ", "No answer differs. What one of you left blank is under One blank."),
    (Likeness.ONE_BLANK, "One blank", "Nobody left a question blank that the other answered."),
    (Likeness.SAME, "Same", "No question was answered alike."),
)


def flag_words(item: Comparison) -> str:
    """Who flagged the question for discussion and what about; empty where nobody did."""
    flags = [(who, entry.flag) for who, entry in (("A", item.first), ("B", item.second)) if entry.flag is not None]
    return "; ".join(f"flagged by {who}{f': {words}' if words else ''}" for who, words in flags)


_WIDE, _NEAR, _OVERALL = _GROUPS = ("Two steps or more", "One step", "Overall judgement, with its reasons")


def _tab_of(item: Comparison) -> Likeness:
    """The overall judgement is talked over even where both gave the same grade."""
    return Likeness.DIFFER if item.overall and item.likeness is Likeness.SAME else item.likeness


def _group_of(item: Comparison) -> str:
    if item.overall:
        return _OVERALL
    return _WIDE if item.distance >= 2 else _NEAR


class ComparisonRow(PaintedButton):
    """One question with both answers in a line, and a tick once it is agreed."""

    def __init__(self, item: Comparison, on_key: OnKey) -> None:
        super().__init__(item.question.text)
        self.item, self._on_key = item, on_key
        self.setCheckable(True)
        self.setProperty("ownFocus", True)
        self.show_item(item)

    def show_item(self, item: Comparison) -> None:
        """Show how it stands now."""
        self.item = item
        question = item.question
        first, second = (answer_text(question, a) or "blank" for a in (item.first.answer, item.second.answer))
        agreed = f", agreed: {answer_text(question, item.agreed.answer)}" if item.is_agreed else ", not agreed yet"
        flagged = flag_words(item)
        said = f"{question.number} {question.short or question.text}, A {first}, B {second}{agreed}"
        self.setAccessibleName(f"{said}, {flagged}" if flagged else said)
        self.setToolTip(flagged)
        self.update()

    def nextCheckState(self) -> None:
        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Asked first: the scrolled list around it would take the arrows for itself.
        if not self._on_key(event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(220), theme().px(54))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(140), theme().px(54))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, rect, current = QPainter(self), theme().px, rect_f(self), self.isChecked()
        if current or self.underMouse():
            painter.fillRect(rect, theme().colour("sel"))
        if current:
            painter.fillRect(QRectF(0, 0, 3, rect.height()), theme().colour("accent"))
        question = self.item.question
        number: Token = "accent" if current else "text2"
        top = QRectF(px(12), px(5), rect.width() - px(20), px(22))
        write(painter, top, question.number, px=12, weight=600, colour=number, tabular=True)
        title = QRectF(px(56), top.top(), rect.width() - px(64), top.height())
        write(painter, title, question.short or question.text, weight=600 if current else 400)
        left, side = float(px(56)), px(14)
        for who, answer in (("A", self.item.first.answer), ("B", self.item.second.answer)):
            left = self._write_answer(painter, who, answer, left)
        if flag_words(self.item):
            place = QRectF(px(14), px(30), side, side)
            draw_mark(painter, place, TO_DISCUSS.mark, theme().colour(TO_DISCUSS.colour))
        if self.item.is_agreed:
            place = QRectF(rect.width() - side - px(8), px(30), side, side)
            draw_mark(painter, place, MarkKind.TICK, theme().colour("good"))
        if self.hasFocus():
            focus_box(painter, rect.adjusted(2, 2, -2, -2))

    def _write_answer(self, painter: QPainter, who: str, answer: Answer, left: float) -> float:
        px, side = theme().px, theme().px(14)
        line = QRectF(left, px(27), px(14), px(20))
        write(painter, line, who, px=11, weight=600, colour="muted")
        left += px(13)
        meaning = answer_meaning(self.item.question, answer)
        if meaning is not None:
            place = QRectF(left, px(37) - side / 2, side, side)
            draw_mark(painter, place, meaning.mark, theme().colour(meaning.colour))
            left += side + px(5)
        room = QRectF(left, px(27), max(min(self.width() - left - px(26), px(110)), px(20)), px(20))
        words = answer_text(self.item.question, answer) or "blank"
        return left + write(painter, room, words, px=12, colour="text2", align=LEFT) + px(14)


class DifferenceList(Surface):
    """`chosen(question_id)` when one is picked; `tab_chosen` when another tab was opened by hand."""

    chosen = Signal(str)
    tab_chosen = Signal()

    def __init__(self, on_key: OnKey, parent: QWidget | None = None) -> None:
        super().__init__("side", parent=parent)
        self._on_key = on_key
        self.setAccessibleName("Questions to agree")
        self._items: list[Comparison] = []
        self._rows: dict[str, ComparisonRow] = {}
        self._current = ""
        self.tabs = Tabs("Which questions")
        for likeness, title, _ in _TABS:
            self.tabs.add(likeness.value, title, 0)
        head = Surface("surface", margins=(12, 3, 8, 0))
        head.body.addWidget(self.tabs)
        self._scrolled = Scrolled(margins=(0, 0, 0, 0), spacing=0)
        self._bar, self._progress = Bar("Agreed", height=6), Label("", "caption2")
        foot = Surface("foot", margins=(14, 8, 12, 8))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._bar)
        line.addWidget(self._progress)
        foot.body.addLayout(line)
        for widget in (head, rule(), self._scrolled, foot):
            self.body.addWidget(widget, 1 if widget is self._scrolled else 0)
        self.tabs.chosen.connect(self._open_tab)
        theme().changed.connect(self._fit)
        self._fit()

    def show_items(self, items: Sequence[Comparison]) -> None:
        """Show these; rows that stand already only change what they say."""
        same_questions = [i.question.id for i in items] == [i.question.id for i in self._items]
        self._items = list(items)
        for likeness, _, _ in _TABS:
            self.tabs.set_count(likeness.value, len(self.of(likeness)))
        if same_questions:
            for item in items:
                row = self._rows.get(item.question.id)
                if row is not None:
                    row.show_item(item)
            self._count_groups()
        else:
            first = next((likeness for likeness, _, _ in _TABS if self.of(likeness)), Likeness.DIFFER)
            self._show_tab(first)
        weighed = [*self.of(Likeness.DIFFER), *self.of(Likeness.ONE_BLANK)]
        agreed = sum(1 for item in weighed if item.is_agreed)
        self._bar.set_share(agreed, len(weighed))
        self._progress.setText(f"{agreed} of {len(weighed)} agreed")

    def of(self, likeness: Likeness) -> list[Comparison]:
        """The questions of one tab in the order shown: widest difference first, the overall judgement last."""
        found = [item for item in self._items if _tab_of(item) is likeness]
        return sorted(found, key=lambda item: (item.overall, item.distance < 2, not flag_words(item)))

    @property
    def in_order(self) -> list[Comparison]:
        """All questions, tab after tab; the overall judgement at the end, when everything else is settled."""
        found = [item for likeness, _, _ in _TABS for item in self.of(likeness)]
        return sorted(found, key=lambda item: item.overall)

    def set_current(self, question_id: str) -> None:
        """Mark a question, opening its tab."""
        item = next((known for known in self._items if known.question.id == question_id), None)
        if item is not None and question_id not in self._rows:
            self._show_tab(_tab_of(item))
        self._current = question_id
        for known, row in self._rows.items():
            row.setChecked(known == question_id)
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if known == question_id else Qt.FocusPolicy.ClickFocus)
        row_now = self._rows.get(question_id)
        if row_now is not None:
            self._scrolled.ensureWidgetVisible(row_now, 0, 40)

    @property
    def current_row(self) -> list[ComparisonRow]:
        """The row of the current question, where its tab is open."""
        row = self._rows.get(self._current)
        return [row] if row is not None else []

    def take_focus(self) -> None:
        """Put the focus on the current question."""
        row = self._rows.get(self._current)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_tab(self, tab: str) -> None:
        self._show_tab(Likeness(tab))
        self.tab_chosen.emit()

    def _show_tab(self, likeness: Likeness) -> None:
        was = self.tabs.blockSignals(True)
        self.tabs.choose(likeness.value)
        self.tabs.blockSignals(was)
        clear(self._scrolled.body)
        self._rows.clear()
        self._heads: list[tuple[PanelHead, list[str]]] = []
        items = self.of(likeness)
        groups = [(title, [item for item in items if _group_of(item) == title]) for title in _GROUPS]
        for title, group in groups if likeness is Likeness.DIFFER else [("", items)]:
            if not group:
                continue
            if title:
                self._add_head(title, group)
            for item in group:
                self._add_row(item)
        if not items:
            said = next(empty for known, _, empty in _TABS if known is likeness)
            label = Label(said, "caption")
            label.setWordWrap(True)
            label.setContentsMargins(14, 12, 12, 12)
            self._scrolled.body.addWidget(label)
        self._count_groups()
        self.set_current(self._current if self._current in self._rows else "")

    def _add_head(self, title: str, group: list[Comparison]) -> None:
        if self._heads:
            self._scrolled.body.addWidget(rule())
        head = PanelHead(title, "label")
        head.setContentsMargins(14, 8, 12, 4)
        self._heads.append((head, [item.question.id for item in group]))
        self._scrolled.body.addWidget(head)

    def _add_row(self, item: Comparison) -> None:
        row = ComparisonRow(item, self._on_key)
        row.clicked.connect(lambda _on=False, chosen=item.question.id: self.chosen.emit(chosen))
        self._rows[item.question.id] = row
        self._scrolled.body.addWidget(row)

    def _count_groups(self) -> None:
        for head, ids in self._heads:
            agreed = sum(1 for question_id in ids if self._rows[question_id].item.is_agreed)
            head.count.setText(f"{len(ids)} · {agreed} agreed" if agreed else str(len(ids)))

    def _fit(self) -> None:
        self.setFixedWidth(round(_WIDTH * min(theme().scale, 130) / 100))
