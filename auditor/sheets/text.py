"""What text may look like inside a cell: characters a workbook cannot hold, its escapes, and its length."""

import re

CELL_LIMIT = 32_767
"""The longest text of one cell, in UTF-16 units, which is how Excel counts."""
CONTINUES = " [continues in the next row]"
CONTINUED = "[continued from the row above] "

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_WORD_SEARCH = 200


def clean_text(text: str) -> str:
    """The text with line ends as `\\n`, and U+FFFD for control characters and halves of surrogate pairs."""
    if text.isprintable():
        # Nearly every cell: nothing in it needs cleaning.
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _UNWRITABLE.sub("\ufffd", _LINE_END.sub("\n", whole))


def escape(text: str) -> str:
    """Clean text as a cell stores it: `_x0041_` typed by a person stays that, where Excel would show an A."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def unescape(stored: str) -> str:
    """Clean text from what a cell stores."""
    return clean_text(_ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), stored))


def split_long(text: str) -> tuple[str, ...]:
    """The clean text in parts that each fit a cell; where there are several, they say so."""
    rest = clean_text(text)
    if _units(rest) <= CELL_LIMIT:
        return (rest,)
    room = CELL_LIMIT - len(CONTINUES) - len(CONTINUED)
    parts: list[str] = []
    while rest:
        part = _first(rest, room)
        rest = rest[len(part) :]
        parts.append((CONTINUED if parts else "") + part + (CONTINUES if rest else ""))
    return tuple(parts)


def _first(text: str, room: int) -> str:
    part = text[:room]
    while (units := _units(part)) > room:
        part = part[: len(part) * room // units]
    if len(part) == len(text):
        return part
    word_end = max(part.rfind(" "), part.rfind("\n")) + 1
    return part[:word_end] if word_end > len(part) - _WORD_SEARCH else part


def _units(text: str) -> int:
    return len(escape(text).encode("utf-16-le")) // 2
