"""Audits signed off by their pair, and the people who read them again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.domain.audit import Audit
from auditor.domain.moderation import QUALITY, Judged, Mark, Rules, Why
from auditor.domain.roles import Role
from auditor.services import cycles, moderating
from auditor.services.session import Session
from tests.kit import House, agree_all, open_house, score_and_submit, small_plain

REFERENCES = ("CF-01", "CF-02", "CF-03", "CF-04")
WELL_DONE = {point.id: Judged(Mark.MET) for point in QUALITY}
NOTHING = Rules(share=0, extremes=False, gaps=False, first_audits=False, seed="s")
EVERY_EXTREME = Rules(share=0, extremes=True, gaps=False, first_audits=False, seed="s")


def limited_plain() -> dict[str, Any]:
    """The small template with its limiting rule: S02.01 not met caps the grade at Inadequate, S01.03 at RI."""
    plain = small_plain()
    plain["limiting_rules"] = [
        {"id": "L1", "title": "Inadequate at best", "caps_at": "4"},
        {"id": "L2", "title": "Requires improvement at best", "caps_at": "3"},
    ]
    plain["sections"][0]["questions"][2]["limiting"] = "L2"
    plain["sections"][1]["questions"].append(
        {"id": "S02.05", "text": "Date feedback was sent", "type": "date", "derived": "feedback.sent"}
    )
    return plain


@dataclass
class Panel:
    """A house with a pair, a moderator and a cycle whose rules choose nothing until a test says otherwise."""

    house: House
    first: Session
    second: Session
    moderator: Session
    cycle_id: str

    def signed(self, reference: str = "CF-01", other: dict[str, str] | None = None, **answers: str) -> str:
        """An audit of the case that both answered as given, or the second as in `other`, and signed off."""
        audit_id = self.house.give(self.cycle_id, reference, self.first, self.second)
        score_and_submit(self.first, audit_id, **answers)
        score_and_submit(self.second, audit_id, **(answers if other is None else other))
        agree_all(self.first, audit_id)
        return audit_id

    def rule(self, rules: Rules) -> None:
        """Set what goes to moderation in the cycle."""
        self.house.lead.do(moderating.set_rules, moderating.SetRules(self.cycle_id, rules))

    def choose(self, audit_id: str) -> None:
        """The lead chooses an audit by hand."""
        self.house.lead.do(moderating.choose, moderating.Choose(audit_id, "A complaint was made."))

    def uphold(self, audit_id: str, **more: Any) -> None:
        """The moderator decides; nothing is changed unless `changes` says so."""
        self.moderator.do(moderating.moderate, moderating.Moderate(audit_id, quality=WELL_DONE, **more))

    def line(self, audit_id: str) -> cycles.AuditLine:
        """The audit as lists show it."""
        return next(line for line in self.house.lead.ask(cycles.audit_lines, "") if line.audit.id == audit_id)

    def audit(self, audit_id: str) -> Audit:
        """The audit itself."""
        return self.line(audit_id).audit

    def why(self, audit_id: str) -> tuple[Why, ...]:
        """Why it waits for moderation."""
        return self.line(audit_id).moderation


@contextmanager
def panel(root: Path, rules: Rules = NOTHING) -> Iterator[Panel]:
    """An open house with a pair, a moderator and a cycle of four cases."""
    with open_house(root) as house:
        first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        moderator = house.add("M. Moderator", Role.MODERATOR)
        made = Panel(house, first, second, moderator, house.cycle(references=REFERENCES, plain=limited_plain()))
        made.rule(rules)
        yield made


__all__ = ["EVERY_EXTREME", "NOTHING", "REFERENCES", "WELL_DONE", "Panel", "panel"]
