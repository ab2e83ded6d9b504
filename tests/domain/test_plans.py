"""Rules of changed plans: whoever takes over never knew the other side, and what is recorded reads back the same."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.audit import OWN_SLOTS, Audit, Mode, Slot, Stage, may_read_slot
from auditor.domain.errors import AuditorError
from auditor.domain.plans import (
    Decision,
    MoreTime,
    Replacement,
    Said,
    Withdrawal,
    checked_reason,
    require_replaceable,
)
from auditor.domain.programme import Case
from auditor.domain.roles import Person, Role

PEOPLE = {letter: Person(letter, f"{letter.upper()}. Auditor", frozenset({Role.AUDITOR})) for letter in "abcdef"}
LEAD = Person("l", "L. Lead", frozenset({Role.QA_LEAD}))
CASE = Case("k", "c", "CF-01", conflicts=frozenset({"f"}))
BLIND = Audit("x", "c", "k", "t", Mode.BLIND, auditors={Slot.A: "a", Slot.B: "b"})

texts = st.text(max_size=20)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
said = st.builds(Said, texts, texts, texts)


@given(st.lists(st.tuples(st.sampled_from(OWN_SLOTS), st.sampled_from(sorted(PEOPLE)))))
def test_nobody_ever_knows_both_sides_of_a_sealed_audit(changes: list[tuple[Slot, str]]) -> None:
    audit = BLIND
    for slot, new in changes:
        former = audit.auditors[slot]
        try:
            taken = require_replaceable(audit, LEAD, former, PEOPLE[new], CASE)
        except AuditorError:
            continue
        assert taken is slot
        formers = {**audit.formers, slot: (*audit.formers.get(slot, ()), former)}
        audit = dataclasses.replace(audit, auditors={**audit.auditors, slot: new}, formers=formers)
    assert not audit.authors_of(Slot.A) & audit.authors_of(Slot.B)
    assert "f" not in audit.authors_of(Slot.A) | audit.authors_of(Slot.B)
    for slot in OWN_SLOTS:
        readers = {person for person in PEOPLE if may_read_slot(audit, PEOPLE[person], slot)}
        assert readers == {audit.auditors[slot]}


@pytest.mark.parametrize(("slot", "allowed"), [(Slot.A, True), (Slot.B, False)])
def test_who_left_the_pair_chooses_nobody_for_the_other_side(slot: Slot, allowed: bool) -> None:
    leading = dataclasses.replace(LEAD, id="z")
    audit = dataclasses.replace(BLIND, formers={Slot.A: ("z",)})
    if allowed:
        assert require_replaceable(audit, leading, audit.auditors[slot], PEOPLE["c"], CASE) is slot
    else:
        with pytest.raises(AuditorError) as told:
            require_replaceable(audit, leading, audit.auditors[slot], PEOPLE["c"], CASE)
        assert told.value.code == "partner-chooses-not"


recorded = (
    st.builds(MoreTime, days, said)
    | st.builds(Decision, days, said, st.booleans(), st.none() | days, texts)
    | st.builds(Replacement, texts, texts, said)
    | st.builds(Withdrawal, texts, texts, texts, texts)
)


@given(recorded)
def test_what_is_recorded_reads_back_the_same(one: MoreTime | Decision | Replacement | Withdrawal) -> None:
    assert type(one).from_plain(one.to_plain()) == one


def test_a_cancelled_audit_is_over_whatever_else_is_recorded() -> None:
    signed = dataclasses.replace(BLIND, submitted=frozenset(OWN_SLOTS), signed_off_by="a", cancelled=True)
    assert (signed.stage, signed.is_over) == (Stage.CANCELLED, True)


@pytest.mark.parametrize(("reason", "code"), [("  ", "reason-needed"), ("x" * 501, "text-too-long")])
def test_a_reason_says_something_and_is_short(reason: str, code: str) -> None:
    with pytest.raises(AuditorError) as told:
        checked_reason(reason)
    assert told.value.code == code
