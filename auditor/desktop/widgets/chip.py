"""Chip: a mark and its word on a tint. Never clickable; what is clickable is a button."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.desktop.icons import draw_icon
from auditor.desktop.marks import MarkKind, Meaning, draw_mark
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.painting import box, text_width, write

_PAD, _GAP, _MARK = 7, 5, 14


def chip_width(meaning: Meaning, *, bold: bool = True) -> int:
    """The width a chip of this meaning takes."""
    around = theme().px(2 * _PAD + _MARK + _GAP)
    return around + text_width(meaning.word, 12, 600 if bold else 400)


def draw_chip(painter: QPainter, rect: QRectF, meaning: Meaning, *, bold: bool = True) -> None:
    """Paint a chip filling `rect`; delegates use this where a widget would be too much."""
    colour = theme().colour(meaning.colour)
    box(painter, rect, fill=theme().colour(meaning.tint))
    side = theme().px(_MARK)
    left = rect.left() + theme().px(_PAD)
    draw_mark(painter, QRectF(left, rect.center().y() - side / 2, side, side), meaning.mark, colour)
    words = rect.adjusted(theme().px(_PAD + _MARK + _GAP), 0, -theme().px(2), 0)
    write(painter, words, meaning.word, px=12, weight=600 if bold else 400, colour=colour)


class Chip(QWidget):
    """A meaning shown as mark and word, such as `Chip(RAG["complete"])`."""

    def __init__(self, meaning: Meaning, *, bold: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning, self._bold = meaning, bold
        self.setAccessibleName(meaning.word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def meaning(self) -> Meaning:
        return self._meaning

    def set_meaning(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self.setAccessibleName(meaning.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._meaning, bold=self._bold), theme().px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_chip(QPainter(self), QRectF(self.rect()), self._meaning, bold=self._bold)


class IconChip(QWidget):
    """A chip that says a state with an icon, such as "Blind" with a crossed eye."""

    def __init__(
        self,
        icon: str,
        text: str,
        *,
        colour: Token = "text2",
        tint: Token = "sunken",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._text, self._colour, self._tint = icon, text, colour, tint
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(2 * _PAD + 16 + _GAP) + text_width(self._text, 12), theme().px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), fill=theme().colour(self._tint))
        side, pad = theme().px(16), theme().px(_PAD)
        icon_box = QRectF(pad, (self.height() - side) / 2, side, side)
        draw_icon(painter, icon_box, self._icon, theme().colour(self._colour))
        words = QRectF(self.rect()).adjusted(pad + side + theme().px(_GAP), 0, 0, 0)
        write(painter, words, self._text, px=12, colour=self._colour)


def note_chip(mark: MarkKind, word: str, colour: Token, tint: Token) -> Chip:
    """A chip in ordinary weight for a remark that is no status, such as "Limits the grade"."""
    return Chip(Meaning(mark, word, colour, tint), bold=False)
