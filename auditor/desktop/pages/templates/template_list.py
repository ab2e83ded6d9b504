"""The list of templates at the left: masters with their variants hanging below them, and core questions."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from auditor.desktop.models.template_rows import TemplateRow
from auditor.desktop.theme import theme
from auditor.desktop.widgets.painting import focus_box, hairline, write
from auditor.desktop.widgets.table_model import CELL_ROLE, Index

_ROW, _INDENT = 50, 16


class TemplateListModel(QAbstractListModel):
    """Template rows with the words a screen reader says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[TemplateRow] = ()

    def load(self, rows: Sequence[TemplateRow]) -> None:
        """Show these templates."""
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
            return f"{row.template.title}, {row.note}, {row.core} core questions"
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.template.purpose or row.template.title
        return None


class _Delegate(QStyledItemDelegate):
    """Two lines and a number; a thin line joins variants to their master."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(200), theme().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = index.data(CELL_ROLE), QRectF(option.rect)
        if not isinstance(row, TemplateRow):
            return
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme().colour("sel"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme().colour("accent"))
        px = theme().px
        left = rect.left() + px(14)
        if not row.is_master:
            x = left + px(5)
            hairline(painter, QPointF(x, rect.top()), QPointF(x, rect.bottom()), "line2")
            middle = rect.top() + px(17)
            hairline(painter, QPointF(x, middle), QPointF(x + px(8), middle), "line2")
            left += px(_INDENT)
        upper = QRectF(left, rect.top() + px(7), rect.right() - left - px(52), px(20))
        lower = QRectF(left, upper.bottom() - px(1), rect.right() - left - px(12), px(17))
        write(painter, upper, row.template.title, weight=600 if selected or row.is_master else 400)
        write(painter, lower, row.note, px=12, colour="muted")
        number = QRectF(rect.right() - px(50), upper.top(), px(38), upper.height())
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        write(painter, number, str(row.core), px=12, weight=600, colour="text2", align=align, tabular=True)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_box(painter, rect)
        painter.restore()


class TemplateList(QListView):
    """Pick a template with the arrows or a click. `chosen(TemplateRow)` comes with every move."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.templates = TemplateListModel(self)
        self.setModel(self.templates)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("Templates")
        self.setProperty("ownFocus", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme().changed.connect(self.doItemsLayout)

    def select(self, number: int) -> None:
        """Put the cursor on a template."""
        self.setCurrentIndex(self.templates.index(number, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/":
            event.ignore()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self.templates.rows[current.row()])
