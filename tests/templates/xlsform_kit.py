"""XLSForms made in the tests: written as tables, saved as workbooks."""

from pathlib import Path

from openpyxl import Workbook


def rows_of(table: str) -> list[list[str | None]]:
    """The rows of a table whose cells stand between bars; an empty cell is blank."""
    lines = [line.strip().strip("|") for line in table.strip().splitlines()]
    return [[cell.strip() or None for cell in line.split("|")] for line in lines]


def workbook(path: Path, **sheets: str) -> Path:
    """A workbook of tables, one a sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, table in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows_of(table):
            sheet.append(row)
    book.save(path)
    return path


def large_form(path: Path, questions: int, group: int = 50) -> Path:
    """An XLSForm of so many questions, a tenth of them with a condition and another tenth with a constraint."""
    book = Workbook(write_only=True)
    survey = book.create_sheet("survey")
    survey.append(["type", "name", "label", "hint", "required", "relevant", "constraint"])
    for n in range(questions):
        if n % group == 0:
            survey.append(["begin_group", f"group_{n}", f"Group {n // group}"])
        kind = "select_one yn" if n % 2 else "integer"
        relevant = f"${{q{n - 1}}} > 3" if n % 10 == 1 else None
        constraint = ". < 100" if n % 10 == 0 else None
        survey.append([kind, f"q{n}", f"Was step {n} taken in time?", "See the notes", "yes", relevant, constraint])
        if n % group == group - 1 or n == questions - 1:
            survey.append(["end_group"])
    choices = book.create_sheet("choices")
    for row in (["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]):
        choices.append(row)
    book.save(path)
    return path
