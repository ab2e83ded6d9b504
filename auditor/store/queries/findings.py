"""The rollup as columns of numbers, and results by question. Only effective answers are in any of these tables."""

from collections.abc import Mapping

from auditor.domain.scoring import Counts, Outcome
from auditor.store.tables import COUNT_COLUMNS
from auditor.store.unit_of_work import View

_COUNTS = ", ".join(COUNT_COLUMNS)
_SUMS = ", ".join(f"SUM({name})" for name in COUNT_COLUMNS)


def cells(view: View, cycle_id: str) -> dict[tuple[str, str], Counts]:
    """The counts of every theme and audit of a cycle, by (theme id, audit id); empty cells are left out.

    Under `ALL_THEMES` each question of the audit counts once.
    """
    rows = view.connection.exec_driver_sql(
        f"SELECT theme, audit_id, {_COUNTS} FROM theme_cell WHERE cycle_id = ?",  # noqa: S608 - our own columns
        (cycle_id,),
    )
    return {(row[0], row[1]): Counts._make(row[2:]) for row in rows}


def theme_totals(view: View, cycle_id: str) -> dict[str, Counts]:
    """The counts of every theme over a whole cycle, by theme id."""
    rows = view.connection.exec_driver_sql(
        f"SELECT theme, {_SUMS} FROM theme_cell WHERE cycle_id = ? GROUP BY theme",  # noqa: S608 - our own columns
        (cycle_id,),
    )
    return {row[0]: Counts._make(row[1:]) for row in rows}


def question_outcomes(view: View, audit_ids: list[str]) -> Mapping[str, Mapping[Outcome, int]]:
    """How often each outcome is the effective answer to each scored question over the audits, by question id."""
    found: dict[str, dict[Outcome, int]] = {}
    for audit_id in audit_ids:
        rows = view.connection.exec_driver_sql(
            "SELECT question_id, outcome FROM effective WHERE audit_id = ? AND outcome IS NOT NULL", (audit_id,)
        )
        for question_id, outcome in rows:
            counts = found.setdefault(question_id, {})
            counts[Outcome(outcome)] = counts.get(Outcome(outcome), 0) + 1
    return found


def good_practice_marks(view: View, audit_ids: list[str]) -> Mapping[str, int]:
    """Good-practice marks on effective answers over the audits, by question id."""
    found: dict[str, int] = {}
    for audit_id in audit_ids:
        rows = view.connection.exec_driver_sql(
            "SELECT question_id FROM effective WHERE audit_id = ? AND good_practice = 1 AND outcome <> 'na'",
            (audit_id,),
        )
        for (question_id,) in rows:
            found[question_id] = found.get(question_id, 0) + 1
    return found
