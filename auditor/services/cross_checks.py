"""Rules across audits: what brothers and sisters of one cycle have in common has to be the same in their audits.

Only effective answers (facts, agreed, moderated) are compared, so that nothing sealed can be told by a difference.
"""

from dataclasses import dataclass

from auditor.domain.answers import Answer, Entry
from auditor.domain.audit import Audit
from auditor.domain.consistency import State
from auditor.domain.programme import Case
from auditor.domain.roles import Duty, Person, may, require
from auditor.domain.siblings import Comparison, Member, compare, groups_of
from auditor.domain.template import AnswerType, Question, Template
from auditor.services.asked import not_asked
from auditor.services.scoring import answer_words
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """One question of a shared event over a sibling group, in words: `said` and `waiting` name the cases."""

    event: str
    question_id: str
    question: str
    state: State
    said: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]
    audits: tuple[str, ...]

    @property
    def title(self) -> str:
        """What is wrong, in a line."""
        return f"{self.event} differs between brothers and sisters"

    @property
    def message(self) -> str:
        """What the audits say, in a sentence."""
        told = ", ".join(f"{words} in {reference}" for reference, words in self.said)
        missing = f"not known yet in {', '.join(self.waiting)}" if self.waiting else ""
        sentence = "; ".join(part for part in (told, missing) if part)
        return f"{self.question}: {sentence}."


def cycle_cross_checks(cycle_id: str, actor: Person, view: View) -> tuple[CrossCheck, ...]:
    """The shared events of every sibling group of a cycle: those that differ first, then those not known yet."""
    require(actor, Duty.SEE_FINDINGS)
    found: dict[tuple[str, str], CrossCheck] = {}
    for group, audits in _groups(cycle_id, view).items():
        members = tuple(_member(audit, case, view) for audit, case in audits)
        for audit, _ in audits:
            template = stored_people.template(view, audit.template_hash)
            for one in compare(template.shared_events, group, members):
                found.setdefault((group, one.question_id), _in_words(one, template))
    told = (check for check in found.values() if check.state is not State.SILENT)
    return tuple(sorted(told, key=lambda check: check.state is not State.FIRES))


def audit_cross_checks(audit_id: str, actor: Person, view: View) -> tuple[CrossCheck, ...]:
    """The shared events on which the audit of a child and those of brothers and sisters differ."""
    template, compared = _of_audit(audit_id, actor, view)
    differing = (
        one for one in compared if one.state is State.FIRES and audit_id in {said.audit_id for said in one.said}
    )
    return tuple(_in_words(one, template) for one in differing)


def siblings_say(audit_id: str, actor: Person, view: View) -> dict[str, str]:
    """What the audits of brothers and sisters have agreed of the shared events, in words, by question id."""
    template, compared = _of_audit(audit_id, actor, view)
    found = {}
    for one in compared:
        others = [said for said in one.said if said.audit_id != audit_id]
        if others:
            question = template.by_id[one.question_id]
            found[one.question_id] = ", ".join(f"{_words(question, o.answer)} in {o.reference}" for o in others)
    return found


def _of_audit(audit_id: str, actor: Person, view: View) -> tuple[Template, list[Comparison]]:
    """The shared events of one audit over its sibling group; nothing for somebody who may not look across audits."""
    audit = programme.audit_header(view, audit_id)
    template = stored_people.template(view, audit.template_hash)
    if template.shared_events and (may(actor, Duty.SEE_FINDINGS) or audit.slot_of(actor.id)):
        for group, audits in _groups(audit.cycle_id, view).items():
            if audit_id in {one.id for one, _ in audits}:
                members = tuple(_member(one, case, view) for one, case in audits)
                return template, compare(template.shared_events, group, members)
    return template, []


def _groups(cycle_id: str, view: View) -> dict[str, list[tuple[Audit, Case]]]:
    """The audits of each sibling group in which two or more are given out and go on."""
    cases = {case.id: case for case in programme.cases(view, cycle_id)}
    groups = groups_of((case.id, case.extra) for case in cases.values())
    if not groups:
        return {}
    audits = {audit.case_id: audit for audit in programme.audits(view, cycle_id) if not audit.cancelled}
    found = {
        group: [(audits[case_id], cases[case_id]) for case_id in ids if case_id in audits]
        for group, ids in groups.items()
    }
    return {group: held for group, held in found.items() if len(held) > 1}


def _member(audit: Audit, case: Case, view: View) -> Member:
    template = stored_people.template(view, audit.template_hash)
    answers = stored.effective_answers(view, audit.id)
    entries = {question_id: Entry(answer) for question_id, answer in answers.items()}
    asked = frozenset(question.id for question in template.asked()) - not_asked(template, entries)
    return Member(audit.id, case.reference, answers, asked)


def _in_words(found: Comparison, template: Template) -> CrossCheck:
    question = template.by_id[found.question_id]
    return CrossCheck(
        event=found.event.title,
        question_id=question.id,
        question=question.short or question.text,
        state=found.state,
        said=tuple((one.reference, _words(question, one.answer)) for one in found.said),
        waiting=found.waiting,
        audits=tuple(one.audit_id for one in found.said),
    )


def _words(question: Question, answer: Answer) -> str:
    words = answer_words(question, answer)
    if question.type is AnswerType.DATE:
        year, month, day = words.split("-")
        return f"{day}/{month}/{year}"
    return words
