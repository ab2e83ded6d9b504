"""The simple part of the conditions of templates: CEL over the answers, `a['S01.10'] == 'x'`."""

import re
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

_QUOTED = r"(?:'[^'\\]*'|\"[^\"\\]*\")"
_WORDS = re.compile(
    rf"""\s*(?:
      (?P<given>given\s*\[\s*{_QUOTED}\s*\] | {_QUOTED}\s+in\s+a\b(?!\s*[\[.])) | (?P<answer>a\s*\[\s*{_QUOTED}\s*\])
    | (?P<day>timestamp\(\s*['"]\d{{4}}-\d\d-\d\dT00:00:00Z['"]\s*\)) | (?P<text>{_QUOTED})
    | (?P<number>-?\d+(?:\.\d+)?)
    | (?P<sign><=|>=|!=|==|<|>) | (?P<not>!) | (?P<and>&&) | (?P<or>\|\|) | (?P<in>in\b) | (?P<open>[(\[])
    | (?P<close>[)\]]) | (?P<comma>,)
    )""",
    re.VERBOSE,
)
_MARKS = {
    "sign": Mark.COMPARE,
    "not": Mark.NOT,
    "and": Mark.AND,
    "or": Mark.OR,
    "in": Mark.IN_LIST,
    "open": Mark.OPEN,
    "close": Mark.CLOSE,
    "comma": Mark.COMMA,
    "number": Mark.NUMBER,
}
_NAME = re.compile(_QUOTED)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@lru_cache(maxsize=1024)
def read_cel(text: str) -> Condition:
    """The condition in a text. Raises `Untranslatable` for anything beyond simple comparisons."""
    tokens: list[Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _WORDS.match(text, at)
        if found is None:
            raise Untranslatable("It says more than a simple comparison.")
        tokens.append(_token(str(found.lastgroup), found[str(found.lastgroup)].strip()))
        at = found.end()
    return parse(tokens)


def _token(kind: str, word: str) -> Token:
    match kind:
        case "given" | "answer":
            return Token(Mark.GIVEN if kind == "given" else Mark.ANSWER, _NAME.findall(word)[0][1:-1])
        case "text":
            return Token(Mark.TEXT, word[1:-1])
        case "day":
            return Token(Mark.DAY, _DAY.findall(word)[0])
        case _:
            return Token(_MARKS[kind], word)


def write_cel(condition: Condition) -> str:
    """The condition as CEL; its questions are named by their ids, and its values are of the kind of their answers."""
    return _written(condition, False)


def _written(part: Condition, inside: bool = True) -> str:
    match part:
        case Compare():
            return f"{_side(part.left)} {part.sign} {_side(part.right)}"
        case Holds():
            return f"'{part.code}' in a['{part.question}']"
        case Given():
            return f"given['{part.question}']"
        case Not():
            whole = _written(part.part)
            return f"!{whole}" if whole.startswith(("(", "given")) else f"!({whole})"
        case Every() | Either():
            word = " && " if isinstance(part, Every) else " || "
            joined = word.join(map(_written, part.parts))
            return f"({joined})" if inside else joined


def _side(value: Answer | Value) -> str:
    if isinstance(value, Answer):
        return f"a['{value.question}']"
    if value.kind is Mark.NUMBER:
        return value.text
    if value.kind is Mark.DAY:
        return f"timestamp('{value.text}T00:00:00Z')"
    if "'" in value.text or "\\" in value.text:
        raise Untranslatable("It has an apostrophe or a backslash within a text.")
    return f"'{value.text}'"
