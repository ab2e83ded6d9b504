"""The ledger on a real encrypted workspace: append-only, chained, conflict-keeping, and proved by `verify`."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from auditor.domain.audit import Slot
from auditor.domain.errors import AuditorError, BadInput, Refused
from auditor.domain.revision import Entity, Revision, new_id, revision_hash, stream_of
from auditor.domain.roles import Role
from auditor.services import drafts
from auditor.services.cycles import audit_lines
from auditor.services.findings import theme_matrix
from auditor.store.ledger import Recorded
from auditor.store.projections import Projections
from auditor.store.queries.entries import conflicts
from auditor.store.queries.registers import value_of
from auditor.store.unit_of_work import UnitOfWork
from auditor.store.verify import verify
from tests.kit import House, agree_all, answer, open_house, score_and_submit

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
        Projections(unit.connection, unit.setups, unit.ledger).apply(elsewhere(unit, "no"))
        assert conflicts(unit, "x" * 32) == [(Slot.FACTS, "S01.02")]
        record(unit, "no")
        *_, chosen = unit.ledger.history("x" * 32, Slot.FACTS.value, KEY)
        assert (len(chosen.revision.parents), chosen.revision.kind) == (2, "resolve")
        assert conflicts(unit, "x" * 32) == []
    assert house.opened.verify().problems == ()


def test_two_heads_with_equal_values_join_silently(house: House) -> None:
    with house.opened.records.write() as unit:
        record(unit, "yes")
        Projections(unit.connection, unit.setups, unit.ledger).apply(elsewhere(unit, "yes"))
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


@pytest.mark.parametrize(
    "forged",
    [
        {"stream_seq": 3},
        {"slot": "B"},
        {"author_id": "another"},
        {"prev_hash": b"x" * 32},
        {"stream_id": "somewhere/facts/else"},
    ],
)
def test_what_is_not_the_next_of_its_stream_is_never_admitted(house: House, forged: dict[str, object]) -> None:
    with house.opened.records.write() as unit:
        good = elsewhere(unit, "no").revision
        with pytest.raises(BadInput) as refused:
            unit.ledger.admit(dataclasses.replace(good, rev_id=new_id(), **forged))  # type: ignore[arg-type]
    assert refused.value.code == "revision-refused"


def test_an_erased_audit_is_gone_from_every_page_and_stays_gone(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    gone, kept = (house.give(cycle_id, reference, first, second) for reference in ("CF-01", "CF-02"))
    for audit_id in (gone, kept):
        score_and_submit(first, audit_id)
        score_and_submit(second, audit_id)
        agree_all(first, audit_id)
    with house.opened.records.write() as unit:
        unit.erase(gone)
    assert [line.audit.id for line in house.lead.ask(audit_lines, "")] == [kept]
    assert len(house.lead.ask(theme_matrix, cycle_id).columns) == 1
    assert house.opened.verify().problems == ()
    with pytest.raises(AuditorError):
        answer(first, gone, "S01.02", "yes")
    with pytest.raises(Refused) as erased, house.opened.records.write() as unit:
        unit.record("me", Entity.AUDIT, gone, "S01.02/answer", {"v": "no"}, "facts")
    assert erased.value.code == "erased"
    assert house.opened.verify().problems == ()


def test_what_was_half_typed_goes_with_the_audit(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    gone, kept = (house.give(cycle_id, reference, first, second) for reference in ("CF-01", "CF-02"))
    places = [f"desk/{audit_id}/S01.03" for audit_id in (gone, kept)]
    for place in places:
        first.do(drafts.keep_draft, drafts.KeepDraft(place, {"comment": "The visits were"}))
    with house.opened.records.write() as unit:
        unit.erase(gone)
    assert [bool(first.ask(drafts.draft, place)) for place in places] == [False, True]


def test_verify_sees_that_handed_in_answers_were_cut_off(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    score_and_submit(first, audit_id)
    tamper(house, "DELETE FROM revision WHERE slot = 'A'")
    assert any("handed in" in problem for problem in house.opened.verify().problems)


def test_verify_sees_missing_guards(house: House) -> None:
    with house.opened.workspace.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER revision_is_never_deleted")
    assert any("guards" in problem for problem in house.opened.verify().problems)


def test_a_damaged_value_is_named_and_does_not_stop_the_check(house: House) -> None:
    with house.opened.records.write() as unit:
        record(unit, "yes")
    tamper(house, "UPDATE revision SET value = zeroblob(40) WHERE slot = 'facts'")
    assert any("cannot be read" in problem for problem in house.opened.verify().problems)


def test_own_slots_have_keys_of_their_own(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    answer(first, audit_id, "S02.03", "Seen alone.")
    answer(first, audit_id, "S01.01", 2)
    with house.opened.records.read() as view:
        (own,) = view.ledger.history(audit_id, "A", "S02.03/answer")
        (fact,) = view.ledger.history(audit_id, "facts", "S01.01/answer")
    assert (own.revision.scope_id, fact.revision.scope_id) == (f"{audit_id}/A", audit_id)
