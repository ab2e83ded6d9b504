"""Gives a form out as a workbook: as an XLSForm for tablets, or as our own authoring sheet."""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from auditor.domain.errors import Place
from auditor.templates.authoring.writing import write_authoring
from auditor.templates.names import QUESTION_ID, SECTION_ID
from auditor.templates.problems import Problem, problem
from auditor.templates.xlsform.exporting import write_xlsform

_NAMED = re.compile(rf"\b{QUESTION_ID.pattern}\b|(?<=section_na\[')\b{SECTION_ID.pattern}\b")


class Format(StrEnum):
    """What a workbook can be written as."""

    XLSFORM = "xlsform"
    SHEET = "sheet"


def export_form(plain: Mapping[str, Any], path: Path, as_format: Format) -> list[Problem]:
    """Write a master or a resolved variant as a workbook; gives back what the format cannot say.

    Raises `Refused` where the file cannot be written.
    """
    if as_format is Format.XLSFORM:
        return write_xlsform(plain, path)
    if "variants" in plain:
        write_authoring(plain, path)
        return []
    standing, told = own_master(plain, path.name)
    write_authoring(standing, path)
    return told


def own_master(variant: Mapping[str, Any], file: str) -> tuple[dict[str, Any], list[Problem]]:
    """A variant as a form of its own, with one selection that takes all of it, and what that leaves out.

    In a variant, a question of its master that it does not ask counts as N/A; a form of its own cannot name it.
    """
    plain = {key: value for key, value in variant.items() if key != "master"}
    here = {section["id"] for section in plain["sections"]}
    here |= {question["id"] for section in plain["sections"] for question in section["questions"]}
    told: list[Problem] = []

    def can_stand(item: Mapping[str, Any], *keys: str) -> bool:
        named = _NAMED.findall(json.dumps([item.get(key) for key in keys or item]))
        missing = sorted(set(named) - here)
        if missing:
            message = f"{item['id']}: {'its condition' if keys else 'it'} is left out, since it names {missing[0]}."
            told.append(problem("cannot-run", Place(file), message, "Export the master to keep it."))
        return not missing

    for key in ("indicators", "timescales", "consistency"):
        if key in plain:
            plain[key] = [rule for rule in plain[key] if can_stand(rule)]
    plain["sections"] = [
        {
            **(section if can_stand(section, "when") else _without(section, "when")),
            "questions": [
                question if can_stand(question, "relevant") else _without(question, "relevant")
                for question in section["questions"]
            ],
        }
        for section in plain["sections"]
    ]
    plain.setdefault("overall", None)
    plain["variants"] = [{"id": variant["id"], "title": variant["title"], "select": {}}]
    return plain, told


def _without(item: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != key}
