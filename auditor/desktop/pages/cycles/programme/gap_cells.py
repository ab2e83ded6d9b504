"""How the cells of the framework are painted, and the legend that gives each mark its word."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionViewItem, QWidget

from auditor.desktop.marks import Meaning, draw_mark
from auditor.desktop.models.matrix import Index, Tally
from auditor.desktop.pages.cycles.programme.gap_model import AHEAD, GAP, MET, NOTHING, OPEN, GapModel
from auditor.desktop.pages.findings.matrix_cells import MatrixDelegate
from auditor.desktop.theme import theme
from auditor.desktop.widgets.chip import chip_width, draw_chip
from auditor.desktop.widgets.painting import MIDDLE, box, focus_box, text_width, write
from auditor.desktop.widgets.table_model import CELL_ROLE

_LEGEND = (MET, GAP, OPEN, AHEAD, NOTHING)


class GapDelegate(MatrixDelegate):
    """A mark and "met/wanted" on the tint of its meaning."""

    def __init__(self, model: GapModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._gaps = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        value, rect = index.data(CELL_ROLE), QRectF(option.rect)
        if not isinstance(value, Tally):
            super().paint(painter, option, index)
            return
        painter.save()
        cell, meaning = self._gaps.cell_at(index.row(), index.column())
        painter.fillRect(rect, theme().colour("surface"))
        _paint(painter, rect.adjusted(1, 1, -1, -1), meaning, f"{cell.met}/{cell.wanted}" if cell.wanted else "")
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_box(painter, rect, surface_line=True)
        elif option.state & QStyle.StateFlag.State_Selected:
            box(painter, rect, edge=theme().colour("accent"), radius=3)
        painter.restore()


def _paint(painter: QPainter, rect: QRectF, meaning: Meaning, count: str) -> None:
    painter.fillRect(rect, theme().colour(meaning.tint))
    colour = theme().colour(meaning.colour)
    if not count:
        write(painter, rect, "–", px=12, colour=colour, align=MIDDLE)
        return
    side, gap = theme().px(12), theme().px(4)
    used = side + gap + text_width(count, 12, 600)
    left = rect.center().x() - used / 2
    draw_mark(painter, QRectF(left, rect.center().y() - side / 2, side, side), meaning.mark, colour)
    words = QRectF(left + side + gap, rect.top(), rect.right() - left - side - gap, rect.height())
    write(painter, words, count, px=12, weight=600, colour=colour, tabular=True)


class GapLegend(QWidget):
    """Each mark with its word, in as many lines as the width asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Legend: " + ", ".join(meaning.word for meaning in _LEGEND))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), round(self._flow(max(self.width(), theme().px(300)))[-1][0].bottom()) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for rect, meaning in self._flow(self.width()):
            draw_chip(painter, rect, meaning, bold=False)

    def _flow(self, width: int) -> list[tuple[QRectF, Meaning]]:
        """Where each chip lies."""
        placed: list[tuple[QRectF, Meaning]] = []
        left, top, high = theme().px(16), theme().px(8), theme().px(22)
        for meaning in _LEGEND:
            wide = chip_width(meaning, bold=False)
            if placed and left + wide > width - theme().px(16):
                left, top = theme().px(16), top + high + theme().px(6)
            placed.append((QRectF(left, top, wide, high), meaning))
            left += wide + theme().px(8)
        return placed
