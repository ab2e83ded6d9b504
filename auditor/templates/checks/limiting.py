"""A limiting question names a rule of the template and has an answer that fails it."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.options import options_of
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.schema import QuestionForm

LIMITS = ("L1", "L2")


def check(draft: Draft) -> Iterator[Problem]:
    """`limit-unknown` for another word than L1 or L2; `limit-cannot-fail` where no answer would fail it."""
    for r, rule in enumerate(draft.form.limiting_rules):
        if rule.id not in LIMITS:
            yield _unknown(draft, ("limiting_rules", r, "id"), rule.id)
    for path, question in draft.questions():
        if not question.limiting:
            continue
        if question.limiting not in LIMITS:
            yield _unknown(draft, (*path, "limiting"), question.limiting)
        if not _can_fail(draft, question):
            message = f"Question {question.id} limits the overall grade, but no answer to it counts as failing."
            remedy = "Give it a polarity, and options that stand for not met or no."
            yield problem("limit-cannot-fail", draft.place(*path, "limiting"), message, remedy)


def _can_fail(draft: Draft, question: QuestionForm) -> bool:
    stands = {option.stands_for for option in options_of(draft.form, question)}
    worst = {"positive": {"not_met", "no"}, "negative": {"not_met", "yes"}, "neutral": set[str]()}[question.polarity]
    return question.type == "choice" and bool(stands & worst)


def _unknown(draft: Draft, path: tuple[str | int, ...], written: str) -> Problem:
    remedy = did_you_mean(written, LIMITS, "Use L1 (caps at Inadequate) or L2 (at Requires improvement).")
    return problem("limit-unknown", draft.place(*path), f"{written} is not a limiting rule.", remedy)
