"""What an element of an XLSForm asks for: the kind of answer, its options under codes of ours, its words."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from auditor.templates.names import OPTION_CODE
from auditor.templates.xlsform.survey import Element

LONGEST_CODE = 60

_BY_BIND = {
    "int": "count",
    "decimal": "number",
    "date": "date",
    "dateTime": "datetime",
    "string": "text",
    "barcode": "text",
    "time": "text",
}
_SPOKEN = re.compile(r"\$\{\s*([^}]+?)\s*\}")


@dataclass(frozen=True)
class Asked:
    """A question as conditions need to know it: its id, the kind of its answer, and its codes by their old names."""

    id: str
    type: str
    codes: Mapping[str, str] = field(default_factory=dict)


def kind_of_answer(element: Element) -> str:
    """Our type for an element; "" where we have none. `note`, `calculate` and `metadata` are no questions."""
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    known = QUESTION_TYPE_DICT.get(element["type"], {})
    bind, tag = known.get("bind", {}), known.get("control", {}).get("tag", "")
    if element["type"] in ("calculate", "q calculate", "add calculate prompt", "hidden"):
        return "calculate"
    if element["type"] == "select one external":
        return ""
    if not tag or tag == "action" or element["type"] == "background-geopoint":
        return "metadata"
    if bind.get("readonly"):
        return "note"
    if tag in ("select1", "select"):
        return ("choice" if tag == "select1" else "choices") if element.get("choices") else ""
    if tag == "trigger":
        return "choice"
    if tag == "range":
        return "number"
    return _BY_BIND.get(str(bind.get("type")), "") if tag == "input" else ""


def codes_of(choices: Sequence[Element]) -> dict[str, str]:
    """A code of ours for each name in a list of choices, the name itself where it is written as a code."""
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for choice in choices:
        name = str(choice["name"])
        if name not in codes:
            codes[name] = free(_as_code(name) or "option", taken)
            taken.add(codes[name])
    return codes


def _as_code(name: str) -> str:
    if OPTION_CODE.fullmatch(name) and len(name) <= LONGEST_CODE:
        return name
    return re.sub(r"[^A-Za-z0-9_+-]+", "_", name).strip("_+-")[:LONGEST_CODE]


def free(wanted: str, taken: Container[str]) -> str:
    """The word, or the word with the first figure that makes it free."""
    if wanted not in taken:
        return wanted
    return next(one for n in count(2) if (one := f"{wanted}_{n}") not in taken)


def slug(words: str, taken: set[str], otherwise: str) -> str:
    """An id in small letters that is not taken yet, from any words."""
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:50].rstrip("_")
    plain = plain if plain[:1].isalpha() else f"{otherwise}_{plain}".rstrip("_")
    return free(plain, taken)


class Words:
    """The texts of a form in the one language that is carried."""

    def __init__(self, form: Element) -> None:
        self.languages = list(_languages(form))
        default = form.get("default_language")
        named = [default, "default", *self.languages]
        self.language = next((one for one in named if one in self.languages), "")

    def of(self, value: Any) -> str:
        """The text of a label; another language's where this one has none."""
        other = next((text for text in value.values() if text), "") if isinstance(value, Mapping) else ""
        return self.only(value) or str(other).strip()

    def only(self, value: Any) -> str:
        """The text in this language alone."""
        return str((value.get(self.language) if isinstance(value, Mapping) else value) or "").strip()

    @property
    def left_out(self) -> list[str]:
        """The languages that are not carried."""
        return [one for one in self.languages if one != self.language]


def spoken(text: str) -> tuple[str, bool]:
    """The text with `${name}` as `[name]`, and whether it had any: texts of ours do not change with answers."""
    return _SPOKEN.sub(r"[\1]", text), bool(_SPOKEN.search(text))


def _languages(form: Element) -> dict[str, None]:
    found: dict[str, None] = {}
    for key in ("label", "hint"):
        if isinstance(value := form.get(key), Mapping):
            found |= dict.fromkeys(map(str, value))
    for child in (*form.get("children", ()), *form.get("choices", ())):
        if isinstance(child, Mapping):
            found |= _languages(child)
    return found
