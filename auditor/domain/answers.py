"""What can be recorded against a question, and the check that a value fits the question it answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from auditor.domain.canonical import Json
from auditor.domain.errors import BadInput
from auditor.domain.template import AnswerType, Question

Value = str | int | tuple[str, ...]

LONGEST_TEXT = 20_000
"""Characters of a comment, reason or text answer; longer text belongs in the case record, not in an audit of it."""


class Facet(StrEnum):
    """The parts of an answer that are recorded, and can disagree, one by one.

    `under` keeps under which versions of the template a question was answered, where that matters; `read` which
    version's carried answer its author has read; `flag` that it is to be talked over with the partner.
    """

    ANSWER = "answer"
    COMMENT = "comment"
    LOCATION = "location"
    GOOD_PRACTICE = "good_practice"
    UNDER = "under"
    READ = "read"
    FLAG = "flag"


CONTENT = (Facet.ANSWER, Facet.COMMENT, Facet.LOCATION, Facet.GOOD_PRACTICE)
"""What is said of the case: a sign-off binds it, and where two computers differ over it somebody has to choose."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, or *not applicable* with its reason; both empty means cleared.

    `value`: option code (choice, grade), tuple of codes (choices), ISO text (date, datetime), int (count), decimal as
    text (number), text. An agreed answer also keeps why it was agreed (`reason`) and whose answer was taken (`took`:
    "A", "B", "same" or "new").
    """

    value: Value | None = None
    na_reason: str = ""
    reason: str = ""
    took: str = ""

    @property
    def is_na(self) -> bool:
        """Whether the question was marked not applicable."""
        return bool(self.na_reason)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is recorded."""
        return self.value is None and not self.na_reason

    def same_as(self, other: "Answer") -> bool:
        """Equal as an answer; two N/As agree whatever their reasons."""
        return (self.is_na and other.is_na) or (self.is_na == other.is_na and self.value == other.value)

    def to_plain(self) -> Json:
        """The form kept in the ledger; None when blank."""
        if self.is_blank:
            return None
        plain: dict[str, Json] = {}
        if self.is_na:
            plain["na"] = self.na_reason
        else:
            plain["v"] = list(self.value) if isinstance(self.value, tuple) else self.value
        if self.reason:
            plain["reason"] = self.reason
        if self.took:
            plain["took"] = self.took
        return plain

    @staticmethod
    def from_plain(plain: Json) -> "Answer":
        """The answer that `to_plain` wrote."""
        if not isinstance(plain, dict):
            return Answer()
        value = plain.get("v")
        return Answer(
            value=tuple(str(item) for item in value) if isinstance(value, list) else _scalar(value),
            na_reason=str(plain.get("na", "")),
            reason=str(plain.get("reason", "")),
            took=str(plain.get("took", "")),
        )


def _scalar(value: Json) -> str | int | None:
    return value if isinstance(value, str | int) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything recorded in one slot against one question. `flag` is None where it is not flagged for discussion,
    else what was said with the flag, if only nothing."""

    answer: Answer = Answer()
    comment: str = ""
    location: str = ""
    good_practice: bool = False
    flag: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is recorded."""
        return self == Entry()


def question_key(question_id: str, facet: Facet) -> str:
    """The ledger key of a facet of a question."""
    return f"{question_id}/{facet.value}"


@lru_cache(maxsize=4096)
def split_key(key: str) -> tuple[str, Facet] | None:
    """The question id and facet of a ledger key, or None where the key is not an answer's."""
    question_id, _, facet = key.rpartition("/")
    return (question_id, Facet(facet)) if question_id and facet in Facet._value2member_map_ else None


def fitting(question: Question, answer: Answer, whole_section: bool = False) -> Answer:
    """The answer in its normal form (choices in the order of the scale, numbers without needless signs, blank text as
    blank), so that equal answers are stored alike; raises `BadInput` unless it fits the question.

    `whole_section`: the section as a whole does not apply, which allows N/A for every question in it.
    """
    if answer.is_blank or (isinstance(answer.value, str) and not answer.value.strip()):
        return replace(answer, value=None)
    if answer.is_na:
        if not (question.na_allowed or whole_section):
            raise _unfit(question, "cannot be answered N/A", "Choose one of its answers; Not evidenced is one of them.")
        if not answer.na_reason.strip():
            raise _unfit(question, "needs a reason for N/A", "Say in a few words why it does not apply.")
        return replace(answer, na_reason=checked_text(answer.na_reason, f"The reason for N/A of {question.number}"))
    assert answer.value is not None
    if not _FITS[question.type](question, answer.value):
        raise _unfit(question, f"does not take that value ({_WORDS[question.type]})", "Enter it in that form.")
    return replace(answer, value=_normal(question, answer.value))


def checked_text(text: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """The text without white space around it; raises `BadInput` (text-too-long) if it is longer than is kept."""
    if len(text) > longest:
        raise BadInput(
            "text-too-long",
            "Too long",
            f"{what} has {len(text):,} characters; {longest:,} fit.",
            "Shorten it, and name where in the file the rest can be read.",
        )
    return text.strip()


def _normal(question: Question, value: Value) -> Value:
    if isinstance(value, tuple):
        order = [option.code for option in question.options]
        return tuple(sorted(value, key=order.index))
    if question.type is AnswerType.NUMBER:
        return f"{Decimal(value).normalize():f}" if Decimal(value) else "0"
    return checked_text(value, f"The answer to {question.number}") if isinstance(value, str) else value


def _unfit(question: Question, what: str, remedy: str) -> BadInput:
    return BadInput("answer-does-not-fit", "Answer does not fit", f"Question {question.number} {what}.", remedy)


def _is_option(question: Question, value: Value) -> bool:
    return isinstance(value, str) and question.option(value) is not None


def _are_options(question: Question, value: Value) -> bool:
    return isinstance(value, tuple) and len(set(value)) == len(value) and all(map(question.option, value))


def _is_date(_question: Question, value: Value) -> bool:
    return isinstance(value, str) and _DATE.fullmatch(value) is not None and _parses(date.fromisoformat, value)


def _is_datetime(_question: Question, value: Value) -> bool:
    return isinstance(value, str) and _DATETIME.fullmatch(value) is not None and _parses(datetime.fromisoformat, value)


def _parses(parse: Callable[[str], object], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


def _is_number(_question: Question, value: Value) -> bool:
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
_DATETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_FITS: dict[AnswerType, Callable[[Question, Value], bool]] = {
    AnswerType.CHOICE: _is_option,
    AnswerType.GRADE: _is_option,
    AnswerType.CHOICES: _are_options,
    AnswerType.DATE: _is_date,
    AnswerType.DATETIME: _is_datetime,
    AnswerType.COUNT: lambda _q, value: type(value) is int and 0 <= value <= 1_000_000,
    AnswerType.NUMBER: _is_number,
    AnswerType.TEXT: lambda _q, value: isinstance(value, str),
}
_WORDS: dict[AnswerType, str] = {
    AnswerType.CHOICE: "one of its options",
    AnswerType.GRADE: "one of the grades",
    AnswerType.CHOICES: "some of its options, each once",
    AnswerType.DATE: "a date, dd/mm/yyyy",
    AnswerType.DATETIME: "a date and a time",
    AnswerType.COUNT: "a whole number from 0",
    AnswerType.NUMBER: "a number",
    AnswerType.TEXT: "text",
}
