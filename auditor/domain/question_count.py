"""How the questions of a template are counted, wherever a number of them is told."""

from collections.abc import Collection
from dataclasses import dataclass

from auditor.domain.template import Template, Tier

COVER_SECTION = "S00"
COUNTED = (
    "Questions are all that the form holds, the cover sheet and what is worked out included. Core is without the cover"
    " sheet."
)


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """`core` and `optional` questions, those of the `cover` sheet in neither; `worked_out` are among all of these, and
    nobody is asked for them."""

    core: int
    optional: int
    cover: int
    worked_out: int

    @property
    def every(self) -> int:
        """All that the form holds."""
        return self.core + self.optional + self.cover

    @property
    def asked(self) -> int:
        """What people are asked."""
        return self.every - self.worked_out


def question_count(template: Template, taken: Collection[str] | None = None) -> QuestionCount:
    """The questions of a template, or those `taken` of it."""
    cover = core = optional = worked_out = 0
    for section in template.sections:
        for question in section.questions:
            if taken is not None and question.id not in taken:
                continue
            worked_out += not question.asked
            if section.id == COVER_SECTION:
                cover += 1
            elif question.tier is Tier.CORE:
                core += 1
            else:
                optional += 1
    return QuestionCount(core, optional, cover, worked_out)
