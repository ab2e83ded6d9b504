"""Conditions of XLSForms: XPath with `${name}` for the answer to a question."""

import re
from collections.abc import Callable
from functools import lru_cache

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
    Token,
    Untranslatable,
    Value,
    parse,
)

_WORDS = re.compile(
    r"""\s*(?:
      \$\{(?P<answer>[^{}#]+)\} | (?P<sibling>\.\./[\w.-]+) | (?P<self>\.)(?![\d./])
    | (?P<text>'[^']*'|"[^"]*") | (?P<day>date\(\s*(?:'\d{4}-\d\d-\d\d'|"\d{4}-\d\d-\d\d")\s*\))
    | (?P<number>-?\d+(?:\.\d+)?) | (?P<sign><=|>=|!=|=|<|>) | (?P<holds>selected\s*\() | (?P<not>not(?=\s*\())
    | (?P<and>and\b) | (?P<or>or\b) | (?P<open>\() | (?P<close>\)) | (?P<comma>,)
    )""",
    re.VERBOSE,
)
_MARKS = {
    "sign": Mark.COMPARE,
    "holds": Mark.HOLDS,
    "not": Mark.NOT,
    "and": Mark.AND,
    "or": Mark.OR,
    "open": Mark.OPEN,
    "close": Mark.CLOSE,
    "comma": Mark.COMMA,
    "number": Mark.NUMBER,
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@lru_cache(maxsize=1024)
def read_xpath(text: str, itself: str = "") -> Condition:
    """The condition in a text; `itself` is the question that a dot stands for. Raises `Untranslatable`."""
    tokens: list[Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _WORDS.match(text, at)
        if found is None or (found["self"] and not itself):
            raise Untranslatable("It says more than a simple comparison.")
        tokens.append(_token(str(found.lastgroup), found[str(found.lastgroup)].strip(), itself))
        at = found.end()
    return parse(tokens)


def _token(kind: str, word: str, itself: str) -> Token:
    match kind:
        case "answer":
            return Token(Mark.ANSWER, word.strip())
        case "sibling":
            return Token(Mark.ANSWER, word.removeprefix("../"))
        case "self":
            return Token(Mark.ANSWER, itself)
        case "text":
            return Token(Mark.TEXT, word[1:-1])
        case "day":
            return Token(Mark.DAY, _DAY.findall(word)[0])
        case "sign":
            return Token(Mark.COMPARE, "==" if word == "=" else word)
        case _:
            return Token(_MARKS[kind], word)


def write_xpath(condition: Condition, name_of: Callable[[str], str], given: Callable[[str], str]) -> str:
    """The condition as XPath. `name_of` gives the name of a question in the form, `given` the XPath that says whether
    it has an answer; both may raise `Untranslatable`."""

    def side(value: Answer | Value) -> str:
        if isinstance(value, Answer):
            return f"${{{name_of(value.question)}}}"
        if value.kind is Mark.NUMBER:
            return value.text
        return f"date('{value.text}')" if value.kind is Mark.DAY else _quoted(value.text)

    def written(part: Condition, inside: bool = True) -> str:
        match part:
            case Compare():
                return f"{side(part.left)} {'=' if part.sign == '==' else part.sign} {side(part.right)}"
            case Holds():
                return f"selected(${{{name_of(part.question)}}}, {_quoted(part.code)})"
            case Given():
                return given(part.question)
            case Not():
                return f"not({written(part.part, False)})"
            case Every() | Either():
                word = " and " if isinstance(part, Every) else " or "
                joined = word.join(map(written, part.parts))
                return f"({joined})" if inside else joined

    return written(condition, False)


def _quoted(text: str) -> str:
    if "'" in text:
        raise Untranslatable("It has an apostrophe within a text.")
    return f"'{text}'"
