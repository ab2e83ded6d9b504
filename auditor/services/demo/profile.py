"""What is fixed about an invented case before the seeded draw fills in the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.domain.answers import Answer, Entry

ALWAYS = frozenset({"S00", "S01", "S09", "S10", "S20", "S21", "S22", "S23", "S26"})
"""Sections that apply to every case."""


@dataclass(frozen=True, slots=True)
class Period:
    """The part of the files that is read, and when pairs have agreed their audits."""

    start: date
    end: date
    due: date


@dataclass(frozen=True, slots=True)
class CaseProfile:
    """An invented case. `sections` apply beside those that always do; `strength` is the share of good answers.

    `team` and `ethnicity` are option codes; `fixed` are answers that the draw must not touch, by question id; `said`
    are comments that stand beside them; `apart` is what the two auditors record where they are to differ; `family` is
    the sibling group, empty for most.
    """

    reference: str
    team: str
    plan_type: str
    age_band: str
    status: tuple[str, ...]
    sections: tuple[str, ...] = ()
    legal: str = "none"
    ethnicity: str = "white_british"
    children: int = 1
    strength: float = 0.6
    fixed: Mapping[str, Answer] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, tuple[Entry, Entry]] = field(default_factory=dict)
    family: str = ""

    def applies(self, section_id: str) -> bool:
        """Whether the section applies to the case."""
        return section_id in ALWAYS or section_id in self.sections
