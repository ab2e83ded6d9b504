"""Who works in the sample workspace. Initials and a role word stand for names, so that nobody real is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from auditor.domain.roles import Person, Role
from auditor.services.people import AddPerson, add_person, everybody
from auditor.services.session import Session
from auditor.services.workspace import OpenedWorkspace

PIN = "2468"
"""Everybody's; the workspace is a sample and says so."""

LEAD = "A. Auditor"
AUDITORS = tuple(f"{initial}. Auditor" for initial in (*ascii_uppercase, "AA", "AB"))
SUPPORT = "S. Support"
MODERATOR = "M. Moderator"
MANAGERS = tuple(f"{initial}. Manager" for initial in "CDEFGH")

_AUDITOR_TITLES = ("Service manager", "Independent reviewing officer", "Team manager", "Advanced practitioner")


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of the sample workspace by name, each able to act."""

    opened: OpenedWorkspace
    people: Mapping[str, Person]

    def session(self, name: str) -> Session:
        """That person at work."""
        return Session(self.opened.records, self.people[name])

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


def settle(opened: OpenedWorkspace) -> Crew:
    """Put everybody into a new workspace; A. Auditor wears every hat that Home knows."""
    lead = opened.add_first_person(
        AddPerson(LEAD, frozenset({Role.AUDITOR, Role.QA_LEAD, Role.MANAGER}), PIN, "Team manager", "Quality assurance")
    )
    with opened.records.write() as unit:
        for command in _others():
            add_person(command, lead.actor, unit)
    return Crew(opened, {person.name: person for person in lead.ask(everybody, None)})


def _others() -> list[AddPerson]:
    auditors = [
        AddPerson(name, frozenset({Role.AUDITOR}), PIN, _AUDITOR_TITLES[at % len(_AUDITOR_TITLES)])
        for at, name in enumerate(AUDITORS)
        if name != LEAD
    ]
    managers = [AddPerson(name, frozenset({Role.MANAGER}), PIN, "Team manager") for name in MANAGERS]
    return [
        *auditors,
        *managers,
        AddPerson(SUPPORT, frozenset({Role.BUSINESS_SUPPORT}), PIN, "Business support officer"),
        AddPerson(MODERATOR, frozenset({Role.MODERATOR}), PIN, "Head of safeguarding"),
    ]
