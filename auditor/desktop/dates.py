"""Dates as people type and read them: dd/mm/yyyy, `3/6` taken from the audited period."""

import re
from datetime import date

_TYPED = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?\s*")


def read_date(text: str, period: tuple[date, date] | None = None, *, today: date | None = None) -> date | None:
    """The date that was typed, or None where it is none.

    Without a year it is the one that puts the date inside `period` (both ends count); where none does, or there is
    no period, the year of the period's end or of `today`.
    """
    found = _TYPED.fullmatch(text)
    if found is None:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3]:
        year = int(found[3])
        return _date(year + 2000 if year < 100 else year, month, day)
    last = period[1] if period else (today or date.today())
    first = period[0] if period else last
    for year in range(last.year, first.year - 1, -1):
        candidate = _date(year, month, day)
        if candidate is not None and first <= candidate <= last:
            return candidate
    return _date(last.year, month, day)


def show_date(value: date | None) -> str:
    """`value` as dd/mm/yyyy, or nothing."""
    return f"{value:%d/%m/%Y}" if value else ""


def show_iso(text: str) -> str:
    """An ISO date or time as dd/mm/yyyy; anything else as it is."""
    try:
        return show_date(date.fromisoformat(text[:10]))
    except ValueError:
        return text


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
