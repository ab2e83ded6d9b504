"""One audit of one case: its slots, who may write and who may read each of them, and where it stands.

The rule that matters most: before both auditors of a blind audit have submitted, nobody but its own author reads a
slot.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from auditor.domain.action import Action
from auditor.domain.errors import NotAllowed, Refused
from auditor.domain.programme import FactsBy
from auditor.domain.roles import Duty, Person, Role, may
from auditor.domain.template import Question


class Slot(StrEnum):
    """Where an answer is recorded. A and B belong to one auditor each; the rest are shared."""

    A = "A"
    B = "B"
    FACTS = "facts"
    AGREED = "agreed"
    MODERATED = "moderated"


OWN_SLOTS = (Slot.A, Slot.B)


class Mode(StrEnum):
    """How the auditors work: each alone and then reconciled, together on one form, or one auditor only."""

    BLIND = "blind"
    JOINT = "joint"
    SINGLE = "single"


class Stage(StrEnum):
    """Where an audit stands, worked out from what is recorded."""

    NOT_STARTED = "not_started"
    SCORING = "scoring"
    TO_RECONCILE = "to_reconcile"
    SIGNED_OFF = "signed_off"
    CANCELLED = "cancelled"

    @property
    def words(self) -> str:
        """The stage as a person reads it."""
        return _STAGE_WORDS[self]


_STAGE_WORDS = {
    Stage.NOT_STARTED: "Not started",
    Stage.SCORING: "Being scored",
    Stage.TO_RECONCILE: "To reconcile",
    Stage.SIGNED_OFF: "Agreed and signed off",
    Stage.CANCELLED: "Cancelled",
}


class Void(StrEnum):
    """Why a sign-off no longer holds."""

    CHANGED = "changed"
    RETURNED = "returned"

    @property
    def words(self) -> str:
        """What is said of such an audit."""
        return {"changed": "Sign-off void: something changed since", "returned": "Returned by the moderator"}[self]


class Moderated(StrEnum):
    """What came of a moderation."""

    UPHELD = "upheld"
    CHANGED = "changed"
    RETURNED = "returned"

    @property
    def words(self) -> str:
        """The outcome as a person reads it."""
        return {"upheld": "Moderated, upheld", "changed": "Moderated, changed", "returned": "Returned to the pair"}[
            self
        ]


@dataclass(frozen=True, slots=True)
class Audit:
    """The set-up and state of an audit; its answers stand in its slots.

    `auditors` maps slot A (and B) to a person id; joint audits name two people who both write *agreed*, single ones
    one. `submitted` holds the slots handed in; `started` the slots in which anything is recorded; `signed_off_by` is
    empty until the agreed answers are signed off. `formers` are the people who had a slot before its auditor of now;
    `extended_to` is a later day than the cycle's, where one was granted. `void` says that a sign-off no longer holds,
    `returned_because` in a moderator's words why; `moderated` is what came of moderating the sign-off that holds.
    """

    id: str
    cycle_id: str
    case_id: str
    template_hash: str
    mode: Mode
    facts_by: FactsBy = FactsBy.SHARED
    auditors: Mapping[Slot, str] = field(default_factory=dict)
    submitted: frozenset[Slot] = frozenset()
    started: frozenset[Slot] = frozenset()
    signed_off_by: str = ""
    formers: Mapping[Slot, tuple[str, ...]] = field(default_factory=dict)
    cancelled: bool = False
    extended_to: date | None = None
    void: Void | None = None
    returned_because: str = ""
    moderated: Moderated | None = None

    def slot_of(self, person_id: str) -> Slot | None:
        """The slot in which this person answers judgements, or None when they are not of the pair."""
        mine = next((slot for slot, auditor in self.auditors.items() if auditor == person_id), None)
        if mine is None:
            return None
        return mine if self.mode is Mode.BLIND else Slot.AGREED

    def asks_both(self, question: Question) -> bool:
        """Whether each auditor of a blind audit answers the question alone, so that it has to be agreed."""
        return self.mode is Mode.BLIND and (not question.is_fact or self.facts_by is FactsBy.BOTH)

    def slot_for(self, person: Person, question: Question) -> Slot | None:
        """Where this person's answer to the question is recorded; None when it is not theirs to answer."""
        mine = self.slot_of(person.id)
        if question.is_fact and not self.asks_both(question):
            return Slot.FACTS if mine or person.has(Role.BUSINESS_SUPPORT) else None
        return mine

    @property
    def all_submitted(self) -> bool:
        """Whether every own slot was handed in; trivially true for joint and single audits."""
        return self.mode is not Mode.BLIND or set(OWN_SLOTS) <= self.submitted

    @property
    def signed_off(self) -> bool:
        """Whether the agreed content is signed off, and nothing of it changed since."""
        return bool(self.signed_off_by) and self.void is None

    @property
    def void_words(self) -> str:
        """Why the sign-off no longer holds and what to do; empty where it holds, or none was made."""
        if self.void is None or self.cancelled:
            return ""
        why = f": {self.returned_because}" if self.returned_because else "."
        return f"{self.void.words}{why} Look at it again, then sign it off again."

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do anything for it any more."""
        return self.signed_off or self.cancelled

    @property
    def auditors_ever(self) -> frozenset[str]:
        """Everybody who is or was given the audit."""
        return frozenset(self.auditors.values()).union(*self.formers.values())

    def authors_of(self, slot: Slot) -> frozenset[str]:
        """Everybody who recorded answers in an own slot: its auditor, and those whose place they took."""
        return frozenset({self.auditors.get(slot, ""), *self.formers.get(slot, ())} - {""})

    @property
    def stage(self) -> Stage:
        """Where the audit stands."""
        if self.cancelled:
            return Stage.CANCELLED
        if self.signed_off:
            return Stage.SIGNED_OFF
        if self.mode is Mode.BLIND and self.all_submitted:
            return Stage.TO_RECONCILE
        return Stage.SCORING if self.started or self.submitted else Stage.NOT_STARTED


def may_read_slot(audit: Audit, person: Person, slot: Slot) -> bool:
    """Whether the person may see anything recorded in the slot: facts are open to all, judgements to the pair and to
    those who see findings, and a sealed slot to its own author alone."""
    if slot is Slot.FACTS or audit.auditors.get(slot) == person.id:
        return True
    return may_see_judgements(audit, person) and (slot not in OWN_SLOTS or audit.all_submitted)


def may_see_judgements(audit: Audit, person: Person) -> bool:
    """Whether what auditors judge is for this person at all; business support enters facts and sees nothing else."""
    return audit.slot_of(person.id) is not None or may(person, Duty.SEE_FINDINGS)


def as_told_to(audit: Audit, person: Person) -> Audit:
    """The audit as the person may know it: one of the pair is not told whether the partner has begun."""
    if person.id not in audit.auditors.values() or audit.all_submitted:
        return audit
    partners = {slot for slot in OWN_SLOTS if slot not in audit.submitted and audit.auditors.get(slot) != person.id}
    return replace(audit, started=audit.started - partners)


def readable_slots(audit: Audit, person: Person) -> frozenset[Slot]:
    """The slots the person may see now."""
    return frozenset(slot for slot in Slot if may_read_slot(audit, person, slot))


def require_read(audit: Audit, person: Person, slot: Slot) -> None:
    """Raise `NotAllowed` (judgements-closed, slot-sealed) unless the person may see the slot."""
    if slot is not Slot.FACTS and not may_see_judgements(audit, person):
        raise NotAllowed(
            "judgements-closed",
            "Not open to you",
            "What auditors judge is for the pair and for those who see findings.",
            "Facts are open to you at the desk.",
        )
    if not may_read_slot(audit, person, slot):
        raise NotAllowed(
            "slot-sealed",
            "Sealed until both finish",
            "This is a blind audit: answers are opened when both auditors have finished.",
            "Finish your own answers; your partner's open when both are in.",
        )


def may_see_action(audit: Audit, person: Person, action: Action) -> bool:
    """Whether the person may see an action raised from this audit: to the partner it would tell a sealed answer, to
    business support a judgement."""
    own = next((audit.authors_of(slot) for slot, auditor in audit.auditors.items() if auditor == person.id), None)
    if action.owner_id == person.id:
        return True
    if own is None:
        return may_see_judgements(audit, person)
    return audit.all_submitted or action.steps[0].by in own


def require_owner(audit: Audit, owner_id: str, raised_by: str) -> None:
    """Raise `NotAllowed` (partner-as-owner) where an action would go to the partner of who raised it while answers are
    sealed: whoever owns it reads it."""
    sides = [audit.authors_of(slot) for slot in OWN_SLOTS]
    mine, theirs = (next((side for side in sides if one in side), None) for one in (raised_by, owner_id))
    if mine is not None and theirs is not None and mine != theirs and not audit.all_submitted:
        raise NotAllowed(
            "partner-as-owner",
            "Not for the partner yet",
            "Answers are still sealed, and the action would tell the other auditor of them.",
            "Choose somebody else; it can be handed on when both have finished.",
        )


def require_write(audit: Audit, person: Person, slot: Slot) -> None:
    """Raise `NotAllowed` or `Refused` unless the person may record answers in the slot now."""
    allowed = {
        Slot.A: audit.mode is Mode.BLIND and audit.auditors.get(Slot.A) == person.id,
        Slot.B: audit.mode is Mode.BLIND and audit.auditors.get(Slot.B) == person.id,
        Slot.FACTS: person.id in audit.auditors.values() or person.has(Role.BUSINESS_SUPPORT),
        Slot.AGREED: person.id in audit.auditors.values(),
        Slot.MODERATED: person.has(Role.MODERATOR) and person.id not in audit.auditors.values(),
    }
    if not (person.active and allowed[slot]):
        raise NotAllowed(
            "not-your-slot",
            "Not yours to answer",
            "Only the people this audit was given to can record answers here.",
            "Ask the QA lead to give the audit to you.",
        )
    _require_open(audit, slot)


def _require_open(audit: Audit, slot: Slot) -> None:
    if audit.cancelled:
        raise Refused("audit-cancelled", "Cancelled", "This audit is cancelled.", "Ask the QA lead if that is wrong.")
    if slot in audit.submitted:
        raise Refused(
            "already-submitted",
            "Already finished",
            "These answers were handed in, so they can no longer be changed.",
            "Record the change while you agree the answers together.",
        )
    if slot is Slot.AGREED and not audit.all_submitted:
        raise Refused(
            "not-all-submitted",
            "Not both finished",
            "Answers can be agreed when both auditors have finished their own.",
            "Finish your own answers, or wait for your partner.",
        )
    if slot is Slot.MODERATED and not audit.signed_off:
        raise Refused(
            "not-signed-off",
            "Not signed off",
            "An audit is moderated once its pair has signed it off.",
            "Wait for the pair.",
        )
    if audit.signed_off and slot is not Slot.MODERATED:
        raise Refused(
            "signed-off",
            "Signed off",
            "This audit is signed off and can no longer be changed here.",
            "Ask a moderator if a grade or an answer has to change.",
        )
