"""Lengths of time in the units in which limits are set, and the calendar arithmetic behind them."""

from calendar import monthrange
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from auditor.domain.workdays import add_working_days, working_days_between


class Unit(StrEnum):
    """What a limit is counted in. A school term counts as four calendar months, a year as twelve."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"
    TERM = "term"
    YEAR = "year"
    TIME = "time"
    """How often something happened; the unit of results only, never of a limit."""

    def words(self, number: int) -> str:
        """The unit behind that number, in words."""
        return self.value.replace("_", " ") + ("" if number == 1 else "s")


MONTHS_IN = {Unit.MONTH: 1, Unit.TERM: 4, Unit.YEAR: 12}
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A length: whole units, and for weeks and months the days left over."""

    number: int
    unit: Unit
    days: int = 0

    def __str__(self) -> str:
        parts = [(self.number, self.unit), (self.days, Unit.DAY)]
        shown = [f"{number} {unit.words(number)}" for number, unit in parts if number]
        return " ".join(shown) or f"0 {self.unit.words(0)}"


def day_of(moment: date) -> date:
    """The day of a date, or of a date with a time."""
    return moment.date() if isinstance(moment, datetime) else moment


def add_months(day: date, number: int) -> date:
    """The same day `number` months later, or the last day of that month where it has no such day."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """The most whole months that can be added to `start` without passing `end`, which is not before it."""
    number = (end.year - start.year) * 12 + end.month - start.month
    return number if add_months(start, number) <= end else number - 1


def add_span(start: date, number: int, unit: Unit, holidays: AbstractSet[date]) -> date:
    """When so many units from `start` are over; for hours `start` is, and the result has, a time of day."""
    match unit:
        case Unit.HOUR:
            return start + timedelta(hours=number)
        case Unit.DAY | Unit.WEEK:
            return day_of(start) + timedelta(days=number * (7 if unit is Unit.WEEK else 1))
        case Unit.WORKING_DAY:
            return add_working_days(day_of(start), number, holidays)
        case _:
            return add_months(day_of(start), number * MONTHS_IN[unit])


def span_between(start: date, end: date, unit: Unit, holidays: AbstractSet[date]) -> Span:
    """The length from `start` to a later `end`; terms and years in months, begun hours as full ones."""
    if unit is Unit.HOUR:
        return Span(-((start - end) // _HOUR), unit)
    first, last = day_of(start), day_of(end)
    match unit:
        case Unit.DAY:
            return Span((last - first).days, unit)
        case Unit.WEEK:
            weeks, days = divmod((last - first).days, 7)
            return Span(weeks, unit, days)
        case Unit.WORKING_DAY:
            return Span(working_days_between(first, last, holidays), unit)
        case _:
            months = months_between(first, last)
            return Span(months, Unit.MONTH, (last - add_months(first, months)).days)


def intervals_in(start: date, end: date, number: int, unit: Unit, holidays: AbstractSet[date]) -> int:
    """How many steps of `number` units fit between `start` and `end`: how often something due at that interval was
    due."""
    first, last = day_of(start), day_of(end)
    if last < first:
        return 0
    match unit:
        case Unit.WORKING_DAY:
            return working_days_between(first, last, holidays) // number
        case Unit.HOUR:
            return (last - first).days * 24 // number
        case Unit.DAY | Unit.WEEK:
            return (last - first).days // (number * (7 if unit is Unit.WEEK else 1))
        case _:
            return months_between(first, last) // (number * MONTHS_IN[unit])
