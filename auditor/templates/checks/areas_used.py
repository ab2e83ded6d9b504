"""Every practice area is served by a question."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`area-unused` for each that is not."""
    served = {
        area
        for section in draft.form.sections
        for question in section.questions
        for area in question.serves or section.serves
    }
    for a, area in enumerate(draft.form.practice_areas):
        if area.id not in served:
            place = draft.place("practice_areas", a, "id")
            yield problem(
                "area-unused", place, f"No question serves {area.id}.", "Let a question serve it or remove it."
            )
