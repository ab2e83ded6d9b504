"""Moderating: choosing audits by hand, the rules of a cycle, and what a moderator decides on one audit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from auditor.domain.answers import Answer, Facet, checked_text, fitting, question_key
from auditor.domain.audit import Audit, Moderated, Slot, require_write
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import Missing, NotAllowed, Refused
from auditor.domain.limits import BEST, BY_MODERATOR, Cap, ceiling, overall_grade, too_good
from auditor.domain.moderation import Judged, Rules, Why, checked_rules, missing_quality, require_independent
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, require
from auditor.domain.template import Template
from auditor.services.moderation_choice import waiting
from auditor.store.ledger import utc_now
from auditor.store.queries import entries as stored_entries
from auditor.store.queries import moderation as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.queries.moderation import GradeMoved, Moderation
from auditor.store.queries.signed import signed_at
from auditor.store.queries.signoffs import DONE
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class SetRules:
    """Which audits of a cycle go to moderation from now on."""

    cycle_id: str
    rules: Rules


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose a signed-off audit by hand, for a reason; an empty reason takes the choice back."""

    audit_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """An answer or grade as the moderator leaves it, and why where that is not how it was found."""

    question_id: str
    answer: Answer
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Moderate:
    """What a moderator decides on one audit. Answers not named in `changes` are upheld.

    `quality` marks every point of the audit of audits; `limits` sets limiting rules aside, each with its reason;
    `back` returns the audit to its pair for that reason, and then nothing else of it is changed.
    """

    audit_id: str
    changes: tuple[Change, ...] = ()
    quality: Mapping[str, Judged] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    back: str = ""


def set_rules(command: SetRules, actor: Person, unit: UnitOfWork) -> Changes:
    """Keep the rules of a cycle; what was moderated stays so."""
    require(actor, Duty.RUN_CYCLES)
    cycle = programme.cycle(unit, command.cycle_id)
    rules = command.rules if command.rules.seed.strip() else replace(command.rules, seed=cycle.id)
    unit.record(actor.id, Entity.CYCLE, cycle.id, stored.RULES, checked_rules(rules).to_plain())
    return Changes(frozenset({("cycle", cycle.id)}), f"{cycle.title}: what is moderated is set")


def choose(command: Choose, actor: Person, unit: UnitOfWork) -> Changes:
    """Choose an audit by hand, or take that back; nobody takes it back for an audit of their own."""
    require(actor, Duty.SEE_MODERATION)
    audit = programme.audit_header(unit, command.audit_id)
    reason = checked_text(command.reason, "The reason")
    if reason:
        require_signed_off(audit)
    elif actor.id in audit.auditors_ever:
        words = "You audited this case, so somebody else decides that it need not be moderated."
        raise NotAllowed("own-audit", "Your own audit", words, "Ask a moderator or another QA lead.")
    record_choice(audit, reason, actor, unit)
    return _changes(audit, "Chosen for moderation" if reason else "No longer chosen")


def record_choice(audit: Audit, reason: str, actor: Person, unit: UnitOfWork) -> None:
    """Write down who chose the audit, when and why; no reason takes it back."""
    value: Json = {"by": actor.id, "at": utc_now(), "reason": reason} if reason else None
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.CHOSEN, value)


def require_signed_off(audit: Audit) -> None:
    """Raise `Refused` (not-signed-off) while the pair has not signed the audit off."""
    if not audit.signed_off:
        raise Refused(
            "not-signed-off", "Not signed off", "An audit is moderated once its pair has signed it off.", "Wait for it."
        )


def moderate(command: Moderate, actor: Person, unit: UnitOfWork) -> Changes:
    """Record what the moderator decided: upheld, changed, or returned to the pair."""
    require(actor, Duty.MODERATE)
    audit = programme.audit_header(unit, command.audit_id)
    require_independent(audit, actor)
    require_write(audit, actor, Slot.MODERATED)
    why = waiting(programme.audits(unit), unit).get(audit.id)
    if not why:
        words = "Nothing asks for this audit to be moderated."
        raise Refused("not-chosen", "Not chosen", words, "Choose it first, and say why.")
    if command.back.strip():
        return _return(command, audit, why, actor, unit)
    missing = missing_quality(command.quality)
    if missing:
        raise Refused("quality-missing", "How was it reached?", missing, "Mark every point of the audit's quality.")
    template = stored_people.template(unit, audit.template_hash)
    before = stored_entries.effective_answers(unit, audit.id)
    moved = _moved(command, template, before)
    limits = _set_aside(command, template, before | {item.question_id: item.after for item in moved}, unit)
    marks = {name for name, (_slot, _outcome, good) in stored_entries.outcomes(unit, audit.id).items() if good}
    changed = [item for item in moved if not item.upheld]
    outcome = Moderated.CHANGED if changed else Moderated.UPHELD
    said = replace(_said(command, audit, why, outcome, actor, unit), grades=tuple(moved), limits=limits)
    for item in moved:
        if item.question_id in marks:
            _put(unit, actor, audit, item.question_id, Facet.GOOD_PRACTICE, True)
        _put(unit, actor, audit, item.question_id, Facet.ANSWER, item.after.to_plain())
    unit.record(actor.id, Entity.AUDIT, audit.id, DONE, said.to_plain())
    return _changes(audit, f"Moderated: {len(changed)} changed" if changed else "Moderated: upheld")


