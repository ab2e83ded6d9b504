"""Right of reply: what the people an audit is about say of it, what the pair answers, and what is sent to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.domain.audit import Audit
from auditor.domain.errors import NotAllowed, Refused
from auditor.domain.identifiers import identifiers_in
from auditor.domain.roles import Person, Role


class ReplyKind(StrEnum):
    """Whose words they are; the last two go out to the worker or the team."""

    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    CHILD = "child"
    FAMILY = "family"
    OTHER = "other"
    FEEDBACK_SENT = "feedback_sent"
    PRAISE_SENT = "praise_sent"

    @property
    def words(self) -> str:
        """The kind as a person reads it."""
        return _WORDS[self]

    @property
    def goes_out(self) -> bool:
        """Whether it was sent to somebody, rather than said by them."""
        return self in (ReplyKind.FEEDBACK_SENT, ReplyKind.PRAISE_SENT)


_WORDS = {
    ReplyKind.SOCIAL_WORKER: "Social worker",
    ReplyKind.TEAM_MANAGER: "Team manager",
    ReplyKind.CHILD: "Child",
    ReplyKind.FAMILY: "Family",
    ReplyKind.OTHER: "Somebody else",
    ReplyKind.FEEDBACK_SENT: "Feedback sent",
    ReplyKind.PRAISE_SENT: "Positive feedback sent",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a correction of fact was accepted, and why."""

    accepted: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply beside an audit. `who` is a role in words, never a name; `on` the day it was said or sent; `response`
    what the pair answered. `correction` asks for a fact to be put right, which `decision` answers."""

    id: str
    kind: ReplyKind
    who: str
    text: str
    on: date
    recorded_by: str
    positive: bool = False
    correction: bool = False
    response: str = ""
    response_by: str = ""
    decision: Decision | None = None

    @property
    def waits(self) -> bool:
        """Whether a correction of fact still has to be decided on."""
        return self.correction and self.decision is None


def may_see_replies(audit: Audit, person: Person) -> bool:
    """The pair, moderators and QA leads see what was replied."""
    return person.active and (person.id in audit.auditors.values() or person.has(Role.MODERATOR, Role.QA_LEAD))


def require_replies(audit: Audit, person: Person) -> None:
    """Raise `NotAllowed` (replies-not-yours) unless the person may see and record replies of the audit."""
    if not may_see_replies(audit, person):
        raise NotAllowed(
            "replies-not-yours",
            "Not yours to see",
            "Replies are for the pair, moderators and the QA lead.",
            "Ask the QA lead.",
        )


def require_may_reply(audit: Audit, person: Person) -> None:
    """Raise unless the person may record a reply: what is not signed off is nobody's to comment on yet."""
    require_replies(audit, person)
    if not audit.signed_off:
        raise Refused(
            "not-signed-off",
            "Not signed off",
            "Replies are recorded beside an audit that is signed off.",
            "Wait until the pair has signed it off.",
        )


def may_decide(audit: Audit, person: Person) -> bool:
    """Whether the person may decide on a correction of fact: never anybody who audits or audited the case."""
    return person.active and person.has(Role.MODERATOR, Role.QA_LEAD) and person.id not in audit.auditors_ever


def require_may_decide(audit: Audit, person: Person) -> None:
    """Raise `NotAllowed` (own-correction) unless the person may decide on a correction."""
    if not may_decide(audit, person):
        raise NotAllowed(
            "own-correction",
            "Somebody else decides",
            "A correction of fact is decided by a moderator or QA lead who did not audit the case.",
            "Ask one of them.",
        )


def require_nameless(*texts: str) -> None:
    """Raise `Refused` (names-somebody) where a text holds what could tell who somebody is."""
    if any(identifiers_in(text) for text in texts):
        raise Refused(
            "names-somebody",
            "Tells who somebody is",
            "The words hold a name, a number, a postcode or a date of birth.",
            "Say it without: write the role, such as mother or social worker.",
        )


def feedback_days(replies: Iterable[Reply]) -> tuple[date | None, date | None]:
    """The day feedback went out first, and the day the team manager answered first, that day or later."""
    listed = list(replies)
    sent = min((reply.on for reply in listed if reply.kind.goes_out), default=None)
    answers = (reply.on for reply in listed if reply.kind is ReplyKind.TEAM_MANAGER and (not sent or reply.on >= sent))
    return sent, min(answers, default=None)
