"""Only a choice whose options say how they stand for practice can count as good or bad news."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.options import options_of
from auditor.templates.problems import Problem, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`polarity-without-standing` for a positive or negative question that could never be counted."""
    for path, question in draft.questions():
        if question.polarity == "neutral":
            continue
        stands = {option.stands_for for option in options_of(draft.form, question)} - {"none"}
        if question.type != "choice" or not stands:
            message = f"Question {question.id} has a polarity, but its answers stand for nothing that is counted."
            remedy = "Give its options `stands_for`, or leave polarity out."
            yield problem("polarity-without-standing", draft.place(*path, "polarity"), message, remedy)
