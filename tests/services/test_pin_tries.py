"""Guessing a PIN takes longer each time, in the window and on the command line alike, and survives a restart."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auditor.domain.errors import NotAllowed
from auditor.domain.roles import Role
from auditor.services.pin_tries import FREE, LONGEST, any_wrong, count_wrong, require_patience, wait_after
from tests.kit import PIN, House, open_house

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as house:
        yield house


def code_of(house: House, pin: str) -> str:
    with pytest.raises(NotAllowed) as caught:
        house.opened.sign_in(house.lead.actor.id, pin)
    return caught.value.code


def waits(house: House, now: datetime) -> bool:
    try:
        with house.opened.records.read() as view:
            require_patience(house.lead.actor.id, now, view)
    except NotAllowed as refused:
        assert refused.code == "pin-wait"
        return True
    return False


def test_the_wait_grows_up_to_half_a_minute() -> None:
    assert [wait_after(wrong) for wrong in range(8)] == [0, 0, 0, 4, 8, 16, 30, 30]
    assert wait_after(100_000) == LONGEST


def test_after_several_wrong_tries_even_the_right_pin_waits(house: House) -> None:
    for _ in range(FREE + 1):
        assert code_of(house, "0000") == "wrong-pin"
    assert code_of(house, PIN) == "pin-wait"
    other = house.opened.sign_in(house.add("B. Auditor", Role.AUDITOR).actor.id, PIN)
    assert other.actor.name == "B. Auditor", "nobody else waits"


def test_a_slip_of_the_finger_costs_nothing_and_is_forgotten(house: House) -> None:
    assert code_of(house, "0000") == "wrong-pin"
    house.opened.sign_in_by_name("L. Lead", lambda: PIN)
    with house.opened.records.read() as view:
        assert not any_wrong(house.lead.actor.id, view)


def test_the_wait_ends_and_a_clock_put_back_locks_nobody_out(house: House) -> None:
    with house.opened.records.write() as unit:
        for _ in range(9):
            count_wrong(house.lead.actor.id, NOW, unit)
    assert waits(house, NOW)
    assert waits(house, NOW + timedelta(seconds=LONGEST - 1))
    assert not waits(house, NOW + timedelta(seconds=LONGEST))
    assert not waits(house, NOW - timedelta(days=1))
