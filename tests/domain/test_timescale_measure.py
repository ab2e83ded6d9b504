"""Measuring a time limit on hand-made rules: what the form that comes with the program does not happen to use."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from auditor.domain.spans import Unit
from auditor.domain.template import Period, Regime
from auditor.domain.timescale import Kept, Limit, Part, SpecialLimit, Test, TimescaleRule
from auditor.domain.timescale_measure import Facts, Known, measure

TODAY = date(2026, 11, 24)


def rule(*parts: Part, when: str = "", regime: str = "") -> TimescaleRule:
    return TimescaleRule("TR01", "First visit", regime, parts, when)


def elapsed(number: int, unit: Unit, *special: SpecialLimit) -> Part:
    return Part(Test.ELAPSED, Limit(number, unit), start="S01.01", end="S01.02", special=special)


def facts(values: Mapping[str, Known], **conditions: bool | None) -> Facts:
    regimes = {"old": Regime("old", "Old", until=date(2012, 12, 31))}
    return Facts(values, frozenset(), conditions, TODAY, frozenset(), regimes, Period("S00.01", "S00.02"))


def test_hours_need_a_time_of_day_and_say_so() -> None:
    result = measure(rule(elapsed(72, Unit.HOUR)), facts({"S01.01": date(2026, 3, 2), "S01.02": date(2026, 3, 9)}))
    assert result.kept is Kept.UNKNOWN
    assert "only the day is recorded" in result.sentence


def test_days_may_be_counted_between_times() -> None:
    values = {"S01.01": datetime(2026, 3, 2, 23, 50, tzinfo=UTC), "S01.02": datetime(2026, 3, 9, 0, 10, tzinfo=UTC)}
    assert measure(rule(elapsed(7, Unit.DAY)), facts(values)).kept is Kept.MET


def test_a_year_is_twelve_months() -> None:
    values = {"S01.01": date(2024, 2, 29), "S01.02": date(2025, 3, 1)}
    result = measure(rule(elapsed(1, Unit.YEAR)), facts(values))
    assert result.sentence == "First visit: 12 months 1 day from 29/02/2024, limit 1 year (12 months): 1 day over"


def test_a_weekend_after_the_last_working_day_is_in_time() -> None:
    values = {"S01.01": date(2026, 3, 2), "S01.02": date(2026, 3, 7)}
    assert measure(rule(elapsed(4, Unit.WORKING_DAY)), facts(values)).kept is Kept.MET


@pytest.mark.parametrize(
    ("meant", "special", "kept"),
    [
        (True, True, Kept.NOT_MET),
        (True, False, Kept.MET),
        (True, None, Kept.UNKNOWN),
        (False, True, Kept.NOT_APPLICABLE),
        (None, True, Kept.UNKNOWN),
    ],
)
def test_conditions_choose_the_rule_and_its_limit(meant: bool | None, special: bool | None, kept: Kept) -> None:
    part = elapsed(7, Unit.DAY, SpecialLimit(Limit(3, Unit.DAY), "under_five"))
    values = {"S01.01": date(2026, 3, 2), "S01.02": date(2026, 3, 7)}
    found = measure(rule(part, when="at_home"), facts(values, at_home=meant, under_five=special))
    assert found.kept is kept, found.sentence


def test_a_regime_ends_on_its_last_day() -> None:
    part = elapsed(7, Unit.DAY)
    last = {"S01.01": date(2012, 12, 31), "S01.02": date(2013, 1, 2)}
    after = {"S01.01": date(2013, 1, 1), "S01.02": date(2013, 1, 2)}
    assert measure(rule(part, regime="old"), facts(last)).kept is Kept.MET
    assert measure(rule(part, regime="old"), facts(after)).kept is Kept.NOT_APPLICABLE


def test_of_several_tests_the_worst_counts_and_all_are_told() -> None:
    often = Part(Test.COUNT, Limit(1, Unit.MONTH), count="S01.03")
    values: dict[str, Known] = {
        "S00.01": date(2026, 1, 1),
        "S00.02": date(2026, 6, 30),
        "S01.01": date(2026, 3, 2),
        "S01.02": date(2026, 3, 4),
        "S01.03": 3,
    }
    found = measure(rule(elapsed(7, Unit.DAY), often), facts(values))
    assert [part.kept for part in found.parts] == [Kept.MET, Kept.NOT_MET]
    assert found.kept is Kept.NOT_MET
    assert found.sentence.startswith("First visit: 2 days from 02/03/2026, limit 7: in time; 3 from 01/01/2026")
    unfinished = facts({name: value for name, value in values.items() if name != "S01.03"})
    assert measure(rule(elapsed(7, Unit.DAY), often), unfinished).kept is Kept.UNKNOWN
