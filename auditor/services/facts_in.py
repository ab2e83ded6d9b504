"""The shared facts of audits: what waits for business support, and what the auditors need not wait for any more."""

from dataclasses import replace

from auditor.domain.audit import Audit, Slot
from auditor.domain.facts_in import FactsIn
from auditor.domain.roles import Person, Role
from auditor.domain.template import Template
from auditor.services.asked import not_asked
from auditor.services.cycles import AuditLine, audit_lines
from auditor.services.waiting import Hat, Verb, Waiting
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.unit_of_work import View


def facts_of(audit: Audit, template: Template, view: View) -> FactsIn | None:
    """The shared facts of one audit; None where it has none. Facts say themselves which others the case needs."""
    shared = [question for question in template.asked() if question.is_fact and not audit.asks_both(question)]
    if not shared:
        return None
    entries = stored.entries(view, audit.id, Slot.FACTS)
    answered = {name for name, entry in entries.items() if not entry.answer.is_blank}
    blank = [question.id for question in shared if question.id not in answered]
    out = not_asked(template, entries) if blank and answered else frozenset()
    needed = [question.id for question in shared if question.id in answered or question.id not in out]
    return FactsIn(sum(name in answered for name in needed), len(needed))


def lines_with_facts(cycle_id: str, actor: Person, view: View) -> list[AuditLine]:
    """The audits of a cycle (of all where it is empty), with how far the facts are where that is the viewer's
    concern."""
    return [_with_facts(line, actor, view) for line in audit_lines(cycle_id, actor, view)]


def enters_facts(line: AuditLine) -> bool:
    """Whether facts wait for the viewer, who enters nothing else in this audit."""
    return line.mine is None and line.facts is not None and not line.facts.all_in and not line.audit.is_over


def facts_rows(lines: list[AuditLine], actor: Person, view: View) -> list[Waiting]:
    """A row of Home for each audit whose facts wait for this person."""
    if not actor.has(Role.BUSINESS_SUPPORT):
        return []
    found = (_with_facts(line, actor, view) for line in lines if line.mine is None)
    return [_row(line) for line in found if enters_facts(line)]


def _with_facts(line: AuditLine, actor: Person, view: View) -> AuditLine:
    concerned = line.mine is not None or actor.has(Role.BUSINESS_SUPPORT)
    if not concerned or line.audit.is_over:
        return line
    return replace(line, facts=facts_of(line.audit, stored_people.template(view, line.audit.template_hash), view))


def _row(line: AuditLine) -> Waiting:
    assert line.facts is not None
    title = f"{line.case.reference}: enter the facts"
    beside = " · ".join(part for part in (line.case.team, line.case.plan_type) if part)
    words = f"{line.facts.done} of {line.facts.asked} facts"
    detail = f"{words} · {beside}" if beside else words
    return Waiting(
        Hat.SUPPORT, Verb.ENTER, line.audit.id, title, detail, line.due, line.stage, sample=line.cycle.sample
    )
