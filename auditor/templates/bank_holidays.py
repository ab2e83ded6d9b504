"""The bank holidays of England and Wales, one-off ones included, from a library that is kept up to date."""

from datetime import date
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1990, 2060
"""No case read today has dates outside; a slip of the pen (0213, 9013) must not cost a calendar of centuries."""


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def _in_year(year: int) -> frozenset[date]:
    import holidays  # here, since it takes 0.2 s that most starts never need

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@lru_cache(maxsize=64)
def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Every bank holiday of those years, substitute days included."""
    years = range(max(first_year, FIRST_YEAR), min(last_year, LAST_YEAR) + 1)
    return frozenset().union(*map(_in_year, years))
