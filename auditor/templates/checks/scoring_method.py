"""A scoring method has what it needs, and nothing it does not look at."""

from collections.abc import Iterator

from auditor.templates.checks.scored import Scored, scorings
from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`scoring-method`."""
    for scored in scorings(draft):
        for key, message, remedy in (*_missing(scored), *_needless(scored)):
            yield problem("scoring-method", draft.place(*scored.path, key), message, remedy)


def _missing(scored: Scored) -> Iterator[tuple[str, str, str]]:
    form = scored.form
    if form.method == "points" and not (form.points or form.options):
        yield "method", "Nothing says what an answer is worth.", "Add points: {met: 2, partly: 1}."
    elif form.method in ("share_met", "points") and not scored.counted:
        remedy = "Give questions a polarity, or choose another method."
        yield "method", "No question here is counted by this method.", remedy
    elif form.method == "judgement" and not scored.judged:
        remedy = "Tag the grade of each section section_judgement, or choose another method."
        yield "method", "Nothing here is graded.", remedy


def _needless(scored: Scored) -> Iterator[tuple[str, str, str]]:
    form = scored.form
    for key in ("points", "options", "weights"):
        if getattr(form, key) and form.method != "points":
            message = f"The method {form.method} does not look at {key}."
            yield key, message, "Leave the key out, or choose the method points."
    if "reads_as" in form.model_fields_set and form.method not in ("share_met", "points"):
        message = f"With the method {form.method} no number is told."
        yield "reads_as", message, "Leave the key out."
