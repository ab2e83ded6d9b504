"""The theme summary as an Excel workbook: its sheets, put together and written to the disk."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor.reports.dress import add_styles, set_up_page
from auditor.reports.layout import HEADING_ROW
from auditor.reports.list_sheets import write_actions, write_comments, write_questions
from auditor.reports.matrix_sheets import pages_wide, write_data, write_theme_by_answer, write_theme_by_case
from auditor.reports.score_sheet import pages_wide as scores_wide
from auditor.reports.score_sheet import write_scores
from auditor.reports.summary_sheet import write_summary
from auditor.reports.theme_summary import ThemeSummary
from auditor.sheets.text import clean_text
from auditor.sheets.writing import save_durably

_PROPERTY_LIMIT = 200
_ON_ONE_PAGE = 15


def write_theme_summary(summary: ThemeSummary, path: Path, today: date) -> Path:
    """Write the workbook to `path` and give it back; `today` is the day its actions are told as of.

    Raises `Refused` when the file cannot be written; what was there before then stands as it was.
    """
    return save_durably(theme_summary_workbook(summary, today), path)


def theme_summary_workbook(summary: ThemeSummary, today: date) -> Workbook:
    """The workbook, not yet on the disk."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook)
    write_summary(_sheet(workbook, "Summary", summary), summary, today)
    write_theme_by_case(_sheet(workbook, "Theme x case", summary, "A:A", pages_wide(summary)), summary)
    write_theme_by_answer(_sheet(workbook, "Theme x answer", summary, "A:A"), summary)
    if summary.scores.rows:
        write_scores(_sheet(workbook, "Scores", summary, "A:A", scores_wide(summary)), summary)
    write_questions(_sheet(workbook, "Questions", summary, "A:B"), summary)
    write_comments(_sheet(workbook, "Comments by theme", summary, "A:B"), summary)
    write_actions(_sheet(workbook, "Actions", summary, "A:B"), summary, today)
    write_data(_sheet(workbook, "Theme x case data", summary, "A:B"), summary)
    workbook["Summary"].sheet_view.tabSelected = True
    _sign(workbook, summary)
    return workbook


def _sheet(workbook: Workbook, title: str, summary: ThemeSummary, columns: str = "", wide: int = 1) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(title)
    heading = 1 if title.endswith("data") else HEADING_ROW
    set_up_page(
        sheet,
        summary.title,
        f"{summary.made_on:%d/%m/%Y}",
        sample=summary.sample,
        rows=f"{heading}:{heading}" if columns else "",
        columns=columns,
        wide=wide,
        tall=1 if title == "Summary" and len(summary.indicators) <= _ON_ONE_PAGE else 0,
    )
    return sheet


def _sign(workbook: Workbook, summary: ThemeSummary) -> None:
    """What the file says of itself; it names the program and no person."""
    properties = workbook.properties
    properties.title = f"{clean_text(summary.title)[:_PROPERTY_LIMIT]}: theme summary"
    properties.subject = "Sample data" if summary.sample else ""
    properties.creator = properties.lastModifiedBy = "Casefile Auditor"
    properties.created = datetime.combine(summary.made_on, time(), UTC).replace(tzinfo=None)
