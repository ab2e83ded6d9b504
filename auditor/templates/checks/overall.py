"""The overall judgement is one grade question that somebody is asked."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`question-unknown` or `overall-not-a-grade`."""
    overall = draft.form.overall
    if overall is None:
        return
    place = draft.place("overall", "question")
    question = draft.by_id.get(overall.question)
    if question is None:
        remedy = did_you_mean(overall.question, draft.by_id, "Name a question of this form, or write `overall: none`.")
        yield problem("question-unknown", place, f"There is no question {overall.question}.", remedy)
    elif question.type != "grade" or question.derived:
        message = f"Question {question.id} is not a grade that somebody is asked for."
        yield problem("overall-not-a-grade", place, message, "Name a question of type grade that is not derived.")
