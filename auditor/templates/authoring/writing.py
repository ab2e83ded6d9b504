"""Writes a form into the authoring workbook, and the starter from which a new form is made."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from auditor.sheets.book_writing import Column, DropDown, SheetPlan, write_book
from auditor.templates.authoring.cells import cell_text, taken_from
from auditor.templates.authoring.layout import (
    FORM,
    HELP,
    OPTIONS,
    OWNERS,
    QUESTIONS,
    Field,
    Kind,
    form_fields,
    sheet_fields,
    sheet_names,
    title_of,
)
from auditor.templates.authoring.words import GUIDE, STARTER
from auditor.templates.yaml_reader import parse_document

KEY, VALUE, HOW_TO = "Key", "Value", "How to fill in this workbook"
_WIDE = {
    "text",
    "guidance",
    "evidence",
    "purpose",
    "descriptor",
    "message",
    "source",
    "when",
    "relevant",
    "note",
    "title",
}
_LISTED = {"section": "sections", "scale": "scales", "themes": "themes"}


def write_authoring(plain: Mapping[str, Any], path: Path) -> Path:
    """Write the plain form of a template file as a workbook. Raises `Refused` where the file cannot be written."""
    return write_book([_form(plain), *(_sheet(plain, sheet) for sheet in sheet_names()[1:]), _help()], path)


def write_starter(path: Path) -> Path:
    """Write a small example form, to be filled in. Raises `Refused` where the file cannot be written."""
    return write_authoring(parse_document(STARTER.encode(), "").plain, path)


def _form(plain: Mapping[str, Any]) -> SheetPlan:
    columns = (Column(KEY, 24), Column(VALUE, 80), Column("What it says", 80))
    rows = []
    for field in form_fields():
        text = _written(field, plain)
        rows.append({KEY: field.name, VALUE: text, "What it says": field.hint or None})
    return SheetPlan(FORM, columns, rows)


def _sheet(plain: Mapping[str, Any], sheet: str) -> SheetPlan:
    fields = sheet_fields(sheet)
    columns = tuple(Column(field.heading, _width(field), field.hint, _offers(field)) for field in fields)
    rows = [{field.heading: _written(field, row) for field in fields} for row in _rows(plain, sheet)]
    return SheetPlan(title_of(sheet), columns, rows)


def _rows(plain: Mapping[str, Any], sheet: str) -> Iterator[Mapping[str, Any]]:
    sections = plain["sections"]
    if sheet == QUESTIONS:
        yield from ({OWNERS[sheet]: section["id"], **row} for section in sections for row in section["questions"])
    elif sheet == OPTIONS:
        questions = (question for section in sections for question in section["questions"])
        for owner in (*plain.get("scales", ()), *questions):
            yield from ({OWNERS[sheet]: owner["id"], **row} for row in owner.get("options", ()))
    else:
        yield from plain.get(sheet, ())


def _written(field: Field, row: Mapping[str, Any]) -> str | None:
    there, value = taken_from(row, field.keys)
    # A group with keys of its own has a column for each; the column of its name is for the word `none` alone.
    if not there or (isinstance(value, dict) and field.kind is not Kind.NESTED):
        return None
    return cell_text(field, value)


def _width(field: Field) -> int:
    return 60 if field.keys[-1] in _WIDE else 30 if field.kind is not Kind.TEXT else 16


def _offers(field: Field) -> DropDown | None:
    one = field.kind is Kind.TEXT
    if field.name in _LISTED:
        return DropDown(sheet=title_of(_LISTED[field.name]), strict=one)
    return DropDown(words=field.words, strict=one) if field.words else None


def _help() -> SheetPlan:
    columns = (Column(HOW_TO, 100), Column("Sheet"), Column("Column", 24), Column("Meaning", 90))
    rows: list[dict[str, str]] = [{HOW_TO: line} for line in GUIDE]
    for sheet in sheet_names()[1:]:
        rows += [
            {"Sheet": title_of(sheet), "Column": field.heading, "Meaning": field.hint}
            for field in sheet_fields(sheet)
            if field.hint
        ]
    return SheetPlan(HELP, columns, rows)
