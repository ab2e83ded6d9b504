"""The findings as table models: themes down, cases or answers across, and a last column that sums each theme up."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from auditor.desktop.theme import Token
from auditor.desktop.widgets.delegates import Heat
from auditor.desktop.widgets.table_model import CELL_ROLE, harmless
from auditor.domain.scoring import Outcome

Index = QModelIndex | QPersistentModelIndex
_WORDS = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))


@dataclass(frozen=True, slots=True)
class Tally:
    """A plain count on its row: how many of how many, and the colour of its bar."""

    count: int
    of: int
    colour: Token = "ctl"


@dataclass(frozen=True, slots=True)
class Edge:
    """The last column: a bold count with a bar, `share` from 0 to 1. All bars begin beyond the `longest` count."""

    text: str
    share: float
    longest: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A line under the matrix: its title, one text a column, and what stands below the last column."""

    title: str
    values: tuple[str, ...]
    edge: str
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """What a cell stands for: a theme, in one audit or in all (`audit_id` empty), with one outcome or any."""

    theme: str
    theme_title: str
    place: str
    audit_id: str = ""
    outcome: Outcome | None = None
    good_practice: bool = False


class MatrixModel(QAbstractTableModel):
    """Base of both matrices. Rows stand in the order of the form until `sort_by`; the last column is the edge."""

    edge_title = ""
    row_title = "Theme"

    def __init__(self) -> None:
        super().__init__()
        self.themes: tuple[tuple[str, str], ...] = ()
        self._order: list[int] = []
        self._sorted: int | None = None

    @property
    def width(self) -> int:
        """Columns without the edge."""
        raise NotImplementedError

    @property
    def prefix(self) -> str:
        """What all headings begin with, shown once."""
        return ""

    @property
    def widest(self) -> str:
        """The longest text beside a mark in any cell, for the width of the columns."""
        return ""

    def label(self, column: int) -> str:
        """The short heading of a column."""
        raise NotImplementedError

    def heading(self, column: int) -> str:
        """The whole heading of a column, as it is copied."""
        raise NotImplementedError

    def told(self, column: int) -> str:
        """The heading with what else there is to say about the column, for screen readers and tool tips."""
        return self.heading(column)

    def value(self, theme: int, column: int) -> Heat | Tally:
        """What a cell paints."""
        raise NotImplementedError

    def edge(self, theme: int) -> Edge:
        """What the last column paints."""
        raise NotImplementedError

    def words(self, theme: int, column: int) -> str:
        """What a cell paints, said."""
        raise NotImplementedError

    def copied(self, theme: int, column: int) -> str:
        """A cell for the clipboard; never "5/8", which a spreadsheet reads as a date."""
        raise NotImplementedError

    def weight(self, theme: int, column: int) -> tuple[float, ...]:
        """What a column is sorted by, the most first."""
        raise NotImplementedError

    def spot(self, row: int, column: int) -> Spot:
        """What the cell stands for."""
        raise NotImplementedError

    def totals(self) -> tuple[Total, ...]:
        """The lines under the matrix."""
        return ()

    def flags_of(self, row: int) -> int:
        """Open actions on the theme."""
        return 0

    def title_at(self, row: int) -> str:
        """The theme's title in this row."""
        return self.themes[self._order[row]][1]

    @property
    def sorted_by(self) -> int | None:
        """The column the rows are sorted by, or None in the order of the form."""
        return self._sorted

    def sort_by(self, column: int | None) -> None:
        """Put the themes with the most first by a column (the edge: `width`); None is the order of the form."""
        self.layoutAboutToBeChanged.emit()
        before, places = list(self._order), self.persistentIndexList()
        self._sorted = column
        self._arrange()
        rows = {theme: row for row, theme in enumerate(self._order)}
        self.changePersistentIndexList(
            places, [self.index(rows[before[place.row()]], place.column()) for place in places]
        )
        self.layoutChanged.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.width + 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if role == CELL_ROLE:
            theme, column = self._order[index.row()], index.column()
            return self.edge(theme) if column == self.width else self.value(theme, column)
        if role in _WORDS:
            theme, column = self._order[index.row()], index.column()
            if column == self.width:
                return f"{self.themes[theme][1]}, {self.edge_title.lower()}: {self.edge(theme).text}"
            return self.words(theme, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role not in (*_WORDS, int(Qt.ItemDataRole.ToolTipRole)):
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self.edge_title if section == self.width else self.told(section)
        flags = self.flags_of(section)
        return f"{self.title_at(section)}{f', {flags} open actions' if flags else ''}"

    def as_text(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        """These cells with all headings, parted by tabs, for the clipboard."""
        lines = [[self.row_title, *(self.edge_title if at == self.width else self.heading(at) for at in columns)]]
        for row in rows:
            theme = self._order[row]
            cells = [self.edge(theme).text if at == self.width else self.copied(theme, at) for at in columns]
            lines.append([self.themes[theme][1], *cells])
        return "\n".join("\t".join(harmless(text) for text in line) for line in lines)

    def _arrange(self) -> None:
        self._order = list(range(len(self.themes)))
        column = self._sorted
        if column is not None and column <= self.width:
            self._order.sort(key=lambda theme: self.weight(theme, column), reverse=True)


def common_start(references: Sequence[str]) -> str:
    """What all references begin with up to a sign that parts words ("CF-" of CF-01 and CF-02), or nothing."""
    least, most = min(references, default=""), max(references, default="")
    shared = list(takewhile(lambda pair: pair[0] == pair[1], zip(least, most, strict=False)))
    end = max((at + 1 for at, (sign, _) in enumerate(shared) if not sign.isalnum()), default=0)
    return least[:end] if len(references) > 1 and all(len(reference) > end for reference in references) else ""
