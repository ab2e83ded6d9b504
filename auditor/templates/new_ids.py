"""Ids and codes for what is added to a form: never one that any version of it had before."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from auditor.domain.errors import Refused

FIRST_OWN = 501
"""Where questions that an authority adds to a section of the program begin, far from the program's own numbers."""
_LONGEST_CODE = 40


def ids_in(plain: Mapping[str, Any]) -> set[str]:
    """Every id of sections, questions, themes and variants, and every option as `scale/code` or `question/code`."""
    sections = plain.get("sections", ())
    questions = [question for section in sections for question in section["questions"]]
    owners = (*plain.get("scales", ()), *questions)
    named = (*sections, *questions, *plain.get("themes", ()), *plain.get("variants", ()))
    options = (f"{owner['id']}/{option['code']}" for owner in owners for option in owner.get("options", ()))
    return {item["id"] for item in named} | set(options)


def next_question(section: str, used: Collection[str]) -> str:
    """The next free id in a section; where the section is the program's, out of the numbers it leaves alone."""
    first = 1 if section.startswith("L") else FIRST_OWN
    return _next((f"{section}.{number:02}" for number in range(first, 1000)), used)


def next_section(used: Collection[str]) -> str:
    """The next free id of an authority's own section: as in overlays it begins with L."""
    return _next((f"L{number:02}" for number in range(1, 1000)), used)


def word_for(label: str, used: Collection[str], owner: str = "") -> str:
    """A free code for an option of `owner`, or a free id for a theme, out of its words."""
    ascii_only = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "_", ascii_only)[:_LONGEST_CODE].strip("_") or "answer"
    word = word if word[0].isalpha() else f"n{word}"
    before = f"{owner}/" if owner else ""
    found = _next((before + (f"{word}_{n}" if n > 1 else word) for n in range(1, 1000)), used)
    return found.removeprefix(before)


def _next(wanted: Iterable[str], used: Collection[str]) -> str:
    for one in wanted:
        if one not in used:
            return one
    raise Refused("ids-used-up", "No number left", "Every number was used here before.", "Add a section of its own.")
