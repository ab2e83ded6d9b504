"""Working days against a count day by day, and calendar months against what a month is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.spans import (
    Span,
    Unit,
    add_months,
    add_span,
    intervals_in,
    months_between,
    span_between,
)
from auditor.domain.workdays import add_working_days, is_working_day, working_days_between

DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))
SOME = st.frozensets(st.dates(date(2012, 12, 1), date(2014, 2, 28)), max_size=40)
NEAR = st.dates(date(2013, 1, 1), date(2013, 12, 31))
EASTER_2013 = frozenset({date(2013, 3, 29), date(2013, 4, 1)})


def counted(start: date, end: date, holidays: frozenset[date]) -> int:
    """Day by day, as one would with a finger on the calendar."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(1 for day in days if day.weekday() < 5 and day not in holidays)


@given(NEAR, NEAR, SOME)
def test_working_days_are_those_on_the_calendar(one: date, other: date, holidays: frozenset[date]) -> None:
    start, end = sorted((one, other))
    assert working_days_between(start, end, holidays) == counted(start, end, holidays)
    assert working_days_between(end, start, holidays) == -counted(start, end, holidays)


@given(NEAR, st.integers(0, 60), SOME)
def test_adding_reaches_the_first_day_with_that_count(start: date, number: int, holidays: frozenset[date]) -> None:
    end = add_working_days(start, number, holidays)
    assert working_days_between(start, end, holidays) == number
    assert number == 0 or is_working_day(end, holidays)


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        (date(2013, 3, 28), date(2013, 3, 28), 0),
        (date(2013, 3, 28), date(2013, 4, 2), 1),  # from Maundy Thursday to the Tuesday after Easter
        (date(2013, 3, 30), date(2013, 4, 2), 1),  # a Saturday is day 0 as any other day
        (date(2013, 3, 22), date(2013, 3, 25), 1),
        (date(2013, 4, 6), date(2013, 4, 7), 0),
    ],
)
def test_weekends_and_bank_holidays_do_not_count(start: date, end: date, number: int) -> None:
    assert working_days_between(start, end, EASTER_2013) == number


@given(DAYS, st.integers(0, 240))
def test_a_month_later_is_the_same_day_or_the_last(start: date, number: int) -> None:
    later = add_months(start, number)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == number
    assert later.day == start.day or ((later + timedelta(days=1)).day == 1 and later.day < start.day)


@given(DAYS, DAYS)
def test_months_between_are_the_most_that_fit(one: date, other: date) -> None:
    start, end = sorted((one, other))
    number = months_between(start, end)
    assert add_months(start, number) <= end < add_months(start, number + 1)


@given(DAYS, DAYS, st.sampled_from([Unit.DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH]))
def test_a_span_leads_back_to_its_end(one: date, other: date, unit: Unit) -> None:
    start, end = sorted((one, other))
    span = span_between(start, end, unit, frozenset())
    reached = add_span(start, span.number, unit, frozenset()) + timedelta(days=span.days)
    assert reached == end or (unit is Unit.WORKING_DAY and reached <= end < reached + timedelta(days=3))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2013, 1, 31), 1, date(2013, 2, 28)),
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2013, 11, 30), 3, date(2014, 2, 28)),
        (date(2012, 2, 29), 12, date(2013, 2, 28)),
    ],
)
def test_months_are_clamped_to_their_end(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(54, Unit.WORKING_DAY), "54 working days"),
        (Span(1, Unit.MONTH, 1), "1 month 1 day"),
        (Span(0, Unit.WEEK, 3), "3 days"),
        (Span(0, Unit.HOUR), "0 hours"),
        (Span(3, Unit.TIME), "3 times"),
    ],
)
def test_spans_read_as_people_say_them(span: Span, words: str) -> None:
    assert str(span) == words


def test_begun_hours_count_and_terms_are_four_months() -> None:
    left, back = datetime(2013, 5, 1, 9, 0, tzinfo=UTC), datetime(2013, 5, 4, 9, 1, tzinfo=UTC)
    assert span_between(left, back, Unit.HOUR, frozenset()) == Span(73, Unit.HOUR)
    assert add_span(left, 72, Unit.HOUR, frozenset()) == datetime(2013, 5, 4, 9, 0, tzinfo=UTC)
    assert add_span(date(2013, 1, 31), 1, Unit.TERM, frozenset()) == date(2013, 5, 31)
    assert span_between(date(2013, 1, 31), date(2013, 6, 2), Unit.TERM, frozenset()) == Span(4, Unit.MONTH, 2)


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [(6, Unit.WEEK, 4), (4, Unit.WEEK, 6), (10, Unit.WORKING_DAY, 13), (2, Unit.MONTH, 3), (7, Unit.DAY, 26)],
)
def test_how_often_something_was_due(number: int, unit: Unit, expected: int) -> None:
    assert intervals_in(date(2013, 1, 1), date(2013, 7, 2), number, unit, frozenset()) == expected


def test_nothing_is_due_in_a_period_that_has_not_begun() -> None:
    assert intervals_in(date(2013, 7, 2), date(2013, 1, 1), 1, Unit.WEEK, frozenset()) == 0
