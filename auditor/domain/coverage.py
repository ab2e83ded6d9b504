"""How well a template covers the areas of practice that a good audit asks about, against its master."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from auditor.domain.template import PracticeArea, Template, Tier

ENOUGH = Fraction(1, 3)
"""The share of the master's core questions of an area from which on it counts as covered. Not more, because many of
them are for some cases only: nobody is both in care and privately fostered."""
RULE = "Yes: a third or more of the master's core questions that serve the area. Partial: fewer. No: none of them."


class Covered(StrEnum):
    """Whether an area is covered, as the reviewers of templates put it."""

    YES = "yes"
    PARTIAL = "partial"
    NO = "no"


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """One area: the ids of the questions behind it, optional ones included, and the core questions of the master that
    the template gives up. `core` of `core_in_master` core questions are asked."""

    area: PracticeArea
    covered: Covered
    questions: tuple[str, ...]
    given_up: tuple[str, ...]
    core: int
    core_in_master: int


def coverage(template: Template, master: Template) -> tuple[AreaCoverage, ...]:
    """What a template covers of each area of its master, in the master's order."""
    asked = template.by_id.keys()
    return tuple(_of_area(area, asked, master) for area in master.practice_areas)


def _of_area(area: PracticeArea, asked: Collection[str], master: Template) -> AreaCoverage:
    serving = [question for question in master.questions() if area.id in question.serves]
    core = [question.id for question in serving if question.tier is Tier.CORE]
    given_up = tuple(one for one in core if one not in asked)
    return AreaCoverage(
        area=area,
        covered=_covered(len(core) - len(given_up), len(core)),
        questions=tuple(question.id for question in serving if question.id in asked),
        given_up=given_up,
        core=len(core) - len(given_up),
        core_in_master=len(core),
    )


def _covered(taken: int, of: int) -> Covered:
    if not taken:
        return Covered.NO
    return Covered.YES if taken >= ENOUGH * of else Covered.PARTIAL
