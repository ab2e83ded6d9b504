"""Conditions of a template: CEL over a case's answers, compiled once, where an absent answer means *unknown*.

In an expression `a` holds the answers by question id (`a['S22.01'] == 0`) and `na` the ids answered N/A; an
unanswered question is in neither, an N/A one not in `a`. Guard with `'S22.01' in a` where absence matters.
"""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from auditor.domain.answers import Answer, Value
from auditor.domain.errors import TemplateProblem
from auditor.domain.template import AnswerType, Question, Template
from auditor.templates.syntax_words import plain_syntax

if TYPE_CHECKING:
    from cel import Program

MAX_LENGTH = 2000
ANSWERS = frozenset({"a", "na"})
"""The names that every condition may use."""


class Mark(Enum):
    """An answer that is no value."""

    NOT_APPLICABLE = "n/a"


CelValue = str | int | float | datetime | list[str] | Mark


@dataclass(frozen=True, slots=True)
class Missing:
    """The result of a condition that looked up something which is not there."""

    key: str


# Names in an expression: literals in the place of a question id or shaped like one; names bound by macros.
_LITERAL_IDS = re.compile(r"""(['"])([A-Z]\d{2,3}\.\d{2,3})\1""")
_LOOKED_UP = re.compile(r"""\ba\s*\[\s*(['"])(.*?)\1\s*\]""")
_ASKED_FOR = re.compile(r"""(['"])([^'"]*)\1\s+in\s+(?:a|na)\b(?!\s*[\[.])""")
_FIELD = re.compile(r"""\b([a-z_]+)\s*(?:\.\s*([a-z_]+)\b(?!\s*\()|\[\s*(['"])(.*?)\3\s*\])""")
_LOOKS_THROUGH = re.compile(r"\.\s*(?:all|exists|exists_one|existsOne|filter|map)\s*\(")
_MAKES_LISTS = re.compile(r"\.\s*map\s*\(")
_BOUND = re.compile(_LOOKS_THROUGH.pattern + r"\s*(\w+)\s*,")
_ASIDE = re.compile(
    r"""//[^\n]*|[rR](?:'''.*?'''|\"{3}.*?\"{3}|'[^'\n]*'|"[^"\n]*")"""
    r"""|'''(?:\\.|[^\\])*?'''|\"{3}(?:\\.|[^\\])*?\"{3}|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\"""",
    re.DOTALL,
)
"""Comments and texts, in which a bracket is no bracket."""


@dataclass(frozen=True)
class Expression:
    """A compiled condition. `questions` are the ids it names; it sees the answers to those and no others. `names` are
    the variables and functions it uses (`a`, `na`, `section_na`, `size`, ...), `fields` what it takes from each
    (`q.outcome`, `section_na['S11']`), by variable."""

    text: str
    questions: tuple[str, ...]
    names: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    looks_through: bool
    """Whether it looks through a list (`exists`, `all`), which takes as long as the list is."""
    _program: "Program"

    def evaluate(self, answers: Mapping[str, CelValue]) -> bool | None:
        """Whether it holds; None where an answer it needs is absent; `TemplateProblem` for a fault."""
        seen = {name: answers[name] for name in self.questions if name in answers}
        context = {
            "a": {name: value for name, value in seen.items() if value is not Mark.NOT_APPLICABLE},
            "na": [name for name, value in seen.items() if value is Mark.NOT_APPLICABLE],
        }
        result = self.run(context)
        return None if isinstance(result, Missing) else result

    def run(self, context: Mapping[str, object]) -> bool | Missing:
        """The same for a context that is handed in: whether it holds, or what was missing first."""
        try:
            result = self._program.execute(dict(context))
        except KeyError as error:
            return Missing(str(error.args[0]))
        except (TypeError, RuntimeError, ValueError, LookupError, ArithmeticError) as error:
            raise _fault(self.text, _first_sentence(error)) from None
        if not isinstance(result, bool):
            raise _fault(self.text, "It gives a value and not true or false")
        return result


@lru_cache(maxsize=1)
def _compiler() -> "Callable[[str], Program]":
    """The library without its own command line, whose terminal toolkit would take 0.2 s at every start."""
    ours = "cel" not in sys.modules and sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
    import cel

    if ours:
        del sys.modules["cel.cli"]
    return cel.compile


