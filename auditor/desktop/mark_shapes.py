"""The outlines of the marks, each one filled path in a box of 16 by 16."""

import math
from collections.abc import Callable
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

SIDE = 16.0
_CENTRE = QPointF(8, 8)


class MarkKind(StrEnum):
    """The shapes; what each one says stands in `marks`."""

    STAR = "star"
    DISC = "disc"
    TRIANGLE = "triangle"
    SQUARE_X = "square-x"
    DIAMOND_BANG = "diamond-bang"
    PLAY_RING = "play-ring"
    TICK_DISC = "tick-disc"
    TICK_RING = "tick-ring"
    TICK = "tick"
    HALF_DISC = "half-disc"
    QUESTION_RING = "question-ring"
    DASH = "dash"
    PIE_0 = "pie-0"
    PIE_1 = "pie-1"
    PIE_2 = "pie-2"
    PIE_3 = "pie-3"
    PIE_4 = "pie-4"
    STAR_OUTLINE = "star-outline"
    FLAG = "flag"
    WARNING = "warning"
    RING = "ring"
    DOT_RING = "dot-ring"
    PAIR = "pair"


@cache
def mark_path(kind: MarkKind) -> QPainterPath:
    """The filled outline of a mark in a box of `SIDE` by `SIDE`."""
    return _OUTLINES[kind]()


def _person(middle: float) -> QPainterPath:
    """Head and shoulders."""
    path, below = QPainterPath(), QPainterPath()
    path.addEllipse(QPointF(middle, 13), 3.0, 4.6)
    below.addRect(0, 13, SIDE, SIDE)
    path = path.subtracted(below)
    path.addEllipse(QPointF(middle, 5.2), 2.2, 2.2)
    return path


def _stroke(path: QPainterPath, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path).simplified()


def _rounded(path: QPainterPath, width: float) -> QPainterPath:
    return path.united(_stroke(path, width))


def _line(start: QPointF, end: QPointF) -> QPainterPath:
    path = QPainterPath(start)
    path.lineTo(end)
    return path


def _closed(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _disc(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(_CENTRE, radius, radius)
    return path


def _ring(radius: float, width: float) -> QPainterPath:
    return _disc(radius + width / 2).subtracted(_disc(radius - width / 2))


def _wedge(radius: float, start: float, sweep: float) -> QPainterPath:
    path = QPainterPath(_CENTRE)
    path.arcTo(QRectF(8 - radius, 8 - radius, 2 * radius, 2 * radius), start, sweep)
    path.closeSubpath()
    return path


def _pie(quarters: int) -> QPainterPath:
    return _ring(6.2, 1.4).united(_wedge(6.2, 90, -90 * quarters))


def _dashed_ring(radius: float, width: float) -> QPainterPath:
    box = QRectF(8 - radius, 8 - radius, 2 * radius, 2 * radius)
    path = QPainterPath()
    for start in range(0, 360, 45):
        path.arcMoveTo(box, start + 8)
        path.arcTo(box, start + 8, 27)
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.FlatCap)
    return stroker.createStroke(path)


def _question() -> QPainterPath:
    hook = QPainterPath()
    hook.arcMoveTo(QRectF(6.2, 4.4, 3.6, 3.6), 170)
    hook.arcTo(QRectF(6.2, 4.4, 3.6, 3.6), 170, -215)
    hook.lineTo(QPointF(8, 9.2))
    dot = QPainterPath()
    dot.addEllipse(QPointF(8, 11.4), 0.8, 0.8)
    return _stroke(hook, 1.3).united(dot)


def _star(radius: float) -> QPainterPath:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.45
        angle = math.radians(-90 + 36 * corner)
        points.append(QPointF(8 + reach * math.cos(angle), 8.4 + reach * math.sin(angle)))
    return _closed(points)


def _triangle() -> QPainterPath:
    return _closed([QPointF(8, 2.4), QPointF(14.2, 13.2), QPointF(1.8, 13.2)])


def _diamond() -> QPainterPath:
    return _closed([QPointF(8, 1.2), QPointF(14.8, 8), QPointF(8, 14.8), QPointF(1.2, 8)])


def _rounded_square() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(1.8, 1.8, 12.4, 12.4), 1.6, 1.6)
    return path


