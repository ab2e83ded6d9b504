"""What the programme asks of people on Home: of a lead the rounds due, of a manager the gap of the month before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.domain.errors import BadInput
from auditor.domain.programme_plan import Month, Rhythm
from auditor.domain.qa_framework import Activity, ActivityKind, Area
from auditor.domain.roles import Role
from auditor.services import people
from auditor.services import programme_plan as plan
from auditor.services import qa_framework as qa
from auditor.services.home import badges, home
from auditor.services.session import Session
from auditor.services.waiting import Hat, Verb, Waiting
from tests.kit import PIN, TODAY, House, open_house

THIS = Month.of(TODAY)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as house:
        yield house


def rows(session: Session, verb: Verb, today: date = TODAY) -> list[Waiting]:
    return [row for row in session.ask(home, today).waiting if row.verb is verb]


def planned(house: House, title: str, first: Month, every: int = 2) -> str:
    rhythm = Rhythm("", title, ("small",), every, first)
    return house.lead.do(plan.keep_rhythm, plan.KeepRhythm(rhythm, ("small",))).made


def manager_of(house: House, team: str) -> Session:
    command = people.AddPerson("C. Manager", frozenset({Role.MANAGER}), PIN, team=team)
    return Session(house.opened.records, house.person(house.lead.do(people.add_person, command).made))


def gap(house: House) -> str:
    area = house.lead.do(qa.keep_area, qa.KeepArea(Area("", "North", ("Team one",)))).made
    activity = Activity("", area, ActivityKind.OBSERVATION, "Observation", 1, 1, THIS.plus(-1))
    return house.lead.do(qa.keep_activity, qa.KeepActivity(activity)).made


def test_a_lead_sees_the_oldest_round_of_each_rhythm_that_is_due_or_late(house: House) -> None:
    late = planned(house, "Whole file", THIS.plus(-4))
    due = planned(house, "Themed", THIS)
    planned(house, "Next year", THIS.plus(2))
    found = {row.target: row for row in rows(house.lead, Verb.ROUND)}
    assert set(found) == {f"round/{late}/{THIS.plus(-4)}", f"round/{due}/{THIS}"}
    assert "2 more rounds" in found[f"round/{late}/{THIS.plus(-4)}"].detail
    assert all(row.hat is Hat.QA_LEAD for row in found.values())
    assert house.lead.ask(badges, TODAY)["cycles"] == 2


def test_a_round_under_way_or_exempted_asks_for_nothing(house: House) -> None:
    held, out = planned(house, "Held", THIS), planned(house, "Out", THIS)
    house.lead.do(plan.hold_round, plan.HoldRound(held, THIS, house.cycle()))
    house.lead.do(plan.exempt_round, plan.ExemptRound(out, THIS, "Inspection.", TODAY))
    assert not rows(house.lead, Verb.ROUND)


def test_only_who_plans_sees_rounds(house: House) -> None:
    planned(house, "Whole file", THIS)
    assert not rows(house.add("A. Auditor", Role.AUDITOR), Verb.ROUND)


def test_a_manager_sees_the_gap_of_the_own_area_in_the_month_before(house: House) -> None:
    activity = gap(house)
    manager = manager_of(house, "Team one")
    (row,) = rows(manager, Verb.GAP)
    assert (row.hat, row.detail) == (Hat.MANAGER, "Observation")
    assert row.target.endswith(f"/{THIS.plus(-1)}")
    assert manager.ask(badges, TODAY)["cycles"] == 1
    manager.do(qa.record_evidence, qa.RecordEvidence(activity, THIS.plus(-1), 1, "A visit observed."))
    assert not rows(manager, Verb.GAP)


def test_a_gap_of_another_area_is_not_theirs(house: House) -> None:
    gap(house)
    assert not rows(manager_of(house, "Team two"), Verb.GAP)


def test_rhythms_are_added_together_or_not_at_all(house: House) -> None:
    good, bad = Rhythm("", "One", ("small",), 2, THIS), Rhythm("", "Two", ("gone",), 2, THIS)
    with pytest.raises(BadInput) as caught:
        house.lead.do(plan.keep_rhythms, plan.KeepRhythms((good, bad), ("small",)))
    assert caught.value.code == "rhythm-templates"
    query = plan.ProgrammeQuery(THIS, 1, TODAY)
    assert not house.lead.ask(plan.programme_view, query).rhythms
