"""The rules a template has to keep: one rule, one file, one pure function from a draft to its problems."""

from collections.abc import Callable, Iterable, Iterator

from auditor.templates.checks import (
    areas_exist,
    areas_used,
    consistency,
    dead_options,
    derived,
    double_barrelled,
    grades,
    hard_to_read,
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
    repeated_wording,
    scales_exist,
    scoring_method,
    scoring_points,
    scoring_weights,
    section_empty,
    shared_events,
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
    areas_exist.check,
    areas_used.check,
    scales_exist.check,
    options_fit.check,
    dead_options.check,
    grades.check,
    polarity.check,
    limiting.check,
    overall.check,
    derived.check,
    heat_steps.check,
    label_sets.check,
    scoring_method.check,
    scoring_points.check,
    scoring_weights.check,
    shared_events.check,
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
"""What a template has to keep, or is warned about."""

HINTS: tuple[Check, ...] = (repeated_wording.check, hard_to_read.check, double_barrelled.check)
"""How its questions read."""


def run_checks(draft: Draft) -> list[Problem]:
    """Everything the rules find, in the order of the file."""
    found = [problem for check in ALL for problem in check(draft)]
    return in_order(found)


def run_hints(draft: Draft) -> list[Problem]:
    """What could be put better, in the order of the file."""
    return in_order(problem for check in HINTS for problem in check(draft))


def in_order(found: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the file."""
    return sorted(found, key=lambda problem: problem.place.line or problem.place.row or 0)
