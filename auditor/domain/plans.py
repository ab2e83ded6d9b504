"""When plans change: an auditor is replaced, an audit is cancelled, or it is given more time. Each keeps its reason."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from auditor.domain.answers import checked_text
from auditor.domain.audit import OWN_SLOTS, Audit, Slot
from auditor.domain.canonical import Json
from auditor.domain.errors import BadInput, NotAllowed, Refused
from auditor.domain.pairing import Auditor, CaseToGive, conflict_of
from auditor.domain.programme import Case
from auditor.domain.roles import Person, Role

LONGEST_REASON = 500
"""A reason says in a sentence why; what concerns somebody's health belongs nowhere in it."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who said so, when (UTC ISO text) and why."""

    by: str
    at: str
    reason: str

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        return {"by": self.by, "at": self.at, "reason": self.reason}

    @staticmethod
    def from_plain(plain: Json) -> "Said | None":
        """What `to_plain` wrote; None where nothing is said."""
        if not isinstance(plain, dict):
            return None
        return Said(str(plain.get("by", "")), str(plain.get("at", "")), str(plain.get("reason", "")))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A case was taken out of its cycle: why, who said so and when (UTC ISO text), and which case came in for it."""

    reason: str
    by: str
    at: str
    replaced_by: str = ""

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        return {"reason": self.reason, "by": self.by, "at": self.at, "replaced_by": self.replaced_by}

    @staticmethod
    def from_plain(plain: Json) -> "Withdrawal | None":
        """What `to_plain` wrote; None where the case is in its cycle."""
        if not isinstance(plain, dict):
            return None
        return Withdrawal(*(str(plain.get(name, "")) for name in ("reason", "by", "at", "replaced_by")))


@dataclass(frozen=True, slots=True)
class Replacement:
    """One auditor took over from another. What the former one recorded stays theirs."""

    former: str
    new: str
    said: Said

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        return {"from": self.former, "to": self.new, **self.said.to_plain()}

    @staticmethod
    def from_plain(plain: Json) -> "Replacement":
        """What `to_plain` wrote."""
        assert isinstance(plain, dict)
        said = Said.from_plain(plain)
        assert said is not None
        return Replacement(str(plain["from"]), str(plain["to"]), said)


@dataclass(frozen=True, slots=True)
class MoreTime:
    """A later day for an audit: as an auditor asked for it, or as it was decided on."""

    until: date
    said: Said

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        return {"until": self.until.isoformat(), **self.said.to_plain()}

    @staticmethod
    def from_plain(plain: Json) -> "MoreTime | None":
        """What `to_plain` wrote; None where nobody asked or decided."""
        said = Said.from_plain(plain)
        if said is None or not isinstance(plain, dict):
            return None
        return MoreTime(date.fromisoformat(str(plain["until"])), said)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a lead said of more time: the day it was about, and the one that counts from then on (None: the cycle's
    own). `answers` names the request of before by its moment, so that one recorded elsewhere meanwhile still waits."""

    until: date
    said: Said
    granted: bool
    to: date | None = None
    answers: str = ""

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        return {
            "until": self.until.isoformat(),
            **self.said.to_plain(),
            "granted": self.granted,
            "to": self.to.isoformat() if self.to else None,
            "answers": self.answers,
        }

    @staticmethod
    def from_plain(plain: Json) -> "Decision | None":
        """What `to_plain` wrote; None where nobody decided."""
        more = MoreTime.from_plain(plain)
        if more is None or not isinstance(plain, dict):
            return None
        to = plain.get("to")
        return Decision(
            more.until,
            more.said,
            bool(plain.get("granted")),
            date.fromisoformat(str(to)) if to else None,
            str(plain.get("answers", "")),
        )


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for one audit: what was asked for last, and what was decided last."""

    request: MoreTime | None = None
    decided: Decision | None = None

    @property
    def asked(self) -> MoreTime | None:
        """The request that waits for the lead."""
        answered = self.request and self.decided and self.decided.answers == self.request.said.at
        return None if answered else self.request

    @property
    def to(self) -> date | None:
        """The day that counts now; None for the cycle's own."""
        return self.decided.to if self.decided else None

    @property
    def granted(self) -> bool:
        """Whether the last decision was yes."""
        return bool(self.decided and self.decided.granted)


@dataclass(frozen=True, slots=True)
class Plans:
    """What has changed of one audit's plan. `replaced` holds every replacement of a slot, the oldest first."""

    cancelled: Said | None = None
    withdrawn: Withdrawal | None = None
    replaced: dict[Slot, tuple[Replacement, ...]] = field(default_factory=dict)
    extension: Extension = Extension()


def checked_reason(reason: str) -> str:
    """The reason without white space around it; raises `Refused` (reason-needed) where nothing is said."""
    if not reason.strip():
        raise Refused("reason-needed", "Why?", "This needs a reason.", "Say in a sentence why; it is kept.")
    return checked_text(reason, "The reason", LONGEST_REASON)


