"""Reconciling a blind audit: both answers side by side, one agreed answer with its reason, then the sign-off."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from auditor.domain.answers import Answer, Entry, Facet, checked_text, fitting, question_key
from auditor.domain.audit import OWN_SLOTS, Audit, Mode, Slot, require_read, require_write
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import Missing, Refused
from auditor.domain.limits import held_back
from auditor.domain.programme import Case, Cycle
from auditor.domain.reconciliation import Comparison, Likeness, compare, require_reason, whose
from auditor.domain.revision import Entity, Kind
from auditor.domain.roles import Person
from auditor.domain.template import Question, Template
from auditor.services.asked import not_asked
from auditor.services.cross_checks import siblings_say
from auditor.services.scoring import answer_words
from auditor.services.sheet_offers import came_from_sheets
from auditor.store.ledger import utc_now
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme, signoffs
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class Agree:
    """The agreed answer to one question; both first answers stay on record. `comment` and `good_practice` are left as
    they are where they are None."""

    audit_id: str
    question_id: str
    answer: Answer
    comment: str | None = None
    good_practice: bool | None = None


@dataclass(frozen=True, slots=True)
class AgreeEqual:
    """Agree every question that both auditors answered alike, in one act."""

    audit_id: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Questions whose agreed answer is taken back, so that they wait to be agreed again."""

    audit_id: str
    question_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """Sign the agreed audit off. Leaving questions blank in a joint or single audit has to be explained, and so has an
    overall grade better than a failed limiting question allows."""

    audit_id: str
    blanks_reason: str = ""
    limit_reason: str = ""


@dataclass(frozen=True)
class ReconcileView:
    """Both auditors' answers, compared. `comparisons` are in the order of the form; pages sort as they need.

    `names` are the auditors by slot; `recorded` when each current answer was recorded (UTC), by slot and question id;
    `why_not_signed` says what is missing for the sign-off, or is empty; `to_explain` says which limit of the
    grade needs a reason with it; `siblings` what the audits of brothers and sisters say, by question id; `through` who
    brought an answer in from a sheet for its author, by slot and question id.
    """

    audit: Audit
    cycle: Cycle
    case: Case
    template: Template
    names: Mapping[Slot, Person]
    comparisons: tuple[Comparison, ...]
    recorded: Mapping[Slot, Mapping[str, str]]
    why_not_signed: str
    to_explain: str
    may_agree: bool
    siblings: Mapping[str, str]
    through: Mapping[Slot, Mapping[str, str]]

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
    held = held_back(template, stored.effective_answers(view, audit_id))
    recorded = {slot: stored.recorded_on(view, audit_id, slot) for slot in (*OWN_SLOTS, Slot.AGREED)}
    return ReconcileView(
        audit=audit,
        cycle=programme.cycle(view, audit.cycle_id),
        case=programme.case(view, audit.case_id),
        template=template,
        names={slot: stored_people.person(view, person) for slot, person in audit.auditors.items()},
        comparisons=comparisons,
        recorded=recorded,
        why_not_signed=_why_not_signed(audit, template, view) or held.blocked,
        to_explain=held.to_explain,
        may_agree=actor.id in audit.auditors.values() and not audit.is_over,
        siblings=siblings_say(audit_id, actor, view),
        through=came_from_sheets(audit, recorded, stored_people.names(view), view),
    )


def agree(command: Agree, actor: Person, unit: UnitOfWork) -> Changes:
    """Record the agreed answer of one question; neither first answer is touched."""
    audit, template = _to_agree(command.audit_id, actor, unit)
    question = template.by_id.get(command.question_id)
    if question is None or not question.asked or not audit.asks_both(question):
        raise Missing(
            "no-such-question", "Nothing to agree", "That question is not agreed here.", "Choose one that is."
        )
    comparison = _compared(audit, question, template, unit)
    both = (comparison.first.answer, comparison.second.answer)
    fit = fitting(question, command.answer, whole_section=any(answer.is_na for answer in both))
    if fit.is_blank:
        raise Refused("answer-needed", "No answer", "An agreed answer cannot be blank.", "Choose one.")
    agreed = replace(fit, reason=checked_text(fit.reason, "The reason"), took=whose(fit, *both))
    require_reason(comparison, agreed)
    marked = any(entry.good_practice for entry in (comparison.first, comparison.second))
    good = marked if command.good_practice is None else command.good_practice
    _record_agreed(unit, actor, audit, comparison, agreed, good)
    if command.comment is not None:
        comment = checked_text(command.comment, f"The comment on {question.number}")
        _record(unit, actor, audit, question.id, Facet.COMMENT, comment or None)
    return _changes(audit, f"{question.number} agreed: {answer_words(question, agreed)}")


