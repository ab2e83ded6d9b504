"""The first sheet of the theme summary: what it is, the figures to know, and how to read the rest."""

from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from auditor.domain.action import Status
from auditor.domain.matrix import IndicatorCount
from auditor.reports.dress import SAMPLE, heat_style
from auditor.reports.layout import Page, Span
from auditor.reports.theme_summary import (
    HOW_COUNTED,
    MARKS_IN_WORDS,
    NOT_APPLICABLE,
    PIES,
    ThemeSummary,
    heat_words,
)

_GRID, _WIDTH = 12, 12.5


def write_summary(sheet: Worksheet, summary: ThemeSummary, today: date) -> None:
    """Fill the first sheet."""
    page = Page(sheet, _GRID, _WIDTH)
    page.line(Span(summary.title, _GRID, "Page title"), height=30)
    page.line(Span(f"Theme summary, {summary.period}" if summary.period else "Theme summary", _GRID, "Page facts"))
    if summary.sample:
        page.line(Span(SAMPLE, _GRID, "Sample banner"), height=22)
    page.gap()
    _tiles(page, summary)
    _indicators(page, summary.indicators)
    _heat(page, summary)
    _section(page, "How the numbers are counted")
    for sentence in (*HOW_COUNTED, *summary.notes):
        page.line(Span(f"• {sentence}", _GRID))
    _about(page, summary, today)


def _section(page: Page, title: str) -> None:
    page.gap()
    page.line(Span(title, _GRID, "Section"), height=24)


def _tiles(page: Page, summary: ThemeSummary) -> None:
    counts = summary.counts
    still_open = [action for action in summary.actions if action.status.is_open]
    late = sum(action.status is Status.BEHIND for action in still_open)
    tiles = (
        (summary.cases, f"{_word(summary.cases, 'case')}, {summary.pairs:,} {_word(summary.pairs, 'pair')}"),
        (counts.n, f"{_word(counts.n, 'answer')} counted, {counts.met:,} met"),
        (counts.issues, f"{_word(counts.issues, 'issue')}, {counts.not_evidenced:,} of them not evidenced"),
        (counts.good_practice, f"{_word(counts.good_practice, 'mark')} of good practice"),
        (summary.not_agreed, f"{_word(summary.not_agreed, 'question')} not yet agreed"),
        (len(still_open), f"open {_word(len(still_open), 'action')}, {late:,} behind schedule"),
    )
    page.line(*(Span(number, 2, "Tile number") for number, _ in tiles), height=40)
    page.line(*(Span(label, 2, "Tile label") for _, label in tiles), height=34)


def _word(count: int, one: str) -> str:
    return one if count == 1 else f"{one}s"


def _indicators(page: Page, indicators: tuple[IndicatorCount, ...]) -> None:
    if not indicators:
        return
    _section(page, "Case indicators")
    page.line(
        Span("Indicator", 4, "Column heading"),
        Span("Cases", 1, "Column heading"),
        Span("True in", 1, "Number heading"),
        Span("Of", 1, "Number heading"),
        Span("Not known", 1, "Number heading"),
        Span("In these cases", 4, "Column heading"),
        height=20,
    )
    for indicator in indicators:
        page.line(
            Span(indicator.title, 4, "Words"),
            Span(f"{indicator.count} of {indicator.of}", 1, "Strong words"),
            Span(indicator.count, 1, "Number"),
            Span(indicator.of, 1, "Number"),
            Span(indicator.unknown, 1, "Number"),
            Span(", ".join(indicator.cases), 4, "Quiet words"),
        )


def _heat(page: Page, summary: ThemeSummary) -> None:
    _section(page, "How to read theme x case")
    page.line(Span("Questions of the theme with an issue, out of those that applied to the case:", _GRID), height=20)
    words = heat_words(summary.matrix.heat_steps)
    swatches = [Span(f"{PIES[step]} {word}", 2, heat_style(step)) for step, word in enumerate(words)]
    page.line(*swatches, Span(f"{NOT_APPLICABLE}: none applied", 2, heat_style(None)), height=32)
    page.line(Span("      ".join(MARKS_IN_WORDS), _GRID, "Legend"), height=24)


def _about(page: Page, summary: ThemeSummary, today: date) -> None:
    _section(page, "About this summary")
    for label, value in (
        ("Template", f"{summary.template_title}, version {summary.template_version}"),
        ("Template’s fingerprint", summary.template_hash),
        ("Made on", summary.made_on),
        ("Actions as they stood on", today),
    ):
        page.line(Span(label, 3, "Quiet words"), Span(value, _GRID - 3, "Day" if isinstance(value, date) else "Words"))
