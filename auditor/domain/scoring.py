"""What an effective answer counts as in the findings, and how counts add up."""

from collections.abc import Iterable
from enum import StrEnum
from operator import add, sub
from typing import NamedTuple

from auditor.domain.answers import Answer
from auditor.domain.template import Polarity, Question, Standing


class Outcome(StrEnum):
    """The one column an effective answer is counted in. Not evidenced is an outcome of its own."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_EVIDENCED = "not_evidenced"
    UNFAVOURABLE = "unfavourable"
    NA = "na"

    @property
    def is_issue(self) -> bool:
        """Whether it counts as an issue."""
        return self not in (Outcome.MET, Outcome.NA)

    @property
    def words(self) -> str:
        """The outcome as a heading."""
        return _WORDS[self]


_WORDS = {
    Outcome.MET: "Met",
    Outcome.PARTLY: "Partly met",
    Outcome.NOT_MET: "Not met",
    Outcome.NOT_EVIDENCED: "Not evidenced",
    Outcome.UNFAVOURABLE: "Unfavourable yes or no",
    Outcome.NA: "N/A",
}
_PLAIN = {
    Standing.MET: Outcome.MET,
    Standing.PARTLY: Outcome.PARTLY,
    Standing.NOT_MET: Outcome.NOT_MET,
    Standing.NOT_EVIDENCED: Outcome.NOT_EVIDENCED,
}


def outcome_of(question: Question, answer: Answer) -> Outcome | None:
    """How the answer is counted; None when the question is not scored or blank. An option without a standing ("not yet
    due") counts as not applicable."""
    if not question.scored or answer.is_blank:
        return None
    if answer.is_na:
        return Outcome.NA
    option = question.option(str(answer.value))
    if option is None:
        return None
    if option.stands_for is Standing.NONE:
        return Outcome.NA
    if option.stands_for in (Standing.YES, Standing.NO):
        favourable = (option.stands_for is Standing.YES) == (question.polarity is Polarity.POSITIVE)
        return Outcome.MET if favourable else Outcome.UNFAVOURABLE
    return _PLAIN.get(option.stands_for)


def fails_limit(question: Question, answer: Answer) -> bool:
    """Whether a limiting question (L1, L2) is answered not met or no (for scored questions) in this answer."""
    return bool(question.limiting) and outcome_of(question, answer) in (Outcome.NOT_MET, Outcome.UNFAVOURABLE)


class Counts(NamedTuple):
    """The counts behind one cell: how many effective answers of each outcome, good-practice marks and failed limits.

    A plain tuple underneath, because a matrix of many audits holds a hundred thousand of them.
    """

    met: int = 0
    partly: int = 0
    not_met: int = 0
    not_evidenced: int = 0
    unfavourable: int = 0
    na: int = 0
    good_practice: int = 0
    limits_failed: int = 0

    @property
    def n(self) -> int:
        """Answers counted, N/A left out."""
        return self.met + self.issues

    @property
    def issues(self) -> int:
        """Answers that are not met, partly met, not evidenced, or an unfavourable yes or no."""
        return self.partly + self.not_met + self.not_evidenced + self.unfavourable

    def plus(self, other: "Counts") -> "Counts":
        """Both counts together."""
        return Counts._make(map(add, self, other))

    def minus(self, other: "Counts") -> "Counts":
        """What is left when the other counts are taken away."""
        return Counts._make(map(sub, self, other))


def count_of(question: Question, answer: Answer, good_practice: bool) -> Counts:
    """What one effective answer adds to the cells of its themes."""
    outcome = outcome_of(question, answer)
    if outcome is None:
        return Counts()
    counted = {outcome.value: 1}
    if outcome is not Outcome.NA and good_practice:
        counted["good_practice"] = 1
    if fails_limit(question, answer):
        counted["limits_failed"] = 1
    return Counts(**counted)


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    result = Counts()
    for item in counts:
        result = result.plus(item)
    return result
