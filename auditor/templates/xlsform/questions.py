"""The rows of one question in an exported XLSForm: itself, whether it applies, and the reason if it does not."""

from collections.abc import Mapping
from typing import Any

from auditor.domain.template_parts import LOOK_FOR
from auditor.sheets.table import Value
from auditor.templates.xlsform.lists import NA, Lists
from auditor.templates.xlsform.outgoing import Outgoing

_TYPES = {
    "choice": "select_one",
    "grade": "select_one",
    "choices": "select_multiple",
    "date": "date",
    "datetime": "dateTime",
    "count": "integer",
    "number": "decimal",
    "text": "text",
}
_LISTED = ("choice", "grade", "choices")

Row = Mapping[str, Value]


def rows_of(question: Mapping[str, Any], around: str, out: Outgoing, lists: Lists) -> list[Row]:
    """The rows; `around` is a condition that holds for it beside its own."""
    name, kind = out.names[question["id"]], question["type"]
    relevant = _both(around, out.xpath(question.get("relevant", ""), question["id"]))
    row: dict[str, Value] = {"type": _TYPES[kind], "name": name, "label": question["text"]}
    if kind in _LISTED:
        row["type"] = f"{_TYPES[kind]} {lists.of(question)}"
        row["guidance_hint"] = _descriptors(lists.options_of(question))
    row["hint"] = _hint(question)
    row["required"] = "yes" if question.get("tier", "core") == "core" else None
    if kind == "count":
        row |= {"constraint": ". >= 0", "constraint_message": "A whole number from 0."}
    if not question.get("na_allowed"):
        return [row | {"relevant": relevant or None}]
    if kind in _LISTED:
        if kind == "choices":
            alone = f"not(selected(., '{NA}')) or count-selected(.) = 1"
            row |= {"constraint": alone, "constraint_message": "Not applicable stands alone."}
        return [row | {"relevant": relevant or None}, *_reason(name, name, out, lists)]
    applies = out.free(f"{name}_na")
    question_first: Row = {
        "type": f"select_multiple {lists.na_only()}",
        "name": applies,
        "label": f"If it does not apply: {question['text']}",
        "relevant": relevant or None,
    }
    asked = row | {"relevant": _both(relevant, f"not(selected(${{{applies}}}, '{NA}'))")}
    return [question_first, *_reason(name, applies, out, lists), asked]


def _reason(name: str, chosen_in: str, out: Outgoing, lists: Lists) -> list[Row]:
    """Ask why it does not apply: a usual reason, or one in words."""
    chosen = f"selected(${{{chosen_in}}}, '{NA}')"
    words = {"type": "text", "name": out.free(f"{name}_na_words"), "label": "Why does it not apply?", "required": "yes"}
    if not (listed := lists.na_reasons()):
        return [words | {"relevant": chosen}]
    reason = out.free(f"{name}_na_reason")
    first: Row = {
        "type": f"select_one {listed}",
        "name": reason,
        "label": "Why does it not apply?",
        "required": "yes",
        "relevant": chosen,
    }
    return [first, words | {"relevant": f"${{{reason}}} = 'another'"}]


def _hint(question: Mapping[str, Any]) -> str | None:
    """Guidance, and on a line of its own what to look for, by which it is known when it comes back."""
    look = " ".join(question.get("evidence", "").split())
    return "\n".join(filter(None, (question.get("guidance"), look and LOOK_FOR + look))) or None


def _both(one: str, other: str) -> str:
    return f"({one}) and ({other})" if one and other else one or other


def _descriptors(options: list[Mapping[str, Any]]) -> str | None:
    lines = [f"{option['label']}: {option['descriptor']}" for option in options if option.get("descriptor")]
    return "\n".join(lines) or None
