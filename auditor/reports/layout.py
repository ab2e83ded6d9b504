"""Putting rows on a sheet: tables that freeze, filter and print, and lines of joined cells for a page to read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

from openpyxl.worksheet.worksheet import Worksheet

from auditor.reports.dress import SAMPLE
from auditor.sheets.table import Value, column_letters
from auditor.sheets.writing import put, split_long

HEADING_ROW = 4
"""Title, a line of facts, a line for the sample banner; then the headings."""

_LINE_HEIGHT = 15.0
_HEADING_LIMIT = 60
_LETTER = 0.88
_TALLEST = 409.0
_NUMBER_STYLES = ("Number", "Strong number", "Edge number", "Strong edge number")


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table: its heading, its width in characters, and the named style of its cells."""

    heading: str
    width: float
    style: str = "Words"
    heading_style: str = ""

    @property
    def default_heading_style(self) -> str:
        """Numbers have their heading to the right, above them."""
        return "Number heading" if self.style in _NUMBER_STYLES else "Column heading"


@dataclass(frozen=True, slots=True)
class Marked:
    """A value dressed otherwise than its column."""

    value: Value
    style: str


def head_sheet(sheet: Worksheet, title: str, facts: str, columns: int, *, sample: bool) -> None:
    """The three lines above a table of so many columns."""
    sheet.sheet_view.showGridLines = False
    put(sheet, 1, 1, title, "Page title")
    put(sheet, 2, 1, facts, "Page facts")
    for row, height in ((1, 30), (2, 18), (3, 20 if sample else 6)):
        sheet.row_dimensions[row].height = height
    if sample:
        for column in range(1, columns + 1):
            put(sheet, 3, column, SAMPLE if column == 1 else None, "Sample banner")


def write_table(
    sheet: Worksheet, top: int, fields: Sequence[Field], rows: Iterable[Sequence[Value | Marked]], frozen: int = 1
) -> int:
    """Write headings in row `top` and the rows below, frozen (`frozen` columns) and filtered; gives the last row.

    Text too long for a cell goes on in the next row, which repeats the other words and dates of its row, so that
    filters keep them together, and leaves its numbers blank, so that sums stay right. Headings are shortened.
    """
    for column, each in enumerate(fields, 1):
        put(sheet, top, column, _shortened(each.heading), each.heading_style or each.default_heading_style)
        sheet.column_dimensions[column_letters(column)].width = each.width
    sheet.row_dimensions[top].height = 6 + _height([each.heading for each in fields], [each.width for each in fields])
    row = top
    for values in rows:
        for line in _split_row(values):
            row += 1
            for column, (value, each) in enumerate(zip(line, fields, strict=True), 1):
                if isinstance(value, Marked):
                    put(sheet, row, column, value.value, value.style)
                else:
                    put(sheet, row, column, value, each.style)
            sheet.row_dimensions[row].height = _height(line, [each.width for each in fields])
    sheet.freeze_panes = f"{column_letters(frozen + 1)}{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{column_letters(len(fields))}{row}"
    return row


def _shortened(heading: str) -> str:
    words = " ".join(heading.split())
    return words if len(words) <= _HEADING_LIMIT else words[: _HEADING_LIMIT - 1] + "…"


def _split_row(values: Sequence[Value | Marked]) -> list[Sequence[Value | Marked]]:
    parts = [split_long(value) if isinstance(value, str) else () for value in values]
    depth = max(map(len, parts), default=0)
    if depth <= 1:
        return [values]
    return [[_continued(value, texts, at) for value, texts in zip(values, parts, strict=True)] for at in range(depth)]


def _continued(value: Value | Marked, texts: Sequence[str], at: int) -> Value | Marked:
    if len(texts) > 1:
        return texts[at] if at < len(texts) else None
    return None if at and isinstance(value, (int, float)) else value


@dataclass(frozen=True, slots=True)
class Span:
    """A value over `columns` joined cells of a page."""

    value: Value
    columns: int
    style: str = "Sentence"


@dataclass
class Page:
    """A sheet to be read from top to bottom, on a grid of equal columns; `row` is the next free one."""

    sheet: Worksheet
    columns: int
    width: float
    row: int = field(default=1)

    def __post_init__(self) -> None:
        self.sheet.sheet_view.showGridLines = False
        for column in range(1, self.columns + 1):
            self.sheet.column_dimensions[column_letters(column)].width = self.width

    def line(self, *spans: Span, height: float = 0.0) -> None:
        """One line of spans, tall enough for its words (joined cells never grow by themselves) or of `height` points.

        Text too long for a cell goes on in further lines.
        """
        parts = [split_long(span.value) if isinstance(span.value, str) else (span.value,) for span in spans]
        for at in range(max(map(len, parts))):
            self._line(spans, [texts[at] if at < len(texts) else None for texts in parts], height)

    def gap(self) -> None:
        """An empty line."""
        self.row += 1

    def _line(self, spans: Sequence[Span], values: Sequence[Value], height: float) -> None:
        column = 1
        for span, value in zip(spans, values, strict=True):
            put(self.sheet, self.row, column, value, span.style)
            for beside in range(column + 1, column + span.columns):
                put(self.sheet, self.row, beside, None, span.style)
            if span.columns > 1:
                self.sheet.merge_cells(
                    start_row=self.row, end_row=self.row, start_column=column, end_column=column + span.columns - 1
                )
            column += span.columns
        widths = [span.columns * self.width for span in spans]
        self.sheet.row_dimensions[self.row].height = height or _height(values, widths)
        self.row += 1


def _height(values: Sequence[Value | Marked], widths: Sequence[float]) -> float:
    """The height in points that shows all words; not every program finds it by itself."""
    lines = max(_lines(value, width) for value, width in zip(values, widths, strict=True))
    return min(_TALLEST, _LINE_HEIGHT * lines + 3)


def _lines(value: Value | Marked, width: float) -> int:
    """How many lines the words take: a letter is a little narrower than the digit that widths are counted in."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, ceil(len(line) * _LETTER / (width - 2))) for line in value.split("\n"))
