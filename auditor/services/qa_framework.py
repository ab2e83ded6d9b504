"""The quality-assurance framework: what is expected of each service area, and the evidence that it was done."""

from collections import Counter
from dataclasses import dataclass

from auditor.domain.answers import checked_text
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Missing
from auditor.domain.programme_plan import Month
from auditor.domain.qa_framework import Activity, Area, Evidence, Framework, checked, framework
from auditor.domain.reply import require_nameless
from auditor.domain.revision import Entity, new_id
from auditor.domain.roles import Duty, Person, Role, require
from auditor.services.programme_plan import MOST_MONTHS
from auditor.store.queries import people as stored_people
from auditor.store.queries import plan as stored
from auditor.store.queries import programme
from auditor.store.queries.signed import signed_on
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class KeepArea:
    """A service area to add (its id is empty then) or to change."""

    area: Area


@dataclass(frozen=True, slots=True)
class KeepActivity:
    """An activity to expect of an area (its id is empty then), or to change."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class Drop:
    """An area, an activity or a piece of evidence that was kept by mistake or is no longer wanted."""

    id: str


@dataclass(frozen=True, slots=True)
class RecordEvidence:
    """So many of an activity were done in a month; `what` says what shows it, and names no child."""

    activity_id: str
    month: Month
    count: int
    what: str


@dataclass(frozen=True, slots=True)
class FrameworkQuery:
    """So many months from a first one on."""

    first: Month
    months: int


def keep_area(command: KeepArea, actor: Person, unit: UnitOfWork) -> Changes:
    """Add or change a service area; `made` is its id. A team lies in one area."""
    require(actor, Duty.RUN_CYCLES)
    area, title = command.area, command.area.title.strip()
    teams = tuple(dict.fromkeys(team.strip() for team in area.teams if team.strip()))
    others = [one for one in stored.areas(unit) if one.id != area.id]
    if not title or len(title) > 120 or title.casefold() in {one.title.casefold() for one in others}:
        raise BadInput(
            "area-title", "The area", "A service area needs a title of its own, up to 120 characters.", "Name it."
        )
    taken = next((team for one in others for team in one.teams if team in teams), "")
    if taken:
        raise BadInput("team-twice", "The teams", f"{taken} lies in another area.", "Take it out of one of them.")
    if area.id and all(one.id != area.id for one in stored.areas(unit)):
        raise _missing()
    area_id = area.id or new_id()
    unit.record(actor.id, Entity.PLAN, area_id, stored.AREA, {"title": title, "teams": list(teams)})
    return Changes(frozenset({("plan", area_id)}), f"Service area {title} kept", area_id)


def keep_activity(command: KeepActivity, actor: Person, unit: UnitOfWork) -> Changes:
    """Expect an activity of an area, or change what is expected; `made` is its id."""
    require(actor, Duty.RUN_CYCLES)
    activity = checked(command.activity)
    known = {one.id for one in stored.activities(unit)}
    if activity.area_id not in {one.id for one in stored.areas(unit)} or (activity.id and activity.id not in known):
        raise _missing()
    activity_id = activity.id or new_id()
    unit.record(actor.id, Entity.PLAN, activity_id, stored.ACTIVITY, stored.activity_plain(activity))
    return Changes(frozenset({("plan", activity_id)}), f"{activity.title} expected", activity_id)


def record_evidence(command: RecordEvidence, actor: Person, unit: UnitOfWork) -> Changes:
    """Say that an activity was done; `made` is the id of the evidence. Service managers record it as well as leads."""
    if not actor.has(Role.MANAGER):
        require(actor, Duty.RUN_CYCLES)
    activity = next((one for one in stored.activities(unit) if one.id == command.activity_id), None)
    if activity is None:
        raise _missing()
    what = checked_text(command.what, "What shows it", 2_000).strip()
    if not 1 <= command.count <= 1_000 or not what:
        raise BadInput(
            "evidence-unfit", "The evidence", "It needs a number from 1, and a word on what shows it.", "Fill both in."
        )
    require_nameless(what)
    evidence_id = new_id()
    unit.record(
        actor.id,
        Entity.PLAN,
        evidence_id,
        stored.EVIDENCE,
        {
            "activity": activity.id,
            "month": str(command.month),
            "count": command.count,
            "what": what,
            "by": actor.id,
        },
    )
    return Changes(frozenset({("plan", evidence_id)}), f"{activity.title}: {command.count} evidenced", evidence_id)


def drop(command: Drop, actor: Person, unit: UnitOfWork) -> Changes:
    """Take back an area with nothing expected of it, an activity, or evidence; what was recorded stays in history."""
    require(actor, Duty.RUN_CYCLES)
    key = _key_of(unit, command.id)
    if key == stored.AREA and any(one.area_id == command.id for one in stored.activities(unit)):
        raise BadInput(
            "area-in-use", "In use", "Activities are expected of this area.", "Take them out of the framework first."
        )
    unit.record(actor.id, Entity.PLAN, command.id, key, None)
    return Changes(frozenset({("plan", command.id)}), "Taken out of the framework")


def framework_view(query: FrameworkQuery, actor: Person, view: View) -> Framework:
    """Service area by month, with what was expected and evidenced; for everybody who sees findings."""
    require(actor, Duty.SEE_FINDINGS)
    if not 1 <= query.months <= MOST_MONTHS:
        raise BadInput("months-unfit", "Months", f"1 to {MOST_MONTHS} months can be shown.", "Choose fewer.")
    names = stored_people.names(view)
    signed = signed_on(view)
    teams = {case.id: case.team for case in programme.cases(view)}
    audits = Counter(
        (teams.get(audit.case_id, ""), Month.of(signed[audit.id]))
        for audit in programme.audits(view)
        if audit.signed_off and not audit.cancelled and audit.id in signed
    )
    recorded = [
        Evidence(one.id, one.activity_id, one.month, one.count, one.what, names.get(one.by, "somebody"))
        for one in stored.evidence(view)
    ]
    months = [query.first.plus(at) for at in range(query.months)]
    return framework(stored.areas(view), stored.activities(view), recorded, audits, months)


def _key_of(unit: UnitOfWork, plan_id: str) -> str:
    kinds = {
        stored.AREA: stored.areas(unit),
        stored.ACTIVITY: stored.activities(unit),
        stored.EVIDENCE: stored.evidence(unit),
    }
    for key, known in kinds.items():
        if any(one.id == plan_id for one in known):  # type: ignore[attr-defined]
            return key
    raise _missing()


def _missing() -> Missing:
    return Missing("not-in-framework", "Not there", "The framework has nothing of that name.", "List it first.")
