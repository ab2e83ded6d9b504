"""Follow-up actions: raised from a question, moved on step by step, verified closed by somebody else."""

from dataclasses import dataclass, replace
from datetime import date

from auditor.domain.action import (
    Action,
    Status,
    Step,
    action_number,
    default_due,
    overdue_first,
    require_step,
    why_not,
)
from auditor.domain.answers import checked_text
from auditor.domain.audit import may_see_action, require_owner
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Missing, NotAllowed
from auditor.domain.revision import Entity, new_id
from auditor.domain.roles import Duty, Person, may, require
from auditor.store.queries import actions as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import UnitOfWork, View

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class RaiseAction:
    """A new action, raised on the day `on`. From a question it carries audit, section and theme by itself; without one
    it belongs to the cycle (service level). `due` is 28 calendar days later unless given."""

    text: str
    owner_id: str
    on: date
    due: date | None = None
    cycle_id: str = ""
    audit_id: str = ""
    question_id: str = ""
    theme: str = ""
    intended_outcome: str = ""


@dataclass(frozen=True, slots=True)
class TakeStep:
    """The next step of an action. Evidence is a reference (record, date, place), never a copy."""

    action_id: str
    step: Step
    on: date
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Reassign:
    """Another owner or due date, with the reason, which is kept as a step."""

    action_id: str
    on: date
    reason: str
    owner_id: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ActionQuery:
    """Which actions to list as of today; empty fields do not filter. `owner_id` also takes the actor's own id."""

    today: date
    cycle_id: str = ""
    audit_id: str = ""
    question_id: str = ""
    theme: str = ""
    owner_id: str = ""
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as lists show it; `why_not_verify` says why the viewer cannot verify it, or is empty.

    `step_names` are the names of the people who took the steps, in order; `can_verify` names people who could.
    """

    action: Action
    status: Status
    days_late: int
    owner_name: str
    theme_title: str
    step_names: tuple[str, ...]
    why_not_verify: str
    can_verify: tuple[str, ...]


def raise_action(command: RaiseAction, actor: Person, unit: UnitOfWork) -> Changes:
    """Raise an action; its number is the next one of the workspace."""
    require(actor, Duty.RAISE_ACTIONS)
    owner = stored_people.person(unit, command.owner_id)
    text = command.text.strip()
    if not text or len(text) > LONGEST or len(command.intended_outcome) > LONGEST:
        raise BadInput(
            "action-text", "The action", f"An action needs a text of up to {LONGEST:,} characters.", "Write it."
        )
    due = command.due or default_due(command.on)
    if due < command.on:
        raise _due_before_raised()
    if command.audit_id:
        require_owner(programme.audit_header(unit, command.audit_id), owner.id, actor.id)
    action_id = _unused_id(unit)
    details: dict[str, Json] = {
        "text": text,
        "intended_outcome": command.intended_outcome.strip(),
        **_origin(command, unit, actor),
    }
    unit.record(actor.id, Entity.ACTION, action_id, stored.DETAILS, details)
    unit.record(actor.id, Entity.ACTION, action_id, stored.OWNER, owner.id)
    unit.record(actor.id, Entity.ACTION, action_id, stored.DUE, due.isoformat())
    _record_step(unit, actor, 0, owner.id, TakeStep(action_id, Step.RAISED, command.on))
    return replace(_changes(action_id, f"Action {action_number(action_id)} raised"), made=action_id)


def take_step(command: TakeStep, actor: Person, unit: UnitOfWork) -> Changes:
    """Move an action on; verifying it is for somebody other than the person who did it."""
    action = _visible(command.action_id, actor, unit)
    require_step(action, actor, command.step, command.note, command.evidence)
    _require_later(action, command.on)
    _record_step(unit, actor, len(action.steps), action.owner_id, command)
    return _changes(action.id, f"Action {action.number}: {command.step.words.lower()}")


def reassign(command: Reassign, actor: Person, unit: UnitOfWork) -> Changes:
    """Give an action another owner or due date; the reason becomes a step, so it is never silent."""
    action = _visible(command.action_id, actor, unit)
    require_step(action, actor, Step.CHANGED, command.reason, "")
    _require_later(action, command.on)
    owner_id = stored_people.person(unit, command.owner_id).id if command.owner_id else action.owner_id
    due = command.due or action.due
    if (owner_id, due) == (action.owner_id, action.due):
        raise BadInput("nothing-changed", "Nothing changed", "Owner and date are as they were.", "Choose another.")
    if action.audit_id and owner_id != action.owner_id:
        require_owner(programme.audit_header(unit, action.audit_id), owner_id, action.steps[0].by)
    if due < action.raised_on:
        raise _due_before_raised()
    unit.record(actor.id, Entity.ACTION, action.id, stored.OWNER, owner_id)
    unit.record(actor.id, Entity.ACTION, action.id, stored.DUE, due.isoformat())
    taken = TakeStep(action.id, Step.CHANGED, command.on, command.reason)
    _record_step(unit, actor, len(action.steps), owner_id, taken)
    return _changes(action.id, f"Action {action.number} changed")


def list_actions(query: ActionQuery, actor: Person, view: View) -> list[ActionLine]:
    """The actions this person may see, overdue first."""
    audits = {audit.id: audit for audit in programme.audits(view)}
    people = stored_people.people(view)
    themes = stored_people.theme_titles(view)
    seen = [
        action
        for action in stored.actions(view)
        if _matches(action, query)
        and (action.audit_id not in audits or may_see_action(audits[action.audit_id], actor, action))
    ]
    return [_line(action, query.today, actor, people, themes) for action in overdue_first(seen, query.today)]


def _origin(command: RaiseAction, unit: UnitOfWork, actor: Person) -> dict[str, Json]:
    if not command.audit_id:
        if command.cycle_id:
            programme.cycle(unit, command.cycle_id)
        return {"cycle_id": command.cycle_id, "theme": command.theme}
    audit = programme.audit_header(unit, command.audit_id)
    template = stored_people.template(unit, audit.template_hash)
    question = template.by_id.get(command.question_id)
    if command.question_id and question is None:
        raise Missing("no-such-question", "Not asked", "This audit does not ask that question.", "Choose one it asks.")
    if actor.id not in audit.auditors.values() and not may(actor, Duty.VERIFY_ACTIONS):
        raise NotAllowed(
            "not-your-audit", "Not your audit", "You are not of this audit's pair.", "Ask the pair to raise it."
        )
    return {
        "cycle_id": audit.cycle_id,
        "audit_id": audit.id,
        "case_reference": programme.case(unit, audit.case_id).reference,
        "section_id": template.section_of[question.id].id if question else "",
        "question_id": question.id if question else "",
        "theme": command.theme or (question.themes[0] if question and question.themes else ""),
    }


def _unused_id(unit: UnitOfWork) -> str:
    """A new id whose reference for people is not given yet."""
    given = {action.number for action in stored.actions(unit)}
    return next(found for found in iter(new_id, "") if action_number(found) not in given)


def _require_later(action: Action, on: date) -> None:
    if on < action.last.on:
        raise BadInput(
            "step-too-early", "Date", "A step cannot be dated before the one before it.", "Choose a later day."
        )


def _due_before_raised() -> BadInput:
    return BadInput(
        "due-before-raised", "Due date", "An action cannot be due before it is raised.", "Choose a later day."
    )


def _record_step(unit: UnitOfWork, actor: Person, position: int, owner_id: str, taken: TakeStep) -> None:
    value: dict[str, Json] = {
        "step": taken.step.value,
        "by": actor.id,
        "on": taken.on.isoformat(),
        "owner": owner_id,
        "note": checked_text(taken.note, "The note", LONGEST),
        "evidence": checked_text(taken.evidence, "The evidence", LONGEST),
    }
    unit.record(actor.id, Entity.ACTION, taken.action_id, stored.step_key(position), value)


def _visible(action_id: str, actor: Person, view: View) -> Action:
    action = stored.action(view, action_id)
    if action.audit_id and not may_see_action(programme.audit_header(view, action.audit_id), actor, action):
        raise Missing(
            "no-such-action", "No such action", "This workspace has no such action.", "List the actions first."
        )
    return action


def _matches(action: Action, query: ActionQuery) -> bool:
    wanted = ("cycle_id", "audit_id", "question_id", "theme", "owner_id")
    return all(getattr(query, name) in ("", getattr(action, name)) for name in wanted) and (
        query.status is None or action.status(query.today) is query.status
    )


def _line(action: Action, today: date, actor: Person, people: list[Person], themes: dict[str, str]) -> ActionLine:
    names = {person.id: person.name for person in people}
    others = (person.name for person in people if person.active and not why_not(action, person, Step.VERIFIED))
    return ActionLine(
        action=action,
        status=action.status(today),
        days_late=action.days_late(today),
        owner_name=names.get(action.owner_id, ""),
        theme_title=themes.get(action.theme, action.theme),
        step_names=tuple(names.get(taken.by, "") for taken in action.steps),
        why_not_verify=why_not(action, actor, Step.VERIFIED),
        can_verify=tuple(others) if action.done else (),
    )


def _changes(action_id: str, sentence: str) -> Changes:
    return Changes(frozenset({("action", action_id)}), sentence)
