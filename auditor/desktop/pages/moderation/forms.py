"""The forms of the list: choosing an audit by hand, and which audits of a cycle are chosen by rule."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from auditor.desktop.forms.inline_form import InlineForm
from auditor.domain.moderation import LEAST_SHARE, MOST_SHARE, Rules
from auditor.domain.programme import Cycle
from auditor.services.moderating import Choose, SetRules
from auditor.services.moderation_view import ModerationLine

_SHARES = [("0", "None"), *((str(share), f"{share} %") for share in range(LEAST_SHARE, MOST_SHARE + 1))]


class ChooseForm(InlineForm):
    """Why an audit is chosen by hand."""

    PLACES: ClassVar[Mapping[str, str]] = {"": "reason"}

    def __init__(self, line: ModerationLine) -> None:
        super().__init__(f"Choose {line.line.case.reference}", "Choose it", note="A moderator reads it again.")
        self._audit_id = line.line.audit.id
        self._reason = self.add_text("reason", "Why", hint="Such as a complaint, or a doubt of your own")

    def check(self) -> bool:
        if not self._reason.toPlainText().strip():
            return self.refuse("reason", "Say why it is chosen.")
        return super().check()

    def command(self) -> Choose:
        """The choice with its reason."""
        return Choose(self._audit_id, self._reason.toPlainText().strip())


class RulesForm(InlineForm):
    """Which audits of a cycle go to moderation."""

    PLACES: ClassVar[Mapping[str, str]] = {"": "share", "seed-needed": "seed"}

    def __init__(self, cycles: Sequence[Cycle], cycle_id: str, rules: Rules) -> None:
        note = "The same seed draws the same audits on every computer. What was moderated stays so."
        super().__init__("Which audits are chosen", "Save", note=note)
        self.cycle = self.add_list("cycle", "Cycle", [(cycle.id, cycle.title) for cycle in cycles], value=cycle_id)
        self._share = self.add_list("share", "Drawn at random", _SHARES)
        self._seed = self.add_line("seed", "Seed of the draw", hint="Any number or word; kept with the cycle")
        self._ticks = {
            "extremes": self.add_tick("extremes", "Every best and every lowest grade"),
            "gaps": self.add_tick("gaps", "Two grades apart before discussion"),
            "first_audits": self.add_tick("first_audits", "An auditor's first three audits"),
        }
        self.load(rules)

    def load(self, rules: Rules) -> None:
        """Show the rules of a cycle."""
        self._share.set_value(str(rules.share))
        self._seed.setText(rules.seed)
        for name, row in self._ticks.items():
            row.setChecked(bool(getattr(rules, name)))

    def command(self) -> SetRules:
        """The rules as they were filled in."""
        ticks = {name: row.isChecked() for name, row in self._ticks.items()}
        return SetRules(self.cycle.value, Rules(share=int(self._share.value), seed=self._seed.text().strip(), **ticks))
