"""Reconciling a blind audit: both answers side by side, one agreed answer with its reason, then the sign-off."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.domain.answers import Answer, Entry, Facet, check_answer, question_key
from auditor.domain.audit import OWN_SLOTS, Audit, Mode, Slot, require_read, require_write
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import Missing, Refused
from auditor.domain.programme import Case, Cycle
from auditor.domain.reconciliation import Comparison, Likeness, compare, equal_answers, require_reason
from auditor.domain.revision import Entity, Kind
from auditor.domain.roles import Person
from auditor.domain.template import Question, Template
from auditor.services.scoring import answer_words
from auditor.store.ledger import utc_now
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class Agree:
    """The agreed answer to one question. `took` is "A", "B" or "new"; both first answers stay on record."""

    audit_id: str
    question_id: str
    answer: Answer
    took: str = "new"
    comment: str = ""
    good_practice: bool | None = None


@dataclass(frozen=True, slots=True)
class AgreeEqual:
    """Agree every question that both auditors answered alike, in one act."""

    audit_id: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """Sign the agreed audit off. Leaving questions blank in a joint or single audit has to be explained."""

    audit_id: str
    blanks_reason: str = ""


@dataclass(frozen=True)
class ReconcileView:
    """Both auditors' answers, compared. `comparisons` are in the order of the form; pages sort as they need.

    `names` are the auditors by slot; `recorded` when each current answer was recorded (UTC), by slot and question id;
    `why_not_signed` says what is missing for the sign-off, or is empty.
    """

    audit: Audit
    cycle: Cycle
    case: Case
    template: Template
    names: Mapping[Slot, Person]
    comparisons: tuple[Comparison, ...]
    recorded: Mapping[Slot, Mapping[str, str]]
    why_not_signed: str
    may_agree: bool

    @property
    def to_agree(self) -> int:
        """Questions that somebody answered and that have no agreed answer yet."""
        return sum(1 for item in self.comparisons if not item.is_agreed and item.likeness is not Likeness.BOTH_BLANK)


def reconcile_view(audit_id: str, actor: Person, view: View) -> ReconcileView:
    """Both answers side by side; raises `NotAllowed` (slot-sealed) until both auditors have finished."""
    audit = programme.audit(view, audit_id)
    _require_pair_mode(audit)
    for slot in OWN_SLOTS:
        require_read(audit, actor, slot)
    if not audit.all_submitted:
        raise Refused(
            "not-all-submitted",
            "Not both finished",
            "Answers are compared when both have finished.",
            "Finish yours first.",
        )
    template = stored_people.template(view, audit.template_hash)
    comparisons = _comparisons(audit, template, view)
    return ReconcileView(
        audit=audit,
        cycle=programme.cycle(view, audit.cycle_id),
        case=programme.case(view, audit.case_id),
        template=template,
        names={slot: stored_people.person(view, person) for slot, person in audit.auditors.items()},
        comparisons=comparisons,
        recorded={slot: stored.recorded_on(view, audit_id, slot) for slot in (*OWN_SLOTS, Slot.AGREED)},
        why_not_signed=_why_not_signed(audit, template, view),
        may_agree=actor.id in audit.auditors.values() and not audit.signed_off,
    )


def agree(command: Agree, actor: Person, unit: UnitOfWork) -> Changes:
    """Record the agreed answer of one question; neither first answer is touched."""
    audit, template = _to_agree(command.audit_id, actor, unit)
    question = template.by_id.get(command.question_id)
    if question is None or not question.asked or not audit.asks_both(question):
        raise Missing(
            "no-such-question", "Nothing to agree", "That question is not agreed here.", "Choose one that is."
        )
    check_answer(question, command.answer, whole_section=command.answer.is_na)
    comparison = _compared(audit, question, unit)
    agreed = Answer(command.answer.value, command.answer.na_reason, command.answer.reason.strip(), command.took)
    if agreed.is_blank:
        raise Refused("answer-needed", "No answer", "An agreed answer cannot be blank.", "Choose one.")
    require_reason(comparison, agreed)
    good = command.good_practice
    if good is None:
        good = comparison.first.good_practice or comparison.second.good_practice
    _record_agreed(unit, actor, audit, question.id, Entry(agreed, command.comment.strip(), "", good))
    return _changes(audit, f"{question.number} agreed: {answer_words(question, agreed)}")


def agree_equal(command: AgreeEqual, actor: Person, unit: UnitOfWork) -> Changes:
    """Agree all answers that are equal, in one transaction."""
    audit, template = _to_agree(command.audit_id, actor, unit)
    found = equal_answers(_comparisons(audit, template, unit))
    for question_id, entry in found.items():
        _record_agreed(unit, actor, audit, question_id, entry)
    return _changes(audit, f"{len(found)} equal answers agreed")


def sign_off(command: SignOff, actor: Person, unit: UnitOfWork) -> Changes:
    """Bind what is agreed: the heads of every shared answer, and the template, by one hash in the ledger."""
    audit = programme.audit_header(unit, command.audit_id)
    require_write(audit, actor, Slot.AGREED)
    template = stored_people.template(unit, audit.template_hash)
    missing = _why_not_signed(audit, template, unit, bool(command.blanks_reason.strip()))
    if missing:
        raise Refused("not-ready", "Not ready to sign off", missing, "Settle that first.")
    heads = stored.heads_in(unit, audit.id, (Slot.AGREED, Slot.FACTS, Slot.MODERATED))
    bound = hashlib.sha256("\n".join((audit.template_hash, *heads)).encode("ascii")).hexdigest()
    value: dict[str, Json] = {
        "by": actor.id,
        "at": utc_now(),
        "binds": bound,
        "blanks_reason": command.blanks_reason.strip(),
    }
    unit.record(actor.id, Entity.AUDIT, audit.id, programme.SIGNOFF, value, kind=Kind.SIGNOFF)
    return Changes(frozenset({("audit", audit.id), ("cycle", audit.cycle_id)}), "Audit signed off")


def _to_agree(audit_id: str, actor: Person, unit: UnitOfWork) -> tuple[Audit, Template]:
    audit = programme.audit_header(unit, audit_id)
    _require_pair_mode(audit)
    require_write(audit, actor, Slot.AGREED)
    return audit, stored_people.template(unit, audit.template_hash)


def _require_pair_mode(audit: Audit) -> None:
    if audit.mode is not Mode.BLIND:
        raise Refused(
            "nothing-to-reconcile",
            "Agreed from the start",
            "A joint or single audit has one set of answers, so there is nothing to compare.",
            "Open it at the desk and sign it off there.",
        )


def _comparisons(audit: Audit, template: Template, view: View) -> tuple[Comparison, ...]:
    first, second, agreed = (stored.entries(view, audit.id, slot) for slot in (Slot.A, Slot.B, Slot.AGREED))
    blank = Entry()
    return tuple(
        compare(question, first.get(question.id, blank), second.get(question.id, blank), agreed.get(question.id, blank))
        for question in template.asked()
        if audit.asks_both(question)
    )


def _compared(audit: Audit, question: Question, view: View) -> Comparison:
    first, second, agreed = (stored.entry(view, audit.id, slot, question.id) for slot in (Slot.A, Slot.B, Slot.AGREED))
    return compare(question, first, second, agreed)


def _why_not_signed(audit: Audit, template: Template, view: View, blanks_explained: bool = False) -> str:
    sealed_off = stored.conflicts(view, audit.id)
    if sealed_off:
        numbers = ", ".join(sorted({template.by_id[qid].number for _slot, qid in sealed_off if qid in template.by_id}))
        return f"Recorded differently on two computers: {numbers}. Somebody has to choose."
    if audit.mode is Mode.BLIND:
        open_ones = [
            item
            for item in _comparisons(audit, template, view)
            if not item.is_agreed and item.likeness is not Likeness.BOTH_BLANK
        ]
        return f"{len(open_ones)} questions are not agreed yet." if open_ones else ""
    agreed = stored.entries(view, audit.id, Slot.AGREED)
    blank = [q for q in template.asked() if not q.is_fact and agreed.get(q.id, Entry()).answer.is_blank]
    if blank and not blanks_explained:
        return (
            f"{len(blank)} questions are blank, the first is {blank[0].number}. Answer them or say why they stay blank."
        )
    return ""


def _record_agreed(unit: UnitOfWork, actor: Person, audit: Audit, question_id: str, entry: Entry) -> None:
    slot = Slot.AGREED.value
    unit.record(
        actor.id, Entity.AUDIT, audit.id, question_key(question_id, Facet.GOOD_PRACTICE), entry.good_practice, slot
    )
    if entry.comment:
        unit.record(actor.id, Entity.AUDIT, audit.id, question_key(question_id, Facet.COMMENT), entry.comment, slot)
    unit.record(
        actor.id, Entity.AUDIT, audit.id, question_key(question_id, Facet.ANSWER), entry.answer.to_plain(), slot
    )


def _changes(audit: Audit, sentence: str) -> Changes:
    return Changes(frozenset({("audit", audit.id), ("cycle", audit.cycle_id)}), sentence)
