"""Takes an XLSForm workbook through `pyxform`, which knows the standard, and keeps where everything stood."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from auditor.domain.errors import BadInput, Place
from auditor.sheets.book_reading import Sheet
from auditor.sheets.reading import Value

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
MAX_DEPTH = 20
MAX_CELL = 10_000

_NAME_HEADINGS = ("name", "value")
_ROW = re.compile(r"\[row : (\d+)]")
_SHEET = re.compile(r"'(survey|choices|settings|entities|osm)' sheet")
_BEGINS, _ENDS = re.compile(r"begin[ _]"), re.compile(r"end[ _]")

Element = Mapping[str, Any]
"""What `pyxform` makes of a row: `type`, `name`, `label`, `bind`, `choices`, `children`."""


@dataclass(frozen=True)
class Survey:
    """An XLSForm that `pyxform` accepts, and the rows its names stand in."""

    file: str
    form: Element
    survey_sheet: str
    names: Mapping[str, Place] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], Place] = field(default_factory=dict)

    def place(self, element: Element) -> Place:
        """The row of a question or group; the sheet alone for what has no row of its own."""
        return self.names.get(str(element.get("name")), Place(self.file, sheet=self.survey_sheet))


def is_xlsform(sheets: Sequence[Sheet]) -> bool:
    """Whether the workbook says that it is one. A single sheet of any name is taken for the survey."""
    return len(sheets) == 1 or "survey" in {_key(sheet) for sheet in sheets}


def read_survey(sheets: Sequence[Sheet]) -> Survey:
    """The survey in a workbook. Raises `BadInput`, with the row where `pyxform` says it."""
    known = {_key(sheet): sheet for sheet in sheets if _key(sheet) in SHEETS}
    if "survey" not in known:
        known["survey"] = sheets[0]
    data: dict[str, Any] = {"sheet_names": [sheet.title for sheet in sheets]}
    for name, sheet in known.items():
        headings = _headings(sheet)
        data[name] = _rows(sheet, headings)
        data[f"{name}_header"] = [dict.fromkeys(headings.values())]
    _refuse_early(known["survey"], data["survey"])
    form = _understood(data, known)
    survey = known["survey"]
    return Survey(survey.source.file, form, survey.title, _names(survey, data["survey"]), _choices(known, data))


def _key(sheet: Sheet) -> str:
    return sheet.title.strip().lower()


def _headings(sheet: Sheet) -> dict[int, str]:
    """The headings in the first row, by column from 0."""
    if not sheet.lines:
        return {}
    number, values = sheet.lines[0]
    found: dict[int, str] = {}
    for at, value in enumerate(values):
        if value is not None:
            heading = " ".join(str(value).split())
            if heading in found.values():
                raise BadInput(
                    "heading-repeated",
                    "Two columns with one heading",
                    f"The heading {heading} stands here a second time.",
                    "Give each column its own heading.",
                    sheet.source.place(number, at + 1),
                )
            found[at] = heading
    return found


def _rows(sheet: Sheet, headings: Mapping[int, str]) -> list[dict[str, str]]:
    """Every row from the second on, blank ones too, so that `pyxform` names the row that people see."""
    if len(sheet.lines) < 2:
        return []
    rows: list[dict[str, str]] = [{} for _ in range(sheet.lines[-1][0] - sheet.lines[0][0])]
    for number, values in sheet.lines[1:]:
        row = rows[number - sheet.lines[0][0] - 1]
        for at, heading in headings.items():
            if at < len(values) and (value := values[at]) is not None:
                row[heading] = _text(value)
                if len(row[heading]) > MAX_CELL:
                    raise _refused(
                        "form-too-large",
                        f"The cell holds more than {MAX_CELL:,} characters.",
                        "Shorten it.",
                        sheet.source.place(number, at + 1),
                    )
    return rows


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return str(value)
    return value.isoformat() if isinstance(value, date) else str(value).replace("\xa0", " ")


def _refuse_early(sheet: Sheet, rows: list[dict[str, str]]) -> None:
    """What `pyxform` would refuse without the row; and groups within groups beyond all use, which would exhaust it."""
    depth = 0
    for at, row in enumerate(rows):
        kind = row.get("type", "").lower()
        depth += bool(_BEGINS.match(kind)) - bool(_ENDS.match(kind))
        place = sheet.source.place(sheet.lines[0][0] + 1 + at)
        if kind.split()[:1] == ["include"]:
            message = "The row takes in another form, which is not in this workbook."
            raise _refused("xlsform-invalid", message, "Copy its questions into this workbook.", place)
        if depth > MAX_DEPTH:
            message = f"More than {MAX_DEPTH} groups stand within one another."
            raise _refused("form-too-large", message, "Put the questions into fewer groups.", place)


def _understood(data: dict[str, Any], known: Mapping[str, Sheet]) -> Element:
    # Here, since it brings a grammar along that takes a third of a second to build.
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    file = known["survey"].source.file
    try:
        form: dict[str, Any] = workbook_to_json(get_xlsform(data), fallback_form_name=Path(file).stem, warnings=[])
        # Building the whole form finds what the rows alone do not show, such as names that lead nowhere.
        create_survey_element_from_dict(deepcopy(form)).xml()
    except PyXFormError as error:
        raise _invalid(str(error), known, data) from None
    except Exception as error:
        # The library meets some broken forms with errors of its own making; the form is at fault all the same.
        raise _invalid(f"It cannot be understood ({type(error).__name__})", known, data) from error
    return form


def _invalid(words: str, known: Mapping[str, Sheet], data: Mapping[str, Any]) -> BadInput:
    row, named = _ROW.search(words), _SHEET.search(words)
    name = named[1] if named and named[1] in known else "survey"
    number = int(row[1]) if row else _row_spoken_of(words, known[name], data[name])
    said = " ".join(_ROW.sub("", words).split()).rstrip(".")
    remedy = "Correct this in the workbook and import it again."
    return _refused("xlsform-invalid", f"{said[:400]}.", remedy, known[name].source.place(number))


def _row_spoken_of(words: str, sheet: Sheet, rows: list[dict[str, str]]) -> int | None:
    """The first row whose type or name the words quote, where they name no row."""
    quoted = set(re.findall(r"'([^']+)'", words))
    found = (at for at, row in enumerate(rows) if quoted & {row.get("type"), row.get("name")})
    return next((sheet.lines[0][0] + 1 + at for at in found), None)


def _refused(code: str, message: str, remedy: str, place: Place) -> BadInput:
    return BadInput(code, "XLSForm not understood", message, remedy, place)


def _names(sheet: Sheet, rows: list[dict[str, str]]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for place, name in zip(_places(sheet, rows), _cells(sheet, rows, _NAME_HEADINGS), strict=True):
        found.setdefault(name, place)
    return found


def _choices(known: Mapping[str, Sheet], data: Mapping[str, Any]) -> dict[tuple[str, str], Place]:
    if "choices" not in known:
        return {}
    sheet, rows = known["choices"], data["choices"]
    lists, names = _cells(sheet, rows, ("list_name", "list name")), _cells(sheet, rows, _NAME_HEADINGS)
    found: dict[tuple[str, str], Place] = {}
    for place, listed, name in zip(_places(sheet, rows), lists, names, strict=True):
        found.setdefault((listed, name), place)
    return found


def _places(sheet: Sheet, rows: list[dict[str, str]]) -> list[Place]:
    first = sheet.lines[0][0] + 1 if sheet.lines else 1
    return [sheet.source.place(first + at) for at in range(len(rows))]


def _cells(sheet: Sheet, rows: list[dict[str, str]], headings: tuple[str, ...]) -> list[str]:
    """What stands under the first of these headings that the sheet has, row by row."""
    written = {heading.lower(): heading for heading in reversed(list(_headings(sheet).values()))}
    heading = next((written[wanted] for wanted in headings if wanted in written), "")
    return [row.get(heading, "").strip() for row in rows]
