"""Consistency rules are prose so far, but the questions they mention should exist."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.names import questions_mentioned
from auditor.templates.problems import Problem, did_you_mean, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`rule-question-unknown` (a warning) for each that does not."""
    for r, rule in enumerate(draft.form.consistency):
        place = draft.place("consistency", r, "condition_as_written")
        for name in sorted(questions_mentioned(rule.condition_as_written) - set(draft.by_id)):
            message = f"{rule.id} mentions {name}, which is not here."
            remedy = did_you_mean(name, draft.by_id, "Name a question of this form.")
            yield problem("rule-question-unknown", place, message, remedy)
