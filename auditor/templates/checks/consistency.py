"""A consistency rule has a condition that can be worked out, and leads to questions of this form."""

from collections.abc import Iterator

from auditor.templates.checks.conditions import check_condition
from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.rule_names import conditions_of


def check(draft: Draft) -> Iterator[Problem]:
    """`rule-without-condition`, `question-unknown` and the problems of `check_condition`."""
    for r, rule in enumerate(draft.form.consistency):
        conditions = conditions_of(rule)
        if not conditions:
            place = draft.place("consistency", r, "id")
            remedy = "Give it when, each_question or each_section."
            yield problem("rule-without-condition", place, f"{rule.id} says nowhere when it fires.", remedy)
        for path, text, names in conditions:
            yield from check_condition(draft, draft.place("consistency", r, *path), text, names)
        for n, name in enumerate(rule.leads_to):
            if name not in draft.by_id:
                remedy = did_you_mean(name, draft.by_id, "Name a question of this form.")
                place = draft.place("consistency", r, "leads_to", n)
                yield problem("question-unknown", place, f"There is no question {name}.", remedy)
