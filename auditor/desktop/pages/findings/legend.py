"""What the marks of the matrix mean, in a line or two that wrap with the window."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.desktop.marks import MarkKind, draw_mark
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.delegates import Heat, paint_heat
from auditor.desktop.widgets.painting import LEFT, box, text_width, write
from auditor.domain.matrix import HEAT_WORDS

_USUAL = (0, 25, 50, 75)
_LINE, _GAP, _SWATCH = 24, 18, 19


@dataclass(frozen=True)
class _Item:
    """One entry: a mark or a swatch of heat, and its words."""

    text: str
    heat: Heat | None = None
    mark: MarkKind | None = None
    strong: bool = False


class Legend(QWidget):
    """The legend of theme by case. `show_steps` takes the bounds from the template and the number of cases."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[list[_Item]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._fit)
        self.show_steps(_USUAL, 0)

    def show_steps(self, steps: Sequence[int], cases: int) -> None:
        """Say the steps of heat in words, or in per cent where the template has its own."""
        words = HEAT_WORDS if tuple(steps) == _USUAL else _in_per_cent(steps)
        heats = [_Item(word, heat=Heat(step=step)) for step, word in enumerate(words)]
        signs = [
            _Item("5/8 = 5 issues in 8 questions that applied."),
            _Item("good practice.", mark=MarkKind.STAR),
            _Item("an answer that limits the grade.", mark=MarkKind.WARNING),
            _Item("open actions on the theme.", mark=MarkKind.FLAG),
            _Item("n/a = no question applied."),
            _Item("– = no answer agreed yet."),
            _Item(f"{cases} cases: counts, not percentages." if cases != 1 else "1 case."),
            _Item("A question with two themes counts in both rows and once below."),
        ]
        self._items = [[_Item("Share of the theme’s questions with an issue", strong=True), *heats], signs]
        said = ", ".join(item.text for item in heats)
        self.setAccessibleName(f"Legend. Share of questions with an issue: {said}.")
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(400), self._flow(None, max(self.width(), theme().px(300))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), self._flow(None, max(self.width(), theme().px(300))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._flow(QPainter(self), self.width())

    def _fit(self) -> None:
        self.setFixedHeight(self._flow(None, max(self.width(), theme().px(300))))
        self.update()

    def _flow(self, painter: QPainter | None, width: int) -> int:
        """Paint (or only measure) the items from left to right, line by line; gives the height."""
        margin, line = theme().px(16), theme().px(_LINE)
        top = theme().px(8)
        for row in self._items:
            left = margin
            for item in row:
                wide = _width(item)
                if left > margin and left + wide > width - margin:
                    left, top = margin, top + line
                if painter is not None:
                    _paint(painter, QRectF(left, top, min(wide, width - left), line), item)
                left += wide + theme().px(_GAP)
            top += line
        return top + theme().px(8)


def _in_per_cent(steps: Sequence[int]) -> tuple[str, ...]:
    words = ["none" if bound == 0 else f"up to {bound} %" for bound in steps]
    return (*words, f"more than {steps[-1]} %")


def _width(item: _Item) -> int:
    lead = theme().px(_SWATCH + 8) if item.heat else theme().px(18) if item.mark else 0
    return lead + text_width(item.text, 12, 600 if item.strong else 400) + 2


def _paint(painter: QPainter, rect: QRectF, item: _Item) -> None:
    words = QRectF(rect)
    if item.heat is not None:
        side = theme().px(_SWATCH)
        swatch = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
        paint_heat(painter, swatch, item.heat)
        box(painter, swatch, edge=theme().colour("line2"), radius=0)
        words.setLeft(swatch.right() + theme().px(8))
    elif item.mark is not None:
        side = theme().px(12)
        mark = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
        draw_mark(painter, mark, item.mark, theme().colour("text2"))
        words.setLeft(mark.right() + theme().px(6))
    tone: Token = "text2" if item.strong or item.heat is not None else "muted"
    write(painter, words, item.text, px=12, weight=600 if item.strong else 400, colour=tone, align=LEFT)
