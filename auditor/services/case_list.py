"""Reads a list of cases from .xlsx or .csv: which column is what, what every list has to have, what was assumed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from auditor.domain.errors import BadInput
from auditor.services.cycles import NewCase
from auditor.sheets.reading import Row, Table, Value, read_table

LONGEST_REFERENCE = 60

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "reference": (
        "case reference", "case ref", "case reference number", "file reference", "file ref", "reference", "ref",
        "reference number", "case id", "case number", "case no", "file number", "child id", "client id", "person id",
        "system id", "case", "file", "id",
    ),
    "team": ("team", "team name", "allocated team", "current team", "service", "service area", "office", "locality"),
    "plan_type": ("plan type", "type of plan", "plan", "current plan", "plan status", "case type", "category of need"),
    "age_band": ("age band", "age group", "age range", "age", "age at audit", "age in years"),
}  # fmt: skip
"""Headings by field, the surest first; case, dots and other signs do not matter."""

_TELLING = re.compile(r"\b(names?|surname|forename|dob|birth|born|address|postcode|nhs|upn|telephone|phone|email)\b")


@dataclass(frozen=True, slots=True)
class CaseList:
    """The cases of a list, in its order. `extra_columns` are kept with each case though nothing is done with them;
    `notices` say in sentences what was assumed."""

    cases: tuple[NewCase, ...] = ()
    extra_columns: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def read_cases(path: Path) -> CaseList:
    """The cases in a file. Raises `BadInput` naming sheet and row: no reference column, a row without a reference or
    one twice, or a file that cannot be read."""
    table = read_table(path)
    columns = _columns(table)
    extra = tuple(header for header in table.headers if header not in columns.values())
    if not table.rows:
        raise BadInput(
            "no-cases",
            "No cases",
            "There are headings and no rows under them.",
            "Put one case in each row and choose the file again.",
            table.source.place(),
        )
    seen: dict[str, int] = {}
    cases = tuple(_case(table, row, columns, extra, seen) for row in table.rows)
    return CaseList(cases, extra, (*table.notices, *_notices(table, columns, extra)))


def _columns(table: Table) -> dict[str, str]:
    """The heading in the file of each field found; raises where no column holds references."""
    by_words = {_words(header): header for header in table.headers}
    found = {
        name: next((by_words[words] for words in headings if words in by_words), "")
        for name, headings in _HEADINGS.items()
    }
    if not found["reference"]:
        raise BadInput(
            "no-reference-column",
            "No case reference",
            "No column is headed as the reference of the case.",
            "Head that column “Case reference” and choose the file again.",
            table.source.place(),
        )
    return {name: header for name, header in found.items() if header}


def _case(table: Table, row: Row, columns: Mapping[str, str], extra: tuple[str, ...], seen: dict[str, int]) -> NewCase:
    texts = {header: _text(value) for header, value in table.record(row).items()}
    named = {name: texts[header] for name, header in columns.items()}
    reference = named["reference"]
    place = table.place(row, columns["reference"])
    if not reference:
        raise BadInput(
            "reference-missing",
            "A case without a reference",
            "The row has no case reference.",
            "Fill it in, or empty the row.",
            place,
        )
    if len(reference) > LONGEST_REFERENCE:
        raise BadInput(
            "case-reference",
            "Reference too long",
            f"A case reference has up to {LONGEST_REFERENCE} characters.",
            "Shorten it; it should name nobody.",
            place,
        )
    earlier = seen.setdefault(reference.casefold(), row.number)
    if earlier != row.number:
        raise BadInput(
            "reference-twice",
            "A case twice",
            f"The same case reference stands in row {earlier}.",
            "Remove one of the two rows.",
            place,
        )
    return NewCase(**named, extra={header: texts[header] for header in extra if texts[header]})


def _notices(table: Table, columns: Mapping[str, str], extra: tuple[str, ...]) -> list[str]:
    missing = [name.replace("_", " ") for name in _HEADINGS if name not in columns]
    telling = [header for header in extra if _TELLING.search(_words(header))]
    notices = [f"{len(table.rows)} cases read from {table.file}."]
    if missing:
        notices.append(f"There is no column for {', '.join(missing)}, so it stays empty.")
    if extra:
        notices.append(f"Kept with each case and not used: {', '.join(extra)}.")
    if telling:
        notices.append(f"These columns may tell who a child is; leave them out if you can: {', '.join(telling)}.")
    return notices


def _words(heading: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", heading.casefold()))


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
