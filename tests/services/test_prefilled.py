"""What a cycle knows stands among the facts of its audits when they are given out."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.audit import Mode, Stage
from auditor.domain.programme import FactsBy
from auditor.domain.roles import Role
from auditor.services import cycles, scoring
from auditor.services.templates import KeepTemplate, keep_template
from tests.kit import House, answer, open_house, small_plain

START, END = date(2026, 5, 1), date(2026, 10, 31)
PERIOD = {"S01.05": START.isoformat(), "S01.06": END.isoformat()}


def dated() -> dict[str, Any]:
    plain = small_plain() | {"period": {"start": "S01.05", "end": "S01.06"}}
    plain["sections"][0]["questions"] += [
        {"id": one, "text": "A day", "type": "date", "completed_by": "business_support"} for one in PERIOD
    ]
    return plain


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def begun(house: House, facts_by: FactsBy = FactsBy.SHARED) -> str:
    kept = house.lead.do(keep_template, KeepTemplate(dated())).made
    case = (cycles.NewCase("CF-01", "Team one", "CIN", "5-9"),)
    return house.lead.do(
        cycles.create_cycle, cycles.CreateCycle("Autumn", kept, START, END, END, facts_by=facts_by, cases=case)
    ).made


def stage(house: House, cycle_id: str) -> Stage:
    (line,) = house.lead.ask(cycles.cycle_view, cycle_id).audits
    return line.audit.stage


def test_the_period_of_the_cycle_stands_at_the_desk(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = begun(house)
    audit_id = house.give(cycle_id, "CF-01", first, second)
    entries = first.ask(scoring.desk, audit_id).entries
    assert {one: entries[one].answer.value for one in PERIOD} == PERIOD
    assert stage(house, cycle_id) is Stage.NOT_STARTED, "nobody has begun by it"
    answer(first, audit_id, "S01.05", "2026-06-01")
    assert second.ask(scoring.desk, audit_id).entries["S01.05"].answer.value == "2026-06-01"
    assert stage(house, cycle_id) is Stage.SCORING


def test_giving_it_out_anew_leaves_what_was_put_right(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = begun(house)
    audit_id = house.give(cycle_id, "CF-01", first, second)
    house.give(cycle_id, "CF-01", second, first)
    assert stage(house, cycle_id) is Stage.NOT_STARTED
    answer(first, audit_id, "S01.05", "2026-06-01")
    house.give(cycle_id, "CF-01", first, second)
    assert first.ask(scoring.desk, audit_id).entries["S01.05"].answer.value == "2026-06-01"


def test_where_both_enter_the_facts_each_says_the_period(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    audit_id = house.give(begun(house, FactsBy.BOTH), "CF-01", first, second, Mode.BLIND)
    assert "S01.05" not in first.ask(scoring.desk, audit_id).entries
