"""What asking questions takes: facts, judgements, and the minutes they cost one auditor."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.domain.template import Question

MINUTES_A_FACT, MINUTES_A_JUDGEMENT = 0.3, 0.9
SITTING = 180
"""Minutes set for a sitting."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How many facts and judgements are asked, and the minutes they take one auditor."""

    facts: int
    judgements: int

    @property
    def questions(self) -> int:
        """How many questions are asked."""
        return self.facts + self.judgements

    @property
    def minutes(self) -> float:
        """Minutes for one auditor."""
        return MINUTES_A_FACT * self.facts + MINUTES_A_JUDGEMENT * self.judgements


def effort(questions: Iterable[Question]) -> Effort:
    """What asking these questions takes; what the program works out costs nothing."""
    asked = [question for question in questions if question.asked]
    facts = sum(1 for question in asked if question.is_fact)
    return Effort(facts, len(asked) - facts)
