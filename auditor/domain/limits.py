"""Limiting answers: how good the overall grade may be at best, given what failed, and which questions hold it down."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from auditor.domain.answers import Answer
from auditor.domain.scoring import fails_limit
from auditor.domain.template import LimitingRule, Question, Template

BEST = 1


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
