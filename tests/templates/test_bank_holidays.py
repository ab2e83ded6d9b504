"""The calendar that working days are counted by."""

from datetime import date

from auditor.domain.workdays import working_days_between
from auditor.templates.bank_holidays import bank_holidays


def test_substitute_and_one_off_days_are_known() -> None:
    days = bank_holidays(2020, 2023)
    assert {date(2020, 5, 8), date(2020, 12, 28), date(2022, 9, 19), date(2023, 5, 8)} <= days
    assert date(2020, 5, 4) not in days  # moved to the 8th that year


def test_scotland_keeps_its_own() -> None:
    assert date(2013, 1, 2) not in bank_holidays(2013, 2013)


def test_a_limit_over_christmas() -> None:
    days = bank_holidays(2012, 2013)
    assert working_days_between(date(2012, 12, 21), date(2013, 1, 4), days) == 7


def test_a_year_nobody_means_costs_nothing() -> None:
    assert bank_holidays(213, 1989) == frozenset()
    assert bank_holidays(9013, 9999) == frozenset()
