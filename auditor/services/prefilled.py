"""Facts that a cycle knows when an audit is given out: the period audited, written where facts stand, to be put right
at the desk where a case has another."""

from auditor.domain.answers import Answer, Facet, question_key
from auditor.domain.audit import Mode, Slot
from auditor.domain.programme import Cycle, FactsBy
from auditor.domain.revision import Entity
from auditor.domain.roles import Person
from auditor.domain.template import Template
from auditor.store.queries import programme as stored
from auditor.store.queries.registers import value_of
from auditor.store.unit_of_work import UnitOfWork


def prefill_period(audit_id: str, mode: Mode, cycle: Cycle, template: Template, actor: Person, unit: UnitOfWork) -> int:
    """Write the period into the facts of an audit that is given out for the first time; gives how many revisions of it
    were written so, then or earlier. Where both auditors enter the facts, each says the period alone."""
    setup = value_of(unit, audit_id, stored.SETUP)
    if isinstance(setup, dict):
        return stored.prefilled(setup)
    period = template.period
    if period is None or (mode is Mode.BLIND and cycle.facts_by is FactsBy.BOTH):
        return 0
    days = ((period.start, cycle.period_start), (period.end, cycle.period_end))
    facts = [(name, day) for name, day in days if template.by_id[name].asked and template.by_id[name].is_fact]
    for name, day in facts:
        key = question_key(name, Facet.ANSWER)
        unit.record(actor.id, Entity.AUDIT, audit_id, key, Answer(day.isoformat()).to_plain(), Slot.FACTS.value)
    return len(facts)
