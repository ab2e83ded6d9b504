"""The heads of a matrix: themes down the left with their open actions, cases or answers across the top."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from auditor.desktop.icons import draw_icon
from auditor.desktop.marks import MarkKind, draw_mark
from auditor.desktop.models.matrix import MatrixModel
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.painting import LEFT, MIDDLE, PaintedButton, hairline, rect_f, text_width, write

LEFT_MARGIN, FLAG_WIDTH = 16, 34
NARROWEST, WIDEST = 150, 260
HEAD_HEIGHT, ROW_HEIGHT, CELL_WIDTH = 30, 32, 45


class MatrixHead(QHeaderView):
    """A head that paints the model's own words, bold where the cursor is."""

    def __init__(self, orientation: Qt.Orientation, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.matrix = model
        self.row, self.column = -1, -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)

    def set_cursor(self, row: int, column: int) -> None:
        """Where the cursor stands in the matrix."""
        self.row, self.column = row, column
        self.viewport().update()


class ThemeHead(MatrixHead):
    """The theme of each row, and a flag with the number of its open actions."""

    def wanted_width(self) -> int:
        """Room for the longest title within bounds."""
        longest = max((text_width(title, 13, 600) for _, title in self.matrix.themes), default=0)
        flags = any(self.matrix.flags_of(row) for row in range(self.matrix.rowCount()))
        room = longest + theme().px(LEFT_MARGIN + 12 + (FLAG_WIDTH if flags else 0))
        return max(theme().px(NARROWEST), min(theme().px(WIDEST), room))

    def sizeHint(self) -> QSize:
        # Not asked of Qt: it looks at rows that are gone where the model is loaded twice before the window is laid out.
        return QSize(self.wanted_width(), 0)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        place = QRectF(rect)
        painter.fillRect(place, theme().colour("surface"))
        words = place.adjusted(theme().px(LEFT_MARGIN), 0, -theme().px(8), 0)
        flags = self.matrix.flags_of(logical)
        if flags:
            side, middle = theme().px(13), place.center().y()
            flag = QRectF(place.right() - theme().px(FLAG_WIDTH), middle - side / 2, side, side)
            draw_mark(painter, flag, MarkKind.FLAG, theme().colour("text2"))
            count = QRectF(flag.right() + theme().px(4), place.top(), theme().px(20), place.height())
            write(painter, count, str(flags), px=12, colour="muted")
            words.setRight(flag.left() - theme().px(4))
        write(painter, words, self.matrix.title_at(logical), weight=600 if logical == self.row else 400)
        floor = place.adjusted(0, 0, 0, -1)
        hairline(painter, floor.bottomLeft(), floor.bottomRight())


class ColumnHead(MatrixHead):
    """The heading of each column, with an arrow over the one the rows are sorted by."""

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        place, matrix = QRectF(rect), self.matrix
        painter.fillRect(place, theme().colour("surface"))
        edge, sorted_here = logical == matrix.width, matrix.sorted_by == logical
        text = matrix.edge_title if edge else matrix.label(logical)
        tone: Token = "text" if logical == self.column or sorted_here else "muted"
        inner = place.adjusted(theme().px(8 if edge else 2), 0, -theme().px(2), 0)
        used = text_width(text, 12, 600)
        write(painter, inner, text, px=12, weight=600, colour=tone, align=LEFT if edge else MIDDLE)
        if sorted_here:
            side = theme().px(10)
            left = inner.left() + used + theme().px(3) if edge else place.center().x() - side / 2
            top = place.center().y() - side / 2 + 1 if edge else place.bottom() - side - 1
            draw_icon(painter, QRectF(left, top, side, side), "chevron-down", theme().colour("accent"))
        floor = place.adjusted(0, 0, 0, -1)
        hairline(painter, floor.bottomLeft(), floor.bottomRight())


class Corner(PaintedButton):
    """Over the themes: what the rows are, what all columns begin with, and the way back to the form's order."""

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(f"{model.row_title}: put the rows back into their own order", parent)
        self._matrix = model
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), rect_f(self)
        painter.fillRect(rect, theme().colour("surface"))
        words = rect.adjusted(theme().px(LEFT_MARGIN), 0, -theme().px(12), 0)
        write(painter, words, self._matrix.row_title, px=12, weight=600, colour="muted")
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        write(painter, words, self._matrix.prefix, px=12, weight=600, colour="muted", align=align)
        hairline(painter, QPointF(0, rect.bottom() - 1), QPointF(rect.right(), rect.bottom() - 1))


class TotalsBar(QWidget):
    """The lines under a matrix, scrolling across with its columns."""

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix = model
        self._theme_width = self._cells_width = self._shift = 0
        self._pitch = theme().px(CELL_WIDTH)

    def place(self, theme_width: int, cells_width: int, pitch: int) -> None:
        """Follow the widths of the matrix above: its theme column, its columns in sight, one column."""
        self._theme_width, self._cells_width, self._pitch = theme_width, cells_width, pitch
        self.update()

    def scroll_to(self, shift: int) -> None:
        """Follow the columns, `shift` pixels to the left."""
        self._shift = shift
        self.update()

    def load(self) -> None:
        """Say the totals of the model again."""
        said = "; ".join(f"{line.title}: {line.edge}" for line in self._matrix.totals())
        self.setAccessibleName(f"Totals. {said}")
        self.update()

    def wanted_height(self) -> int:
        """Room for all lines."""
        return theme().px(ROW_HEIGHT) * len(self._matrix.totals())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), rect_f(self)
        painter.fillRect(rect, theme().colour("surface"))
        high = theme().px(ROW_HEIGHT)
        for number, line in enumerate(self._matrix.totals()):
            top, weight = number * high, 600 if line.strong else 400
            words = QRectF(theme().px(LEFT_MARGIN), top, self._theme_width - theme().px(LEFT_MARGIN), high)
            tone: Token = "text" if line.strong else "muted"
            write(painter, words, line.title, weight=weight, colour=tone)
            painter.save()
            painter.setClipRect(QRectF(self._theme_width, top, self._cells_width, high))
            first = max(0, self._shift // self._pitch)
            for at in range(first, min(len(line.values), first + self._cells_width // self._pitch + 2)):
                cell = QRectF(self._theme_width + at * self._pitch - self._shift, top, self._pitch, high)
                write(painter, cell, line.values[at], weight=weight, colour=tone, align=MIDDLE, tabular=True)
            painter.restore()
            left = self._theme_width + self._cells_width + theme().px(8)
            write(painter, QRectF(left, top, rect.width() - left, high), line.edge, weight=weight, colour=tone)
        hairline(painter, rect.topLeft(), rect.topRight(), "ctl")
        hairline(painter, rect.bottomLeft() - QPointF(0, 1), rect.bottomRight() - QPointF(0, 1))
