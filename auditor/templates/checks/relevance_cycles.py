"""Whether something is asked never hangs on its own answer, straight or in a circle."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from auditor.domain.errors import TemplateProblem
from auditor.templates.draft import Draft
from auditor.templates.expressions import compile_expression
from auditor.templates.problems import Problem, problem
from auditor.templates.sight import RELEVANCE
from auditor.templates.yaml_reader import KeyPath


def check(draft: Draft) -> Iterator[Problem]:
    """`relevance-cycle`, once for each circle, where it is first written."""
    every, places = _graph(draft)
    hangs_on = _turned(_ending(_turned(_ending(every))))
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


Graph = Mapping[str, Sequence[str]]


def _ending(hangs_on: Graph) -> Graph:
    """The graph without those from which every way comes to an end, so that a long chain costs one look at each."""
    waiting = {name: sum(other in hangs_on for other in others) for name, others in hangs_on.items()}
    users = _turned(hangs_on)
    ended = [name for name, count in waiting.items() if not count]
    for name in ended:
        for user in users[name]:
            waiting[user] -= 1
            if not waiting[user]:
                ended.append(user)
    gone = set(ended)
    return {name: others for name, others in hangs_on.items() if name not in gone}


def _turned(hangs_on: Graph) -> Graph:
    """The same graph with every arrow turned round; what it names and does not hold is left out."""
    turned: dict[str, list[str]] = {name: [] for name in hangs_on}
    for name, others in hangs_on.items():
        for other in others:
            if other in turned:
                turned[other].append(name)
    return turned


def _circle(start: str, hangs_on: Graph) -> list[str]:
    """A shortest way from the start back to it, or nothing."""
    came_from: dict[str, str] = {}
    ways = deque([start])
    while ways:
        here = ways.popleft()
        for name in hangs_on.get(here, ()):
            if name == start:
                return [*_way(start, here, came_from), start]
            if name not in came_from:
                came_from[name] = here
                ways.append(name)
    return []


def _way(start: str, end: str, came_from: Mapping[str, str]) -> list[str]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
