"""Who an audit can be given to: auditors; one that asks for facts alone also to business support."""

from auditor.domain.audit import Mode, Slot
from auditor.domain.errors import BadInput
from auditor.domain.roles import Person, Role
from auditor.domain.template import Template
from auditor.store.queries import people as stored_people
from auditor.store.unit_of_work import View


def may_carry_out(person: Person, template: Template) -> bool:
    """Whether the person can be given an audit with this template."""
    counts_only = all(question.is_fact for question in template.asked())
    return person.active and (person.has(Role.AUDITOR) or (counts_only and person.has(Role.BUSINESS_SUPPORT)))


def pair_of(mode: Mode, first: str, second: str, template: Template, view: View) -> dict[Slot, str]:
    """The people an audit is given to, by slot; raises `BadInput` unless they are the right number and may do it."""
    named = [first] if mode is Mode.SINGLE else [first, second]
    if "" in named or len(set(named)) != len(named) or (mode is Mode.SINGLE and second):
        raise BadInput(
            "pair-incomplete",
            "The pair",
            "A blind or joint audit needs two different people, a single one exactly one.",
            "Choose the auditors again.",
        )
    for person in (stored_people.person(view, person_id) for person_id in named):
        if not may_carry_out(person, template):
            raise BadInput(
                "not-an-auditor",
                "Not an auditor",
                "One of the people chosen does not have the role Auditor.",
                "Give it or choose another; audits that ask for facts alone can be done by business support.",
            )
    return dict(zip((Slot.A, Slot.B), named, strict=False))
