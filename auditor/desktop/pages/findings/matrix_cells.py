"""The cells of a matrix: heat from the design system, plain counts with a bar, and the bold count at the edge."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from auditor.desktop.models.matrix import Edge, Index, Tally
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.delegates import HeatDelegate
from auditor.desktop.widgets.painting import MIDDLE, focus_box, hairline, text_width, write
from auditor.desktop.widgets.progress import draw_bar
from auditor.desktop.widgets.table_model import CELL_ROLE


class MatrixDelegate(HeatDelegate):
    """Paints whatever a matrix holds, with one ring for the cursor."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        value, rect = index.data(CELL_ROLE), QRectF(option.rect)
        if not isinstance(value, Tally | Edge):
            super().paint(painter, option, index)
            return
        painter.save()
        if isinstance(value, Tally):
            _paint_tally(painter, rect, value)
        else:
            _paint_edge(painter, rect, value)
        floor = rect.adjusted(0, 0, 0, -1)
        hairline(painter, floor.bottomLeft(), floor.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_box(painter, rect)
        painter.restore()


def _paint_tally(painter: QPainter, rect: QRectF, tally: Tally) -> None:
    painter.fillRect(rect, theme().colour("surface"))
    words = rect.adjusted(0, 0, 0, -theme().px(6))
    tone: Token = "text" if tally.count else "muted"
    weight = 600 if tally.count else 400
    write(painter, words, f"{tally.count:,}", weight=weight, colour=tone, align=MIDDLE, tabular=True)
    if tally.count:
        wide, thick = rect.width() - 2 * theme().px(16), theme().px(4)
        bar = QRectF(rect.left() + theme().px(16), rect.bottom() - thick - theme().px(5), wide, thick)
        draw_bar(painter, bar, tally.count / tally.of, tally.colour)


def _paint_edge(painter: QPainter, rect: QRectF, edge: Edge) -> None:
    painter.fillRect(rect, theme().colour("surface"))
    inner = rect.adjusted(theme().px(8), 0, -theme().px(12), 0)
    write(painter, inner, edge.text, weight=600, tabular=True)
    used = max(text_width(edge.text, 13, 600), text_width(edge.longest, 13, 600)) + theme().px(10)
    room = min(inner.width() - used, theme().px(120))
    if room >= theme().px(24):
        thick = theme().px(6)
        bar = QRectF(inner.left() + used, rect.center().y() - thick / 2, room, thick)
        draw_bar(painter, bar, edge.share, "bar")
