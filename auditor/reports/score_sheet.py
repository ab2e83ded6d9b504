"""The sheet of scores: a row for each case, a column for each section, in words."""

from openpyxl.worksheet.worksheet import Worksheet

from auditor.reports.layout import HEADING_ROW, Field, head_sheet, write_table
from auditor.reports.theme_summary import ThemeSummary

_ON_PAGE = 7


def pages_wide(summary: ThemeSummary) -> int:
    """How many pages across the scores take in print."""
    return -(-len(summary.scores.sections) // _ON_PAGE) or 1


def write_scores(sheet: Worksheet, summary: ThemeSummary) -> None:
    """The scores by the method of the template, each audit by its own."""
    fields = (
        Field("Case", 14, "Strong words"),
        Field("Whole", 22, "Strong words"),
        *(Field(section, 22) for section in summary.scores.sections),
    )
    facts = "By the scoring method of the template. N/A is left out; not evidenced counts as not met and is told apart."
    head_sheet(sheet, "Scores", facts, len(fields), sample=summary.sample)
    write_table(sheet, HEADING_ROW, fields, summary.scores.rows)
