"""People, the roles they hold, and what each role may do across the programme (rules of one audit stand in `audit`)."""

from dataclasses import dataclass
from enum import StrEnum

from auditor.domain.errors import NotAllowed


class Role(StrEnum):
    """The hats a person can wear; one person may wear several."""

    AUDITOR = "auditor"
    BUSINESS_SUPPORT = "business_support"
    MODERATOR = "moderator"
    QA_LEAD = "qa_lead"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """The role as a person reads it."""
        return "QA lead" if self is Role.QA_LEAD else self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the workspace. `job_title` is free text ("Team manager"), `roles` decide what they may do."""

    id: str
    name: str
    roles: frozenset[Role]
    job_title: str = ""
    team: str = ""
    active: bool = True

    def has(self, *roles: Role) -> bool:
        """Whether the person holds any of the roles."""
        return not self.roles.isdisjoint(roles)


class Duty(StrEnum):
    """Acts that belong to a role rather than to one audit or action."""

    KEEP_PEOPLE = "add or change people"
    KEEP_TEMPLATES = "add audit templates"
    RUN_CYCLES = "set up cycles, cases and pairs"
    SEE_FINDINGS = "see the findings of a cycle"
    RAISE_ACTIONS = "raise actions"
    VERIFY_ACTIONS = "verify actions"
    KEEP_WORKSPACE = "look after the workspace"
    SEE_MODERATION = "see and choose what is moderated"
    MODERATE = "moderate audits"
    SEE_CALIBRATION = "see how far moderation moved grades"
    SHARE_SNIPPETS = "share comment snippets"


_HOLDERS: dict[Duty, frozenset[Role]] = {
    Duty.KEEP_PEOPLE: frozenset({Role.ADMINISTRATOR, Role.QA_LEAD}),
    Duty.KEEP_TEMPLATES: frozenset({Role.ADMINISTRATOR, Role.QA_LEAD}),
    Duty.RUN_CYCLES: frozenset({Role.QA_LEAD, Role.ADMINISTRATOR}),
    Duty.SEE_FINDINGS: frozenset({Role.QA_LEAD, Role.MANAGER, Role.MODERATOR, Role.AUDITOR}),
    Duty.RAISE_ACTIONS: frozenset({Role.QA_LEAD, Role.MANAGER, Role.MODERATOR, Role.AUDITOR}),
    Duty.VERIFY_ACTIONS: frozenset({Role.QA_LEAD, Role.MANAGER, Role.MODERATOR}),
    Duty.KEEP_WORKSPACE: frozenset({Role.ADMINISTRATOR, Role.QA_LEAD}),
    Duty.SHARE_SNIPPETS: frozenset({Role.QA_LEAD, Role.MODERATOR, Role.AUDITOR}),
    Duty.SEE_MODERATION: frozenset({Role.MODERATOR, Role.QA_LEAD}),
    Duty.MODERATE: frozenset({Role.MODERATOR}),
    Duty.SEE_CALIBRATION: frozenset({Role.QA_LEAD}),
}


def may(person: Person, duty: Duty) -> bool:
    """Whether any of the person's roles carries the duty."""
    return person.active and person.has(*_HOLDERS[duty])


def require(person: Person, duty: Duty) -> None:
    """Raise `NotAllowed` (role-needed) unless the person's roles carry the duty."""
    if not may(person, duty):
        needed = " or ".join(sorted(role.words for role in _HOLDERS[duty]))
        raise NotAllowed(
            "role-needed",
            "Not yours to do",
            f"To {duty.value} you need the role {needed}.",
            "Ask somebody who holds it, or an administrator to change your roles.",
        )
