"""The framework shows each area what is missing; more of one activity never hides a gap in another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.errors import BadInput
from auditor.domain.programme_plan import Month
from auditor.domain.qa_framework import Activity, ActivityKind, Area, Cell, Evidence, checked, framework

JAN, FEB = Month(2026, 1), Month(2026, 2)
AREA = Area("north", "North", ("Team one", "Team two"))
AUDITS = Activity("a", "north", ActivityKind.AUDIT, "Case file audits", 4, 1, JAN)
DIPS = Activity("d", "north", ActivityKind.DIP_SAMPLE, "Chronologies", 2, 2, JAN)


def cells(*evidence: Evidence, audits: dict[tuple[str, Month], int] | None = None) -> tuple[Cell, Cell]:
    found = framework([AREA], [AUDITS, DIPS], evidence, audits or {}, [JAN, FEB])
    ((first, second),) = found.cells
    return first, second


def shown(activity: str, month: Month, count: int) -> Evidence:
    return Evidence("e", activity, month, count, "Minutes of the team meeting", "L. Lead")


def test_what_is_expected_follows_its_rhythm() -> None:
    first, second = cells()
    assert (first.wanted, first.gap, second.wanted) == (6, 6, 4)


def test_audits_agreed_of_the_areas_teams_are_evidence_by_themselves() -> None:
    first, second = cells(audits={("Team one", JAN): 2, ("Team two", JAN): 1, ("Elsewhere", JAN): 9})
    assert (first.evidenced, first.gap, second.gap) == ({"a": 3}, 3, 4)


def test_more_of_one_activity_hides_no_gap_in_another() -> None:
    first, _ = cells(shown("d", JAN, 50))
    assert (first.met, first.gap) == (2, 4)


def test_one_audit_is_evidence_of_one_activity() -> None:
    themed = Activity("t", "north", ActivityKind.AUDIT, "Themed audits", 2, 1, JAN)
    (row,) = framework([AREA], [AUDITS, themed], [], {("Team one", JAN): 5}, [JAN]).cells
    assert row[0].evidenced == {"a": 4, "t": 1}


@given(st.lists(st.tuples(st.sampled_from("ad"), st.sampled_from([JAN, FEB]), st.integers(1, 9)), max_size=6))
def test_a_gap_is_never_negative_and_never_more_than_expected(found: list[tuple[str, Month, int]]) -> None:
    for cell in cells(*(shown(*one) for one in found)):
        assert 0 <= cell.gap <= cell.wanted


@pytest.mark.parametrize(
    ("activity", "code"),
    [
        (Activity("", "north", ActivityKind.OTHER, "", 1, 1, JAN), "activity-title"),
        (Activity("", "north", ActivityKind.OTHER, "A", 0, 1, JAN), "activity-each"),
        (Activity("", "north", ActivityKind.OTHER, "A", 1, 25, JAN), "activity-every"),
        (Activity("", "north", ActivityKind.OTHER, "A", 1, 1, FEB, JAN), "activity-last"),
    ],
)
def test_an_activity_that_cannot_be_expected_is_refused(activity: Activity, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        checked(activity)
    assert caught.value.code == code
