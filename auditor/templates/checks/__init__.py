"""The rules a template has to keep: one rule, one file, one pure function from a draft to its problems."""

from collections.abc import Callable, Iterator

from auditor.templates.checks import (
    consistency,
    derived,
    grades,
    heat_steps,
    id_patterns,
    indicators,
    label_sets,
    limiting,
    options_fit,
    overall,
    polarity,
    reachable,
    regimes,
    relevance,
    relevance_cycles,
    repeated_ids,
    repeated_options,
    scales_exist,
    section_empty,
    short_titles,
    themes_exist,
    themes_used,
    timescales,
    urgent_concern,
    variants,
)
from auditor.templates.draft import Draft
from auditor.templates.problems import Problem

Check = Callable[[Draft], Iterator[Problem]]

ALL: tuple[Check, ...] = (
    id_patterns.check,
    repeated_ids.check,
    repeated_options.check,
    short_titles.check,
    section_empty.check,
    themes_exist.check,
    themes_used.check,
    scales_exist.check,
    options_fit.check,
    grades.check,
    polarity.check,
    limiting.check,
    overall.check,
    derived.check,
    heat_steps.check,
    label_sets.check,
    urgent_concern.check,
    relevance.check,
    relevance_cycles.check,
    reachable.check,
    regimes.check,
    timescales.check,
    consistency.check,
    indicators.check,
    variants.check,
)


def run_checks(draft: Draft) -> list[Problem]:
    """Everything the rules find, in the order of the file."""
    found = [problem for check in ALL for problem in check(draft)]
    return sorted(found, key=lambda problem: problem.place.line or problem.place.row or 0)
