"""What a person can do next with an action: the acts offered under it, and the form each one opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from auditor.desktop.forms.inline_form import InlineForm, Options
from auditor.domain.action import Action, Step, why_not
from auditor.domain.roles import Person
from auditor.services.actions import Reassign, TakeStep


@dataclass(frozen=True)
class Act:
    """An act on an action: its word on the button, and the fields its form asks for."""

    step: Step
    word: str
    title: str
    save: str
    note: str = ""
    hint: str = ""
    evidence: bool = False


ACCEPT = Act(Step.ACCEPTED, "Accept", "Accept", "Accept")
UPDATE = Act(Step.PROGRESS, "Update…", "Record an update", "Record update", "What happened", "In a sentence or two")
DONE = Act(
    Step.DONE, "Done…", "Record as done", "Record as done", "What was done", "What is different now?", evidence=True
)
VERIFY = Act(
    Step.VERIFIED, "Verify…", "Verify", "Verify and close", "What you looked at (may stay empty)",
    "Such as three records of November", evidence=True,
)  # fmt: skip
RETURN = Act(Step.RETURNED, "Return…", "Return to the owner", "Return", "What is still missing", "The owner reads this")
WITHDRAW = Act(Step.WITHDRAWN, "Withdraw…", "Withdraw", "Withdraw", "Why it is no longer needed")

ALL = (ACCEPT, UPDATE, DONE, VERIFY, RETURN, WITHDRAW)
PLACES: Mapping[str, str] = {"": "note"}
REASSIGN_PLACES: Mapping[str, str] = {"": "reason", "due-before-raised": "due", "nothing-changed": "due"}


def possible(action: Action, person: Person) -> list[Act]:
    """The acts the person can take now, in the order of a life."""
    return [act for act in ALL if not why_not(action, person, act.step)]


def may_reassign(action: Action, person: Person) -> bool:
    """Whether the person can give the action another owner or date now."""
    return not why_not(action, person, Step.CHANGED)


class StepForm(InlineForm):
    """The form of one act."""

    def __init__(self, act: Act) -> None:
        super().__init__(act.title, act.save)
        self.act = act
        self._note = self.add_text("note", act.note, hint=act.hint)
        self._evidence = None
        if act.evidence:
            self._evidence = self.add_line(
                "evidence", "Evidence (may stay empty)", hint="Where it can be seen: record, date, place. No copies."
            )

    def command(self, action_id: str, today: date) -> TakeStep:
        """The step as it was filled in."""
        evidence = self._evidence.text() if self._evidence is not None else ""
        return TakeStep(action_id, self.act.step, today, self._note.toPlainText(), evidence)


class ReassignForm(InlineForm):
    """Another owner or due date, with the reason."""

    def __init__(self, action: Action, owners: Options, today: date) -> None:
        super().__init__("Change owner or date", "Change")
        self._action = action
        self._reason = self.add_text("reason", "Why", hint="It is kept with the action")
        self.add_list("owner", "Owner", owners, value=action.owner_id)
        self._due = self.add_date("due", "Due", action.due, today)

    def check(self) -> bool:
        if not self._due.text().strip():
            return self.refuse("due", "Type a date.")
        return super().check()

    def command(self, today: date) -> Reassign:
        """What is to change; what stayed the same is left out."""
        owner, due = self.chosen("owner"), date.fromisoformat(self._due.iso)
        return Reassign(
            self._action.id,
            today,
            self._reason.toPlainText(),
            owner_id=owner if owner != self._action.owner_id else "",
            due=due if due != self._action.due else None,
        )
