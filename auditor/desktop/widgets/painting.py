"""What the painted widgets share: crisp boxes, key caps, text in a rectangle, and the base of painted controls."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from auditor.desktop.theme import Token, theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter
RADIUS = 4.0


def box(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1.0,
    radius: float = RADIUS,
) -> None:
    """A rounded box whose edge lies wholly inside `rect`, so that a hairline is one pixel and not two."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    inset = width / 2 if edge is not None else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def focus_box(painter: QPainter, rect: QRectF, *, surface_line: bool = False) -> None:
    """The 2 px focus ring inside `rect`; with `surface_line` a 1 px line of surface parts it from what it holds."""
    box(painter, rect, edge=theme().colour("accent"), width=2, radius=3)
    if surface_line:
        box(painter, rect.adjusted(2, 2, -2, -2), edge=theme().colour("surface"), radius=1)


def hairline(painter: QPainter, start: QPointF, end: QPointF, token: Token = "line") -> None:
    """A one pixel line without antialiasing."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(theme().colour(token), 1))
    painter.drawLine(start, end)
    painter.restore()


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    *,
    px: float = 13,
    weight: int = 400,
    colour: QColor | Token = "text",
    align: Qt.AlignmentFlag = LEFT,
    tabular: bool = False,
) -> float:
    """Write one line of text into `rect`, shortened with an ellipsis where it is too long; returns its width."""
    metrics = theme().metrics(px, weight, tabular=tabular)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    painter.setFont(theme().font(px, weight, tabular=tabular))
    painter.setPen(theme().colour(colour) if isinstance(colour, str) else colour)
    painter.drawText(rect, int(align), shown)
    return float(metrics.horizontalAdvance(shown))


def text_width(text: str, px: float = 13, weight: int = 400) -> int:
    """The width of a line of text at the text size in force."""
    return theme().metrics(px, weight).horizontalAdvance(text)


def cap_width(text: str) -> int:
    """The width of a key cap holding `text`."""
    return max(theme().px(18), text_width(text, 11, 600) + theme().px(8))


def key_cap(painter: QPainter, left: float, middle: float, text: str, colour: QColor | None = None) -> float:
    """Draw a key cap with its left edge at `left`, centred on the height `middle`; returns its width."""
    width, height = cap_width(text), theme().px(18)
    rect = QRectF(left, round(middle - height / 2), width, height)
    box(painter, rect, edge=colour or theme().colour("ctl"), radius=3.5)
    write(painter, rect, text, px=11, weight=600, colour=colour or "text2", align=MIDDLE)
    return float(width)


def rect_f(widget: QWidget) -> QRectF:
    """The inside of a widget for painting."""
    return QRectF(QRect(0, 0, widget.width(), widget.height()))


_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def leaves_to_list(event: QKeyEvent) -> bool:
    """Whether the key is an arrow, which Qt's buttons would take for themselves and whoever lists them needs."""
    return event.key() in _ARROWS


def presses(event: QKeyEvent) -> bool:
    """Whether the key is Enter alone, which presses what has the focus; Qt's buttons hear Space only."""
    alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _ENTER and alone and not event.isAutoRepeat()


class PaintedButton(QAbstractButton):
    """Base of buttons that paint themselves. `name` is what a screen reader says: never optional."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if leaves_to_list(event):
            event.ignore()
        elif presses(event):
            self.click()
        else:
            super().keyPressEvent(event)
