"""When plans change: reopening one's own answers, replacing an auditor, cancelling an audit, giving it more time."""

from dataclasses import dataclass
from datetime import date

from auditor.domain import plans as rules
from auditor.domain.audit import Audit, Slot, as_told_to
from auditor.domain.changes import Changes
from auditor.domain.errors import AuditorError, Refused
from auditor.domain.plans import Decision, MoreTime, Plans, Replacement, Said, checked_reason
from auditor.domain.programme import Case, Cycle
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, may, require
from auditor.services import moving
from auditor.services.plan_words import news
from auditor.services.sheet_offers import sheet_news
from auditor.store.ledger import utc_now
from auditor.store.queries import people as stored_people
from auditor.store.queries import plans as stored
from auditor.store.queries import programme
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class Reopen:
    """Take one's own submission back, while the partner has not submitted."""

    audit_id: str


@dataclass(frozen=True, slots=True)
class ReplaceAuditor:
    """Another person takes over from one of the pair; what is recorded keeps its author."""

    audit_id: str
    former: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class CancelAudit:
    """The audit will not be finished; what is recorded stays and is counted nowhere."""

    audit_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RestoreAudit:
    """Take the cancellation back."""

    audit_id: str


@dataclass(frozen=True, slots=True)
class AskForTime:
    """An auditor asks for a later day."""

    audit_id: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class DecideTime:
    """The lead grants a later day or declines it. `until` may differ from what was asked for, or be given unasked."""

    audit_id: str
    granted: bool
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class PlanView:
    """The plan of one audit and what the viewer may change of it.

    `can` names the acts that are open to the viewer ("reopen", "replace", "cancel", "restore", "ask", "decide");
    `candidates` are the people who may take over, by the id of whom they would replace.
    """

    audit: Audit
    case: Case
    cycle: Cycle
    plans: Plans
    names: dict[str, str]
    news: tuple[str, ...]
    can: frozenset[str]
    candidates: dict[str, tuple[Person, ...]]

    @property
    def due(self) -> date:
        """The day that counts now."""
        return self.audit.extended_to or self.cycle.due


def plan(audit_id: str, actor: Person, view: View) -> PlanView:
    """How one audit is planned, and what of it this person may change."""
    audit = as_told_to(programme.audit(view, audit_id), actor)
    cycle, case = programme.cycle(view, audit.cycle_id), programme.case(view, audit.case_id)
    changed = stored.plans(view, audit_id, case.id)
    people = stored_people.people(view)
    names = {person.id: person.name for person in people}
    candidates = {
        former: tuple(person for person in people if _fits(audit, actor, former, person, case))
        for former in audit.auditors.values()
    }
    leads = may(actor, Duty.RUN_CYCLES)
    return PlanView(
        audit=audit,
        case=case,
        cycle=cycle,
        plans=changed,
        names=names,
        news=(*news(audit, changed, names), *sheet_news(audit, actor, names, view)),
        can=frozenset(_open_to(audit, actor, changed, any(candidates.values()) if leads else False)),
        candidates=candidates if leads else {},
    )


def reopen(command: Reopen, actor: Person, unit: UnitOfWork) -> Changes:
    """Open one's own answers again; that they were handed in stays in the history."""
    audit = programme.audit_header(unit, command.audit_id)
    slot = rules.slot_to_reopen(audit, actor)
    unit.record(actor.id, Entity.AUDIT, audit.id, programme.submitted_key(slot), None)
    return _changes(audit, "Your answers are open again")


def replace_auditor(command: ReplaceAuditor, actor: Person, unit: UnitOfWork) -> Changes:
    """Give the place of one auditor to another; who answered what stays as it is."""
    require(actor, Duty.RUN_CYCLES)
    audit = programme.audit_header(unit, command.audit_id)
    new = stored_people.person(unit, command.new)
    case = programme.case(unit, audit.case_id)
    slot = rules.require_replaceable(audit, actor, command.former, new, case)
    made = Replacement(command.former, new.id, Said(actor.id, utc_now(), checked_reason(command.reason)))
    before = stored.plans(unit, audit.id, case.id).replaced.get(slot, ())
    moving.withdraw(audit, slot, actor, unit)
    log = [one.to_plain() for one in (*before, made)]
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.replaced_key(slot), list(log))
    return _changes(audit, f"{case.reference}: {new.name} takes over")


