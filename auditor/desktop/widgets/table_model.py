"""The rows of a DataTable: columns that say how a frozen value is shown, sorted and copied, and group headings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from auditor.desktop.marks import Meaning
from auditor.desktop.theme import Token

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The `Cell` to paint, or the `Group` on a heading row."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """How one column shows a row.

    `text` is the first line and what is copied, `second` the grey line below, `tone` its colour where it is not
    grey (a late date), `meaning` a chip in place of text, `sort` the key to sort by where the text would sort wrongly.
    """

    id: str
    title: str
    text: Callable[[R], str]
    second: Callable[[R], str] | None = None
    tone: Callable[[R], Token] | None = None
    meaning: Callable[[R], Meaning | None] | None = None
    sort: Callable[[R], Any] | None = None
    number: bool = False
    strong: bool = False
    width: int = 120
    stretch: bool = False


@dataclass(frozen=True)
class Group:
    """A heading row over the rows that follow it."""

    title: str
    count: int
    note: str = ""
    meaning: Meaning | None = None


@dataclass(frozen=True)
class Cell:
    """What one cell paints."""

    text: str
    second: str = ""
    tone: Token = "muted"
    meaning: Meaning | None = None
    number: bool = False
    strong: bool = False


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows of one kind with optional group headings; sorts within the groups, which keep their order."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._given: list[R | Group] = []
        self._shown: list[R | Group] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[R | Group]) -> None:
        """Show these rows; the sorting in force stays."""
        self.beginResetModel()
        self._given = list(rows)
        self._shown = self._in_order()
        self.endResetModel()

    def row(self, number: int) -> R | Group:
        return self._shown[number]

    def is_group(self, number: int) -> bool:
        return isinstance(self._shown[number], Group)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        value = self._shown[index.row()]
        if role == CELL_ROLE:
            return value if isinstance(value, Group) else self._cell(value, self.columns[index.column()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(value, index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.is_group(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        before, self._shown = self._shown, self._in_order()
        now_at = {id(row): number for number, row in enumerate(self._shown)}
        # Cursor and selection hold such indexes: they go where their row goes.
        held = self.persistentIndexList()
        self.changePersistentIndexList(
            held, [self.index(now_at[id(before[index.row()])], index.column()) for index in held]
        )
        self.layoutChanged.emit()

    def as_text(self, numbers: Sequence[int]) -> str:
        """These rows with the headings, parted by tabs, for the clipboard."""
        lines = ["\t".join(column.title for column in self.columns)]
        for number in numbers:
            value = self._shown[number]
            if not isinstance(value, Group):
                lines.append("\t".join(self._copied(value, column) for column in self.columns))
        return "\n".join(lines)

    def _in_order(self) -> list[R | Group]:
        if self._sorted is None:
            return list(self._given)
        number, order = self._sorted
        column = self.columns[number]
        key = column.sort or (lambda row: column.text(row).casefold())
        shown: list[R | Group] = []
        block: list[R] = []

        def put_block() -> None:
            block.sort(key=key, reverse=order is Qt.SortOrder.DescendingOrder)
            shown.extend(block)
            block.clear()

        for value in self._given:
            if isinstance(value, Group):
                put_block()
                shown.append(value)
            else:
                block.append(value)
        put_block()
        return shown

    def _cell(self, row: R, column: Column[R]) -> Cell:
        return Cell(
            text=column.text(row),
            second=column.second(row) if column.second else "",
            tone=column.tone(row) if column.tone else "muted",
            meaning=column.meaning(row) if column.meaning else None,
            number=column.number,
            strong=column.strong,
        )

    def _words(self, value: R | Group, column: int) -> str:
        if isinstance(value, Group):
            return " ".join(part for part in (value.title, str(value.count), value.note) if part)
        cell = self._cell(value, self.columns[column])
        first = cell.meaning.word if cell.meaning else cell.text
        return f"{first}, {cell.second}" if cell.second else first

    def _copied(self, row: R, column: Column[R]) -> str:
        cell = self._cell(row, column)
        first = cell.meaning.word if cell.meaning and not cell.text else cell.text
        both = f"{first} ({cell.second})" if cell.second else first
        return " ".join(both.split()) if column.number else harmless(" ".join(both.split()))


def harmless(text: str) -> str:
    """Text for the clipboard that a spreadsheet it is pasted into does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
