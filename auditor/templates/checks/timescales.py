"""A timescale runs between two date questions of this form, or counts one of its count questions."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem

_DATES = {"date", "datetime"}


def check(draft: Draft) -> Iterator[Problem]:
    """`question-unknown`, `timescale-not-a-date` and `timescale-not-a-count`."""
    for r, rule in enumerate(draft.form.timescales):
        named = (("start", rule.start), ("end", rule.end), ("count", rule.count), ("attest", rule.attest))
        for key, name in named:
            if not name:
                continue
            place = draft.place("timescales", r, key)
            question = draft.by_id.get(name)
            if question is None:
                remedy = did_you_mean(name, draft.by_id, "Name a question of this form.")
                yield problem("question-unknown", place, f"There is no question {name}.", remedy)
            elif key in ("start", "end") and question.type not in _DATES:
                message = f"{rule.id} runs from or to question {name}, which is not a date."
                yield problem("timescale-not-a-date", place, message, "Name a question of type date or datetime.")
            elif key == "count" and question.type != "count":
                message = f"{rule.id} counts question {name}, which is not a count."
                yield problem("timescale-not-a-count", place, message, "Name a question of type count.")
