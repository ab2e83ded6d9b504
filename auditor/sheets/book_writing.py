"""A workbook of plain tables for people to fill in: headings, rows, drop-downs, headings that stay in sight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from auditor.sheets.table import Value, column_letters
from auditor.sheets.writing import put, save_durably

LAST_PREPARED = 6_000
"""Drop-downs reach down to this row."""

_HEADING = PatternFill("solid", fgColor="DDE6EC")
_TEXT = "@"


@dataclass(frozen=True, slots=True)
class DropDown:
    """What a cell offers: words, or the filled cells of a column of another sheet. Several words may be written in a
    cell where `strict` is false."""

    words: tuple[str, ...] = ()
    sheet: str = ""
    column: str = "A"
    strict: bool = True

    @property
    def formula(self) -> str:
        """How a workbook says it."""
        if self.sheet:
            title = self.sheet.replace("'", "''")
            return f"'{title}'!${self.column}$2:${self.column}${LAST_PREPARED}"
        return f'"{",".join(self.words)}"'


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, the hint shown on its cells, and what they offer."""

    heading: str
    width: int = 16
    hint: str = ""
    offers: DropDown | None = None


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet to write: a heading row and the rows under it."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Value]] = field(default=())


def write_book(plans: Sequence[SheetPlan], path: Path) -> Path:
    """Write the sheets as one .xlsx workbook, whole or not at all; text is always text. Raises `Refused`."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for plan in plans:
        _fill(workbook.create_sheet(plan.title), plan)
    return save_durably(workbook, path)


def _fill(sheet: Worksheet, plan: SheetPlan) -> None:
    for at, column in enumerate(plan.columns, 1):
        cell = put(sheet, 1, at, column.heading)
        cell.font, cell.fill = Font(bold=True), _HEADING
        letters = column_letters(at)
        sheet.column_dimensions[letters].width = column.width
        # Without it, Excel takes the version 2026.10 for a number and drops its last figure.
        sheet.column_dimensions[letters].number_format = _TEXT
        if column.offers or column.hint:
            _offer(sheet, letters, column)
    for number, row in enumerate(plan.rows, 2):
        for at, column in enumerate(plan.columns, 1):
            value = row.get(column.heading)
            if value is not None:
                cell = put(sheet, number, at, value)
                cell.number_format = _TEXT
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _offer(sheet: Worksheet, letters: str, column: Column) -> None:
    rule = DataValidation(allow_blank=True)
    if column.offers:
        rule.type, rule.formula1 = "list", column.offers.formula
        rule.showErrorMessage = column.offers.strict
        rule.errorTitle, rule.error = "Not one of the list", "Choose one of the words in the list."
    rule.showInputMessage = bool(column.hint)
    rule.promptTitle, rule.prompt = column.heading[:32], column.hint[:255]
    rule.add(f"{letters}2:{letters}{LAST_PREPARED}")
    sheet.add_data_validation(rule)
