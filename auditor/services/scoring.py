"""Scoring: what an auditor sees at the desk, and recording answers one by one until the own answers are handed in."""

from dataclasses import dataclass, replace

from auditor.domain.answers import Answer, Entry, Facet, checked_text, fitting, question_key
from auditor.domain.audit import OWN_SLOTS, Audit, Slot, require_write
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Missing, NotAllowed, Refused
from auditor.domain.revision import Entity, Kind
from auditor.domain.roles import Person
from auditor.domain.template import Question
from auditor.services.asked import not_asked
from auditor.services.desk_view import DeskView, desk, is_set_aside
from auditor.store.ledger import utc_now
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import UnitOfWork

# What the desk shows stands in a module of its own and belongs to scoring all the same.
__all__ = ["DeskView", "desk"]


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """An answer to one question; a blank answer clears it. `whole_section`: it is N/A because its section as a whole
    does not apply, which is allowed where N/A to the question alone is not."""

    audit_id: str
    question_id: str
    answer: Answer
    whole_section: bool = False


@dataclass(frozen=True, slots=True)
class RecordNote:
    """The comment on a question, or where in the file its evidence lies."""

    audit_id: str
    question_id: str
    facet: Facet
    text: str


@dataclass(frozen=True, slots=True)
class MarkGoodPractice:
    """Set or take back the good-practice mark of a question."""

    audit_id: str
    question_id: str
    good: bool


@dataclass(frozen=True, slots=True)
class SectionNotApplicable:
    """The whole section does not apply: every question of it still blank becomes N/A with this reason.

    In a blind audit facts are left out unless `facts`: they are shared, so the reason would be told to the partner.
    """

    audit_id: str
    section_id: str
    reason: str
    facts: bool = False


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand in one's own answers. Leaving questions blank has to be explained."""

    audit_id: str
    blanks_reason: str = ""


def record_answer(command: RecordAnswer, actor: Person, unit: UnitOfWork) -> Changes:
    """Record one answer; it is on disk when this returns."""
    audit, question, slot = _writable(command.audit_id, command.question_id, actor, unit)
    answer = fitting(question, replace(command.answer, reason="", took=""), command.whole_section)
    _put(unit, actor, audit, slot, question.id, Facet.ANSWER, answer.to_plain())
    return _changes(audit, f"{question.number} {answer_words(question, answer)}")


def record_note(command: RecordNote, actor: Person, unit: UnitOfWork) -> Changes:
    """Record a comment or an evidence location; empty text clears it."""
    if command.facet not in (Facet.COMMENT, Facet.LOCATION):
        raise BadInput(
            "not-a-note", "Not a note", "Only comments and evidence locations are notes.", "Record an answer."
        )
    audit, question, slot = _writable(command.audit_id, command.question_id, actor, unit)
    text = checked_text(command.text, f"The text of question {question.number}")
    _put(unit, actor, audit, slot, question.id, command.facet, text or None)
    what = "comment" if command.facet is Facet.COMMENT else "evidence"
    return _changes(audit, f"{question.number} {what} saved")


def mark_good_practice(command: MarkGoodPractice, actor: Person, unit: UnitOfWork) -> Changes:
    """Set or take back the good-practice mark."""
    audit, question, slot = _writable(command.audit_id, command.question_id, actor, unit)
    _put(unit, actor, audit, slot, question.id, Facet.GOOD_PRACTICE, command.good)
    return _changes(audit, f"{question.number} good practice {'marked' if command.good else 'taken back'}")


