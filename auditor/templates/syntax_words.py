"""What the library says of a condition it cannot read, in plain words: where, near which text, what it expected."""

import re

_FAULT = re.compile(r"ERROR: <input>:(\d+):(\d+): Syntax error: (.*)")
_EXPECTED = re.compile(r" expecting (.*)$")
_MISSING = re.compile(r"missing '(.*?)' at ")
_WORDS = {"and": "Write && for and.", "or": "Write || for or.", "not": "Write ! for not."}
_NEAR = 12


def plain_syntax(condition: str, error: str) -> str:
    """One sentence or two on the first place that cannot be read."""
    found = _FAULT.search(error)
    if found is None:
        return "It cannot be read"
    line, column, words = int(found[1]), int(found[2]), found[3]
    lines = condition.splitlines() or [""]
    rest = lines[min(line, len(lines)) - 1][column - 1 :].strip()
    where = f"In line {line}, column {column}" if len(lines) > 1 else f"In column {column}"
    where += f", near {_short(rest)}" if rest else ", at the end"
    told = f"{where}, {_expected(rest, words)} was expected"
    hint = _hint(condition, rest)
    return f"{told}. {hint.rstrip('.')}" if hint else told


def _expected(rest: str, words: str) -> str:
    if rest[:1] in ("'", '"'):
        return "a closing quote"
    if rest[:1] == "=":
        return "== instead of one or three ="
    if rest[:1] in ("&", "|"):
        return f"{rest[0] * 2}, and no other number of {rest[0]},"
    if missing := _MISSING.match(words):
        return f"a {missing[1]}"
    after = _EXPECTED.search(words)
    signs = after[1] if after else ""
    if signs == "<EOF>":
        return "the end of the condition"
    if "STRING" in signs or not signs:
        return "a value, such as a['S01.10'], a number or a text in quotes,"
    if "'&&'" in signs:
        closing = next((f" or {sign}" for sign in ("]", ")", "}", ":") if f"'{sign}'" in signs), "")
        return f"a comparison such as ==, or && or ||{closing},"
    return signs.strip("{}").replace("'", "").replace(", ", " or ")


def _hint(condition: str, rest: str) -> str:
    word = re.match(r"[a-z]+", rest)
    if word and word[0] in _WORDS:
        return _WORDS[word[0]]
    before = condition[: len(condition) - len(rest)].split()
    return _WORDS["not"] if before[-1:] == ["not"] else ""


def _short(text: str) -> str:
    return text if len(text) <= _NEAR else f"{text[:_NEAR]}…"