def agree_equal(command: AgreeEqual, actor: Person, unit: UnitOfWork) -> Changes:
    """Agree all answers that are equal, in one transaction."""
    audit, template = _to_agree(command.audit_id, actor, unit)
    found = [item for item in _comparisons(audit, template, unit) if item.can_be_agreed_at_once]
    for item in found:
        same = Answer(item.first.answer.value, item.first.answer.na_reason, took="same")
        _record_agreed(unit, actor, audit, item, same, item.first.good_practice or item.second.good_practice)
    return _changes(audit, f"{len(found)} equal answers agreed")


def take_back(command: TakeBack, actor: Person, unit: UnitOfWork) -> Changes:
    """Clear agreed answers; both first answers stay."""
    audit, template = _to_agree(command.audit_id, actor, unit)
    for question_id in command.question_ids:
        question = template.by_id.get(question_id)
        if question is None or not audit.asks_both(question):
            raise Missing(
                "no-such-question", "Nothing to agree", "That question is not agreed here.", "Choose one that is."
            )
        for facet in (Facet.GOOD_PRACTICE, Facet.COMMENT, Facet.ANSWER):
            unit.record(actor.id, Entity.AUDIT, audit.id, question_key(question_id, facet), None, Slot.AGREED.value)
    numbers = [template.by_id[question_id].number for question_id in command.question_ids]
    said = numbers[0] if len(numbers) == 1 else f"{len(numbers)} answers"
    return _changes(audit, f"{said} to agree again")


def sign_off(command: SignOff, actor: Person, unit: UnitOfWork) -> Changes:
    """Bind what is agreed: the template, and the last revision of every stream the audit is made of."""
    audit = programme.audit_header(unit, command.audit_id)
    require_write(audit, actor, Slot.AGREED)
    template = stored_people.template(unit, audit.template_hash)
    missing = _why_not_signed(audit, template, unit, bool(command.blanks_reason.strip()))
    if missing:
        raise Refused("not-ready", "Not ready to sign off", missing, "Settle that first.")
    _require_within_limits(template, stored.effective_answers(unit, audit.id), command)
    slots = [slot.value for slot in Slot if slot is not Slot.MODERATED]
    value: dict[str, Json] = {
        "by": actor.id,
        "at": utc_now(),
        "template": audit.template_hash,
        "binds": [list(tail) for tail in unit.ledger.tails(audit.id, slots)],
        "content": signoffs.content(unit, audit.id),
        "blanks_reason": checked_text(command.blanks_reason, "The reason"),
        "limit_reason": checked_text(command.limit_reason, "The reason"),
    }
    unit.record(actor.id, Entity.AUDIT, audit.id, programme.SIGNOFF, value, kind=Kind.SIGNOFF)
    return Changes(frozenset({("audit", audit.id), ("cycle", audit.cycle_id)}), "Audit signed off")


def _require_within_limits(template: Template, answers: Mapping[str, Answer], command: SignOff) -> None:
    held = held_back(template, answers)
    if held.blocked:
        raise Refused("grade-limited", "Not ready to sign off", held.blocked, "Settle that first.")
    if held.to_explain and not command.limit_reason.strip():
        remedy = "Change the grade, or say why it stands."
        raise Refused("limit-unexplained", "Better than the limit", held.to_explain, remedy)


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
        compare(
            question,
            first.get(question.id, blank),
            second.get(question.id, blank),
            agreed.get(question.id, blank),
            overall=question.id == template.overall_question,
        )
        for question in template.asked()
        if audit.asks_both(question)
    )


def _compared(audit: Audit, question: Question, template: Template, view: View) -> Comparison:
    first, second, agreed = (stored.entry(view, audit.id, slot, question.id) for slot in (Slot.A, Slot.B, Slot.AGREED))
    return compare(question, first, second, agreed, overall=question.id == template.overall_question)


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
    out = not_asked(template, stored.entries(view, audit.id, Slot.FACTS), agreed)
    asked = [question for question in template.asked() if not question.is_fact and question.id not in out]
    blank = [question for question in asked if agreed.get(question.id, Entry()).answer.is_blank]
    if blank and not blanks_explained:
        return (
            f"{len(blank)} questions are blank, the first is {blank[0].number}. Answer them or say why they stay blank."
        )
    return ""


def _record_agreed(
    unit: UnitOfWork, actor: Person, audit: Audit, comparison: Comparison, answer: Answer, good: bool
) -> None:
    question_id = comparison.question.id
    if good or comparison.agreed.good_practice:
        _record(unit, actor, audit, question_id, Facet.GOOD_PRACTICE, good)
    _record(unit, actor, audit, question_id, Facet.ANSWER, answer.to_plain())


def _record(unit: UnitOfWork, actor: Person, audit: Audit, question_id: str, facet: Facet, value: Json) -> None:
    unit.record(actor.id, Entity.AUDIT, audit.id, question_key(question_id, facet), value, Slot.AGREED.value)


def _changes(audit: Audit, sentence: str) -> Changes:
    return Changes(frozenset({("audit", audit.id), ("cycle", audit.cycle_id)}), sentence)
