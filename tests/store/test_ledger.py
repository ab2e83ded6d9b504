"""The ledger on a real encrypted workspace: append-only, chained, conflict-keeping, and proved by `verify`."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from auditor.domain.audit import Slot
from auditor.domain.errors import AuditorError
from auditor.domain.revision import Entity, Revision, new_id, revision_hash, stream_of
from auditor.store.ledger import Recorded
from auditor.store.projections import Projections
from auditor.store.queries.entries import conflicts
from auditor.store.queries.registers import value_of
from auditor.store.unit_of_work import UnitOfWork
from auditor.store.verify import verify
from tests.kit import House, open_house

KEY = "S01.02/answer"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def record(unit: UnitOfWork, value: object, audit_id: str = "x" * 32) -> bool:
    return unit.record("me", Entity.AUDIT, audit_id, KEY, {"v": value}, Slot.FACTS.value)  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET author_id = 'other'",
        "DELETE FROM revision",
        "INSERT OR REPLACE INTO revision SELECT * FROM revision LIMIT 1",
        "REPLACE INTO revision SELECT * FROM revision LIMIT 1",
    ],
)
def test_rows_of_the_ledger_cannot_be_touched(house: House, statement: str) -> None:
    with pytest.raises((DBAPIError, AuditorError)), house.opened.workspace.writer.begin() as connection:
        connection.exec_driver_sql(statement)
    assert house.opened.verify().problems == ()


def test_readers_cannot_write(house: House) -> None:
    with pytest.raises((DBAPIError, AuditorError)), house.opened.records.read() as view:
        view.connection.exec_driver_sql("DELETE FROM register")


def test_a_stream_is_chained_and_parents_name_what_was_replaced(house: House) -> None:
    with house.opened.records.write() as unit:
        assert record(unit, "yes") and record(unit, "no")
        first, second = unit.ledger.history("x" * 32, Slot.FACTS.value, KEY)
    assert (first.revision.stream_seq, second.revision.stream_seq) == (1, 2)
    assert second.revision.prev_hash == first.revision.hash
    assert second.revision.parents == (first.revision.rev_id,)
    assert [recorded.value for recorded in (first, second)] == [{"v": "yes"}, {"v": "no"}]


def test_saying_the_same_again_records_nothing(house: House) -> None:
    with house.opened.records.write() as unit:
        assert record(unit, "yes")
        assert not record(unit, "yes")
        assert len(unit.ledger.history("x" * 32, Slot.FACTS.value, KEY)) == 1


def test_a_failing_act_leaves_nothing_behind(house: House) -> None:
    before = house.opened.verify().revisions

    class Stop(Exception):
        pass

    with pytest.raises(Stop), house.opened.records.write() as unit:
        record(unit, "yes")
        raise Stop
    with house.opened.records.write() as unit:
        record(unit, "no")
    checked = house.opened.verify()
    assert (checked.revisions, checked.problems) == (before + 1, ())


def elsewhere(unit: UnitOfWork, value: object, parents: tuple[str, ...] = ()) -> Recorded:
    """The same register written on another computer that had seen only `parents`."""
    rev_id, device = new_id(), "z" * 32
    sealed = unit.ledger._keys.seal(unit.connection, "x" * 32, rev_id, f'{{"v":"{value}"}}')
    made = Revision(
        rev_id, unit.workspace_id, "audit", "x" * 32, "x" * 32, "facts", KEY, parents, sealed, "me", device,
        stream_of("x" * 32, "facts", device), 1, 1, "2026-11-24T09:00:00.000+00:00", "set", bytes(32),
    )  # fmt: skip
    return unit.ledger.admit(dataclasses.replace(made, hash=revision_hash(made)))


def test_two_heads_with_different_values_conflict_until_somebody_chooses(house: House) -> None:
    with house.opened.records.write() as unit:
        record(unit, "yes")
        Projections(unit.connection, unit.setups).apply(elsewhere(unit, "no"))
        assert conflicts(unit, "x" * 32) == [(Slot.FACTS, "S01.02")]
        record(unit, "no")
        *_, chosen = unit.ledger.history("x" * 32, Slot.FACTS.value, KEY)
        assert (len(chosen.revision.parents), chosen.revision.kind) == (2, "resolve")
        assert conflicts(unit, "x" * 32) == []
    assert house.opened.verify().problems == ()


def test_two_heads_with_equal_values_join_silently(house: House) -> None:
    with house.opened.records.write() as unit:
        record(unit, "yes")
        Projections(unit.connection, unit.setups).apply(elsewhere(unit, "yes"))
        assert conflicts(unit, "x" * 32) == []


def test_destroying_a_key_erases_what_it_sealed_and_the_chain_still_holds(house: House) -> None:
    with house.opened.records.write() as unit:
        record(unit, "yes")
        unit.connection.exec_driver_sql("DELETE FROM scope_key WHERE scope_id = ?", ("x" * 32,))
        unit.ledger._keys.forget()
        (erased,) = unit.ledger.history("x" * 32, Slot.FACTS.value, KEY)
    assert erased.text is None
    assert revision_hash(erased.revision) == erased.revision.hash


def tamper(house: House, statement: str) -> None:
    with house.opened.workspace.writer.begin() as connection:
        triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(statement)
        for _, sql in triggers:
            connection.exec_driver_sql(sql)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE revision SET author_id = 'someone' WHERE arrival = 2", "altered"),
        ("UPDATE revision SET wall_clock = '2020-01-01T00:00:00.000+00:00' WHERE arrival = 1", "altered"),
        ("DELETE FROM revision WHERE arrival = 3", "missing"),
        ("UPDATE register SET value = '{\"v\":\"no\"}' WHERE slot = 'facts'", "register"),
        ("UPDATE slot_progress SET answered = answered + 1", "slot_progress"),
    ],
)
def test_verify_finds_what_was_tampered_with(house: House, statement: str, said: str) -> None:
    with house.opened.records.write() as unit:
        record(unit, "yes")
        record(unit, "not_evidenced")
    tamper(house, statement)
    problems = verify(house.opened.records).problems
    assert any(said in problem for problem in problems), problems


def test_nothing_recorded_stands_on_disk_in_clear(house: House) -> None:
    secret = "a sentence that must not leak"
    with house.opened.records.write() as unit:
        unit.record("me", Entity.AUDIT, "x" * 32, "S01.02/comment", secret, Slot.A.value)
        assert value_of(unit, "x" * 32, "S01.02/comment", Slot.A.value) == secret
    for path in house.folder.rglob("*"):
        assert path.is_dir() or secret.encode() not in path.read_bytes()
