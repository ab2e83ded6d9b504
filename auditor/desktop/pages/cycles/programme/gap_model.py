"""The framework as a table model: service areas down, months across, "met of wanted" in each cell, gaps at the edge."""

from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.models.matrix import Edge, MatrixModel, Tally, Total
from auditor.desktop.pages.cycles.programme.words import short_month
from auditor.domain.programme_plan import Month
from auditor.domain.qa_framework import Cell, Framework

MET = Meaning(MarkKind.TICK, "Evidenced", "good", "good_tint")
GAP = Meaning(MarkKind.WARNING, "Gap", "inadequate", "inadequate_tint")
OPEN = Meaning(MarkKind.HALF_DISC, "This month, not all yet", "requires", "requires_tint")
AHEAD = Meaning(MarkKind.RING, "Expected later", "text2", "surface")
NOTHING = Meaning(MarkKind.DASH, "Nothing expected", "muted", "surface")


def meaning_of(cell: Cell, month: Month, this_month: Month) -> Meaning:
    """What a cell says: a month that is not over has no gap yet."""
    if not cell.wanted:
        return NOTHING
    if not cell.gap:
        return MET
    if month < this_month:
        return GAP
    return OPEN if month == this_month else AHEAD


def said_of(cell: Cell, month: Month, this_month: Month) -> str:
    """A cell in words."""
    meaning = meaning_of(cell, month, this_month)
    if meaning is NOTHING:
        return "nothing expected"
    missing = f", {cell.gap} missing" if meaning is GAP else ""
    return f"{cell.met} of {cell.wanted} evidenced{missing}, {meaning.word.lower()}"


class GapModel(MatrixModel):
    """The matrix of the framework. The edge counts what is missing in the months that are over."""

    edge_title = "Missing so far"
    row_title = "Service area"

    def __init__(self, this_month: Month) -> None:
        super().__init__()
        self.this_month = this_month
        self.found = Framework((), (), (), (), ())

    def show(self, found: Framework, this_month: Month) -> None:
        """Show a framework; the order of the rows is that of their titles again."""
        self.beginResetModel()
        self.found, self.this_month = found, this_month
        self.themes = tuple((area.id, area.title) for area in found.areas)
        self._sorted = None
        self._arrange()
        self.endResetModel()

    @property
    def width(self) -> int:
        return len(self.found.months)

    @property
    def widest(self) -> str:
        return max((f"{c.met}/{c.wanted}" for row in self.found.cells for c in row if c.wanted), key=len, default="")

    def cell_at(self, row: int, column: int) -> tuple[Cell, Meaning]:
        """The cell shown there, and what it says by mark and word."""
        return self.found.cells[self._order[row]][column], self.meaning(self._order[row], column)

    def row_of(self, area_id: str) -> int:
        """The row that shows an area, or -1."""
        ids = [self.themes[at][0] for at in self._order]
        return ids.index(area_id) if area_id in ids else -1

    def area_at(self, row: int) -> str:
        """The id of the area in a row."""
        return self.themes[self._order[row]][0]

    def meaning(self, theme: int, column: int) -> Meaning:
        """What the cell says by mark and word."""
        return meaning_of(self.found.cells[theme][column], self.found.months[column], self.this_month)

    def label(self, column: int) -> str:
        return short_month(self.found.months[column])

    def heading(self, column: int) -> str:
        return self.found.months[column].words

    def value(self, theme: int, column: int) -> Tally:
        cell = self.found.cells[theme][column]
        return Tally(cell.met, cell.wanted, self.meaning(theme, column).colour)

    def edge(self, theme: int) -> Edge:
        missing, wanted = self._missing(theme), self._wanted(theme)
        longest = max((self._edge_words(at) for at in range(len(self.themes))), key=len, default="")
        return Edge(self._edge_words(theme), missing / wanted if wanted else 0.0, longest)

    def words(self, theme: int, column: int) -> str:
        said = said_of(self.found.cells[theme][column], self.found.months[column], self.this_month)
        return f"{self.themes[theme][1]}, {self.heading(column)}: {said}"

    def copied(self, theme: int, column: int) -> str:
        cell = self.found.cells[theme][column]
        return f"{cell.met} of {cell.wanted}" if cell.wanted else ""

    def weight(self, theme: int, column: int) -> tuple[float, ...]:
        if column == self.width:
            return (self._missing(theme),)
        cell = self.found.cells[theme][column]
        return (cell.gap, cell.wanted)

    def totals(self) -> tuple[Total, ...]:
        if not self.themes:
            return ()
        columns = [[row[at] for row in self.found.cells] for at in range(self.width)]
        sums = [(sum(c.met for c in column), sum(c.wanted for c in column)) for column in columns]
        missing = sum(self._missing(at) for at in range(len(self.themes)))
        values = tuple(f"{met}/{wanted}" if wanted else "–" for met, wanted in sums)
        return (Total("All service areas", values, f"{missing} missing"),)

    def _past(self, theme: int) -> list[Cell]:
        cells = zip(self.found.months, self.found.cells[theme], strict=True)
        return [cell for month, cell in cells if month < self.this_month]

    def _missing(self, theme: int) -> int:
        return sum(cell.gap for cell in self._past(theme))

    def _wanted(self, theme: int) -> int:
        return sum(cell.wanted for cell in self._past(theme))

    def _edge_words(self, theme: int) -> str:
        missing, wanted = self._missing(theme), self._wanted(theme)
        return f"{missing} of {wanted}" if wanted else "–"
