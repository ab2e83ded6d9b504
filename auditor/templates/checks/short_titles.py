"""Narrow lists tell sections apart by their short titles alone."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`short-title-repeated` where two sections share one, capitals aside."""
    seen: set[str] = set()
    for s, section in enumerate(draft.form.sections):
        short = section.short.casefold()
        if short in seen:
            place = draft.place("sections", s, "short")
            message = f"Another section is called {section.short} as well."
            yield problem("short-title-repeated", place, message, "Choose another short title.")
        seen.add(short)
