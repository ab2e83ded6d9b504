"""A theme that no question serves would be an empty line in every matrix."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`theme-unused` (a warning) for each such theme."""
    used = {theme for _, question in draft.questions() for theme in question.themes}
    for t, theme in enumerate(draft.form.themes):
        if theme.id not in used:
            place = draft.place("themes", t, "id")
            message = f"No question serves the theme {theme.id}."
            yield problem("theme-unused", place, message, "Give it a question or remove it.")
