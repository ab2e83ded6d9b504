"""Reads a list of cases from .xlsx or .csv: which column is what, what every list has to have, what was assumed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from auditor.domain.errors import BadInput
from auditor.domain.frame import SENSITIVE, STAFF, Field, Frame, in_age_bands, reference_key
from auditor.domain.roles import Person
from auditor.domain.siblings import is_group_heading
from auditor.services.cycles import NewCase
from auditor.services.staff_names import StaffNames
from auditor.sheets.reading import Table, Value, read_table

LONGEST_REFERENCE = 60

_HEADINGS: Mapping[Field, tuple[str, ...]] = {
    Field.REFERENCE: (
        "case reference", "case ref", "case reference number", "file reference", "file ref", "reference", "ref",
        "reference number", "case id", "case number", "case no", "file number", "child id", "client id", "person id",
        "system id", "case", "file", "id",
    ),
    Field.TEAM: (
        "team", "team name", "allocated team", "current team", "service", "service area", "office", "locality"
    ),
    Field.PLAN_TYPE: (
        "plan type", "type of plan", "plan", "current plan", "plan status", "case type", "category of need"
    ),
    Field.AGE_BAND: ("age band", "age group", "age range", "age", "age at audit", "age in years"),
    Field.ETHNICITY: (
        "ethnicity", "ethnic group", "ethnic origin", "ethnic background", "ethnicity group", "ethnic category"
    ),
    Field.WORKER: (
        "allocated worker", "allocated worker name", "social worker", "allocated social worker", "worker",
        "worker name", "key worker", "case worker", "caseworker", "case holder", "lead professional", "allocated to",
    ),
    Field.FORMER_WORKER: (
        "former worker", "former workers", "previous worker", "previous workers", "previous social worker", "held by",
        "previously held by", "past workers",
    ),
    Field.MANAGER: (
        "team manager", "manager", "line manager", "manager name", "team manager name", "supervisor", "supervised by",
        "practice manager",
    ),
}  # fmt: skip
"""Headings by field, the surest first; case, dots and other signs do not matter."""

_KEPT = (Field.REFERENCE, Field.TEAM, Field.PLAN_TYPE, Field.AGE_BAND)
_TELLING = re.compile(r"\b(names?|surname|forename|dob|birth|born|address|postcode|nhs|upn|telephone|phone|email)\b")


@dataclass(frozen=True, slots=True)
class CaseList:
    """The cases of a list, in its order. `extra_columns` are kept with each case though nothing is done with them;
    `notices` say in sentences what was assumed."""

    cases: tuple[NewCase, ...] = ()
    extra_columns: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameFile:
    """A frame as a file held it; `notices` say in sentences what the reader assumed."""

    frame: Frame
    file: str = ""
    notices: tuple[str, ...] = field(default=())


def read_frame(path: Path, columns: Mapping[Field, str] | None = None) -> FrameFile:
    """The frame in a file; `columns` say which heading is which field where a person chose it, the rest is recognised.

    Raises `BadInput` naming sheet and row: no reference column, a row without a reference or one twice, or a file that
    cannot be read.
    """
    table = read_table(path)
    fields = _fields(table, columns or {})
    if not table.rows:
        raise BadInput(
            "no-cases",
            "No cases",
            "There are headings and no rows under them.",
            "Put one case in each row and choose the file again.",
            table.source.place(),
        )
    values = zip(*(row.values for row in table.rows), strict=True)
    read = {header: tuple(map(_text, column)) for header, column in zip(table.headers, values, strict=True)}
    _check_references(table, fields[Field.REFERENCE], read[fields[Field.REFERENCE]])
    ages = fields.get(Field.AGE_BAND, "")
    bands = in_age_bands(read[ages]) if ages else None
    if bands:
        read[ages] = bands
    said = (f"The ages in {ages} were put into bands.",) if bands else ()
    return FrameFile(Frame(read, fields), table.file, (*table.notices, *said))


def headings_of(path: Path) -> tuple[str, ...]:
    """The headings of a list, for a person to say which is which."""
    return read_table(path).headers


def read_cases(path: Path) -> CaseList:
    """Every case in a file; raises like `read_frame`."""
    return every_case(read_frame(path))


def every_case(read: FrameFile, people: Sequence[Person] = ()) -> CaseList:
    """All cases of a list. Names of workers, and ethnicity, are not kept; `people` are looked for among the workers, so
    that nobody is given a case they hold, held or manage."""
    frame = read.frame
    extra, staff = extra_columns(frame), StaffNames(people)
    cases = tuple(new_case(frame, row, staff, extra) for row in range(len(frame)))
    return CaseList(cases, extra, (*read.notices, *_notices(read, extra)))


def extra_columns(frame: Frame) -> tuple[str, ...]:
    """The headings of a list that are no field."""
    return tuple(header for header in frame.columns if header not in frame.fields.values())


def new_case(frame: Frame, row: int, staff: StaffNames, extra: Sequence[str] = ()) -> NewCase:
    """One row of a frame as a case, with these further columns; which children are brothers and sisters always is."""
    named = {each.value: frame.of(each)[row] for each in _KEPT}
    wanted = [header for header in frame.columns if header in extra or is_group_heading(header)]
    kept = {header: frame.columns[header][row] for header in wanted if frame.columns[header][row]}
    return NewCase(**named, extra=kept, conflicts=tuple(sorted(staff.in_row(frame, row))))


def _fields(table: Table, chosen: Mapping[Field, str]) -> dict[Field, str]:
    """The heading in the file of each field found; raises where no column holds references."""
    by_words = {_words(header): header for header in table.headers}
    found = {each: by_words[_words(name)] for each, name in chosen.items() if _words(name) in by_words}
    for each, headings in _HEADINGS.items():
        # A field chosen to be none stays none; a heading chosen that this file lacks is looked for as ever.
        if each not in found and chosen.get(each) != "":
            free = (by_words[name] for name in headings if name in by_words and by_words[name] not in found.values())
            named = next(free, "")
            if named:
                found[each] = named
    if Field.REFERENCE not in found:
        raise BadInput(
            "no-reference-column",
            "No case reference",
            "No column is headed as the reference of the case.",
            "Head that column “Case reference” and choose the file again.",
            table.source.place(),
        )
    return found


def _check_references(table: Table, header: str, references: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for row, reference in zip(table.rows, references, strict=True):
        earlier = seen.setdefault(reference_key(reference), row.number)
        if reference and len(reference) <= LONGEST_REFERENCE and earlier == row.number:
            continue
        place = table.place(row, header)
        if not reference:
            message, remedy = "The row has no case reference.", "Fill it in, or empty the row."
            raise BadInput("reference-missing", "A case without a reference", message, remedy, place)
        if len(reference) > LONGEST_REFERENCE:
            message = f"A case reference has up to {LONGEST_REFERENCE} characters."
            raise BadInput("case-reference", "Reference too long", message, "Shorten it; it should name nobody.", place)
        message = f"The same case reference stands in row {earlier}."
        raise BadInput("reference-twice", "A case twice", message, "Remove one of the two rows.", place)


def _notices(read: FrameFile, extra: Sequence[str]) -> list[str]:
    frame = read.frame
    missing = [each.words for each in _KEPT if each not in frame.fields]
    left = [frame.fields[each] for each in (*STAFF, *SENSITIVE) if each in frame.fields]
    telling = [header for header in extra if _TELLING.search(_words(header))]
    notices = [f"{len(frame)} cases read from {read.file}."]
    if missing:
        notices.append(f"There is no column for {', '.join(missing)}, so it stays empty.")
    siblings = [header for header in extra if is_group_heading(header)]
    unused = [header for header in extra if header not in siblings]
    if siblings:
        notices.append(f"Brothers and sisters are those with the same {siblings[0]}.")
    if unused:
        notices.append(f"Kept with each case and not used: {', '.join(unused)}.")
    if left:
        notices.append(f"Not kept: {', '.join(left)}.")
    if telling:
        notices.append(f"These columns may tell who a child is; leave them out if you can: {', '.join(telling)}.")
    return notices


def _words(heading: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", heading.casefold()))


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
