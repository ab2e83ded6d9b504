"""DataTable: hairlines, grey heads, sorting, copying with headings, remembered widths, Enter opens."""

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from auditor.desktop.preferences import preferences
from auditor.desktop.theme import theme
from auditor.desktop.widgets.delegates import CellDelegate
from auditor.desktop.widgets.table_model import Column, Group, Index, RowsModel

R = TypeVar("R")
_NARROWEST = 48
"""Logical pixels at 100 % below which nothing in a column can be read."""


class WidthMemory(Protocol):
    """Where column widths are remembered between starts; widths are logical pixels at 100 % text size."""

    def read(self, table: str) -> dict[str, int]:
        """The remembered width of each column id of this table."""
        ...

    def write(self, table: str, widths: dict[str, int]) -> None:
        """Remember the widths."""
        ...


class DataTable(QTableView, Generic[R]):
    """A table of frozen values. Click a head or press S to sort, Ctrl+C copies, Enter or double click opens.

    Rows come from `set_rows` (values and `Group` headings). `table_id` is the name its widths are remembered under;
    `key` gives what stays the same of a row when the rest of it changes, such as its id.
    """

    opened = Signal(object)
    """The row to open."""
    picked = Signal(object)
    """The row the selection moved to, or None."""

    def __init__(
        self, name: str, columns: Sequence[Column[R]], *, table_id: str = "", two_lines: bool = False,
        memory: WidthMemory | None = None, key: Callable[[R], Hashable] | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._key = key or id
        self._quiet = False
        self._table_id, self._memory, self._two_lines = table_id or name, memory, two_lines
        self.rows = RowsModel(columns)
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setProperty("ownFocus", True)
        self._set_up_head()
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.rows.modelReset.connect(self._settle)
        self.rows.layoutChanged.connect(self._settle)
        theme().changed.connect(self._rescale)
        self._rescale()

    def set_rows(self, rows: Sequence[R | Group]) -> None:
        """Show these rows; the cursor stays on its row, or at its place where the row is gone."""
        was, current = self.currentIndex().row(), self.current
        self.rows.set_rows(rows)
        if current is not None and self.select(self._key(current)):
            return
        if 0 <= was < self.rows.rowCount() and not self.rows.is_group(was):
            self.selectRow(was)

    def select(self, key: Hashable) -> bool:
        """Put the cursor on the row of this key, without `picked`; False where no row has it."""
        for number in range(self.rows.rowCount()):
            row = self.rows.row(number)
            if not isinstance(row, Group) and self._key(row) == key:
                self._quiet = True
                self.selectRow(number)
                self._quiet = False
                return True
        return False

    @property
    def current(self) -> R | None:
        """The row the cursor is on, or None."""
        number = self.currentIndex().row()
        if number < 0 or number >= self.rows.rowCount():
            return None
        value = self.rows.row(number)
        return None if isinstance(value, Group) else value

    def leave_out(self, ids: Collection[str]) -> None:
        """Show all columns but these, where there is no room for them; nothing scrolls sideways."""
        for number, column in enumerate(self.rows.columns):
            self.setColumnHidden(number, column.id in ids)

    def select_first(self) -> None:
        """Put the cursor on the first row that is no heading."""
        self._step_to(range(self.rows.rowCount()))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() and not self._quiet:
            self.picked.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(row)
        elif key == Qt.Key.Key_S and not event.modifiers() and not preferences().mutes(event):
            self._sort_by_key()
        elif key == Qt.Key.Key_Down and not event.modifiers():
            self._step_to(range(row + 1, self.rows.rowCount()))
        elif key == Qt.Key.Key_Up and not event.modifiers():
            self._step_to(range(row - 1, -1, -1))
        elif event.text().strip() and event.text().isprintable() and not event.modifiers():
            # Letters and signs are for the page, not for Qt's search through the rows.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the selected rows with their headings; all rows where none is selected."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        QGuiApplication.clipboard().setText(self.rows.as_text(chosen or range(self.rows.rowCount())))

    def _set_up_head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for number, column in enumerate(self.rows.columns):
            if column.stretch:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        head.sectionResized.connect(self._remember)

    def _rescale(self) -> None:
        head = self.horizontalHeader()
        head.blockSignals(True)
        kept = self._memory.read(self._table_id) if self._memory else {}
        for number, column in enumerate(self.rows.columns):
            self.setColumnWidth(number, theme().px(max(kept.get(column.id, column.width), _NARROWEST)))
        head.setFixedHeight(theme().px(30))
        head.blockSignals(False)
        self._settle()

    def _settle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(45 if self._two_lines else 32))
        self.clearSpans()
        for number in range(self.rows.rowCount()):
            if self.rows.is_group(number):
                self.setSpan(number, 0, 1, len(self.rows.columns))
                self.setRowHeight(number, theme().px(34))
            else:
                # What was once a heading's place keeps the heading's height, whatever stands there now.
                self.setRowHeight(number, self.verticalHeader().defaultSectionSize())

    def _remember(self, _section: int, _old: int, _new: int) -> None:
        if self._memory is not None:
            # A column that is left out has no width now; it comes back as wide as it was.
            widths = {
                column.id: round(self.columnWidth(number) * 100 / theme().scale)
                for number, column in enumerate(self.rows.columns)
                if not column.stretch and not self.isColumnHidden(number)
            }
            self._memory.write(self._table_id, {**self._memory.read(self._table_id), **widths})

    def _sort_by_key(self) -> None:
        """S sorts by the column of the cursor: upwards, downwards, as given."""
        head, column = self.horizontalHeader(), max(self.currentIndex().column(), 0)
        if head.sortIndicatorSection() != column:
            self.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        elif head.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder:
            self.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        else:
            self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    def _step_to(self, numbers: range) -> None:
        for number in numbers:
            if not self.rows.is_group(number):
                column = max(self.currentIndex().column(), 0)
                self.setCurrentIndex(self.rows.index(number, column))
                return

    def _open(self, number: int) -> None:
        if 0 <= number < self.rows.rowCount() and not self.rows.is_group(number):
            self.opened.emit(self.rows.row(number))
