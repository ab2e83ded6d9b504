"""Blocks of a printed page: each is laid out once, which gives its height, and drawn when its page comes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPagedPaintDevice, QPainter, QPen

from auditor.desktop.theme.theme import FAMILIES

INK, GREY, LINE = QColor("#1A1C27"), QColor("#434758"), QColor("#7D8196")
_WRAP = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_POINTS_AN_INCH = 72


@dataclass
class Block:
    """What belongs together on a page. Drawn where the page says; `keep` holds it together with the next one."""

    height: float = 0.0
    keep: bool = False
    draw: list[Callable[[QPainter], None]] = field(default_factory=list)


class Pen:
    """Lays out blocks in points of a page of that device: words, boxes to tick and lines to write on."""

    def __init__(self, device: QPagedPaintDevice) -> None:
        self._device = device
        self.unit = device.logicalDpiX() / _POINTS_AN_INCH
        self._fonts: dict[tuple[float, bool], tuple[QFont, QFontMetricsF]] = {}

    def font(self, points: float, bold: bool = False) -> tuple[QFont, QFontMetricsF]:
        """A font of that size on this device, with its measures."""
        key = (points, bold)
        if key not in self._fonts:
            font = QFont()
            font.setFamilies(list(FAMILIES))
            font.setPixelSize(max(round(points * self.unit), 1))
            font.setWeight(QFont.Weight(600 if bold else 400))
            self._fonts[key] = (font, QFontMetricsF(font, self._device))
        return self._fonts[key]

    def width(self, text: str, points: float, bold: bool = False) -> float:
        """How wide a text is on one line, in points."""
        return self.font(points, bold)[1].horizontalAdvance(text) / self.unit

    def words(
        self, block: Block, text: str, at: tuple[float, float, float], points: float, *, bold: bool = False,
        colour: QColor = INK,
    ) -> float:  # fmt: skip
        """Wrapped words at (left, top, width); gives the height they take."""
        left, top, width = at
        font, metrics = self.font(points, bold)
        unit = self.unit
        needed = metrics.boundingRect(QRectF(0, 0, width * unit, 10**7), _WRAP, text).height() / unit
        rect = QRectF(left * unit, top * unit, width * unit, (needed + 2) * unit)

        def draw(painter: QPainter) -> None:
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(rect, _WRAP, text)

        block.draw.append(draw)
        return needed

    def box(self, block: Block, left: float, top: float, side: float = 9, *, round_: bool = False) -> None:
        """A box to tick; a round one where only one of several may be."""
        rect = QRectF(left * self.unit, top * self.unit, side * self.unit, side * self.unit)
        pen = QPen(INK, 0.8 * self.unit)

        def draw(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if round_:
                painter.drawEllipse(rect)
            else:
                painter.drawRect(rect)

        block.draw.append(draw)

    def line(self, block: Block, left: float, top: float, right: float, *, weight: float = 0.5) -> None:
        """A line to write on, or a rule."""
        ends = QPointF(left * self.unit, top * self.unit), QPointF(right * self.unit, top * self.unit)
        pen = QPen(LINE, weight * self.unit)

        def draw(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.drawLine(*ends)

        block.draw.append(draw)