def section_not_applicable(command: SectionNotApplicable, actor: Person, unit: UnitOfWork) -> Changes:
    """Mark every question of a section that is still blank N/A, for the one reason given."""
    audit = programme.audit_header(unit, command.audit_id)
    template = stored_people.template(unit, audit.template_hash)
    section = next((item for item in template.sections if item.id == command.section_id), None)
    if section is None:
        raise Missing(
            "no-such-section", "No such section", "The template has no such section.", "Choose one of its sections."
        )
    if section.always_applies:
        raise Refused(
            "section-applies", "Always applies", "No case is without this section.", "Answer it question by question."
        )
    answer = Answer(na_reason=command.reason.strip())
    if answer.is_blank:
        raise Refused("reason-needed", "Why?", "N/A needs a reason.", "Say in a few words why it does not apply.")
    marked = 0
    for question in section.questions:
        slot = audit.slot_for(actor, question)
        if not question.asked or slot is None or not is_set_aside(audit, question, command.facts):
            continue
        require_write(audit, actor, slot)
        fit = fitting(question, answer, whole_section=True)
        if stored.entry(unit, audit.id, slot, question.id).answer.is_blank:
            _put(unit, actor, audit, slot, question.id, Facet.ANSWER, fit.to_plain())
            marked += 1
    return _changes(audit, f"Section {section.number}: {marked} questions marked N/A")


def submit(command: Submit, actor: Person, unit: UnitOfWork) -> Changes:
    """Hand in one's own answers of a blind audit; when both have, the answers are opened to both."""
    audit = programme.audit_header(unit, command.audit_id)
    slot = audit.slot_of(actor.id)
    if slot not in OWN_SLOTS:
        raise NotAllowed(
            "not-your-slot",
            "Not yours to finish",
            "You have no answers of your own in this audit.",
            "Open one of yours.",
        )
    require_write(audit, actor, slot)
    template = stored_people.template(unit, audit.template_hash)
    own = stored.entries(unit, audit.id, slot)
    out = not_asked(template, stored.entries(unit, audit.id, Slot.FACTS), own)
    asked = [q for q in template.asked() if audit.slot_for(actor, q) is slot and q.id not in out]
    blank = [question for question in asked if own.get(question.id, Entry()).answer.is_blank]
    if blank and not command.blanks_reason.strip():
        raise Refused(
            "blanks-left",
            "Still blank",
            f"{len(blank)} of your {len(asked)} questions are blank, the first is {blank[0].number}.",
            "Answer them (Not evidenced is an answer), or say why they stay blank.",
        )
    value: dict[str, Json] = {
        "by": actor.id,
        "at": utc_now(),
        "blanks": len(blank),
        "reason": checked_text(command.blanks_reason, "The reason"),
        "template": audit.template_hash,
        "binds": [list(tail) for tail in unit.ledger.tails(audit.id, [slot.value])],
    }
    unit.record(actor.id, Entity.AUDIT, audit.id, programme.submitted_key(slot), value, kind=Kind.SUBMIT)
    return _changes(audit, "Your answers are finished")


def answer_words(question: Question, answer: Answer) -> str:
    """The answer as a person reads it."""
    if answer.is_blank:
        return "cleared"
    if answer.is_na:
        return f"N/A: {answer.na_reason}"
    codes = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    return ", ".join(option.label if (option := question.option(str(code))) else str(code) for code in codes) or "none"


def _writable(audit_id: str, question_id: str, actor: Person, unit: UnitOfWork) -> tuple[Audit, Question, Slot]:
    audit = programme.audit_header(unit, audit_id)
    question = stored_people.template(unit, audit.template_hash).by_id.get(question_id)
    if question is None or not question.asked:
        raise Missing("no-such-question", "Not asked", "This audit does not ask that question.", "Choose one it asks.")
    slot = audit.slot_for(actor, question)
    if slot is None:
        raise NotAllowed(
            "not-your-slot",
            "Not yours to answer",
            "Only the people this audit was given to can record answers here.",
            "Ask the QA lead to give the audit to you.",
        )
    require_write(audit, actor, slot)
    return audit, question, slot


def _put(
    unit: UnitOfWork, actor: Person, audit: Audit, slot: Slot, question_id: str, facet: Facet, value: Json
) -> None:
    unit.record(actor.id, Entity.AUDIT, audit.id, question_key(question_id, facet), value, slot.value)


def _changes(audit: Audit, sentence: str) -> Changes:
    return Changes(frozenset({("audit", audit.id)}), sentence)
