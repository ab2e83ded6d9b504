"""What a template costs the auditors and what it brings, from the audits signed off with it or with its kin."""

from dataclasses import dataclass

from auditor.domain.audit import OWN_SLOTS, Audit, Mode, Slot
from auditor.domain.burden import Burden, Used, burden
from auditor.domain.roles import Duty, Person, require
from auditor.domain.template import Template
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.queries.times import seconds
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class BurdenQuery:
    """Of which template, over one cycle (all of them where `cycle_id` is empty). Audits with another variant of the
    same master count as well, since the same question keeps its id in every variant."""

    template: Template
    cycle_id: str = ""


def template_burden(query: BurdenQuery, actor: Person, view: View) -> Burden:
    """The figures of a template; only signed-off audits are counted, so that nothing sealed is told."""
    require(actor, Duty.SEE_FINDINGS)
    wanted = _family(query.template)
    audits = [audit for audit in programme.audits(view, query.cycle_id) if audit.signed_off and not audit.cancelled]
    kin = {used: _family(stored_people.template(view, used)) for used in {audit.template_hash for audit in audits}}
    return burden(query.template, [_used(audit, view) for audit in audits if kin[audit.template_hash] == wanted])


def _family(template: Template) -> str:
    return template.master or template.id


def _used(audit: Audit, view: View) -> Used:
    timed = OWN_SLOTS if audit.mode is Mode.BLIND else (Slot.AGREED,)
    marked = stored.outcomes(view, audit.id)
    return Used(
        answers=stored.effective_answers(view, audit.id),
        good_practice=frozenset(question_id for question_id, (_, _, good) in marked.items() if good),
        seconds=tuple(found for slot in timed if (found := seconds(view, audit.id, slot))),
    )
