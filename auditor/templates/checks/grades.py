"""Grades are numbers from best to worst, so that they can be compared and capped."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.options import options_of
from auditor.templates.problems import Problem, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`grade-codes` where the codes of a grade question are not 1, 2, 3 and so on, in this order."""
    for path, question in draft.questions():
        if question.type != "grade":
            continue
        codes = [option.code for option in options_of(draft.form, question)]
        if codes and codes != [str(number) for number in range(1, len(codes) + 1)]:
            message = f"The grades of question {question.id} are not numbered 1, 2, 3 from best to worst."
            yield problem("grade-codes", draft.place(*path, "type"), message, "Number them in the scale.")
