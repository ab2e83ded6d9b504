"""Limiting answers: how good the overall grade may be at best, given what failed, and which questions hold it down."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from auditor.domain.answers import Answer
from auditor.domain.scoring import fails_limit
from auditor.domain.template import LimitingRule, Question, Template

BEST = 1

BY_MODERATOR = "L1"
"""The limiting rule that only a moderator sets aside; the others take a reason from whoever signs off."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A limiting rule that holds, and the questions whose answers failed it, in the order of the form."""

    rule: LimitingRule
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The best grade still allowed (1 is the best there is), the caps behind it, hardest first, and the questions with
    an immediate concern. `must_raise`: sign-off waits until the urgent concern is logged as raised."""

    best: int
    caps: tuple[Cap, ...]
    immediate: tuple[str, ...]
    must_raise: bool

    def allows(self, grade: int) -> bool:
        """Whether that overall grade may be given."""
        return grade >= self.best


def ceiling(template: Template, answers: Mapping[str, Answer], set_aside: AbstractSet[str] = frozenset()) -> Ceiling:
    """What these effective answers allow. `set_aside`: ids of limiting rules overridden with a recorded reason (L1 by a
    moderator)."""
    failed = [q for q in template.questions() if _fails(q, answers)]
    caps = [
        Cap(rule, questions)
        for rule in template.limiting_rules
        if rule.caps_at is not None and rule.id not in set_aside
        if (questions := tuple(q.id for q in failed if q.limiting == rule.id))
    ]
    caps.sort(key=lambda cap: -(cap.rule.caps_at or BEST))
    immediate = tuple(q.id for q in failed if q.immediate)
    return Ceiling(
        best=max((cap.rule.caps_at or BEST for cap in caps), default=BEST),
        caps=tuple(caps),
        immediate=immediate,
        must_raise=bool(immediate) and not _raised(template, answers),
    )


def _fails(question: Question, answers: Mapping[str, Answer]) -> bool:
    return question.id in answers and fails_limit(question, answers[question.id])


def _raised(template: Template, answers: Mapping[str, Answer]) -> bool:
    concern = template.urgent_concern
    return concern is not None and answers.get(concern.question, Answer()).value in concern.raised


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Why an audit cannot be signed off as it is graded: `blocked` has to be put right, `to_explain` takes a recorded
    reason. Both are sentences that name the questions, or empty."""

    blocked: str = ""
    to_explain: str = ""


def held_back(template: Template, answers: Mapping[str, Answer]) -> HeldBack:
    """What these effective answers say against signing them off."""
    found = ceiling(template, answers)
    blocked = [_not_raised(template, found)] if found.must_raise else []
    explain = []
    grade = overall_grade(template, answers)
    for cap in found.caps:
        if grade is not None and grade < (cap.rule.caps_at or BEST):
            said = too_good(template, cap, grade)
            if cap.rule.id == BY_MODERATOR:
                blocked.append(f"{said} Change the grade, or the answer; only a moderator may set this limit aside.")
            else:
                explain.append(said)
    return HeldBack(" ".join(filter(None, blocked)), " ".join(explain))


def _not_raised(template: Template, found: Ceiling) -> str:
    """Empty where the variant does not ask whether a concern was raised."""
    concern = template.by_id.get(template.urgent_concern.question) if template.urgent_concern else None
    if concern is None:
        return ""
    where = numbers_of(template, found.immediate)
    return f"An immediate concern ({where}): raise it with the team manager today, and say so in {concern.number}."


def too_good(template: Template, cap: Cap, grade: int) -> str:
    """That the overall grade is better than a limit allows, in one sentence."""
    where = numbers_of(template, cap.questions)
    best, plural = grade_words(template, cap.rule.caps_at or BEST), "s" if len(cap.questions) == 1 else ""
    return f"The overall grade is {grade_words(template, grade)}, but {where} allow{plural} no better than {best}."


def overall_grade(template: Template, answers: Mapping[str, Answer]) -> int | None:
    """The overall grade given, 1 the best; None where none is."""
    value = str(answers.get(template.overall_question, Answer()).value)
    return int(value) if value.isdigit() else None


def grade_words(template: Template, grade: int) -> str:
    """The grade in the words of the template."""
    question = template.by_id.get(template.overall_question)
    option = question.option(str(grade)) if question else None
    return option.label if option else f"grade {grade}"


def numbers_of(template: Template, question_ids: tuple[str, ...]) -> str:
    """The questions by their numbers, as a person says them."""
    numbers = [template.by_id[question_id].number for question_id in question_ids]
    return f"{', '.join(numbers[:-1])} and {numbers[-1]}" if len(numbers) > 1 else "".join(numbers)
