"""Rounds come back in their rhythm, and stand as what was recorded of them says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.errors import BadInput
from auditor.domain.programme_plan import Exemption, Month, Rhythm, RoundState, Standing, checked, state_of

JAN, FEB = Month(2026, 1), Month(2026, 2)
WHOLE = Rhythm("w", "Whole file", ("whole-file",), 2, JAN)
THEMED = Rhythm("t", "Themes in turn", ("assessment", "planning", "supervision"), 2, FEB, due_day=31)
MONTHS = st.builds(Month, st.integers(2000, 2090), st.integers(1, 12))


def test_a_themed_round_lies_between_the_whole_files_and_takes_its_themes_in_turn() -> None:
    year = [(str(one.month), one.template) for one in THEMED.rounds(JAN, Month(2026, 12))]
    assert year == [
        ("2026-02", "assessment"), ("2026-04", "planning"), ("2026-06", "supervision"),
        ("2026-08", "assessment"), ("2026-10", "planning"), ("2026-12", "supervision"),
    ]  # fmt: skip
    assert [one.month.number for one in WHOLE.rounds(JAN, Month(2026, 6))] == [1, 3, 5]


def test_a_round_is_due_on_its_day_or_the_last_of_a_shorter_month() -> None:
    assert [one.due for one in THEMED.rounds(FEB, Month(2026, 4))] == [date(2026, 2, 28), date(2026, 4, 30)]


@given(MONTHS, st.integers(1, 24), st.integers(-30, 30), st.integers(0, 30), st.integers(0, 40))
def test_any_window_shows_the_rounds_of_the_whole(first: Month, every: int, ahead: int, long: int, ends: int) -> None:
    rhythm = Rhythm("r", "R", ("a", "b", "c"), every, first, last=first.plus(ends))
    start, end = first.plus(ahead), first.plus(ahead + long)
    everything = list(rhythm.rounds(first, first.plus(200)))
    assert list(rhythm.rounds(start, end)) == [one for one in everything if start <= one.month <= end]


@given(MONTHS, st.integers(-500, 500))
def test_months_add_up(month: Month, by: int) -> None:
    assert month.until(month.plus(by)) == by
    assert Month.parse(str(month)) == month
    assert Month.of(month.last_day) == month == Month.of(month.first_day)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "11-2026", "2026-0", "26-11", "2026-x"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        Month.parse(text)
    assert caught.value.code == "month-unread"


ROUND = next(WHOLE.rounds(Month(2026, 3), Month(2026, 3)))  # due 28/03/2026
EXEMPT = Exemption("Inspection in this month.", "L. Lead", date(2026, 2, 1))
UNDER_WAY = Standing("c", "March", 4, 3, ROUND.due)
EXTENDED = Standing("c", "March", 4, 3, date(2026, 4, 20))


def done(on: date) -> Standing:
    return Standing("c", "March", 4, 4, ROUND.due, on)


@pytest.mark.parametrize(
    ("cycle", "exemption", "today", "state", "late"),
    [
        (None, None, date(2026, 2, 28), RoundState.PLANNED, 0),
        (None, None, date(2026, 3, 1), RoundState.DUE, 0),
        (None, None, date(2026, 3, 28), RoundState.DUE, 0),
        (None, None, date(2026, 3, 30), RoundState.LATE, 2),
        (None, EXEMPT, date(2026, 3, 30), RoundState.EXEMPTED, 0),
        (UNDER_WAY, None, date(2026, 3, 28), RoundState.UNDER_WAY, 0),
        (UNDER_WAY, EXEMPT, date(2026, 3, 29), RoundState.LATE, 1),
        (EXTENDED, None, date(2026, 4, 20), RoundState.UNDER_WAY, 0),
        (done(date(2026, 3, 28)), None, date(2026, 6, 1), RoundState.DONE, 0),
        (done(date(2026, 4, 2)), None, date(2026, 6, 1), RoundState.DONE, 5),
    ],
)
def test_how_a_round_stands(
    cycle: Standing | None, exemption: Exemption | None, today: date, state: RoundState, late: int
) -> None:
    line = state_of(ROUND, cycle, exemption, today)
    assert (line.state, line.days_late) == (state, late)


@pytest.mark.parametrize(
    ("rhythm", "code"),
    [
        (Rhythm("", " ", ("a",), 2, JAN), "rhythm-title"),
        (Rhythm("", "R", (), 2, JAN), "rhythm-templates"),
        (Rhythm("", "R", ("a", "z"), 2, JAN), "rhythm-templates"),
        (Rhythm("", "R", ("a",), 0, JAN), "rhythm-every"),
        (Rhythm("", "R", ("a",), 2, JAN, due_day=0), "rhythm-due-day"),
        (Rhythm("", "R", ("a",), 2, JAN, target=-1), "rhythm-target"),
        (Rhythm("", "R", ("a",), 2, FEB, last=JAN), "rhythm-last"),
    ],
)
def test_a_rhythm_that_cannot_be_held_is_refused(rhythm: Rhythm, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        checked(rhythm, ("a",))
    assert caught.value.code == code
