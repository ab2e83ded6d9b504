"""`auditor matrix`: the findings of a cycle as numbers, theme by case, theme by answer, as indicators or as scores."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.cycle import find_cycle
from auditor.cli.output import json_option, show, table
from auditor.domain.scoring import Counts, Outcome
from auditor.reports.theme_summary import cell_text

if TYPE_CHECKING:
    from auditor.domain.matrix import AnswerMatrix, IndicatorCount, ThemeMatrix
    from auditor.services.evidence import CellLine
    from auditor.services.scores import CaseScores
    from auditor.services.session import Session

Plain = dict[str, object] | list[dict[str, object]]


@click.command()
@click.option("--cycle", "cycle_id", required=True, help="The id or title of the cycle.")
@click.option(
    "--by",
    type=click.Choice(["case", "answer", "indicator", "score"]),
    default="case",
    show_default=True,
    help="Themes by case, themes by answer, the template's indicators counted over the cases, or cases by score.",
)
@json_option
@with_access()
def matrix(access: Access, cycle_id: str, by: str, as_json: bool) -> None:
    """Print the findings of a cycle. Only agreed, moderated and factual answers are counted."""
    kinds = {"case": _by_case, "answer": _by_answer, "indicator": _by_indicator, "score": _by_score}
    with access.signed_in() as session:
        plain, text = kinds[by](session, find_cycle(session, cycle_id).id)
    show(plain, as_json, lambda: text)


def _by_case(session: "Session", cycle_id: str) -> tuple[Plain, str]:
    from auditor.services.findings import theme_matrix

    found = session.ask(theme_matrix, cycle_id)
    plain: Plain = {
        "themes": _themes(found.themes),
        "columns": [
            {"case": column.reference, "audit": column.audit_id, "not_agreed": left}
            for column, left in zip(found.columns, found.not_agreed, strict=True)
        ],
        "cells": [[_cell(counts) for counts in row] for row in found.cells],
    }
    return plain, case_table(found)


def _by_answer(session: "Session", cycle_id: str) -> tuple[Plain, str]:
    from auditor.services.evidence import CellQuery, behind_cell
    from auditor.services.findings import answer_matrix

    found = session.ask(answer_matrix, cycle_id)
    marks = _marks(session.ask(behind_cell, CellQuery(cycle_id)))
    plain: Plain = {
        "themes": _themes(found.themes),
        "columns": [{"answer": outcome.value, "title": outcome.words} for outcome in found.outcomes],
        "cells": [
            [_outcome_cell(counts, outcome, marks.get((theme, outcome), 0)) for outcome in found.outcomes]
            for (theme, _), counts in zip(found.themes, found.counts, strict=True)
        ],
    }
    return plain, _answer_table(found)


def _by_indicator(session: "Session", cycle_id: str) -> tuple[Plain, str]:
    from auditor.services.findings import indicator_counts

    found = session.ask(indicator_counts, cycle_id)
    plain: Plain = [{"id": item.id, "title": item.title, "count": item.count, "of": item.of} for item in found]
    return plain, indicator_lines(found)


def _by_score(session: "Session", cycle_id: str) -> tuple[Plain, str]:
    from auditor.services.scores import score_table

    found = session.ask(score_table, cycle_id)
    plain: Plain = {
        "sections": [{"id": section, "title": title} for section, title in found.sections],
        "cases": [
            {
                "case": row.column.reference,
                "audit": row.column.audit_id,
                "whole": _score(row, ""),
                "sections": {section: _score(row, section) for section in row.scores.sections},
            }
            for row in found.rows
        ],
    }
    headings = ("Case", "Whole", *(f"{section} {title}" for section, title in found.sections))
    rows = [
        (row.column.reference, row.said(), *(row.said(section) for section, _ in found.sections)) for row in found.rows
    ]
    return plain, table(headings, rows, "The template of this cycle has no scoring method.")


def _score(row: "CaseScores", section: str) -> dict[str, object]:
    score = row.score(section)
    assert score is not None
    since = {"before": row.before.get(section, ""), "change": row.change.get(section, "")}
    return {"words": row.words[section], **asdict(score), **since}


def case_table(found: "ThemeMatrix") -> str:
    """Theme by case as text: a mark for each step of heat, issues/n, and signs for good practice and failed limits."""
    if not found.columns:
        return "No audit is given out yet, so there is nothing to count."
    headings = ("Theme", *(column.reference for column in found.columns), "Cases with issues")
    rows = [
        [title, *(cell_text(found, row, at) for at in range(len(found.columns))), _of(*found.cases_with_issue(row))]
        for row, (_, title) in enumerate(found.themes)
    ]
    left = sum(found.not_agreed)
    legend = (
        "Issues/answers: ○ none  ◔ up to a quarter  ◑ half  ◕ three quarters  ● more   ★ good practice  ⚠ limit failed"
    )
    return "\n".join((table(headings, rows, "No themes."), legend, f"Questions not agreed yet: {left}"))


def indicator_lines(found: "Sequence[IndicatorCount]") -> str:
    """The indicators as text, one a line: count/of and title."""
    lines = [
        f"{_of(item.count, item.of):>7}  {item.title}" + (f"  ({item.unknown} not known)" if item.unknown else "")
        for item in found
    ]
    return "\n".join(lines) or "The template has no indicators."


def _answer_table(found: "AnswerMatrix") -> str:
    headings = ("Theme", *(outcome.words for outcome in found.outcomes), "Good practice")
    rows = [
        [title, *(getattr(counts, outcome.value) for outcome in found.outcomes), counts.good_practice]
        for (_, title), counts in zip(found.themes, found.counts, strict=True)
    ]
    return table(headings, rows, "No themes.")


def _themes(themes: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"id": theme, "title": title} for theme, title in themes]


def _cell(counts: Counts) -> dict[str, int]:
    return {"n": counts.n, "issues": counts.issues, **counts._asdict()}


def _outcome_cell(counts: Counts, outcome: Outcome, good_practice: int) -> dict[str, int]:
    """The answers of one outcome; N/A leaves every denominator, so its cell is told by `na` and has an n of 0."""
    many = int(getattr(counts, outcome.value))
    is_met, is_na = outcome is Outcome.MET, outcome is Outcome.NA
    return {
        "n": 0 if is_na else many,
        "met": many if is_met else 0,
        "issues": many if outcome.is_issue else 0,
        "na": many if is_na else 0,
        "good_practice": good_practice,
    }


def _marks(lines: "Sequence[CellLine]") -> dict[tuple[str, Outcome], int]:
    """Good-practice marks by theme and outcome. A mark on an N/A answer is not counted, as in every matrix."""
    found: dict[tuple[str, Outcome], int] = {}
    for line in lines:
        if line.good_practice and line.outcome is not Outcome.NA:
            for theme in line.question.themes:
                found[theme, line.outcome] = found.get((theme, line.outcome), 0) + 1
    return found


def _of(count: int, of: int) -> str:
    return f"{count}/{of}"
