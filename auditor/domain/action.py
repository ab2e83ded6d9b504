"""A follow-up action: the steps of its life, who may take the next one, and how it stands today.

Status is worked out from dates and steps and never stored. An action is complete only when somebody other than the
person who did it has verified it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from auditor.domain.errors import NotAllowed, Refused
from auditor.domain.roles import Duty, Person, may

DAYS_TO_DO = 28
"""Calendar days from raising to due unless set otherwise (team managers report back within four weeks)."""


class Step(StrEnum):
    """What can happen to an action."""

    RAISED = "raised"
    ACCEPTED = "accepted"
    PROGRESS = "progress"
    CHANGED = "changed"
    DONE = "done"
    VERIFIED = "verified"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """The step as a person reads it."""
        return _STEP_WORDS.get(self, self.value.capitalize())


_WORK = frozenset({Step.ACCEPTED, Step.PROGRESS})
_STEP_WORDS = {Step.VERIFIED: "Verified by another person", Step.CHANGED: "Owner or date changed"}


class Status(StrEnum):
    """How an action stands, in the words used on every page and in every export."""

    BEHIND = "behind_schedule"
    AWAITING = "awaiting_verification"
    ON_SCHEDULE = "in_progress_on_schedule"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """The status as a person reads it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self not in (Status.COMPLETE, Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step: who took it and when, whose the action was then, what they wrote, and the evidence they named
    (references, never copies)."""

    step: Step
    by: str
    on: date
    owner: str = ""
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A follow-up action as it stands now. `steps` are in the order taken; the first is always *raised*.

    It is raised from a question (`audit_id`, `section_id`, `question_id`, `theme`), or from a cycle as a whole
    (`cycle_id` alone). `conflicted`: two computers recorded the same step differently.
    """

    id: str
    text: str
    owner_id: str
    due: date
    steps: tuple[StepTaken, ...]
    cycle_id: str = ""
    audit_id: str = ""
    case_reference: str = ""
    section_id: str = ""
    question_id: str = ""
    theme: str = ""
    intended_outcome: str = ""
    conflicted: bool = False

    @property
    def number(self) -> str:
        """Its reference for people ("A-4K7P2"): made from its id, so that two computers without a
        network never give the same one and a gap in a row of numbers tells nobody of an action they may not see."""
        return action_number(self.id)

    @property
    def doers(self) -> frozenset[str]:
        """Everybody who worked on it: who recorded it done, whose it was then, and owners who took it on. None of them
        verifies it, also after it was returned or given to somebody else."""
        done = {person for taken in self.steps if taken.step is Step.DONE for person in (taken.by, taken.owner)}
        worked = {taken.by for taken in self.steps if taken.step in _WORK and taken.by == taken.owner}
        return frozenset({self.owner_id, *done, *worked})

    @property
    def raised_on(self) -> date:
        """The day it was raised."""
        return self.steps[0].on

    @property
    def last(self) -> StepTaken:
        """The latest step."""
        return self.steps[-1]

    @property
    def done(self) -> StepTaken | None:
        """The *done* step that now stands, or None (never done, or returned since)."""
        for taken in reversed(self.steps):
            if taken.step is Step.DONE:
                return taken
            if taken.step is Step.RETURNED:
                return None
        return None

    def status(self, today: date) -> Status:
        """How the action stands today."""
        if self.last.step is Step.WITHDRAWN:
            return Status.WITHDRAWN
        if self.last.step is Step.VERIFIED:
            return Status.COMPLETE
        if self.done:
            return Status.AWAITING
        return Status.BEHIND if today > self.due else Status.ON_SCHEDULE

    def days_late(self, today: date) -> int:
        """Calendar days past due while it is open, or by which it was done or withdrawn late; 0 when in time."""
        closed = self.done or (self.last if self.last.step is Step.WITHDRAWN else None)
        until = closed.on if closed else today
        return max(0, (until - self.due).days)


_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def action_number(action_id: str) -> str:
    """The reference of an action for people, from its id: five signs that are hard to mistake for one another."""
    number = int.from_bytes(hashlib.sha256(action_id.encode("ascii")).digest()[:4])
    return "A-" + "".join(_SIGNS[number >> shift & 31] for shift in (0, 5, 10, 15, 20))


def default_due(raised_on: date) -> date:
    """When an action is due unless set otherwise."""
    return raised_on + timedelta(days=DAYS_TO_DO)


_OPEN_STEPS = frozenset({Step.ACCEPTED, Step.PROGRESS, Step.CHANGED, Step.DONE, Step.WITHDRAWN})
_NEXT: dict[Step, frozenset[Step]] = {
    Step.RAISED: _OPEN_STEPS,
    Step.ACCEPTED: _OPEN_STEPS - {Step.ACCEPTED},
    Step.PROGRESS: _OPEN_STEPS - {Step.ACCEPTED},
    Step.CHANGED: _OPEN_STEPS,
    Step.DONE: frozenset({Step.VERIFIED, Step.RETURNED}),
    Step.RETURNED: _OPEN_STEPS - {Step.ACCEPTED},
    Step.VERIFIED: frozenset(),
    Step.WITHDRAWN: frozenset(),
}


def why_not(action: Action, person: Person, step: Step) -> str:
    """Why the person cannot take the step now, in one sentence; empty when they can."""
    if step not in _NEXT[action.last.step]:
        return f"An action that is {action.last.step.value} cannot be marked {step.value}."
    if step in (Step.VERIFIED, Step.RETURNED):
        return _why_not_verify(action, person)
    if step is Step.CHANGED:
        return "" if may(person, Duty.VERIFY_ACTIONS) else "A manager, moderator or QA lead changes owner or date."
    if step is Step.WITHDRAWN:
        return "" if may(person, Duty.RUN_CYCLES) else "A QA lead withdraws actions."
    if person.id == action.owner_id or may(person, Duty.RAISE_ACTIONS):
        return ""
    return "The owner, or somebody who may raise actions, records this."


def _why_not_verify(action: Action, person: Person) -> str:
    if action.conflicted:
        return "It was recorded differently on two computers; somebody has to choose first."
    if person.id in action.doers:
        return "Somebody other than the person who did it has to verify it."
    return "" if may(person, Duty.VERIFY_ACTIONS) else "A manager, moderator or QA lead verifies actions."


def require_step(action: Action, person: Person, step: Step, note: str, evidence: str) -> None:
    """Raise unless the step may be taken: done needs what was done, returned and withdrawn need the reason."""
    reason = why_not(action, person, step)
    if reason:
        own = step is Step.VERIFIED and action.done and person.id in action.doers
        raise NotAllowed(
            "own-work" if own else "step-not-allowed",
            "Not possible now",
            reason,
            "Ask a manager or QA lead who did not do it." if own else "Look at the steps taken so far.",
        )
    if step is Step.DONE and not (note.strip() or evidence.strip()):
        raise Refused("evidence-needed", "What was done?", "Done needs a response or evidence.", "Write what was done.")
    if step in (Step.RETURNED, Step.CHANGED, Step.WITHDRAWN) and not note.strip():
        raise Refused("reason-needed", "Why?", f"{step.words} needs a reason.", "Write the reason in a sentence.")


def overdue_first(actions: Sequence[Action], today: date) -> list[Action]:
    """Behind schedule first, the longest overdue at the top; then awaiting, on schedule by due date; then closed."""
    order = list(Status)
    return sorted(actions, key=lambda action: (order.index(action.status(today)), action.due, action.id))
