"""What the rules of the template say of one audit as a person may see it: time limits, contradictions, sections that do
not apply, and how good the overall grade may be."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from auditor.domain.action import Status
from auditor.domain.answers import Answer, Entry
from auditor.domain.audit import OWN_SLOTS, Slot, may_see_judgements
from auditor.domain.consistency import Finding, Severity, State
from auditor.domain.limits import BY_MODERATOR, Ceiling, ceiling
from auditor.domain.roles import Person
from auditor.domain.template import Section, Template
from auditor.domain.timescale import Timescale
from auditor.services.actions import ActionLine, ActionQuery, list_actions
from auditor.services.cross_checks import CrossCheck, audit_cross_checks
from auditor.services.replies import feedback_answers
from auditor.services.scoring import DeskView, desk
from auditor.store.queries import entries as stored
from auditor.store.queries import moderation as stored_moderation
from auditor.store.queries import programme
from auditor.store.unit_of_work import View
from auditor.templates.consistency import rule_book
from auditor.templates.expressions import compile_expression
from auditor.templates.relevance import applies, relevant
from auditor.templates.sight import RELEVANCE, Inputs
from auditor.templates.timescales import timescales

Entries = Mapping[str, Entry]

_JUDGED = (*OWN_SLOTS, Slot.AGREED, Slot.MODERATED)


@dataclass(frozen=True, slots=True)
class ChecksQuery:
    """Which audit, and the day that limits still running are counted to."""

    audit_id: str
    today: date


@dataclass(frozen=True)
class AuditChecks:
    """What came of the rules.

    `findings` are those that fire, errors first; `unknown` is how many still wait for an answer. `left_out` gives the
    reason by id of every section that is not for this case; `not_asked` are the questions its conditions leave out;
    `aside` gives the reason of those that have a condition of their own.
    """

    timescales: tuple[Timescale, ...]
    findings: tuple[Finding, ...]
    unknown: int
    left_out: Mapping[str, str]
    not_asked: frozenset[str]
    aside: Mapping[str, str]
    ceiling: Ceiling
    across: tuple[CrossCheck, ...] = ()


@dataclass(frozen=True)
class Seen:
    """All that the rules may be judged by for one person: nothing in it is hidden from them. `across` is what the
    audits of brothers and sisters say otherwise."""

    template: Template
    inputs: Inputs
    across: tuple[CrossCheck, ...] = ()


def audit_checks(query: ChecksQuery, actor: Person, view: View) -> AuditChecks:
    """What the rules say of what this person may see now."""
    return Checks(seen(query, actor, view)).found


def seen(query: ChecksQuery, actor: Person, view: View) -> Seen:
    """What this person may see: their own answers with the facts, or the effective answers once it is signed off."""
    shown = desk(query.audit_id, actor, view)
    raised = list_actions(ActionQuery(query.today, audit_id=query.audit_id), actor, view)
    audit, own = shown.audit, set(shown.slots.values()) & set(OWN_SLOTS)
    judges = may_see_judgements(audit, actor)
    slots = {slot: stored.entries(view, audit.id, slot) for slot in _JUDGED if judges and audit.all_submitted}
    inputs = Inputs(
        answers=_answers(shown.entries),
        today=query.today,
        comments=_comments(shown.entries),
        actions=_counts(raised),
        slots=_own_slots(shown) | {slot.value: _answers(entries) for slot, entries in slots.items()},
        complete=judges and (audit.signed_off or (bool(own) and own <= audit.submitted)),
    )
    if judges and audit.signed_off:
        comments: dict[str, str] = {}
        for slot in (*OWN_SLOTS, Slot.FACTS, Slot.AGREED):
            comments |= _comments(stored.entries(view, audit.id, slot))
        rules = {rule.id for rule in shown.template.limiting_rules} - {BY_MODERATOR}
        explained = rules if programme.limit_reason(view, audit.id) else set()
        aside = frozenset(explained | stored_moderation.set_aside(view, audit))
        effective = stored.effective_answers(view, audit.id) | feedback_answers(shown.template, audit.id, view)
        inputs = replace(inputs, answers=effective, comments=comments, set_aside=aside)
    return Seen(shown.template, inputs, audit_cross_checks(query.audit_id, actor, view))


class Checks:
    """The checks of one audit, kept up as it is answered. `found` is what came of them."""

    def __init__(self, start: Seen) -> None:
        self._template, self._inputs, self._across = start.template, start.inputs, start.across
        self._book = rule_book(start.template)
        self._all = self._book.evaluate(start.inputs)
        self.found = self._gather()

    def update(
        self, shown: DeskView, raised: Sequence[ActionLine], across: tuple[CrossCheck, ...] | None = None
    ) -> AuditChecks:
        """Judge again what hangs on the questions that have changed since; nothing does once it is signed off. `across`
        are the differences with brothers and sisters where they were asked for again."""
        if across is not None and across != self._across:
            self._across = across
            self.found = replace(self.found, across=across)
        if shown.audit.signed_off:
            return self.found
        before = self._inputs
        answers, comments, actions = _answers(shown.entries), _comments(shown.entries), _counts(raised)
        changed = {
            name
            for old, new in ((before.answers, answers), (before.comments, comments), (before.actions, actions))
            for name in _differing(old, new)
        }
        if changed:
            slots = {**before.slots, **_own_slots(shown)}
            self._inputs = replace(before, answers=answers, comments=comments, actions=actions, slots=slots)
            self._all = self._book.reevaluate(self._all, self._inputs, changed)
            self.found = self._gather()
        return self.found

    def _gather(self) -> AuditChecks:
        template, inputs = self._template, self._inputs
        firing = [finding for finding in self._all if finding.state is State.FIRES]
        out = frozenset(name for name, asked in relevant(template, inputs.answers).items() if asked is False)
        left_out = applies(template, inputs.answers)
        return AuditChecks(
            timescales=timescales(template, inputs),
            findings=tuple(sorted(firing, key=lambda finding: finding.severity is not Severity.ERROR)),
            unknown=sum(finding.state is State.UNKNOWN for finding in self._all),
            left_out={s.id: _only_for(s) for s in template.sections if left_out[s.id] is False and _settled(s, inputs)},
            not_asked=out,
            aside={name: _decided_by(template, name) for name in out if _alone(template, name, left_out)},
            ceiling=ceiling(template, inputs.answers, inputs.set_aside),
            across=self._across,
        )


def _own_slots(shown: DeskView) -> dict[str, dict[str, Answer]]:
    """What this person answers alone (or, where there is one set of answers, with the other), by slot."""
    mine = set(shown.slots.values()) - {Slot.FACTS}
    by_slot = {slot: {n: e for n, e in shown.entries.items() if shown.slots.get(n) is slot} for slot in mine}
    return {slot.value: _answers(entries) for slot, entries in by_slot.items()}


def _settled(section: Section, inputs: Inputs) -> bool:
    """Whether the questions that decide on the section itself are answered; until then it has something to ask."""
    return all(question.id in inputs.answers for question in section.questions if question.gate and question.asked)


def _only_for(section: Section) -> str:
    return f"Only where {section.applies_if}"


def _alone(template: Template, question_id: str, applies_to: Mapping[str, bool | None]) -> bool:
    """Whether the question is left out by a condition of its own, in a section that is for this case."""
    return bool(template.by_id[question_id].relevant) and applies_to[template.section_of[question_id].id] is not False


def _decided_by(template: Template, question_id: str) -> str:
    """Which answers leave a question out, by their numbers."""
    deciding = compile_expression(template.by_id[question_id].relevant, RELEVANCE).questions
    numbers = sorted(template.by_id[name].number for name in deciding if name in template.by_id)
    return f"Does not apply, by the answer to {' and '.join(numbers)}"


def _answers(entries: Entries) -> dict[str, Answer]:
    return {name: entry.answer for name, entry in entries.items() if not entry.answer.is_blank}


def _comments(entries: Entries) -> dict[str, str]:
    return {name: entry.comment for name, entry in entries.items() if entry.comment}


def _counts(raised: Sequence[ActionLine]) -> dict[str, int]:
    standing = (line.action.question_id for line in raised if line.status is not Status.WITHDRAWN)
    return dict(Counter(standing))


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    return (name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
