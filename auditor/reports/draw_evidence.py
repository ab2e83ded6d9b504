"""The evidence of a draw as a workbook: one printed sheet a draw, to be read from top to bottom."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl.workbook import Workbook

from auditor.domain.draw_evidence import Evidence
from auditor.reports.dress import SAMPLE, add_styles, set_up_page
from auditor.reports.layout import Page, Span
from auditor.sheets.writing import save_durably

_GRID, _WIDTH = 12, 10.0
_HASH = 16


def write_evidence(found: Sequence[Evidence], path: Path) -> Path:
    """Write one sheet for each draw; raises `Refused` when the file cannot be written."""
    return save_durably(evidence_workbook(found), path)


def evidence_workbook(found: Sequence[Evidence]) -> Workbook:
    """The workbook, not yet on the disk."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook)
    for number, evidence in enumerate(found, 1):
        sheet = workbook.create_sheet("Draw" if len(found) == 1 else f"Draw {number}")
        set_up_page(sheet, evidence.title, dict(evidence.facts)["Drawn on"], sample=evidence.sample)
        sheet.page_setup.orientation = "portrait"
        _fill(Page(sheet, _GRID, _WIDTH), evidence)
    workbook.properties.title = "How the sample was drawn"
    workbook.properties.creator = workbook.properties.lastModifiedBy = "Casefile Auditor"
    return workbook


def _fill(page: Page, evidence: Evidence) -> None:
    page.line(Span(evidence.title, _GRID, "Page title"), height=30)
    page.line(Span("How the sample was drawn", _GRID, "Page facts"))
    if evidence.sample:
        page.line(Span(SAMPLE, _GRID, "Sample banner"), height=22)
    page.gap()
    for label, value in evidence.facts:
        page.line(Span(label, 4, "Quiet words"), Span(value, _GRID - 4, "Words"))
    _section(page, "The rule")
    for sentence in evidence.rule:
        page.line(Span(f"• {sentence}", _GRID))
    _section(page, "Left out before the draw")
    for words, count in evidence.excluded:
        page.line(Span(words.capitalize(), 8, "Words"), Span(count, 2, "Number"), Span(None, 2, "Words"))
    _strata(page, evidence)
    if evidence.quotas:
        _section(page, "Quotas")
        for quota in evidence.quotas:
            met = "Met" if quota.met else "Not met"
            page.line(
                Span(met, 2, "Strong words"), Span(f"{quota.words[:1].upper()}{quota.words[1:]}", _GRID - 2, "Words")
            )
    _drawn(page, evidence)
    _replaced(page, evidence)


def _section(page: Page, title: str) -> None:
    page.gap()
    page.line(Span(title, _GRID, "Section"), height=24)


def _strata(page: Page, evidence: Evidence) -> None:
    _section(page, "Groups")
    heads = [Span(title, 2, "Number heading") for title in ("In the frame", "Could be drawn", "Share", "Drawn")]
    page.line(Span("Group", 4, "Column heading"), *heads, height=20)
    for one in evidence.strata:
        counts = (one.frame, one.eligible, one.share, one.drawn)
        page.line(Span(one.title, 4, "Words"), *(Span(count, 2, "Number") for count in counts))


def _drawn(page: Page, evidence: Evidence) -> None:
    _section(page, f"The {len(evidence.drawn):,} cases drawn, in order")
    page.line(
        Span("Place", 1, "Number heading"),
        Span("Case", 2, "Column heading"),
        Span("Begins with", 3, "Column heading"),
        Span("Group", 3, "Column heading"),
        Span("Drawn", 3, "Column heading"),
        height=20,
    )
    for line in evidence.drawn:
        page.line(
            Span(line.rank, 1, "Number"),
            Span(line.reference, 2, "Strong words"),
            Span(line.hash[:_HASH], 3, "Quiet words"),
            Span(line.stratum, 3, "Words"),
            Span(line.why, 3, "Words"),
        )


def _replaced(page: Page, evidence: Evidence) -> None:
    _section(page, "Replacements")
    if not evidence.replaced:
        page.line(Span("None.", _GRID))
        return
    heads = (("Case", 2), ("Replaced by", 2), ("Reason", 4), ("Who", 2), ("When", 2))
    page.line(*(Span(title, width, "Column heading") for title, width in heads), height=20)
    for one in evidence.replaced:
        page.line(
            Span(one.reference, 2, "Strong words"),
            Span(one.replaced_by, 2, "Words"),
            Span(one.reason, 4, "Words"),
            Span(one.by, 2, "Words"),
            Span(one.on, 2, "Day"),
        )
