"""The forms of the right of reply: recording one, answering one, deciding on a correction of fact."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from auditor.desktop.forms.inline_form import InlineForm
from auditor.domain.reply import ReplyKind
from auditor.services.replies import AddReply, Decide, Respond

_NO_NAMES = "Roles instead of names: mother, social worker"


class ReplyForm(InlineForm):
    """What somebody said of the audit, or what was sent to them."""

    PLACES: ClassVar[Mapping[str, str]] = {"": "text", "reply-who": "who"}

    def __init__(self, today: date) -> None:
        super().__init__("Record a reply", "Record reply", note="It stands beside the audit and changes nothing in it.")
        self._today = today
        self._kind = self.add_list("kind", "Whose words", [(kind.value, kind.words) for kind in ReplyKind])
        self._who = self.add_line("who", "Role, where that says more", hint=_NO_NAMES)
        self._text = self.add_text("text", "What was said or sent", hint=_NO_NAMES, lines=3)
        self._on = self.add_date("on", "On", today, today)
        self._positive = self.add_tick("positive", "It is thanks or praise")
        self._correction = self.add_tick("correction", "It asks for a fact to be put right")

    def check(self) -> bool:
        if not self._text.toPlainText().strip():
            return self.refuse("text", "Write what was said or sent.")
        if self._kind.value == ReplyKind.OTHER and not self._who.text().strip():
            return self.refuse("who", "Say in a word whose reply it is, never a name.")
        return super().check()

    def command(self, audit_id: str) -> AddReply:
        """The reply as it was filled in; without a day it was today."""
        return AddReply(
            audit_id=audit_id,
            kind=ReplyKind(self._kind.value),
            text=self._text.toPlainText().strip(),
            on=date.fromisoformat(self._on.iso) if self._on.iso else self._today,
            who=self._who.text().strip(),
            positive=self._positive.isChecked(),
            correction=self._correction.isChecked(),
        )


class AnswerForm(InlineForm):
    """What the pair answers to a reply."""

    PLACES: ClassVar[Mapping[str, str]] = {"": "text"}

    def __init__(self, standing: str) -> None:
        super().__init__("Answer the reply", "Record answer")
        self._text = self.add_text("text", "What the pair answers", hint=_NO_NAMES, lines=3)
        self._text.setPlainText(standing)

    def check(self) -> bool:
        if not self._text.toPlainText().strip():
            return self.refuse("text", "Write what you answer.")
        return super().check()

    def command(self, audit_id: str, reply_id: str) -> Respond:
        """The answer as it was written."""
        return Respond(audit_id, reply_id, self._text.toPlainText().strip())


class DecideForm(InlineForm):
    """Whether a correction of fact is accepted."""

    PLACES: ClassVar[Mapping[str, str]] = {"": "reason"}

    def __init__(self) -> None:
        note = "What you accept goes to moderation, where the answer is changed or the audit returned."
        super().__init__("Decide on the correction", "Record decision", note=note)
        self._accept = self.add_list("accept", "Is the fact put right?", [("", "Choose"), ("yes", "Yes"), ("no", "No")])
        self._reason = self.add_text("reason", "Why", hint="What decided it, in a sentence")

    def check(self) -> bool:
        if not self._accept.value:
            return self.refuse("accept", "Choose yes or no.")
        if not self._reason.toPlainText().strip():
            return self.refuse("reason", "Say in a sentence what decided it.")
        return super().check()

    def command(self, audit_id: str, reply_id: str) -> Decide:
        """The decision as it was filled in."""
        return Decide(audit_id, reply_id, self._accept.value == "yes", self._reason.toPlainText().strip())
