"""Two questions that read the same are hard to tell apart in lists and findings."""

import re
from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem

_BETWEEN = re.compile(r"\W+")


def check(draft: Draft) -> Iterator[Problem]:
    """`wording-repeated` at the second and every later question of the same words, capitals and signs aside."""
    first: dict[str, str] = {}
    for path, question in draft.questions():
        words = _BETWEEN.sub(" ", question.text.casefold()).strip()
        if words in first:
            message = f"{question.id} reads the same as {first[words]}."
            yield problem("wording-repeated", draft.place(*path, "text"), message, "Say what sets them apart.")
        first.setdefault(words, question.id)
