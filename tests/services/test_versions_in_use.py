"""Which versions are in use, and which audits under way are behind a newer one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.domain.roles import Role
from auditor.services.moving import CycleToVersion, propose_for_cycle
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template
from auditor.services.versions_in_use import audits_behind, templates_in_use
from tests.kit import House, open_house, score_and_submit, small_plain, small_template


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def pair(house: House) -> tuple[Session, Session]:
    return house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)


def second(house: House) -> str:
    return house.lead.do(keep_template, KeepTemplate(small_plain() | {"version": "2"})).made


def test_the_lead_hears_how_many_audits_could_move(house: House, pair: tuple[Session, Session]) -> None:
    cycle = house.cycle("Autumn", ("CF-01", "CF-02", "CF-03"))
    first, other = pair
    for case in ("CF-01", "CF-02"):
        house.give(cycle, case, first, other)
    done = house.give(cycle, "CF-03", first, other)
    score_and_submit(first, done)
    assert house.lead.ask(audits_behind, None) == []
    target = second(house)
    (behind,) = house.lead.ask(audits_behind, None)
    assert (behind.cycle.id, behind.target.hash, behind.audits, behind.proposed) == (cycle, target, 2, 0)
    house.lead.do(propose_for_cycle, CycleToVersion(cycle, target))
    (behind,) = house.lead.ask(audits_behind, None)
    assert (behind.audits, behind.proposed) == (2, 2)
    assert first.ask(audits_behind, None) == []


def test_only_what_cycles_use_is_in_use(house: House) -> None:
    house.cycle()
    second(house)
    assert house.lead.ask(templates_in_use, None) == {small_template().hash}
