"""Who may read and write which slot of an audit: the rule table, and that no state opens a sealed slot."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.action import Action, Step, StepTaken
from auditor.domain.audit import (
    OWN_SLOTS,
    Audit,
    Mode,
    Slot,
    Stage,
    may_read_slot,
    may_see_action,
    readable_slots,
    require_read,
    require_write,
)
from auditor.domain.errors import AuditorError, NotAllowed
from auditor.domain.programme import FactsBy
from auditor.domain.roles import Person, Role
from auditor.domain.template import AnswerType, CompletedBy, Question

FIRST = Person("a", "A. Auditor", frozenset({Role.AUDITOR}))
SECOND = Person("b", "B. Auditor", frozenset({Role.AUDITOR}))
LEAD = Person("l", "L. Lead", frozenset(Role))
SUPPORT = Person("s", "S. Support", frozenset({Role.BUSINESS_SUPPORT}))
MODERATOR = Person("m", "M. Moderator", frozenset({Role.MODERATOR}))
BLIND = Audit("x", "c", "k", "t", Mode.BLIND, auditors={Slot.A: "a", Slot.B: "b"})
OPENED = dataclasses.replace(BLIND, submitted=frozenset(OWN_SLOTS))
FACT = Question("S01.01", "How many?", AnswerType.COUNT, completed_by=CompletedBy.BUSINESS_SUPPORT)
JUDGEMENT = Question("S01.02", "How well?", AnswerType.TEXT)


@pytest.mark.parametrize("submitted", [frozenset(), frozenset({Slot.A}), frozenset({Slot.B})])
def test_a_sealed_slot_opens_to_its_author_alone(submitted: frozenset[Slot]) -> None:
    audit = dataclasses.replace(BLIND, submitted=submitted)
    assert may_read_slot(audit, FIRST, Slot.A) and may_read_slot(audit, SECOND, Slot.B)
    for person, slot in [(FIRST, Slot.B), (SECOND, Slot.A), (LEAD, Slot.A), (LEAD, Slot.B), (MODERATOR, Slot.A)]:
        assert not may_read_slot(audit, person, slot)
        with pytest.raises(NotAllowed) as sealed:
            require_read(audit, person, slot)
        assert sealed.value.code == "slot-sealed"


def test_both_submitted_opens_both() -> None:
    assert readable_slots(OPENED, FIRST) == frozenset(Slot)
    assert readable_slots(OPENED, LEAD) == frozenset(Slot)


@given(
    st.sampled_from([FIRST, SECOND, LEAD, SUPPORT, MODERATOR]),
    st.sampled_from(Slot),
    st.frozensets(st.sampled_from(OWN_SLOTS)),
    st.sampled_from(Mode),
    st.booleans(),
)
def test_nobody_ever_writes_anothers_slot(
    person: Person, slot: Slot, submitted: frozenset[Slot], mode: Mode, signed: bool
) -> None:
    audit = dataclasses.replace(BLIND, mode=mode, submitted=submitted, signed_off_by="l" if signed else "")
    try:
        require_write(audit, person, slot)
    except AuditorError:
        return
    if slot in OWN_SLOTS:
        assert audit.auditors[slot] == person.id and slot not in submitted
    if slot is Slot.AGREED:
        assert person.id in audit.auditors.values() and audit.all_submitted
    if slot is Slot.MODERATED:
        assert person.has(Role.MODERATOR) and person.id not in audit.auditors.values()
    assert slot is Slot.MODERATED or not signed


def test_without_two_submissions_nothing_opens() -> None:
    for auditors in ({}, {Slot.A: "a"}, {Slot.B: "b"}):
        audit = dataclasses.replace(BLIND, auditors=auditors, submitted=frozenset({Slot.A}))
        assert not audit.all_submitted
        assert not may_read_slot(audit, LEAD, Slot.A)


def test_facts_are_shared_unless_the_cycle_asks_both() -> None:
    both = dataclasses.replace(BLIND, facts_by=FactsBy.BOTH)
    assert (BLIND.slot_for(FIRST, FACT), both.slot_for(FIRST, FACT)) == (Slot.FACTS, Slot.A)
    assert (BLIND.slot_for(SUPPORT, FACT), BLIND.slot_for(SUPPORT, JUDGEMENT)) == (Slot.FACTS, None)
    assert BLIND.slot_for(LEAD, JUDGEMENT) is None
    assert both.slot_for(SUPPORT, FACT) is None, "what both are asked becomes effective only when they agree"
    joint = dataclasses.replace(BLIND, mode=Mode.JOINT)
    assert (joint.slot_for(SECOND, JUDGEMENT), joint.slot_for(SECOND, FACT)) == (Slot.AGREED, Slot.FACTS)
    assert both.asks_both(FACT) and BLIND.asks_both(JUDGEMENT) and not BLIND.asks_both(FACT)


def test_stages_follow_what_is_recorded() -> None:
    started = dataclasses.replace(BLIND, started=frozenset({Slot.A}))
    signed = dataclasses.replace(OPENED, signed_off_by="a")
    assert [audit.stage for audit in (BLIND, started, OPENED, signed)] == [
        Stage.NOT_STARTED,
        Stage.SCORING,
        Stage.TO_RECONCILE,
        Stage.SIGNED_OFF,
    ]


def test_a_partners_action_would_tell_a_sealed_answer() -> None:
    action = Action("1", "Do it", "c", date(2026, 1, 1), (StepTaken(Step.RAISED, "a", date(2026, 1, 1)),))
    assert may_see_action(BLIND, FIRST, action) and may_see_action(BLIND, LEAD, action)
    assert not may_see_action(BLIND, SECOND, action)
    assert may_see_action(OPENED, SECOND, action)