@lru_cache(maxsize=1024)
def compile_expression(text: str, names: frozenset[str] = ANSWERS) -> Expression:
    """Compile a condition that may use those names; raises `TemplateProblem` with code `expression-syntax` or
    `expression-name`."""
    compile_text = _compiler()
    if len(text) > MAX_LENGTH:
        raise _syntax(text, f"It is longer than {MAX_LENGTH} characters", "Split it into two.")
    bare = _ASIDE.sub(" ", text)
    _refuse_endless(text, bare)
    try:
        program = compile_text(text)
    except ValueError as error:
        raise _syntax(text, plain_syntax(text, str(error)), "Compare with the examples in forms/README.md.") from None
    used = set(program.variables()) - set(_BOUND.findall(text))
    foreign = sorted(used - names)
    if foreign:
        message = f"{foreign[0]} is not known in a condition: {_shown(text)}."
        raise TemplateProblem("expression-name", "Condition not understood", message, "Write answers as a['S01.10'].")
    names = frozenset(used.union(program.functions()))
    return Expression(text, _questions(text), names, _fields(text), bool(_LOOKS_THROUGH.search(bare)), program)


def cel_values(template: Template, answers: Mapping[str, Answer]) -> dict[str, CelValue]:
    """The answers to a template's questions as conditions see them; blank answers are left out.

    Choice: code; choices: list of codes; grade and count: int; number: float; dates: aware, in UTC (a date
    is its midnight, a clock time is taken as it stands); N/A: `Mark.NOT_APPLICABLE`.
    """
    return {
        name: Mark.NOT_APPLICABLE if answer.is_na else cel_value(question, answer.value)
        for name, answer in answers.items()
        if (question := template.by_id.get(name)) is not None and (answer.is_na or answer.value is not None)
    }


def cel_value(question: Question, value: Value | None) -> CelValue:
    """One value, already checked against its question, as conditions see it."""
    if isinstance(value, tuple):
        return list(value)
    match question.type:
        case AnswerType.GRADE | AnswerType.COUNT:
            return int(value or 0)
        case AnswerType.NUMBER:
            return float(value or 0)
        case AnswerType.DATE:
            day = date.fromisoformat(str(value))
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        case AnswerType.DATETIME:
            return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
        case _:
            return str(value)


def _refuse_endless(text: str, bare: str) -> None:
    """Refuse what takes twice the time or room with every few letters: lists looked through within lists, and `map`,
    with which a text can double itself again and again."""
    if _MAKES_LISTS.search(bare):
        raise _syntax(text, "A condition makes no lists with map", "Look through the list with exists or all.")
    starts = {match.end() - 1 for match in _LOOKS_THROUGH.finditer(bare)}
    inside: list[bool] = []  # one for each bracket that is open: whether a list is looked through in it
    for at, sign in enumerate(bare):
        if sign == "(":
            if at in starts and any(inside):
                remedy = "Look through one list after the other, with && or || between them."
                raise _syntax(text, "It looks through a list within a list", remedy)
            inside.append(at in starts)
        elif sign == ")" and inside:
            inside.pop()


def _questions(text: str) -> tuple[str, ...]:
    found = [match[1] for pattern in (_LITERAL_IDS, _LOOKED_UP, _ASKED_FOR) for match in pattern.findall(text)]
    return tuple(sorted(set(found)))


def _fields(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, dotted, _, quoted in _FIELD.findall(text):
        found.setdefault(name, set()).add(dotted or quoted)
    return {name: frozenset(fields) for name, fields in found.items()}


def _fault(text: str, why: str) -> TemplateProblem:
    message = f"{why}: {_shown(text)}."
    return TemplateProblem("expression-fault", "Condition cannot be worked out", message, "Correct the template.")


def _syntax(text: str, why: str, remedy: str) -> TemplateProblem:
    return TemplateProblem("expression-syntax", "Condition not understood", f"{why}: {_shown(text)}.", remedy)


def _shown(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."


def _first_sentence(error: Exception) -> str:
    """The library's own words, without the picture of the source that follows them."""
    return str(error).split("\n", 1)[0].split(". ", 1)[0].rstrip(".")
