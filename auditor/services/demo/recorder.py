"""Gives an audit of the sample to its pair and records it as far as it has come."""

from dataclasses import dataclass
from random import Random

from auditor.domain.audit import Mode
from auditor.domain.template import Template
from auditor.services.cycles import GiveAudit, give_audit
from auditor.services.demo.people import LEAD, SUPPORT, Crew
from auditor.services.demo.profile import CaseProfile, Period
from auditor.services.demo.scribe import Pair, Reached, Scribe
from auditor.services.demo.story import tell
from auditor.services.demo.words import Words


@dataclass(frozen=True, slots=True)
class Recorder:
    """What all audits of one cycle are recorded with. `seed` tells the stories; the same gives the same."""

    crew: Crew
    period: Period
    words: Words
    seed: str

    def audit(
        self, template: Template, profile: CaseProfile, case_id: str, names: tuple[str, str], reached: Reached
    ) -> None:
        """Give the case out and record its audit, in one transaction."""
        first, second = (self.crew[name] for name in names)
        rng = Random(f"{self.seed} {profile.reference}")  # noqa: S311 - sample data
        story = tell(template, profile, self.period, self.words, rng)
        with self.crew.opened.records.write() as unit:
            given = give_audit(GiveAudit(case_id, Mode.BLIND, first.id, second.id), self.crew[LEAD], unit)
            pair = Pair(first, second, self.crew[SUPPORT])
            scribe = Scribe(unit, given.made, template, story, pair, words=self.words, rng=rng)
            scribe.record(reached, self.period)
