"""Some answers open every section and every question; where conditions are small enough, all answers are tried."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import prod

from auditor.domain.errors import TemplateProblem
from auditor.templates.draft import Draft
from auditor.templates.expressions import CelValue, Expression, Mark, compile_expression
from auditor.templates.options import options_of
from auditor.templates.problems import Problem, problem
from auditor.templates.schema import QuestionForm
from auditor.templates.sight import RELEVANCE

MOST_TRIES = 50_000
MOST_WORK = 10_000_000
"""What all the tries of one form may come to, in characters of conditions worked out: about a second."""
_STRIDE = 50_021
"""A prime above the most tries, so that its multiples reach every combination."""
_NUMBERS = re.compile(r"(?<![\w.'])\d{1,6}(?![\w'])")


def check(draft: Draft) -> Iterator[Problem]:
    """`unreachable` for a section or question whose condition no answers make true."""
    patience = _Patience()
    for s, section in enumerate(draft.form.sections):
        if not _can_hold(draft, section.when, patience):
            place = draft.place("sections", s, "when")
            yield problem("unreachable", place, f"No answers open section {section.id}.", "Correct its condition.")
            continue
        for q, question in enumerate(section.questions):
            texts = [question.relevant] if question.gate else [section.when, question.relevant]
            both = " && ".join(f"({text})" for text in texts if text)
            if question.relevant and not _can_hold(draft, both, patience):
                place = draft.place("sections", s, "questions", q, "relevant")
                message = f"No answers open question {question.id}."
                yield problem("unreachable", place, message, "Correct its condition or its section's.")


class _Patience:
    """How much work is left for one form, counted and not timed, so that a form is judged alike on every machine."""

    def __init__(self) -> None:
        self._left = MOST_WORK

    def ends(self, expression: Expression, longest: int) -> bool:
        """Take one try off; whether nothing is left. A list that is looked through counts as often as it has entries,
        which are at most half the letters of the condition or the `longest` answer."""
        length = len(expression.text)
        times = max(length // 2, longest) if expression.looks_through else 1
        self._left -= (60 + length) * times
        return self._left < 0


def _can_hold(draft: Draft, text: str, patience: _Patience) -> bool:
    """Whether some answers make it true; yes where that would take too long to find out or it is faulty anyway."""
    try:
        expression = compile_expression(text, RELEVANCE) if text else None
    except TemplateProblem:
        return True
    if expression is None or not set(expression.questions) <= draft.by_id.keys():
        return True
    choices = [_values(draft, draft.by_id[name], text) for name in expression.questions]
    if prod(map(len, choices)) > MOST_TRIES:
        return True
    try:
        longest = max(map(len, choices), default=0)
        return any(patience.ends(expression, longest) or _holds(draft, expression, way) for way in _all_ways(choices))
    except TemplateProblem:
        return True


def _all_ways(choices: list[list[CelValue]]) -> Iterator[tuple[CelValue, ...]]:
    """Every combination once, far ones after one another, so that one that opens the condition comes soon."""
    total = prod(map(len, choices))
    for n in range(total):
        at, way = n * _STRIDE % total, []
        for values in choices:
            at, index = divmod(at, len(values))
            way.append(values[index])
        yield tuple(way)


def _holds(draft: Draft, expression: Expression, values: tuple[CelValue, ...]) -> bool:
    answers = dict(zip(expression.questions, values, strict=True))
    given = {name: value is not Mark.NOT_APPLICABLE for name, value in answers.items()}
    context = {
        "a": {name: value for name, value in answers.items() if given[name]},
        "na": [name for name in answers if not given[name]],
        "given": given,
        "regime": {regime.id: {"since": _day(regime.since)} for regime in draft.form.regimes if regime.since},
    }
    return expression.run(context) is True


def _values(draft: Draft, question: QuestionForm, text: str) -> list[CelValue]:
    """Values that between them make any difference a condition can see, N/A among them."""
    codes = [option.code for option in options_of(draft.form, question)]
    found: list[CelValue]
    match question.type:
        case "choice":
            found = list(codes)
        case "choices":
            found = [[], codes, *([code] for code in codes)]
        case "grade":
            found = [int(code) for code in codes if code.isdigit()]
        case "count":
            found = [n for number in _numbers(text) for n in (number, number + 1)]
        case "number":
            found = [float(n) for number in _numbers(text) for n in (number - 1, number, number + 1)]
        case "date" | "datetime":
            starts = [_day(regime.since) for regime in draft.form.regimes if regime.since]
            near = [start + timedelta(days=days) for start in starts for days in (-1, 0)]
            found = [datetime(2000, 1, 1, tzinfo=UTC), *near, datetime(2100, 1, 1, tzinfo=UTC)]
        case _:
            found = ["", "x"]
    return [Mark.NOT_APPLICABLE, *found]


def _numbers(text: str) -> list[int]:
    return sorted({0, *map(int, _NUMBERS.findall(text))})


def _day(text: str) -> datetime:
    """The day of a date that another check sees to; a day like any other where it is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return datetime(2013, 4, 15, tzinfo=UTC)
