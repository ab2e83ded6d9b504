"""What a new cycle proposes: the season's name, the last six whole months, four weeks to do it."""

from collections.abc import Sequence
from datetime import date, timedelta

WEEKS_TO_DO_IT = 4
MONTHS_READ = 6
_SEASONS = {12: "Winter", 1: "Winter", 2: "Winter", 3: "Spring", 4: "Spring", 5: "Spring", 6: "Summer", 7: "Summer",
            8: "Summer"}  # fmt: skip


def proposed_title(today: date) -> str:
    """The season and the year."""
    return f"{_SEASONS.get(today.month, 'Autumn')} {today.year}"


def free_title(title: str, taken: Sequence[str]) -> str:
    """The title, with a number behind it where it is in use."""
    used = {other.casefold() for other in taken}
    number = 1
    proposed = title
    while proposed.casefold() in used:
        number += 1
        proposed = f"{title} ({number})"
    return proposed


def proposed_period(today: date) -> tuple[date, date]:
    """The last six whole months before this one."""
    end = today.replace(day=1) - timedelta(days=1)
    month = end.month - MONTHS_READ + 1
    start = date(end.year, month, 1) if month > 0 else date(end.year - 1, month + 12, 1)
    return start, end


def proposed_due(today: date) -> date:
    """Four weeks from now, on a working day."""
    due = today + timedelta(weeks=WEEKS_TO_DO_IT)
    return due - timedelta(days=max(0, due.weekday() - 4))