def cancel(command: CancelAudit, actor: Person, unit: UnitOfWork) -> Changes:
    """Cancel an audit: it waits for nobody and is counted nowhere, until this is taken back."""
    require(actor, Duty.RUN_CYCLES)
    audit = programme.audit_header(unit, command.audit_id)
    rules.require_open(audit)
    said = Said(actor.id, utc_now(), checked_reason(command.reason))
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.CANCELLED, said.to_plain())
    return _changes(audit, f"{programme.case(unit, audit.case_id).reference} cancelled")


def restore(command: RestoreAudit, actor: Person, unit: UnitOfWork) -> Changes:
    """Take a cancellation back: the audit goes on where it stood."""
    require(actor, Duty.RUN_CYCLES)
    audit = programme.audit_header(unit, command.audit_id)
    if stored.plans(unit, audit.id, audit.case_id).cancelled is None:
        raise Refused("not-cancelled", "Not cancelled", "This audit is not cancelled.", "Open it and go on.")
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.CANCELLED, None)
    return _changes(audit, f"{programme.case(unit, audit.case_id).reference} goes on")


def ask_for_time(command: AskForTime, actor: Person, unit: UnitOfWork) -> Changes:
    """Ask the lead for a later day; the day of before counts until they decide."""
    audit = programme.audit_header(unit, command.audit_id)
    rules.require_may_ask(audit, actor, command.until, _due(audit, unit))
    asked = MoreTime(command.until, Said(actor.id, utc_now(), checked_reason(command.reason)))
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.ASKED, asked.to_plain())
    return _changes(audit, f"Asked for time until {command.until:%d/%m/%Y}")


def decide_time(command: DecideTime, actor: Person, unit: UnitOfWork) -> Changes:
    """Grant more time or decline it; declining needs a reason, and so does a day that nobody asked for."""
    require(actor, Duty.RUN_CYCLES)
    audit = programme.audit_header(unit, command.audit_id)
    standing = stored.plans(unit, audit.id, audit.case_id).extension
    rules.require_may_decide(audit, standing, actor)
    until = command.until or (standing.asked.until if standing.asked else None)
    if until is None or (standing.asked is None and not command.granted):
        raise Refused(
            "nothing-asked", "Nobody asked", "Nobody asked for more time.", "Name the day to give it unasked."
        )
    if command.granted:
        rules.require_later(until, _due(audit, unit))
    told = command.granted and standing.asked is not None
    reason = command.reason.strip() if told else checked_reason(command.reason)
    decided = Decision(
        until,
        Said(actor.id, utc_now(), reason),
        command.granted,
        to=until if command.granted else standing.to,
        answers=standing.request.said.at if standing.request else "",
    )
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.DECIDED, decided.to_plain())
    said = f"until {until:%d/%m/%Y}" if command.granted else "not given"
    return _changes(audit, f"{programme.case(unit, audit.case_id).reference}: more time {said}")


def _due(audit: Audit, view: View) -> date:
    return audit.extended_to or programme.cycle(view, audit.cycle_id).due


def _open_to(audit: Audit, actor: Person, changed: Plans, replaceable: bool) -> list[str]:
    leads, asked = may(actor, Duty.RUN_CYCLES), changed.extension.asked
    if audit.cancelled:
        return ["restore"] if leads and changed.cancelled else []
    if audit.signed_off:
        return []
    acts = ["replace"] * replaceable + ["cancel"] * leads
    acts += ["reopen"] if _may_reopen(audit, actor) else []
    acts += ["ask"] if actor.id in audit.auditors.values() else []
    return acts + (["decide"] if leads and (asked is None or asked.said.by != actor.id) else [])


def _may_reopen(audit: Audit, actor: Person) -> Slot | None:
    try:
        return rules.slot_to_reopen(audit, actor)
    except AuditorError:
        return None


def _fits(audit: Audit, actor: Person, former: str, person: Person, case: Case) -> bool:
    try:
        return bool(rules.require_replaceable(audit, actor, former, person, case))
    except AuditorError:
        return False


def _changes(audit: Audit, sentence: str) -> Changes:
    return Changes(frozenset({("audit", audit.id), ("cycle", audit.cycle_id)}), sentence)
