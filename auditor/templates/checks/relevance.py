"""The conditions under which sections and questions are for a case can be worked out from the answers to this form."""

from collections.abc import Iterator

from auditor.templates.checks.conditions import check_condition
from auditor.templates.draft import Draft
from auditor.templates.problems import Problem
from auditor.templates.sight import RELEVANCE


def check(draft: Draft) -> Iterator[Problem]:
    """The problems of `check_condition`."""
    for s, section in enumerate(draft.form.sections):
        if section.when:
            yield from check_condition(draft, draft.place("sections", s, "when"), section.when, RELEVANCE)
    for path, question in draft.questions():
        if question.relevant:
            yield from check_condition(draft, draft.place(*path, "relevant"), question.relevant, RELEVANCE)