def _return(command: Moderate, audit: Audit, why: tuple[Why, ...], actor: Person, unit: UnitOfWork) -> Changes:
    """Take the sign-off back in sight of everybody; what an earlier moderation changed is the pair's again."""
    if command.changes or command.limits:
        words = "An audit is either decided on or returned to its pair."
        raise Refused("returned-unchanged", "Returned or changed", words, "Take your changes back, or record them.")
    back = checked_text(command.back, "The reason")
    said = _said(replace(command, note=back), audit, why, Moderated.RETURNED, actor, unit)
    for question_id in stored_entries.entries(unit, audit.id, Slot.MODERATED):
        for facet in (Facet.GOOD_PRACTICE, Facet.ANSWER):
            _put(unit, actor, audit, question_id, facet, None)
    unit.record(actor.id, Entity.AUDIT, audit.id, DONE, said.to_plain())
    unit.record(actor.id, Entity.AUDIT, audit.id, programme.SIGNOFF, None)
    return _changes(audit, "Returned to the pair")


def _said(
    command: Moderate, audit: Audit, why: tuple[Why, ...], outcome: Moderated, actor: Person, view: View
) -> Moderation:
    """What every outcome records of itself; asked before any answer is changed."""
    earlier = stored.last(view, audit.id)
    template = stored_people.template(view, audit.template_hash)
    found = stored_entries.effective_answers(view, audit.id).get(template.overall_question, Answer())
    return Moderation(
        by=actor.id,
        at=utc_now(),
        outcome=outcome,
        note=checked_text(command.note, "The note"),
        why=why,
        signoff=signed_at(view, audit.id),
        chosen=stored.chosen(view, audit.id).at,
        was=earlier.was if earlier else str(found.value or ""),
        quality=command.quality,
    )


def _moved(command: Moderate, template: Template, before: Mapping[str, Answer]) -> list[GradeMoved]:
    """Every change that is one, with its reason; the overall grade always, for its slot says that it was looked at."""
    moved = {}
    for change in command.changes:
        question = template.by_id.get(change.question_id)
        if question is None or not question.asked:
            raise Missing("no-such-question", "Not asked", "This audit does not ask that.", "Choose what it asks.")
        found = before.get(question.id, Answer())
        fit = fitting(question, replace(change.answer, reason="", took=""), whole_section=found.is_na)
        if fit.is_blank:
            raise Refused("answer-needed", "No answer", f"Question {question.number} would be left blank.", "Choose.")
        reason = checked_text(change.reason, "The reason")
        if not fit.same_as(found) and not reason:
            words = f"Question {question.number} is changed without a reason."
            raise Refused("reason-needed", "Why?", words, "Write in a sentence what decided it.")
        moved[question.id] = GradeMoved(question.id, found, replace(fit, reason=reason))
    overall = before.get(template.overall_question)
    if overall is not None and template.overall_question not in moved:
        moved[template.overall_question] = GradeMoved(template.overall_question, overall, overall)
    return [item for item in moved.values() if not item.upheld or item.question_id == template.overall_question]


def _set_aside(command: Moderate, template: Template, after: Mapping[str, Answer], view: View) -> dict[str, str]:
    """The limiting rules that hold against the grade, each with the reason it is set aside for; raises `Refused`
    (limit-unexplained) for one without."""
    by_pair = programme.limit_reason(view, command.audit_id)
    reasons = {}
    for cap in caps_against(template, after):
        reason = checked_text(command.limits.get(cap.rule.id, ""), "The reason")
        if reason:
            reasons[cap.rule.id] = reason
        elif cap.rule.id == BY_MODERATOR or not by_pair:
            words = too_good(template, cap, overall_grade(template, after) or 0)
            raise Refused(
                "limit-unexplained", "Better than the limit", words, "Change the grade, or say why it stands."
            )
    return reasons


def caps_against(template: Template, answers: Mapping[str, Answer]) -> list[Cap]:
    """The limits that hold and that the overall grade is better than."""
    grade = overall_grade(template, answers)
    caps = ceiling(template, answers).caps
    return [cap for cap in caps if grade is not None and grade < (cap.rule.caps_at or BEST)]


def _put(unit: UnitOfWork, actor: Person, audit: Audit, question_id: str, facet: Facet, value: Json) -> None:
    unit.record(actor.id, Entity.AUDIT, audit.id, question_key(question_id, facet), value, Slot.MODERATED.value)


def _changes(audit: Audit, sentence: str) -> Changes:
    return Changes(frozenset({("audit", audit.id), ("cycle", audit.cycle_id)}), sentence)
