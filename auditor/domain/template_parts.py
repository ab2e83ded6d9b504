"""Parts of a template that say how its answers are scored and which of them brothers and sisters share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LOOK_FOR = "Look for: "
"""What the evidence prompt of a question begins with, wherever it stands among other words."""


class Method(StrEnum):
    """What a score of a section is: the share of answers met, points with weights, or the grade an auditor gave it."""

    NONE = "none"
    SHARE_MET = "share_met"
    POINTS = "points"
    JUDGEMENT = "judgement"


class ReadsAs(StrEnum):
    """How a score is told: as a count ("9 of 12"), or as a percentage with its count."""

    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Scoring:
    """The scoring method a template has chosen.

    `points` are given by outcome (`met`, `partly`, `not_met`, `not_evidenced`, `unfavourable`); `option_points` by
    question id and option code, in the place of those. `weights` are by question or section id; what is not named
    weighs 1.
    """

    method: Method = Method.NONE
    reads_as: ReadsAs = ReadsAs.COUNT
    points: Mapping[str, int] = field(default_factory=dict)
    option_points: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SharedEvent:
    """An event of the family: its questions have the same answers in the audits of brothers and sisters."""

    id: str
    title: str
    questions: tuple[str, ...]
