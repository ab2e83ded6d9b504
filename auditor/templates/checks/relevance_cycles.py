"""Whether something is asked never hangs on its own answer, straight or in a circle."""

from collections.abc import Iterator, Mapping

from auditor.domain.errors import TemplateProblem
from auditor.templates.draft import Draft
from auditor.templates.expressions import compile_expression
from auditor.templates.problems import Problem, problem
from auditor.templates.sight import RELEVANCE
from auditor.templates.yaml_reader import KeyPath


def check(draft: Draft) -> Iterator[Problem]:
    """`relevance-cycle`, once for each circle, where it is first written."""
    hangs_on, places = _graph(draft)
    told: set[str] = set()
    for name in hangs_on:
        circle = [] if name in told else _circle(name, hangs_on)
        if not circle:
            continue
        told.update(circle)
        message = f"Whether {name} is asked hangs on itself: {' hangs on '.join(circle)}."
        remedy = "Take one of them out of the condition, or mark the question as a gate."
        yield problem("relevance-cycle", draft.place(*places[name]), message, remedy)


def _graph(draft: Draft) -> tuple[dict[str, tuple[str, ...]], dict[str, KeyPath]]:
    """What each section and question hangs on, in the order of the form, and where that is written."""
    hangs_on: dict[str, tuple[str, ...]] = {}
    places: dict[str, KeyPath] = {}
    for s, section in enumerate(draft.form.sections):
        hangs_on[section.id] = _named(section.when)
        places[section.id] = ("sections", s, "when")
        for q, question in enumerate(section.questions):
            own = () if question.gate else (section.id,)
            hangs_on[question.id] = (*own, *_named(question.relevant))
            places[question.id] = ("sections", s, "questions", q, "relevant")
    return hangs_on, places


def _named(text: str) -> tuple[str, ...]:
    try:
        return compile_expression(text, RELEVANCE).questions if text else ()
    except TemplateProblem:  # told by the check of the condition itself
        return ()


def _circle(start: str, hangs_on: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A way from the start back to it, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for name in hangs_on.get(way[-1], ()):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
