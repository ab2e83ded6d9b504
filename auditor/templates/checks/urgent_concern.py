"""The question that says whether an urgent concern was raised is here, and has the answers that say so."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.options import options_of
from auditor.templates.problems import Problem, did_you_mean, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`question-unknown` and `expression-option`."""
    concern = draft.form.urgent_concern
    if concern is None:
        return
    question = draft.by_id.get(concern.question)
    if question is None:
        place = draft.place("urgent_concern", "question")
        remedy = did_you_mean(concern.question, draft.by_id, "Name a question of this form.")
        yield problem("question-unknown", place, f"There is no question {concern.question}.", remedy)
        return
    codes = [option.code for option in options_of(draft.form, question)]
    for n, code in enumerate(concern.raised):
        if codes and code not in codes:
            place = draft.place("urgent_concern", "raised", n)
            message = f"Question {question.id} has no option {code}."
            yield problem("expression-option", place, message, did_you_mean(code, codes, "Use one of its codes."))
