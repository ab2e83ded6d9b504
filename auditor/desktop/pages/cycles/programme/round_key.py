"""A round in the calendar: its title over the mark and word of where it stands, as a key that opens it."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.desktop.marks import draw_mark
from auditor.desktop.pages.cycles.programme.words import meaning_of, said_of
from auditor.desktop.theme import theme
from auditor.desktop.widgets.painting import PaintedButton, box, focus_box, rect_f, write
from auditor.domain.programme_plan import RoundLine


class RoundKey(PaintedButton):
    """One round; pressed it asks to be opened. `set_open` marks the one the drawer shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("A round", parent)
        self._line: RoundLine | None = None
        self._is_open = False
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def line(self) -> RoundLine:
        """The round it stands for."""
        assert self._line is not None
        return self._line

    def set_line(self, line: RoundLine, titles: Mapping[str, str]) -> None:
        """Stand for a round."""
        self._line = line
        said = said_of(line, titles)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    @property
    def place(self) -> tuple[str, str]:
        """What stays the same of the round when the rest of it changes."""
        return self.line.round.rhythm.id, str(self.line.round.month)

    def set_open(self, is_open: bool) -> None:
        self._is_open = is_open
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, meaning = QPainter(self), rect_f(self), meaning_of(self.line)
        edge = theme().colour("accent" if self._is_open or self.underMouse() else "ctl")
        box(painter, rect, fill=theme().colour(meaning.tint), edge=edge, width=1.5 if self._is_open else 1)
        side, colour = theme().px(13), theme().colour(meaning.colour)
        inner = rect.adjusted(theme().px(8), theme().px(4), -theme().px(6), -theme().px(4))
        upper = QRectF(inner.left(), inner.top(), inner.width(), theme().px(18))
        lower = QRectF(inner.left(), upper.bottom(), inner.width(), theme().px(17))
        write(painter, upper, self.line.round.rhythm.title, weight=600)
        draw_mark(painter, QRectF(lower.left(), lower.center().y() - side / 2, side, side), meaning.mark, colour)
        lower.setLeft(lower.left() + side + theme().px(5))
        write(painter, lower, meaning.word, px=12, weight=600, colour=colour)
        if self.hasFocus():
            focus_box(painter, rect, surface_line=True)
