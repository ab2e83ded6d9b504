"""One value of a template as the text of a cell, and back: what is written is read again as it was."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from auditor.domain.errors import Place
from auditor.sheets.reading import Value
from auditor.templates.authoring.layout import Field, Kind
from auditor.templates.problems import TemplateProblems, problem
from auditor.templates.yaml_reader import parse_document
from auditor.templates.yaml_writer import one_line


def cell_text(field: Field, value: object) -> str:
    """The text of a cell. Lists that would not come back from their simple form stand in YAML's short form."""
    if field.kind is Kind.TEXT:
        return _scalar(value)
    if field.kind is not Kind.NESTED and isinstance(value, list):
        simple = (", " if field.kind is Kind.WORDS else "\n").join(map(_scalar, value))
        if simple and not simple.startswith("[") and _split(field, simple) == [_scalar(item) for item in value]:
            return simple
    return one_line(value)


def cell_value(field: Field, value: Value, place: Place) -> Any:
    """What a filled cell says, as the YAML reader would give it: text, or lists and groups of text.

    Raises `TemplateProblems` for a cell in YAML's short form that cannot be read.
    """
    text = _as_text(value)
    if field.kind is Kind.TEXT:
        return text
    if field.kind is not Kind.NESTED and not text.startswith("["):
        return _split(field, text)
    try:
        return parse_document(f"value: {' '.join(text.splitlines())}".encode(), place.file).plain["value"]
    except TemplateProblems as error:
        found = error.problems[0]
        raise TemplateProblems([problem(found.code, place, found.message, found.remedy)]) from None


def put_in(row: dict[str, Any], keys: Iterable[str], value: object) -> None:
    """Set a value in groups within groups, made as they are needed."""
    *around, last = keys
    for key in around:
        inner = row.setdefault(key, {})
        row = inner if isinstance(inner, dict) else row
    row[last] = value


def taken_from(row: Any, keys: Iterable[str]) -> tuple[bool, Any]:
    """Whether there is a value under those keys, and the value."""
    for key in keys:
        if not isinstance(row, dict) or key not in row:
            return False, None
        row = row[key]
    return True, row


def _split(field: Field, text: str) -> list[str]:
    parts = text.split("," if field.kind is Kind.WORDS else "\n")
    return [part.strip() for part in parts if part.strip()]


def _scalar(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat("T", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
