"""Counting in working days: Monday to Friday without the bank holidays that are handed in. The first day is day 0."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

_FRIDAY = 4
_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: AbstractSet[date]) -> bool:
    """Whether people are at work on that day."""
    return day.weekday() <= _FRIDAY and day not in holidays


def working_days_between(start: date, end: date, holidays: AbstractSet[date]) -> int:
    """Working days after `start` up to and with `end`; negative where `end` comes first."""
    if end < start:
        return -working_days_between(end, start, holidays)
    weeks, rest = divmod((end - start).days, 7)
    weekdays = weeks * 5 + sum((start.weekday() + 1 + i) % 7 <= _FRIDAY for i in range(rest))
    return weekdays - sum(start < day <= end and day.weekday() <= _FRIDAY for day in holidays)


def add_working_days(start: date, number: int, holidays: AbstractSet[date]) -> date:
    """The day on which `number` working days after `start` (0 or more) are full; `start` itself for 0."""
    day = start
    for _ in range(number):
        day += _DAY
        while not is_working_day(day, holidays):
            day += _DAY
    return day
