"""Two auditors' answers side by side: where they differ, by how much, and what an agreed answer needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from auditor.domain.answers import Answer, Entry
from auditor.domain.errors import Refused
from auditor.domain.template import Question, Standing


class Likeness(StrEnum):
    """How two answers to one question compare."""

    DIFFER = "differ"
    ONE_BLANK = "one_blank"
    SAME = "same"
    BOTH_BLANK = "both_blank"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question with both auditors' entries and the agreed one, if any.

    `distance` is the number of steps between two different answers on an ordered scale; 0 where they are equal or the
    scale has no order. Not evidenced and N/A lie off the line: from any other answer they are one step.
    """

    question: Question
    first: Entry
    second: Entry
    agreed: Entry
    likeness: Likeness
    distance: int
    overall: bool = False
    """Whether it is the overall judgement, which is agreed by itself and never without its reasons."""

    @property
    def is_agreed(self) -> bool:
        """Whether an agreed answer stands."""
        return not self.agreed.answer.is_blank

    @property
    def can_be_agreed_at_once(self) -> bool:
        """Whether both answered alike, nobody wants to talk it over, and nothing is agreed yet."""
        flagged = self.first.flag is not None or self.second.flag is not None
        return self.likeness is Likeness.SAME and not self.is_agreed and not self.overall and not flagged

    @property
    def reason_needed(self) -> bool:
        """A reason is demanded from two steps on, and for the overall judgement."""
        return self.distance >= 2 or self.overall


def compare(
    question: Question, first: Entry, second: Entry, agreed: Entry = Entry(), *, overall: bool = False
) -> Comparison:
    """Both entries of one question, compared."""
    likeness = likeness_of(first.answer, second.answer)
    distance = step_distance(question, first.answer, second.answer) if likeness is Likeness.DIFFER else 0
    return Comparison(question, first, second, agreed, likeness, distance, overall)


def likeness_of(first: Answer, second: Answer) -> Likeness:
    """Equal, different, or blank on one side or both."""
    if first.is_blank and second.is_blank:
        return Likeness.BOTH_BLANK
    if first.is_blank or second.is_blank:
        return Likeness.ONE_BLANK
    return Likeness.SAME if first.same_as(second) else Likeness.DIFFER


def step_distance(question: Question, first: Answer, second: Answer) -> int:
    """Steps between two answers that differ: positions on an ordered scale, else 1."""
    line = [option.code for option in question.options if option.stands_for is not Standing.NOT_EVIDENCED]
    if question.ordered and first.value in line and second.value in line:
        return abs(line.index(str(first.value)) - line.index(str(second.value)))
    return 1


def differences_first(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Widest difference first, then blanks on one side, then the same; the order of the form within each."""
    rank = {Likeness.DIFFER: 0, Likeness.ONE_BLANK: 1, Likeness.SAME: 2, Likeness.BOTH_BLANK: 3}
    return sorted(comparisons, key=lambda item: (rank[item.likeness], -item.distance))


def require_reason(comparison: Comparison, agreed: Answer) -> None:
    """Raise `Refused` (reason-needed) when the agreed answer has to be explained and is not.

    That is so from two steps on, for the overall judgement, and when the agreed answer is neither auditor's.
    """
    neither = comparison.likeness is not Likeness.BOTH_BLANK and not (
        agreed.same_as(comparison.first.answer) or agreed.same_as(comparison.second.answer)
    )
    if (comparison.reason_needed or neither) and not agreed.reason.strip():
        raise Refused(
            "reason-needed",
            "Why?",
            f"Question {comparison.question.number} needs a reason for the agreed answer.",
            "Write in a sentence what decided it.",
        )


def whose(agreed: Answer, first: Answer, second: Answer) -> str:
    """Whose answer was taken: "same", "A", "B", or "new" where it is neither."""
    took = {(True, True): "same", (True, False): "A", (False, True): "B", (False, False): "new"}
    return took[agreed.same_as(first), agreed.same_as(second)]


def both_comments(first: str, second: str) -> str:
    """Both comments, one after the other; once where they are the same, or one holds the other."""
    first, second = first.strip(), second.strip()
    if not first or first in second:
        return second
    return first if not second or second in first else f"{first}\n\n{second}"
