"""Simple conditions that both languages can say, CEL in templates and XPath in XLSForms: one tree, one grammar.

Each language has its own words (`xpath`, `cel`); both split a text into the same tokens, and write the same tree.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from auditor.domain.errors import TemplateProblem

MAX_TOKENS = 500
MAX_DEPTH = 20


class Mark(Enum):
    """What a token is."""

    OR = auto()
    AND = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()
    COMPARE = auto()
    ANSWER = auto()
    """The answer to a question."""
    GIVEN = auto()
    """Whether a question has an answer."""
    TEXT = auto()
    NUMBER = auto()
    DAY = auto()
    HOLDS = auto()
    """Among the options chosen is ..., as `selected(answer, 'x')` or `'x' in answer`."""
    IN_LIST = auto()
    COMMA = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a condition; `text` is the question, the value or the operator (`==`, `<=`, ...)."""

    mark: Mark
    text: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question."""

    question: str


@dataclass(frozen=True, slots=True)
class Value:
    """A fixed value: TEXT, NUMBER or DAY (as 2013-04-15)."""

    kind: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Compare:
    """Two sides and `==`, `!=`, `<`, `<=`, `>` or `>=` between them."""

    left: Answer | Value
    sign: str
    right: Answer | Value


@dataclass(frozen=True, slots=True)
class Holds:
    """Among the options chosen for the question is this one."""

    question: str
    code: str


@dataclass(frozen=True, slots=True)
class Given:
    """The question has an answer."""

    question: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any of the parts."""

    parts: tuple["Condition", ...]


Condition = Compare | Holds | Given | Not | Every | Either


class Untranslatable(TemplateProblem):
    """A condition that only one of the two languages can say, or that is more than simple."""

    def __init__(self, why: str) -> None:
        super().__init__("condition-untranslatable", "Condition not carried", why, "Write it in the template by hand.")


def questions_in(condition: Condition) -> Iterator[str]:
    """The questions it names, in order."""
    match condition:
        case Compare():
            yield from (side.question for side in (condition.left, condition.right) if isinstance(side, Answer))
        case Holds() | Given():
            yield condition.question
        case Not():
            yield from questions_in(condition.part)
        case Every() | Either():
            for part in condition.parts:
                yield from questions_in(part)


def parse(tokens: list[Token]) -> Condition:
    """The tree of a condition. Raises `Untranslatable`."""
    if not tokens or len(tokens) > MAX_TOKENS:
        raise Untranslatable("It is empty or very long.")
    return _Parser(tokens).whole()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    def whole(self) -> Condition:
        condition = self._either()
        if self._at != len(self._tokens):
            raise Untranslatable("It says more than a simple comparison.")
        return condition

    def _either(self) -> Condition:
        return self._joined(Mark.OR, self._every, Either)

    def _every(self) -> Condition:
        return self._joined(Mark.AND, self._single, Every)

    def _joined(
        self, mark: Mark, part: Callable[[], Condition], join: Callable[[tuple[Condition, ...]], Condition]
    ) -> Condition:
        parts = [part()]
        while self._next(mark):
            parts.append(part())
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def _single(self) -> Condition:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Untranslatable("It has too many brackets within brackets.")
        condition = self._atom()
        self._depth -= 1
        return condition

    def _atom(self) -> Condition:
        if self._next(Mark.NOT):
            return Not(self._single())
        if self._next(Mark.OPEN):
            condition = self._either()
            self._want(Mark.CLOSE)
            return condition
        if given := self._next(Mark.GIVEN):
            return Given(given.text)
        if self._next(Mark.HOLDS):
            return self._selected()
        return self._comparison()

    def _selected(self) -> Condition:
        """`selected(answer, 'x')`, whose name and bracket are read."""
        answer = self._want(Mark.ANSWER)
        self._want(Mark.COMMA)
        code = self._next(Mark.NUMBER) or self._want(Mark.TEXT)
        self._want(Mark.CLOSE)
        return Holds(answer.text, code.text)

    def _comparison(self) -> Condition:
        left = self._side()
        if self._next(Mark.IN_LIST):
            return self._among(left)
        sign = self._want(Mark.COMPARE).text
        right = self._side()
        return _compared(left, sign, right)

    def _among(self, left: Answer | Value) -> Condition:
        """`'x' in answer`, or `answer in ['x', 'y']`, whose bracket counts as an open one."""
        if isinstance(left, Value):
            return Holds(self._want(Mark.ANSWER).text, left.text)
        self._want(Mark.OPEN)
        parts: list[Condition] = [Compare(left, "==", self._side())]
        while self._next(Mark.COMMA):
            parts.append(Compare(left, "==", self._side()))
        self._want(Mark.CLOSE)
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _side(self) -> Answer | Value:
        if answer := self._next(Mark.ANSWER):
            return Answer(answer.text)
        for kind in (Mark.TEXT, Mark.NUMBER, Mark.DAY):
            if value := self._next(kind):
                return Value(kind, value.text)
        raise Untranslatable("It says more than a simple comparison.")

    def _next(self, mark: Mark) -> Token | None:
        if self._at < len(self._tokens) and self._tokens[self._at].mark is mark:
            self._at += 1
            return self._tokens[self._at - 1]
        return None

    def _want(self, mark: Mark) -> Token:
        found = self._next(mark)
        if found is None:
            raise Untranslatable("It says more than a simple comparison.")
        return found


def _compared(left: Answer | Value, sign: str, right: Answer | Value) -> Condition:
    if isinstance(left, Value) and isinstance(right, Value):
        raise Untranslatable("It compares two fixed values.")
    empty = Value(Mark.TEXT, "")
    for answer, other in ((left, right), (right, left)):
        if isinstance(answer, Answer) and other == empty:
            if sign not in ("==", "!="):
                raise Untranslatable("It asks whether something is more or less than nothing.")
            return Given(answer.question) if sign == "!=" else Not(Given(answer.question))
    return Compare(left, sign, right)