def _cross(reach: float) -> QPainterPath:
    path = _line(QPointF(8 - reach, 8 - reach), QPointF(8 + reach, 8 + reach))
    path.addPath(_line(QPointF(8 + reach, 8 - reach), QPointF(8 - reach, 8 + reach)))
    return path


def _tick(size: float) -> QPainterPath:
    path = QPainterPath(QPointF(8 - 5.4 * size, 8 + 0.4 * size))
    path.lineTo(QPointF(8 - 1.7 * size, 8 + 4.0 * size))
    path.lineTo(QPointF(8 + 5.4 * size, 8 - 3.8 * size))
    return path


def _bang(top: float, bottom: float, dot: float) -> QPainterPath:
    point = QPainterPath()
    point.addEllipse(QPointF(8, dot), 0.95, 0.95)
    return _stroke(_line(QPointF(8, top), QPointF(8, bottom)), 1.6).united(point)


def _play() -> QPainterPath:
    return _closed([QPointF(6.6, 5.4), QPointF(10.8, 8), QPointF(6.6, 10.6)])


def _flag() -> QPainterPath:
    path = _line(QPointF(3.6, 14.2), QPointF(3.6, 2.2))
    path.lineTo(QPointF(12.8, 2.2))
    path.lineTo(QPointF(11.2, 5.2))
    path.lineTo(QPointF(12.8, 8.2))
    path.lineTo(QPointF(3.6, 8.2))
    return path


_OUTLINES: dict[MarkKind, Callable[[], QPainterPath]] = {
    MarkKind.STAR: lambda: _rounded(_star(7.0), 1.2),
    MarkKind.DISC: lambda: _disc(6.8),
    MarkKind.TRIANGLE: lambda: _rounded(_triangle(), 1.6),
    MarkKind.SQUARE_X: lambda: _rounded_square().subtracted(_stroke(_cross(2.6), 1.8)),
    MarkKind.DIAMOND_BANG: lambda: _rounded(_diamond(), 1.4).subtracted(_bang(4.6, 8.6, 11.2)),
    MarkKind.PLAY_RING: lambda: _ring(6.2, 1.5).united(_rounded(_play(), 0.8)),
    MarkKind.TICK_DISC: lambda: _disc(7.2).subtracted(_stroke(_tick(0.62), 1.9)),
    MarkKind.TICK_RING: lambda: _ring(6.4, 1.4).united(_stroke(_tick(0.55), 1.6)),
    MarkKind.TICK: lambda: _stroke(_tick(1.0), 2.0),
    MarkKind.HALF_DISC: lambda: _ring(6.2, 1.5).united(_wedge(6.2, 90, 180)),
    MarkKind.QUESTION_RING: lambda: _dashed_ring(6.4, 1.3).united(_question()),
    MarkKind.DASH: lambda: _stroke(_line(QPointF(3.4, 8), QPointF(12.6, 8)), 1.8),
    MarkKind.PIE_0: lambda: _ring(6.2, 1.4),
    MarkKind.PIE_1: lambda: _pie(1),
    MarkKind.PIE_2: lambda: _pie(2),
    MarkKind.PIE_3: lambda: _pie(3),
    MarkKind.PIE_4: lambda: _disc(6.9),
    MarkKind.STAR_OUTLINE: lambda: _stroke(_star(6.2), 1.4),
    MarkKind.FLAG: lambda: _stroke(_flag(), 1.4),
    MarkKind.WARNING: lambda: _stroke(_triangle(), 1.5).united(_bang(6.0, 9.4, 11.6)),
    MarkKind.RING: lambda: _ring(6.2, 1.4),
    MarkKind.DOT_RING: lambda: _ring(6.6, 1.6).united(_disc(3.4)),
    MarkKind.PAIR: lambda: _person(4.6).united(_person(11.4)),
}
