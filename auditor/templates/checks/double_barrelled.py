"""A question asks one thing: to two questions in one there is no single answer."""

import re
from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem

_VERB = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
_SECOND_CLAUSE = re.compile(rf"\b(?:and|or)\s+(?:(?:how|what|why|where|when)\s+(?:\w+\s+)?)?(?:{_VERB})\b", re.I)


def check(draft: Draft) -> Iterator[Problem]:
    """`double-barrelled` for a question that goes on to ask something else after *and* or *or*."""
    for path, question in draft.questions():
        text = question.text.rstrip()
        if text.endswith("?") and (text.count("?") > 1 or _SECOND_CLAUSE.search(text)):
            message = f"{question.id} seems to ask two things."
            yield problem("double-barrelled", draft.place(*path, "text"), message, "Ask one, or make it two questions.")
