"""A question's scale stands in the list of scales."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`scale-unknown` for each that does not."""
    known = {scale.id for scale in draft.form.scales}
    for path, question in draft.questions():
        if question.scale and question.scale not in known:
            remedy = did_you_mean(question.scale, known, "Add it to the scales.")
            yield problem("scale-unknown", draft.place(*path, "scale"), f"There is no scale {question.scale}.", remedy)
