"""A table read from a file: headings, rows with their numbers, and the rules every such table keeps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from auditor.domain.errors import BadInput, Place

Value = str | int | float | bool | date | datetime | None
"""A cell: text (never empty, no spaces around it), number, yes or no, date, date with time; None if blank."""
Line = tuple[int, Sequence[Value]]
"""A row as it comes from a file: its number there, and its cells from the first column on."""

MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """The file a table comes from, and its sheet; a CSV file has none."""

    file: str
    sheet: str = ""

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """A place in it; row (the line of a CSV file) and column are 1-based."""
        if not self.sheet:
            return Place(file=self.file, line=row)
        return Place(file=self.file, sheet=self.sheet, row=row, column=column_letters(column) if column else "")


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row: its number in the file (sheet row, or CSV line), and a value for each heading."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file held.

    `columns` are the 1-based columns of the headings; `notices` say in sentences what the reader assumed.
    """

    source: Source
    headers: tuple[str, ...]
    columns: tuple[int, ...]
    rows: tuple[Row, ...]
    notices: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The file's name."""
        return self.source.file

    @property
    def sheet(self) -> str:
        """The sheet's title; empty for a CSV file."""
        return self.source.sheet

    def record(self, row: Row) -> dict[str, Value]:
        """A row as heading -> value."""
        return dict(zip(self.headers, row.values, strict=True))

    def place(self, row: Row, header: str = "") -> Place:
        """Where a row, or its cell under a heading, stands in the file."""
        return self.source.place(row.number, self.columns[self.headers.index(header)] if header else None)


def column_letters(column: int) -> str:
    """The letters over a 1-based column: 28 is AB."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def build(source: Source, lines: Iterable[Line], notices: Sequence[str] = ()) -> Table:
    """The table in numbered lines. Raises `BadInput`.

    Its heading row is the first with two filled cells, or, in a list of one column, the first filled one;
    what stands above that is a title.
    """
    filled = list(_filled(source, lines))
    if not filled:
        raise BadInput(
            "table-empty",
            "Nothing in the file",
            "No cell is filled.",
            "Put one heading row above the rows and choose the file again.",
            source.place(),
        )
    start = next((at for at, (_, values) in enumerate(filled) if _count(values) > 1), 0)
    heading_row, heading = filled[start]
    headings = {column: _header(value) for column, value in enumerate(heading, 1) if value is not None}
    _refuse_repeated(source, heading_row, headings)
    rows = []
    for number, values in filled[start + 1 :]:
        _refuse_unheaded(source, heading_row, headings, values)
        rows.append(Row(number, tuple(values[at - 1] if at <= len(values) else None for at in headings)))
    if start:
        above = f"{'row' if source.sheet else 'line'} {heading_row}"
        notices = (*notices, f"The headings stand in {above}; what is above was taken for a title.")
    return Table(source, tuple(headings.values()), tuple(headings), tuple(rows), tuple(notices))


def _filled(source: Source, lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that hold anything, within the limits."""
    seen = 0
    for number, values in lines:
        last = next((at for at in range(len(values), 0, -1) if values[at - 1] is not None), 0)
        if not last:
            continue
        if last > MAX_COLUMNS:
            raise BadInput(
                "too-many-columns",
                "Too many columns",
                f"More than {MAX_COLUMNS} columns are in use.",
                "Delete the columns that are not needed and choose the file again.",
                source.place(number, last),
            )
        if seen > MAX_ROWS:
            raise BadInput(
                "too-many-rows",
                "Too many rows",
                f"More than {MAX_ROWS:,} rows are filled.",
                "Split the list over several files.",
                source.place(number),
            )
        seen += 1
        yield number, values[:last]


def _count(values: Sequence[Value]) -> int:
    return sum(value is not None for value in values)


def _header(value: Value) -> str:
    text = value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
    return " ".join(text.split())


def _refuse_repeated(source: Source, row: int, headings: dict[int, str]) -> None:
    first: dict[str, int] = {}
    for column, heading in headings.items():
        earlier = first.setdefault(heading.casefold(), column)
        if earlier != column:
            raise BadInput(
                "heading-repeated",
                "Two columns with one heading",
                f"Columns {column_letters(earlier)} and {column_letters(column)} have the same heading.",
                "Give each column its own heading.",
                source.place(row, column),
            )


def _refuse_unheaded(source: Source, row: int, headings: dict[int, str], values: Sequence[Value]) -> None:
    for column, value in enumerate(values, 1):
        if value is not None and column not in headings:
            raise BadInput(
                "heading-missing",
                "A column without a heading",
                f"Column {column_letters(column)} has values and no heading.",
                "Give the column a heading, or empty its cells.",
                source.place(row, column),
            )
