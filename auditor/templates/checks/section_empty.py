"""A section is a page of questions."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`section-empty` for a section without questions."""
    for s, section in enumerate(draft.form.sections):
        if not section.questions:
            place = draft.place("sections", s, "id")
            yield problem("section-empty", place, f"Section {section.id} has no questions.", "Add one or remove it.")
