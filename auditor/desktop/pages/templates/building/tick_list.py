"""Rows to tick, such as the sections of a master: a box, a number, words, and figures in columns."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from auditor.desktop.marks import MarkKind, draw_mark
from auditor.desktop.models.tick_rows import Tick, TickRow
from auditor.desktop.theme import theme
from auditor.desktop.widgets.painting import RIGHT, box, focus_box, hairline, rect_f, text_width, write
from auditor.desktop.widgets.table_model import CELL_ROLE, Index

_ROW, _LEFT, _BOX, _NUMBER, _FIGURE = 32, 20, 18, 46, 92
_ROOM_FOR_ALL = 720


class TickModel(QAbstractListModel):
    """Rows with the words a screen reader says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[TickRow] = ()

    def load(self, rows: Sequence[TickRow]) -> None:
        """Show these rows; where they are the same things the cursor stays."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        row = self.rows[index.row()]
        if role == CELL_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].tick is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TickList(QListView):
    """`ticked(id)` with Space or a click, `opened(id)` with Enter: nothing is ticked here by itself."""

    ticked = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks = TickModel(self)
        self.setModel(self.ticks)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setProperty("ownFocus", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        theme().changed.connect(self.doItemsLayout)

    def load(self, rows: Sequence[TickRow]) -> None:
        """Show these rows, the cursor where it was or on the first."""
        self.ticks.load(rows)
        if not self.currentIndex().isValid():
            self.select_first()

    def select_first(self) -> None:
        """Put the cursor on the first row that can be ticked."""
        first = next((at for at, row in enumerate(self.ticks.rows) if row.tick is not None), None)
        if first is not None:
            self.setCurrentIndex(self.ticks.index(first))

    @property
    def current(self) -> TickRow | None:
        """The row of the cursor."""
        at = self.currentIndex()
        return self.ticks.rows[at.row()] if at.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current, event.key()
        if key == Qt.Key.Key_Space and not event.modifiers() and row is not None:
            self.ticked.emit(row.id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.opened.emit(row.id)
        elif event.text().strip() and not event.modifiers():
            # Letters and signs are for the page, not for Qt's search through the rows.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row, at = self.current, self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and row is not None and at == self.currentIndex():
            self.ticked.emit(row.id)


class TickHead(QWidget):
    """The headings over the columns of a `TickList`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._figures = "", tuple[str, ...]()

    def say(self, first: str, figures: tuple[str, ...]) -> None:
        """Set the headings."""
        self._first, self._figures = first, figures
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, px = QPainter(self), rect_f(self), theme().px
        left = px(_LEFT)
        figures = _with_room(self._figures, rect.width())
        words = rect.adjusted(left, 0, -px(_FIGURE) * len(figures) - px(20), 0)
        write(painter, words, self._first, px=12, weight=600, colour="muted")
        for place, figure in _columns(rect, figures):
            write(painter, place, figure, px=12, weight=600, colour="muted", align=RIGHT)
        hairline(painter, rect.bottomLeft(), rect.bottomRight())


class _Delegate(QStyledItemDelegate):
    """Paints a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(200), theme().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect, px = index.data(CELL_ROLE), QRectF(option.rect), theme().px
        if not isinstance(row, TickRow):
            return
        painter.save()
        if row.tick is None:
            _heading(painter, rect, row)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme().colour("sel"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme().colour("accent"))
        _tick(painter, rect, row.tick)
        figures = _with_room(row.figures, rect.width())
        left = rect.left() + px(_LEFT + _BOX + 12)
        taken = row.tick is not Tick.OFF
        if row.number:
            write(painter, QRectF(left, rect.top(), px(_NUMBER), rect.height()), row.number, colour="muted")
            left += px(_NUMBER)
        room = rect.right() - left - px(_FIGURE) * len(figures) - px(24)
        words = QRectF(left, rect.top(), room, rect.height())
        used = write(painter, words, row.title, colour="text" if taken else "muted")
        if row.note and room - used > text_width(row.note, 12) + px(12):
            write(painter, words.adjusted(used + px(12), 0, 0, 0), row.note, px=12, colour="muted")
        for place, figure in _columns(rect, figures):
            write(painter, place, figure, colour="text" if taken else "muted", align=RIGHT, tabular=True)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_box(painter, rect)
        painter.restore()


def _heading(painter: QPainter, rect: QRectF, row: TickRow) -> None:
    px = theme().px
    words = rect.adjusted(px(_LEFT), px(4), -px(20), 0)
    write(painter, words, f"{row.number}  {row.title}", px=12, weight=600, colour="text2")
    hairline(painter, rect.bottomLeft() - QPointF(0, 1), rect.bottomRight() - QPointF(0, 1))


def _tick(painter: QPainter, rect: QRectF, tick: Tick) -> None:
    side = theme().px(_BOX)
    square = QRectF(rect.left() + theme().px(_LEFT), round(rect.center().y() - side / 2), side, side)
    if tick is Tick.OFF:
        box(painter, square, fill=theme().colour("surface"), edge=theme().colour("ctl"), width=1.25)
        return
    box(painter, square, fill=theme().colour("accent"))
    if tick is Tick.ON:
        draw_mark(painter, square.adjusted(3, 3, -3, -3), MarkKind.TICK, theme().colour("on_accent"))
    else:
        dash = QRectF(square.left() + side / 4, square.center().y() - 1, side / 2, 2)
        painter.fillRect(dash, theme().colour("on_accent"))


def _with_room(figures: tuple[str, ...], width: float) -> tuple[str, ...]:
    """All figures, or the last alone where the words need the room."""
    return figures if width >= theme().px(_ROOM_FOR_ALL) else figures[-1:]


def _columns(rect: QRectF, figures: Sequence[str]) -> list[tuple[QRectF, str]]:
    px = theme().px
    right = rect.right() - px(20)
    places = []
    for number, figure in enumerate(reversed(figures)):
        wide = px(_FIGURE) + (px(30) if len(figures) == 1 else 0)
        places.append((QRectF(right - px(_FIGURE) * number - wide, rect.top(), wide, rect.height()), figure))
    return places
