"""The sheets of lists: results question by question, comments by theme, and actions."""

from collections.abc import Iterator, Sequence
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from auditor.reports.dress import style_of
from auditor.reports.layout import HEADING_ROW, Field, Marked, head_sheet, write_table
from auditor.reports.theme_summary import CommentKind, ThemeSummary, in_theme_order, overdue_first
from auditor.sheets.table import Value

_COUNTS = ("Answers counted", "Met", "Issues", "Partly met", "Not met", "Not evidenced", "Unfavourable", "N/A")
_QUESTIONS = (
    Field("No.", 8),
    Field("Question", 58),
    Field("Section", 24, "Quiet words"),
    Field("Themes", 24, "Quiet words"),
    *(
        Field(heading, 14, "Strong number" if heading == "Issues" else "Number")
        for heading in (*_COUNTS, "Good practice")
    ),
)
_COMMENTS = (
    Field("Theme", 24, "Strong words"),
    Field("Kind", 15),
    Field("Case", 12),
    Field("No.", 8),
    Field("Question", 36, "Quiet words"),
    Field("Answer", 16),
    Field("Comment", 70),
    Field("Evidence", 24, "Quiet words"),
    Field("Author", 20, "Quiet words"),
)
_ACTIONS = (
    Field("No.", 9),
    Field("Status", 24),
    Field("Action", 56),
    Field("Owner", 20),
    Field("Case", 12),
    Field("Theme", 24, "Quiet words"),
    Field("Raised", 12, "Day"),
    Field("Due", 12, "Day"),
    Field("Days late", 10, "Number"),
    Field("Done", 12, "Day"),
    Field("Verified", 12, "Day"),
    Field("Verified by", 20),
)


def write_questions(sheet: Worksheet, summary: ThemeSummary) -> None:
    """Every scored question in the order of the form."""
    head_sheet(
        sheet,
        "Questions",
        f"{len(summary.questions):,} scored questions, in the order of the form. Counts are cases.",
        len(_QUESTIONS),
        sample=summary.sample,
    )
    write_table(sheet, HEADING_ROW, _QUESTIONS, _question_rows(summary), frozen=2)


def _question_rows(summary: ThemeSummary) -> Iterator[Sequence[Value]]:
    for question in summary.questions:
        c = question.counts
        outcomes = (c.n, c.met, c.issues, c.partly, c.not_met, c.not_evidenced, c.unfavourable, c.na)
        yield (
            question.number,
            question.text,
            question.section,
            ", ".join(question.themes),
            *outcomes,
            c.good_practice,
        )


def write_comments(sheet: Worksheet, summary: ThemeSummary) -> None:
    """Comments by theme: issues, good practice, the rest."""
    kinds = [comment.kind for comment in summary.comments]
    head_sheet(
        sheet,
        "Comments by theme",
        f"{kinds.count(CommentKind.ISSUE):,} on issues, {kinds.count(CommentKind.GOOD_PRACTICE):,} on good practice, "
        f"{kinds.count(CommentKind.OTHER):,} others. A question with two themes stands under both.",
        len(_COMMENTS),
        sample=summary.sample,
    )
    rows = (
        (
            comment.theme or "No theme",
            Marked(comment.kind.words, style_of(comment.kind)),
            comment.case,
            comment.question_number,
            comment.question,
            comment.answer,
            comment.text,
            comment.location,
            comment.author,
        )
        for comment in in_theme_order(summary)
    )
    write_table(sheet, HEADING_ROW, _COMMENTS, rows, frozen=2)


def write_actions(sheet: Worksheet, summary: ThemeSummary, today: date) -> None:
    """Follow-up actions, overdue first."""
    still_open = sum(action.status.is_open for action in summary.actions)
    head_sheet(
        sheet,
        "Actions",
        f"{len(summary.actions):,} actions, {still_open:,} open, as they stood on {today:%d/%m/%Y}. Overdue first. "
        "Done counts as open until somebody else has verified it.",
        len(_ACTIONS),
        sample=summary.sample,
    )
    rows = (
        (
            action.number,
            Marked(action.status.words, style_of(action.status)),
            action.text,
            action.owner,
            action.case,
            action.theme,
            action.raised,
            action.due,
            action.days_late or None,
            action.done_on,
            action.verified_on,
            action.verified_by,
        )
        for action in overdue_first(summary.actions)
    )
    write_table(sheet, HEADING_ROW, _ACTIONS, rows, frozen=2)
