"""Marks: the small shapes that carry meaning beside a word, drawn as paths and never as font glyphs.

`Meaning` ties a mark to its word and colours: `GRADES[3]`, `RAG["behind_schedule"]`, `ANSWERS["partly"]`.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform

from auditor.desktop.mark_shapes import SIDE, MarkKind, mark_path
from auditor.desktop.theme.tokens import Token

__all__ = ["ANSWERS", "GRADES", "PIES", "RAG", "MarkKind", "Meaning", "draw_mark", "mark_pixmap"]


@dataclass(frozen=True)
class Meaning:
    """What a mark says: its shape, its word, the colour of both and the tint that may lie behind them."""

    mark: MarkKind
    word: str
    colour: Token
    tint: Token


GRADES: dict[int, Meaning] = {
    1: Meaning(MarkKind.STAR, "Outstanding", "outstanding", "outstanding_tint"),
    2: Meaning(MarkKind.DISC, "Good", "good", "good_tint"),
    3: Meaning(MarkKind.TRIANGLE, "Requires improvement", "requires", "requires_tint"),
    4: Meaning(MarkKind.SQUARE_X, "Inadequate", "inadequate", "inadequate_tint"),
}

RAG: dict[str, Meaning] = {
    "behind_schedule": Meaning(MarkKind.DIAMOND_BANG, "Behind schedule", "inadequate", "inadequate_tint"),
    "in_progress_on_schedule": Meaning(MarkKind.PLAY_RING, "In progress on schedule", "good", "good_tint"),
    "awaiting_verification": Meaning(MarkKind.TICK_RING, "Awaiting verification", "accent", "soft"),
    "complete": Meaning(MarkKind.TICK_DISC, "Complete", "outstanding", "outstanding_tint"),
    "withdrawn": Meaning(MarkKind.DASH, "Withdrawn", "text2", "sunken"),
}

ANSWERS: dict[str, Meaning] = {
    "met": Meaning(MarkKind.TICK, "Met", "good", "good_tint"),
    "partly": Meaning(MarkKind.HALF_DISC, "Partly met", "requires", "requires_tint"),
    "not_met": Meaning(MarkKind.SQUARE_X, "Not met", "inadequate", "inadequate_tint"),
    "not_evidenced": Meaning(MarkKind.QUESTION_RING, "Not evidenced", "text2", "sunken"),
    "yes": Meaning(MarkKind.TICK, "Yes", "good", "good_tint"),
    "no": Meaning(MarkKind.SQUARE_X, "No", "inadequate", "inadequate_tint"),
    "na": Meaning(MarkKind.DASH, "N/A", "text2", "sunken"),
}

GOOD_PRACTICE = Meaning(MarkKind.STAR_OUTLINE, "Good practice", "accent", "soft")
LIMITS_GRADE = Meaning(MarkKind.WARNING, "Limits the grade", "requires", "requires_tint")
TO_DISCUSS = Meaning(MarkKind.PAIR, "To discuss", "accent", "soft")
NOT_STARTED = Meaning(MarkKind.RING, "Not started", "text2", "sunken")
SAVED = Meaning(MarkKind.TICK, "Saved", "good", "good_tint")

PIES = (MarkKind.PIE_0, MarkKind.PIE_1, MarkKind.PIE_2, MarkKind.PIE_3, MarkKind.PIE_4)
"""The quartered mark by heat step: none, up to a quarter, half, three quarters, more."""


def draw_mark(painter: QPainter, rect: QRectF, kind: MarkKind, colour: QColor) -> None:
    """Paint `kind` into the largest square in the middle of `rect`. Cuts let the ground through."""
    side = min(rect.width(), rect.height())
    place = QTransform.fromTranslate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    place.scale(side / SIDE, side / SIDE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(place.map(mark_path(kind)), colour)
    painter.restore()


@lru_cache(maxsize=512)
def _pixmap(kind: MarkKind, size: int, rgba: int, dpr: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * dpr), round(size * dpr)))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_mark(painter, QRectF(0, 0, size, size), kind, QColor.fromRgba(rgba))
    painter.end()
    return pixmap


def mark_pixmap(kind: MarkKind, size: int, colour: QColor, dpr: float = 1.0) -> QPixmap:
    """A cached picture of a mark; `size` in logical pixels."""
    return _pixmap(kind, size, colour.rgba(), dpr)
