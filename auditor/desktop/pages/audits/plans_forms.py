"""The forms in which the plan of an audit is changed: somebody takes over, it is cancelled, it gets more time."""

from datetime import date, timedelta

from auditor.desktop.forms.inline_form import InlineForm
from auditor.services.plans import AskForTime, CancelAudit, DecideTime, PlanView, ReplaceAuditor

_WEEK = timedelta(7)
_KEPT = "It is kept with the audit. Nothing about anybody's health"


class ReplaceForm(InlineForm):
    """Who gives the audit up, who takes over, and why."""

    def __init__(self, view: PlanView) -> None:
        super().__init__(
            "Let somebody take over",
            "Take over",
            note="What is recorded stays, each answer under the name of who gave it. Who leaves reads it no more.",
        )
        self._view = view
        given = {person: people for person, people in view.candidates.items() if people}
        self._former = self.add_list("former", "Instead of", [(one, view.names[one]) for one in given])
        self._new = self.add_list("new", "New auditor", self._candidates())
        self._reason = self.add_text("reason", "Why", hint=_KEPT)
        self._former.picked.connect(lambda _former: self._new.set_options(self._candidates()))

    def command(self) -> ReplaceAuditor:
        """The replacement as it was filled in."""
        former, new = self.chosen("former"), self.chosen("new")
        return ReplaceAuditor(self._view.audit.id, former, new, self._reason.toPlainText())

    def _candidates(self) -> list[tuple[str, str]]:
        people = self._view.candidates.get(self.chosen("former"), ())
        return [(person.id, f"{person.name}, {person.team}" if person.team else person.name) for person in people]


class CancelForm(InlineForm):
    """Why the audit will not be finished."""

    def __init__(self, view: PlanView) -> None:
        super().__init__(
            "Cancel this audit",
            "Cancel the audit",
            note="It waits for nobody then and counts nowhere. What is recorded stays, and it can be taken back.",
        )
        self._audit_id = view.audit.id
        self._reason = self.add_text("reason", "Why", hint="It is kept with the audit")

    def command(self) -> CancelAudit:
        """The cancellation as it was filled in."""
        return CancelAudit(self._audit_id, self._reason.toPlainText())


class _TimeForm(InlineForm):
    """A later day and why."""

    def __init__(self, view: PlanView, title: str, save: str, until: date, today: date, reason: str) -> None:
        super().__init__(title, save)
        self._audit_id = view.audit.id
        self._until = self.add_date("until", "Agreed by", until, today)
        self._reason = self.add_text("reason", reason, hint="It is kept with the audit")

    def check(self) -> bool:
        if not self._until.text().strip():
            return self.refuse("until", "Type a date.")
        return super().check()

    @property
    def until(self) -> date:
        """The day that was typed."""
        return date.fromisoformat(self._until.iso)

    @property
    def reason(self) -> str:
        """Why, as it was typed."""
        return self._reason.toPlainText()


class AskForm(_TimeForm):
    """An auditor asks the lead for more time."""

    def __init__(self, view: PlanView, today: date) -> None:
        super().__init__(view, "Ask for more time", "Ask the lead", max(view.due, today) + _WEEK, today, "Why")

    def command(self) -> AskForTime:
        """The request as it was filled in."""
        return AskForTime(self._audit_id, self.until, self.reason)


class GrantForm(_TimeForm):
    """The lead gives more time: as it was asked for, or another day."""

    def __init__(self, view: PlanView, today: date) -> None:
        asked = view.plans.extension.asked
        until = asked.until if asked else max(view.due, today) + _WEEK
        why = "Why (may stay empty)" if asked else "Why"
        super().__init__(view, "Give more time", "Give the time", until, today, why)

    def command(self) -> DecideTime:
        """The decision as it was filled in."""
        return DecideTime(self._audit_id, True, self.until, self.reason)


class DeclineForm(InlineForm):
    """The lead does not give the time that was asked for."""

    def __init__(self, view: PlanView) -> None:
        super().__init__("No more time", "Decline", note=f"The audit stays due on {view.due:%d/%m/%Y}.")
        self._audit_id = view.audit.id
        self._reason = self.add_text("reason", "Why", hint="The auditor reads this")

    def command(self) -> DecideTime:
        """The decision as it was filled in."""
        return DecideTime(self._audit_id, False, reason=self._reason.toPlainText())
