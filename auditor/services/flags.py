"""Questions an auditor flags for discussion with the partner: sealed with their answers until both have finished."""

from dataclasses import dataclass

from auditor.domain.answers import Facet, checked_text, question_key
from auditor.domain.audit import Slot, may_read_slot, require_write
from auditor.domain.changes import Changes
from auditor.domain.errors import Missing, NotAllowed
from auditor.domain.revision import Entity
from auditor.domain.roles import Person
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import UnitOfWork, View

LONGEST = 500


@dataclass(frozen=True, slots=True)
class FlagQuestion:
    """Flag a question for discussion, with a few words or none; `words` None takes the flag back."""

    audit_id: str
    question_id: str
    words: str | None


@dataclass(frozen=True, slots=True)
class Flagged:
    """A question somebody wants to talk over."""

    question_id: str
    slot: Slot
    name: str
    words: str


def flag_question(command: FlagQuestion, actor: Person, unit: UnitOfWork) -> Changes:
    """Record the flag in one's own slot: that of a shared fact, too, so that it tells the partner nothing early."""
    audit = programme.audit_header(unit, command.audit_id)
    question = stored_people.template(unit, audit.template_hash).by_id.get(command.question_id)
    if question is None or not question.asked:
        raise Missing("no-such-question", "Not asked", "This audit does not ask that question.", "Choose one it asks.")
    slot = audit.slot_of(actor.id)
    if slot is None:
        raise NotAllowed(
            "not-your-slot", "Not yours to flag", "Only its auditors talk an audit over.", "Tell one of them."
        )
    require_write(audit, actor, slot)
    words = None if command.words is None else checked_text(command.words, "What you want to talk over", LONGEST)
    unit.record(actor.id, Entity.AUDIT, audit.id, question_key(question.id, Facet.FLAG), words, slot.value)
    said = "flag taken back" if words is None else "flagged for discussion"
    return Changes(frozenset({("audit", audit.id)}), f"{question.number} {said}")


def flagged(audit_id: str, actor: Person, view: View) -> tuple[Flagged, ...]:
    """The flags this person may see, in the order of the form: a sealed slot's are its author's alone."""
    audit = programme.audit(view, audit_id)
    template = stored_people.template(view, audit.template_hash)
    names = stored_people.names(view)
    found = {}
    for slot in (Slot.A, Slot.B, Slot.AGREED):
        if not may_read_slot(audit, actor, slot):
            continue
        raisers = stored.authors(view, audit_id, slot, Facet.FLAG)
        for question_id, entry in stored.entries(view, audit_id, slot).items():
            if entry.flag is not None:
                name = names.get(raisers.get(question_id, ""), "")
                found[question_id, slot] = Flagged(question_id, slot, name, entry.flag)
    order = [question.id for question in template.asked()]
    return tuple(found[key] for key in sorted(found, key=lambda key: (order.index(key[0]), key[1].value)))
