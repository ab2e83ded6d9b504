"""Raising an action, wherever it starts from: the same fields and the same rules."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from auditor.desktop.forms.inline_form import InlineForm
from auditor.domain.action import default_due
from auditor.services.actions import RaiseAction
from auditor.services.people import everybody
from auditor.services.session import Session

_NOBODY = ("", "Choose who does it")


def people_here(session: Session) -> list[tuple[str, str]]:
    """Id and name of everybody who can own an action."""
    return [(person.id, person.name) for person in session.ask(everybody, None) if person.active]


class RaiseForm(InlineForm):
    """The fields of a new action. Lists that only one page has (question, cycle, theme) come in by `add_list`."""

    PLACES: ClassVar[Mapping[str, str]] = {"": "text", "due-before-raised": "due"}

    def __init__(self, session: Session, today: date, *, note: str = "", titled: bool = True) -> None:
        super().__init__("Raise an action", "Raise action", note=note, titled=titled)
        self._today = today
        self._text = self.add_text("text", "What has to be done", hint="One act that somebody can finish and show")
        self._owner = self.add_list("owner", "Owner", [_NOBODY, *people_here(session)])
        self._due = self.add_date(
            "due", "Due", default_due(today), today, hint="28 days from today unless you choose another day"
        )
        self._outcome = self.add_text("outcome", "Intended outcome (may stay empty)", lines=1)

    def check(self) -> bool:
        if not self._text.toPlainText().strip():
            return self.refuse("text", "Say what has to be done.")
        if not self._owner.value:
            return self.refuse("owner", "Choose who does it.")
        return super().check()

    def command(self, *, cycle_id: str = "", audit_id: str = "", question_id: str = "", theme: str = "") -> RaiseAction:
        """The action as it was filled in, raised from there; without a date it is due in 28 days."""
        return RaiseAction(
            text=self._text.toPlainText().strip(),
            owner_id=self._owner.value,
            on=self._today,
            due=date.fromisoformat(self._due.iso) if self._due.iso else None,
            cycle_id=cycle_id,
            audit_id=audit_id,
            question_id=question_id,
            theme=theme,
            intended_outcome=self._outcome.toPlainText().strip(),
        )
