"""A whole workbook read for forms, which stand on several sheets: every visible sheet as rows of values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.domain.errors import BadInput
from auditor.sheets.guard import Kind, kind_of, not_a_workbook, read_bytes
from auditor.sheets.table import MAX_COLUMNS, Line, Source, Value
from auditor.sheets.xlsx_reading import lines_of, opened

MAX_BYTES = 20 * 1024 * 1024
MAX_SHEETS = 50
MAX_ROWS = 12_000
MAX_TEXT = 4 * 1024 * 1024
"""In all sheets together. A form of thousands of questions holds far less text; what holds more is no form."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its filled rows, each under its number in the sheet; the cells start at the first column."""

    source: Source
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The title on its tab."""
        return self.source.sheet


def read_book(path: Path) -> tuple[Sheet, ...]:
    """The visible sheets of an .xlsx workbook, in order. Raises `BadInput` for anything else, and beyond the limits."""
    data = read_bytes(path, MAX_BYTES)
    if kind_of(path.name, data, MAX_BYTES) is not Kind.WORKBOOK:
        raise not_a_workbook(Source(path.name).place())
    with opened(path.name, data) as workbook:
        visible = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        if len(visible) > MAX_SHEETS:
            raise _too_much(Source(path.name), f"more than {MAX_SHEETS} sheets")
        rows, text = MAX_ROWS, MAX_TEXT
        sheets = []
        for title in visible:
            source = Source(path.name, title)
            lines = tuple(_within(source, lines_of(source, workbook), rows, text))
            rows -= len(lines)
            text -= sum(_length(values) for _, values in lines)
            sheets.append(Sheet(source, lines))
        return tuple(sheets)


def _within(source: Source, lines: Iterator[Line], rows: int, text: int) -> Iterator[Line]:
    for number, values in lines:
        last = next((at for at in range(len(values), 0, -1) if values[at - 1] is not None), 0)
        if not last:
            continue
        rows -= 1
        text -= _length(values)
        if last > MAX_COLUMNS:
            raise _too_much(source, f"more than {MAX_COLUMNS} columns", number, last)
        if rows < 0:
            raise _too_much(source, f"more than {MAX_ROWS:,} filled rows", number)
        if text < 0:
            raise _too_much(source, "more than 4 million characters", number)
        yield number, values[:last]


def _length(values: Sequence[Value]) -> int:
    return sum(len(value) for value in values if isinstance(value, str))


def _too_much(source: Source, what: str, row: int | None = None, column: int | None = None) -> BadInput:
    return BadInput(
        "form-too-large",
        "Too large for a form",
        f"The workbook has {what}.",
        "Delete what does not belong to the form, or split it into several forms.",
        source.place(row, column),
    )
