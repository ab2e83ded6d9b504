"""The sheets of numbers: theme by case as it is on screen, theme by answer, and the plain numbers for pivot tables."""

from collections.abc import Iterator, Sequence

from openpyxl.formatting.rule import DataBarRule
from openpyxl.worksheet.worksheet import Worksheet

from auditor.reports.dress import BAR, COLUMNS_ON_PAGE, heat_style
from auditor.reports.layout import HEADING_ROW, Field, Marked, head_sheet, write_table
from auditor.reports.theme_summary import (
    MARKS_IN_WORDS,
    NOT_APPLICABLE,
    PIES,
    ThemeSummary,
    cell_text,
    heat_words,
)
from auditor.sheets.table import Value, column_letters
from auditor.sheets.writing import put

_SHORT_REFERENCE = 9


def pages_wide(summary: ThemeSummary) -> int:
    """How many pages across theme by case takes in print."""
    return -(-len(summary.matrix.columns) // COLUMNS_ON_PAGE) or 1


def write_theme_by_case(sheet: Worksheet, summary: ThemeSummary) -> None:
    """Each cell with its number, its mark and its heat; the edges are numbers."""
    matrix = summary.matrix
    turned = any(len(column.reference) > _SHORT_REFERENCE for column in matrix.columns)
    heading = "Case heading turned" if turned else "Case heading"
    width = 2 + max((len(words) for words in _cell_texts(summary)), default=8)
    fields = (
        Field("Theme", 30, "Theme"),
        *(Field(column.reference, width, heading_style=heading) for column in matrix.columns),
        Field("Cases with an issue", 12, "Strong edge number"),
        Field("of cases it applied to", 12, "Edge number"),
        Field("Issues", 10, "Edge number"),
        Field("of answers counted", 12, "Edge number"),
    )
    facts = "5/8 means 5 issues in the 8 questions that applied. Counts, not percentages."
    head_sheet(sheet, "Theme x case", facts, len(fields), sample=summary.sample)
    last = write_table(sheet, HEADING_ROW, fields, _matrix_rows(summary))
    sheet.row_dimensions[HEADING_ROW].height = 120 if turned else 40
    for row in range(HEADING_ROW + 1, last + 1):
        sheet.row_dimensions[row].height = max(24, sheet.row_dimensions[row].height or 0)
    _bars(sheet, column_letters(len(matrix.columns) + 2), last, len(matrix.columns))
    _legend(sheet, _case_totals(sheet, summary, last + 1) + 2, summary)


def _cell_texts(summary: ThemeSummary) -> Iterator[str]:
    matrix = summary.matrix
    for row, cells in enumerate(matrix.cells):
        for column, _ in enumerate(cells):
            yield cell_text(matrix, row, column)


def _matrix_rows(summary: ThemeSummary) -> Iterator[list[Value | Marked]]:
    matrix = summary.matrix
    for row, (_, title) in enumerate(matrix.themes):
        with_issue, applied = matrix.cases_with_issue(row)
        in_row = matrix.row_total(row)
        cells = [
            Marked(cell_text(matrix, row, column), heat_style(matrix.heat(cell)))
            for column, cell in enumerate(matrix.cells[row])
        ]
        yield [title, *cells, with_issue, applied, in_row.issues, in_row.n]


def _case_totals(sheet: Worksheet, summary: ThemeSummary, row: int) -> int:
    """The lines below the matrix, each answer counted once; gives the last of them."""
    lines = (
        ("Issues in the case", [counts.issues for counts in summary.matrix.totals], True),
        ("Answers counted", [counts.n for counts in summary.matrix.totals], False),
        ("Marks of good practice", [counts.good_practice for counts in summary.matrix.totals], False),
        ("Not yet agreed", list(summary.matrix.not_agreed), False),
    )
    edge = len(summary.matrix.columns) + 2
    for at, (label, numbers, first) in enumerate(lines):
        put(sheet, row + at, 1, label, "Total words" if first else "Line below")
        for column, number in enumerate(numbers, 2):
            put(sheet, row + at, column, number, "Total" if first else "Case number")
        put(sheet, row + at, edge, sum(numbers), "Total number" if first else "Edge number")
        put(sheet, row + at, edge + 1, "in all", "Total words" if first else "Line below")
        sheet.row_dimensions[row + at].height = 20
    return row + len(lines) - 1


def _bars(sheet: Worksheet, letters: str, last: int, most: int) -> None:
    if last > HEADING_ROW:
        bars = DataBarRule("num", 0, "num", max(1, most), color=BAR)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(f"{letters}{HEADING_ROW + 1}:{letters}{last}", bars)


def _legend(sheet: Worksheet, row: int, summary: ThemeSummary) -> None:
    put(sheet, row, 1, "Questions with an issue", "Section")
    for step, word in enumerate(heat_words(summary.matrix.heat_steps)):
        row += 1
        put(sheet, row, 1, f"{PIES[step]} {word}", heat_style(step))
        sheet.row_dimensions[row].height = 18
    put(sheet, row + 1, 1, f"{NOT_APPLICABLE}: none applied", heat_style(None))
    for at, words in enumerate(MARKS_IN_WORDS, 2):
        put(sheet, row + at, 1, words, "Page facts")


def write_theme_by_answer(sheet: Worksheet, summary: ThemeSummary) -> None:
    """How often each answer was given in each theme, over all cases."""
    answers = summary.answers
    fields = (
        Field("Theme", 34, "Strong words"),
        *(Field(outcome.words, 15, "Number") for outcome in answers.outcomes),
        Field("Answers counted, without N/A", 16, "Number"),
        Field("Issues", 12, "Strong number"),
        Field("Good practice", 12, "Number"),
    )
    facts = "Effective answers of all cases. A question with two themes counts in both."
    head_sheet(sheet, "Theme x answer", facts, len(fields), sample=summary.sample)
    rows = (
        [title, *(getattr(counts, o.value) for o in answers.outcomes), counts.n, counts.issues, counts.good_practice]
        for (_, title), counts in zip(answers.themes, answers.counts, strict=True)
    )
    last = write_table(sheet, HEADING_ROW, fields, rows)
    _bars(sheet, column_letters(len(fields) - 1), last, max((counts.issues for counts in answers.counts), default=0))


_DATA = (
    Field("Theme", 30),
    Field("Case", 16),
    *(
        Field(heading, 15, "Number")
        for heading in (
            "Answers counted",
            "Met",
            "Issues",
            "Partly met",
            "Not met",
            "Not evidenced",
            "Unfavourable",
            "N/A",
            "Good practice",
            "Limits failed",
            "Heat step",
        )
    ),
)


def write_data(sheet: Worksheet, summary: ThemeSummary) -> None:
    """Theme by case in long form, one row a cell and headings in the first row, as pivot tables want it."""
    write_table(sheet, 1, _DATA, _data_rows(summary), frozen=2)


def _data_rows(summary: ThemeSummary) -> Iterator[Sequence[Value]]:
    matrix = summary.matrix
    for (_, theme), cells in zip(matrix.themes, matrix.cells, strict=True):
        for column, c in zip(matrix.columns, cells, strict=True):
            outcomes = (c.n, c.met, c.issues, c.partly, c.not_met, c.not_evidenced, c.unfavourable, c.na)
            yield (theme, column.reference, *outcomes, c.good_practice, c.limits_failed, matrix.heat(c))
