"""Writes a template as an XLSForm, so that its questions can be answered with ODK or Kobo: sections become groups."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor.sheets.book_writing import Column, SheetPlan, write_book
from auditor.sheets.table import Value
from auditor.templates.problems import Problem
from auditor.templates.xlsform.lists import Lists
from auditor.templates.xlsform.outgoing import Outgoing
from auditor.templates.xlsform.questions import rows_of

_SURVEY = {"type": 24, "name": 18, "label": 70, "hint": 50, "guidance_hint": 50, "required": 10, "relevant": 50}
_CONSTRAINTS = {"constraint": 24, "constraint_message": 40}
_CHOICES = {"list_name": 24, "name": 30, "label": 60}
_SETTINGS = {"form_title": 50, "form_id": 40, "version": 12}


def write_xlsform(plain: Mapping[str, Any], path: Path) -> list[Problem]:
    """Write the plain form of a template or variant as an XLSForm workbook, and give back what it cannot say.

    Raises `Refused` where the file cannot be written.
    """
    out = Outgoing(plain, path.name)
    lists = Lists(plain)
    survey = [row for section in plain["sections"] for row in _section(section, out, lists)]
    settings = {"form_title": plain["title"], "form_id": plain["id"], "version": plain.get("version", "1")}
    write_book(
        [
            _plan("survey", _SURVEY | _CONSTRAINTS, survey),
            _plan("choices", _CHOICES, lists.rows()),
            _plan("settings", _SETTINGS, [settings]),
        ],
        path,
    )
    return out.problems


def _section(section: Mapping[str, Any], out: Outgoing, lists: Lists) -> list[Mapping[str, Value]]:
    """The rows of a section; none where nothing in it is asked."""
    asked = [question for question in section["questions"] if "derived" not in question]
    if not asked:
        return []
    when = out.xpath(section.get("when", ""), section["id"])
    # A group may not hang on an answer inside it, so there every question but the gates carries the condition.
    inside = any(f"${{{out.names[question['id']]}}}" in when for question in asked)
    begin = {"type": "begin_group", "name": out.free(section["id"]), "label": section["title"]}
    rows: list[Mapping[str, Value]] = [begin if inside or not when else begin | {"relevant": when}]
    if section.get("purpose"):
        rows.append({"type": "note", "name": out.free(f"{section['id']}_purpose"), "label": section["purpose"]})
    for question in asked:
        around = when if inside and not question.get("gate") else ""
        rows += rows_of(question, around, out, lists)
    return [*rows, {"type": "end_group"}]


def _plan(title: str, widths: Mapping[str, int], rows: list[Mapping[str, Value]]) -> SheetPlan:
    return SheetPlan(title, tuple(Column(name, width) for name, width in widths.items()), rows)
