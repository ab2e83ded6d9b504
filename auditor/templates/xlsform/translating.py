"""Translates a condition of an XLSForm into CEL, with ids for names, and values of the kind their answers have."""

import re
from collections.abc import Mapping

from auditor.templates.xlsform.answers import Asked
from auditor.templates.xlsform.cel import write_cel
from auditor.templates.xlsform.conditions import (
    Answer,
    Compare,
    Condition,
    Either,
    Every,
    Given,
    Holds,
    Mark,
    Not,
    Untranslatable,
    Value,
)
from auditor.templates.xlsform.xpath import read_xpath

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBERS, _DATES = ("count", "number"), ("date", "datetime")


class Translator:
    """Knows the questions of a form by their names in the XLSForm."""

    def __init__(self, asked: Mapping[str, Asked]) -> None:
        self._asked = asked

    def cel(self, texts: tuple[str, ...]) -> str:
        """The condition that all of these hold, in CEL. Raises `Untranslatable`."""
        parts = tuple(self._known(read_xpath(text)) for text in texts)
        return write_cel(parts[0] if len(parts) == 1 else Every(parts))

    def broken(self, constraint: str, name: str) -> str:
        """The condition that the answer to the question of that name breaks its constraint. Raises `Untranslatable`."""
        return write_cel(Not(self._known(read_xpath(constraint, name))))

    def _known(self, part: Condition) -> Condition:
        match part:
            case Compare():
                return Compare(self._side(part.left, part), part.sign, self._side(part.right, part))
            case Holds():
                return self._holds(part)
            case Given():
                return Given(self._of(part.question).id)
            case Not():
                return Not(self._known(part.part))
            case Every() | Either():
                return type(part)(tuple(map(self._known, part.parts)))

    def _of(self, name: str) -> Asked:
        if name not in self._asked:
            raise Untranslatable(f"It looks at {name}, which is no question of the template.")
        return self._asked[name]

    def _holds(self, part: Holds) -> Condition:
        asked = self._of(part.question)
        code = Value(Mark.TEXT, _code(asked, part.code))
        if asked.type == "choices":
            return Holds(asked.id, code.text)
        return Compare(Answer(asked.id), "==", code)

    def _side(self, side: Answer | Value, whole: Compare) -> Answer | Value:
        other = whole.right if side is whole.left else whole.left
        if isinstance(side, Answer):
            asked = self._of(side.question)
            if isinstance(other, Answer) and _family(self._of(other.question)) != _family(asked):
                raise Untranslatable("It compares answers of two kinds.")
            if asked.type == "choices" or (asked.type in ("choice", "text") and whole.sign not in ("==", "!=")):
                raise Untranslatable("It compares an answer in a way that its kind does not allow.")
            return Answer(asked.id)
        assert isinstance(other, Answer)
        return _fitting(side, self._of(other.question))


def _family(asked: Asked) -> tuple[str, ...]:
    """The kinds of answers that it can be compared with."""
    return next((family for family in (_NUMBERS, _DATES) if asked.type in family), (asked.type,))


def _fitting(value: Value, asked: Asked) -> Value:
    """The value in the form that the answers to that question have."""
    if asked.type == "choice":
        return Value(Mark.TEXT, _code(asked, value.text))
    if asked.type in _NUMBERS and _NUMBER.fullmatch(value.text):
        return Value(Mark.NUMBER, value.text)
    if asked.type in _DATES and _DAY.fullmatch(value.text):
        return Value(Mark.DAY, value.text)
    if asked.type == "text" and value.kind is Mark.TEXT:
        return value
    raise Untranslatable("It compares an answer with something of another kind.")


def _code(asked: Asked, name: str) -> str:
    if name not in asked.codes:
        raise Untranslatable(f"It names {name}, which is no option of its question.")
    return asked.codes[name]
