"""The choices of an exported XLSForm: each list once, and once more with N/A where that may be chosen."""

from collections.abc import Mapping
from typing import Any

from auditor.sheets.table import Value

NA = "not_applicable"
NA_ONLY, NA_REASONS = "na_only", "na_reasons"


class Lists:
    """The lists that the questions asked for, in that order."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self._scales = {scale["id"]: scale["options"] for scale in plain.get("scales", ())}
        self._reasons = plain.get("na_reasons", ())
        self._lists: dict[str, list[tuple[str, str]]] = {}

    def options_of(self, question: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The options of a question, its own or those of its scale."""
        return list(question.get("options") or self._scales.get(question.get("scale"), ()))

    def of(self, question: Mapping[str, Any]) -> str:
        """The name of the list for a question."""
        na = bool(question.get("na_allowed"))
        own = "options" in question
        name = (str(question["id"]).replace(".", "_") if own else str(question["scale"])) + ("_or_na" if na else "")
        pairs = [(option["code"], option["label"]) for option in self.options_of(question)]
        self._lists.setdefault(name, [*pairs, (NA, "Not applicable")] if na else pairs)
        return name

    def na_only(self) -> str:
        """The list with which a date, a number or a text is said not to apply."""
        self._lists.setdefault(NA_ONLY, [(NA, "Not applicable")])
        return NA_ONLY

    def na_reasons(self) -> str:
        """The list of usual reasons for N/A, and another one; "" where the template has none."""
        if not self._reasons:
            return ""
        pairs = [(f"reason_{n}", str(reason)) for n, reason in enumerate(self._reasons, 1)]
        self._lists.setdefault(NA_REASONS, [*pairs, ("another", "Another reason")])
        return NA_REASONS

    def rows(self) -> list[Mapping[str, Value]]:
        """The rows of the sheet `choices`."""
        return [
            {"list_name": name, "name": code, "label": label}
            for name, pairs in self._lists.items()
            for code, label in pairs
        ]
