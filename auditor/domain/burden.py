"""What a template costs and what it brings: slow sections, questions that never tell anything, and what leaving them
out would save and lose. All of it is counted over signed-off audits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from statistics import median

from auditor.domain.answers import Answer
from auditor.domain.effort import effort
from auditor.domain.scoring import Outcome, fails_limit, outcome_of
from auditor.domain.template import Question, Section, Template

FEWEST = 5
"""Answers a question has to have before anything is said of it: fewer may be chance."""

SLOW = 1.5
"""A section is slow when it takes this many times the minutes its questions are expected to take."""

FEWEST_TIMES = 3


class Sign(StrEnum):
    """Why a question may be left out."""

    ALWAYS_NA = "always_na"
    NEVER_BELOW_MET = "never_below_met"
    SAME_AS_ANOTHER = "same_as_another"

    @property
    def words(self) -> str:
        """The sign as a person reads it."""
        return {
            Sign.ALWAYS_NA: "Always N/A",
            Sign.NEVER_BELOW_MET: "Never below met",
            Sign.SAME_AS_ANOTHER: "Always as another",
        }[self]


@dataclass(frozen=True, slots=True)
class Used:
    """One signed-off audit: its effective answers, its good-practice marks, and the seconds each person spent by
    section id."""

    answers: Mapping[str, Answer]
    good_practice: frozenset[str]
    seconds: tuple[Mapping[str, int], ...]


@dataclass(frozen=True, slots=True)
class SectionBurden:
    """A section's expected minutes for one auditor, and the median of those measured (None: nobody was timed);
    `slow` where these are far more."""

    section: Section
    expected: float
    measured: float | None
    timed: int

    @property
    def minutes(self) -> float:
        """The best figure there is."""
        return self.expected if self.measured is None else self.measured

    @property
    def slow(self) -> bool:
        """Whether it takes far longer than its questions should."""
        return self.measured is not None and self.timed >= FEWEST_TIMES and self.measured >= SLOW * self.expected > 0


@dataclass(frozen=True, slots=True)
class QuestionBurden:
    """How a question was answered: in how many audits, how often N/A, an issue, a failed limit or good practice;
    `twin` is the id of an earlier question always answered alike; `minutes` is its share of its section's."""

    question: Question
    answered: int
    na: int
    issues: int
    limits_failed: int
    good_practice: int
    twin: str
    minutes: float
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Burden:
    """The figures of a template over `audits` signed-off audits, in the order of the form."""

    audits: int
    sections: tuple[SectionBurden, ...]
    questions: tuple[QuestionBurden, ...]

    @property
    def to_leave(self) -> tuple[QuestionBurden, ...]:
        """The questions with a sign against them."""
        return tuple(item for item in self.questions if item.signs)


@dataclass(frozen=True, slots=True)
class Shorter:
    """What leaving questions out saves (minutes for one auditor) and loses: issues, failed limits and good-practice
    marks that they brought in these audits."""

    questions: int
    minutes: float
    issues: int
    limits_failed: int
    good_practice: int


def burden(template: Template, used: Sequence[Used]) -> Burden:
    """The figures of one template (or of a master, for audits of its variants)."""
    sections = tuple(_section(section, used) for section in template.sections)
    twins = _twins(template, used)
    questions = tuple(
        _question(question, used, twins.get(question.id, ""), item)
        for item in sections
        for question in item.section.questions
        if question.asked
    )
    return Burden(len(used), sections, questions)


def without(found: Burden, question_ids: Iterable[str]) -> Shorter:
    """What a form without these questions saves and loses."""
    wanted = set(question_ids)
    left = [item for item in found.questions if item.question.id in wanted]
    return Shorter(
        questions=len(left),
        minutes=sum(item.minutes for item in left),
        issues=sum(item.issues for item in left),
        limits_failed=sum(item.limits_failed for item in left),
        good_practice=sum(item.good_practice for item in left),
    )


def _section(section: Section, used: Sequence[Used]) -> SectionBurden:
    times = [one[section.id] / 60 for audit in used for one in audit.seconds if one.get(section.id)]
    return SectionBurden(section, effort(section.questions).minutes, median(times) if times else None, len(times))


def _question(question: Question, used: Sequence[Used], twin: str, section: SectionBurden) -> QuestionBurden:
    answers = [answer for audit in used if not (answer := audit.answers.get(question.id, Answer())).is_blank]
    outcomes = [outcome_of(question, answer) for answer in answers]
    na = sum(1 for answer in answers if answer.is_na)
    issues = sum(1 for outcome in outcomes if outcome is not None and outcome.is_issue)
    share = effort([question]).minutes / section.expected if section.expected else 0.0
    return QuestionBurden(
        question=question,
        answered=len(answers),
        na=na,
        issues=issues,
        limits_failed=sum(1 for answer in answers if fails_limit(question, answer)),
        good_practice=sum(1 for audit in used if question.id in audit.good_practice),
        twin=twin,
        minutes=share * section.minutes,
        signs=tuple(_signs(answers, na, outcomes, twin)),
    )


def _signs(answers: Sequence[Answer], na: int, outcomes: Sequence[Outcome | None], twin: str) -> Iterable[Sign]:
    counted = [outcome for outcome in outcomes if outcome not in (None, Outcome.NA)]
    if len(answers) >= FEWEST and na == len(answers):
        yield Sign.ALWAYS_NA
    if len(counted) >= FEWEST and all(outcome is Outcome.MET for outcome in counted):
        yield Sign.NEVER_BELOW_MET
    if twin:
        yield Sign.SAME_AS_ANOTHER


def _twins(template: Template, used: Sequence[Used]) -> dict[str, str]:
    """By question id, the first question before it on the same options that always had the same answer. Where every
    audit gives one and the same answer nothing can be said, and that of questions on different options neither."""
    by_options: dict[tuple[str, ...], list[Question]] = {}
    for question in template.asked():
        if question.options:
            by_options.setdefault(tuple(option.code for option in question.options), []).append(question)
    twins: dict[str, str] = {}
    for alike in by_options.values():
        given = {q.id: [_given(audit, q.id) for audit in used] for q in alike}
        varied = [q.id for q in alike if len(set(given[q.id]) - {None}) > 1]
        for first, second in combinations(varied, 2):
            if second not in twins and _always_alike(given[first], given[second]):
                twins[second] = first
    return twins


def _given(audit: Used, question_id: str) -> object:
    """The answer, N/A being one; None where there is none."""
    answer = audit.answers.get(question_id, Answer())
    return None if answer.is_blank else ("N/A" if answer.is_na else (answer.value,))


def _always_alike(first: Sequence[object], second: Sequence[object]) -> bool:
    pairs = [(one, other) for one, other in zip(first, second, strict=True) if one is not None and other is not None]
    return len(pairs) >= FEWEST and len(set(pairs)) > 1 and all(one == other for one, other in pairs)