def require_open(audit: Audit) -> None:
    """Raise `Refused` where the plan of the audit can change no more."""
    if audit.cancelled:
        raise Refused("audit-cancelled", "Cancelled", "This audit is cancelled.", "Take the cancellation back first.")
    if audit.signed_off:
        raise Refused(
            "signed-off",
            "Signed off",
            "This audit is signed off, so its plan stands.",
            "Ask a moderator to look at it.",
        )


def require_may_give_anew(audit: Audit, actor: Person) -> None:
    """Raise `NotAllowed` (own-audit) where being refused or not would tell one of a blind pair whether the partner
    has begun. Who has begun alone learns nothing: the pair is held fast by that already."""
    own = {slot for slot in OWN_SLOTS if actor.id in audit.authors_of(slot)}
    if own and not audit.all_submitted and not own & (audit.started | audit.submitted):
        raise NotAllowed(
            "own-audit",
            "Your own audit",
            "You have a part in this audit and it is sealed, so somebody else changes its pair.",
            "Ask another QA lead or an administrator.",
        )


def slot_to_reopen(audit: Audit, person: Person) -> Slot:
    """The slot whose submission this person may take back; raises where there is none."""
    slot = audit.slot_of(person.id)
    if slot not in OWN_SLOTS:
        raise NotAllowed(
            "not-your-slot", "Not yours to open", "You have no answers of your own in this audit.", "Open one of yours."
        )
    require_open(audit)
    if audit.all_submitted:
        raise Refused(
            "both-submitted",
            "Both finished",
            "Your partner has finished too, so both have seen all answers.",
            "Record the change while you agree the answers together.",
        )
    if slot not in audit.submitted:
        raise Refused("not-submitted", "Still open", "Your answers are not finished, so they are open.", "Go on.")
    return slot


def require_replaceable(audit: Audit, actor: Person, former: str, new: Person, case: Case) -> Slot:
    """The slot of the pair in which `new` may take over from `former`; raises where that cannot be.

    While answers are sealed nobody who is or was of the pair chooses who takes over on the other side: with a person
    at their bidding they would read it.
    """
    require_open(audit)
    slot = next((slot for slot, person in audit.auditors.items() if person == former), None)
    if slot is None:
        raise BadInput("not-of-the-pair", "Whom?", "That person does not audit this case.", "Choose one who does.")
    own = {known for known in audit.auditors if actor.id in audit.authors_of(known)}
    if own and slot not in own and not audit.all_submitted:
        raise NotAllowed(
            "partner-chooses-not",
            "Not for the partner",
            "You have or had a part in this audit and it is still sealed, so somebody else chooses who takes over.",
            "Ask another QA lead or an administrator.",
        )
    if not (new.active and new.has(Role.AUDITOR)):
        raise BadInput("not-an-auditor", "Not an auditor", "That person cannot audit.", "Choose another.")
    if new.id in audit.auditors.values():
        raise BadInput(
            "already-of-the-pair", "Already in it", "That person audits this case already.", "Choose another."
        )
    if new.id in _seen_elsewhere(audit, slot):
        raise Refused(
            "has-seen-the-other",
            "Has seen the other answers",
            "That person recorded the partner's answers before, so they could not judge alone.",
            "Choose somebody else.",
        )
    against = conflict_of(
        CaseToGive(case.id, case.reference, case.team, case.conflicts), Auditor(new.id, new.name, service=new.team)
    )
    if against:
        raise Refused("conflict-of-interest", "Conflict of interest", f"That person {against}.", "Choose another.")
    return slot


def require_may_ask(audit: Audit, person: Person, until: date, due: date) -> None:
    """Raise unless this person may ask for time until that day."""
    require_open(audit)
    if person.id not in audit.auditors.values():
        raise NotAllowed("not-your-audit", "Not your audit", "You do not audit this case.", "Ask its auditors.")
    require_later(until, due)


def require_later(until: date, due: date) -> None:
    """Raise `BadInput` (not-later) unless the day is after the one that counts now."""
    if until <= due:
        raise BadInput("not-later", "Date", f"The audit is due on {due:%d/%m/%Y} already.", "Choose a later day.")


def require_may_decide(audit: Audit, extension: Extension, person: Person) -> None:
    """Raise unless this person may decide on more time for the audit; nobody grants what they ask for themselves."""
    require_open(audit)
    if extension.asked is not None and extension.asked.said.by == person.id:
        raise NotAllowed(
            "own-request", "Your own request", "You asked for this yourself.", "Ask another lead to decide."
        )


def _seen_elsewhere(audit: Audit, slot: Slot) -> Collection[str]:
    return {person for other in audit.formers if other is not slot for person in audit.formers[other]}
