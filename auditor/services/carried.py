"""What a move to another version of a template does to one person's answers: what stands, and what is carried."""

from dataclasses import dataclass

from auditor.domain.answers import Answer, Entry
from auditor.domain.audit import OWN_SLOTS, Audit, Slot, may_read_slot
from auditor.domain.canonical import Json
from auditor.domain.moving import Versions
from auditor.domain.roles import Person, Role
from auditor.domain.standing import Lens, Seen
from auditor.domain.template import Question, Template
from auditor.domain.template_difference import Difference, difference
from auditor.services.scoring import answer_words
from auditor.store.queries import entries as stored
from auditor.store.queries import moves
from auditor.store.queries import people as stored_people
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Carried:
    """Something recorded that does not stand under the version in force, as it was recorded. `question` is the wording
    it was answered in; `to_answer`: the question is still asked and waits for an answer; `read`: it was ticked."""

    slot: Slot
    question_id: str
    number: str
    question: str
    answer: str
    comment: str
    location: str
    good_practice: bool
    why: str
    to_answer: bool
    read: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What a move does: the difference of the templates, and how many of the viewer's own answers stand or are
    carried; both are 0 for somebody who answers nothing here."""

    difference: Difference
    stands: int
    to_review: int


def carried(audit: Audit, actor: Person, view: View) -> tuple[Carried, ...]:
    """What this person can look at of what is carried, in the order it is numbered."""
    lens = moves.lens(view, audit.id)
    if lens is None:
        return ()
    found = [
        item
        for slot in _slots(audit, actor)
        for question_id, (entry, under, read) in _recorded(audit, slot, view).items()
        if (item := _item(lens, slot, question_id, entry, lens.see(slot, question_id, entry, under), read))
    ]
    return tuple(sorted(found, key=lambda item: (item.question_id, item.slot)))


def counted(audit: Audit, actor: Person, view: View, target: Template, versions: Versions) -> Counted:
    """What the move to a version would do to the answers of this person that count now."""
    now = stored_people.template(view, audit.template_hash)
    known = moves.lens(view, audit.id)
    templates = {**(known.templates if known else {}), now.hash: now, target.hash: target}
    before = Lens(now, versions.first, templates, audit.mode, audit.facts_by)
    after = Lens(target, versions.first, templates, audit.mode, audit.facts_by)
    stands = review = 0
    for slot in _slots(audit, actor):
        for question_id, (entry, under, _) in _recorded(audit, slot, view).items():
            if not before.see(slot, question_id, entry, under).shown.answer.is_blank:
                seen = after.see(slot, question_id, entry, under)
                stands += not seen.shown.answer.is_blank
                review += seen.shown.answer.is_blank
    return Counted(difference(now, target), stands, review)


def _slots(audit: Audit, actor: Person) -> list[Slot]:
    """The slots in which this person answers."""
    mine = audit.slot_of(actor.id)
    facts = mine is not None or actor.has(Role.BUSINESS_SUPPORT)
    return [*([mine] if mine and may_read_slot(audit, actor, mine) else ()), *([Slot.FACTS] if facts else ())]


def _recorded(audit: Audit, slot: Slot, view: View) -> dict[str, tuple[Entry, Json, str]]:
    sealed = slot in OWN_SLOTS and not audit.all_submitted
    return stored.recorded(view, audit.id, slot, audit.authors_of(slot) if sealed else ())


def _item(lens: Lens, slot: Slot, question_id: str, entry: Entry, seen: Seen, read: str) -> Carried | None:
    notes = bool(entry.comment or entry.location or entry.good_practice)
    held = seen.held.answer if seen.held else Answer()
    if held.is_blank and (seen.here or not notes):
        return None
    question = lens.wording(question_id, seen.held)
    to_answer = seen.here and seen.shown.answer.is_blank
    return Carried(
        slot=slot,
        question_id=question_id,
        number=question.number if question else question_id,
        question=question.text if question else "The wording is not on this computer.",
        answer=_words(question, held),
        comment=entry.comment,
        location=entry.location,
        good_practice=entry.good_practice,
        why=_why(lens, question_id, seen),
        to_answer=to_answer,
        read=not to_answer and read == lens.now.hash,
    )


def _words(question: Question | None, answer: Answer) -> str:
    if answer.is_blank:
        return ""
    return answer_words(question, answer) if question else str(answer.value or f"N/A: {answer.na_reason}")


def _why(lens: Lens, question_id: str, seen: Seen) -> str:
    question = lens.now.by_id.get(question_id)
    if question is None or not question.asked:
        return "This version does not ask it."
    if not seen.here:
        return "It is a fact in this version, entered once." if question.is_fact else "The auditors answer it now."
    if not seen.shown.answer.is_blank:
        return "It was given under another version; your earlier answer stands."
    return "The answer is gone from this version, or means something else."
