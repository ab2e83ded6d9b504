"""Choices and grades have options, from a scale or of their own; no other kind of question has any."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem

WITH_OPTIONS = {"choice", "choices", "grade"}


def check(draft: Draft) -> Iterator[Problem]:
    """`options-missing` and `options-not-wanted`."""
    for path, question in draft.questions():
        has = bool(question.scale) + bool(question.options)
        place = draft.place(*path, "type")
        if question.type in WITH_OPTIONS and not has:
            message = f"Question {question.id} is a {question.type} without answers to choose from."
            yield problem("options-missing", place, message, "Name a scale or list its options.")
        elif question.type not in WITH_OPTIONS and has:
            message = f"Question {question.id} is a {question.type} and takes no options."
            yield problem("options-not-wanted", place, message, "Remove them or change its type.")
        elif has > 1:
            message = f"Question {question.id} has a scale and options of its own."
            yield problem("options-not-wanted", place, message, "Keep one of the two.")
