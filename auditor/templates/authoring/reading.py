"""Reads the authoring workbook into what a template file says, with the sheet and row of every value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.domain.errors import Place
from auditor.sheets.book_reading import Sheet
from auditor.sheets.reading import Value
from auditor.templates.authoring.cells import cell_value, put_in
from auditor.templates.authoring.layout import (
    FORM,
    HELP,
    OPTIONS,
    OWNERS,
    QUESTIONS,
    Field,
    form_fields,
    sheet_fields,
    sheet_names,
    title_of,
)
from auditor.templates.problems import Problem, TemplateProblems, did_you_mean, problem
from auditor.templates.yaml_reader import KeyPath, SheetDocument

_IGNORED = (HELP, "notes")


@dataclass
class _Row:
    """A filled row of a sheet: what it says, and where each of its values stands."""

    values: dict[str, Any]
    place: Place
    places: dict[KeyPath, Place]
    owner: str = ""
    owner_place: Place = field(default_factory=Place)


@dataclass
class _Build:
    """The form as it grows."""

    file: str
    plain: dict[str, Any] = field(default_factory=dict)
    places: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, row: _Row, items: list[Any], path: KeyPath) -> None:
        """Append what a row says to the list at that path."""
        at = (*path, len(items))
        items.append(row.values)
        self.places[at] = row.place
        self.places.update({(*at, *keys): place for keys, place in row.places.items()})


def is_authoring(sheets: Sequence[Sheet]) -> bool:
    """Whether the workbook is one of ours, and no XLSForm with a sheet of that name."""
    titles = {sheet.title.strip().casefold() for sheet in sheets}
    return QUESTIONS in titles and "survey" not in titles


def read_authoring(sheets: Sequence[Sheet]) -> SheetDocument:
    """What the workbook says. Raises `TemplateProblems` with every sheet, column and row that does not belong."""
    build = _Build(sheets[0].source.file)
    rows = _rows_by_sheet(build, sheets)
    for name in sheet_names()[1:]:
        if name not in OWNERS and rows.get(name):
            items = build.plain[name] = []
            for row in rows[name]:
                if name == "sections":
                    row.values["questions"] = []
                if name == "variants":
                    row.values.setdefault("select", {})
                build.add(row, items, (name,))
    _place_questions(build, rows.get(QUESTIONS, []))
    _place_options(build, rows.get(OPTIONS, []))
    if build.problems:
        raise TemplateProblems(build.problems)
    return SheetDocument(build.file, build.plain, {}, places=build.places)


def _rows_by_sheet(build: _Build, sheets: Sequence[Sheet]) -> dict[str, list[_Row]]:
    known = {title_of(name): name for name in sheet_names()} | {name: name for name in sheet_names()}
    rows: dict[str, list[_Row]] = {}
    for sheet in sheets:
        title = sheet.title.strip().casefold()
        if title.startswith(_IGNORED):
            continue
        if title not in known:
            remedy = did_you_mean(title, known, "Rename or delete it, or let its name begin with notes.")
            build.problems.append(problem("sheet-unknown", sheet.source.place(), "A form has no such sheet.", remedy))
        elif known[title] == FORM:
            _read_form(build, sheet)
        else:
            rows[known[title]] = list(_read_rows(build, sheet, known[title]))
    return rows


def _read_form(build: _Build, sheet: Sheet) -> None:
    fields = {name.casefold(): one for one in form_fields() for name in (one.name, one.heading)}
    for number, values in sheet.lines[1:]:
        key, value = (*values, None, None)[:2]
        if key is None:
            continue
        place = sheet.source.place(number, 2)
        one = fields.get(str(key).casefold())
        if one is None:
            names = [known.name for known in form_fields()]
            remedy = did_you_mean(str(key), names, f"It is one of {', '.join(names)}.")
            build.problems.append(problem("key-unknown", place, f"The key {key} is not known here.", remedy))
        elif value is not None:
            _take(build, _Row(build.plain, place, build.places), one, value, place)


def _read_rows(build: _Build, sheet: Sheet, name: str) -> Iterator[_Row]:
    if not sheet.lines:
        return
    columns = _columns(build, sheet, name)
    for number, values in sheet.lines[1:]:
        row = _Row({}, sheet.source.place(number), {})
        for at, value in enumerate(values):
            place = sheet.source.place(number, at + 1)
            if value is None:
                continue
            if at not in columns:
                message = "The cell is filled and its column has no heading."
                build.problems.append(problem("column-unknown", place, message, "Give it a heading, or empty it."))
            elif (one := columns[at]) is None:
                continue
            elif one.name == OWNERS.get(name):
                row.owner, row.owner_place = str(value), place
            else:
                _take(build, row, one, value, place)
        yield row


def _columns(build: _Build, sheet: Sheet, name: str) -> dict[int, Field | None]:
    """The field of each column that has a heading; None for one that was complained of already."""
    fields = {word.casefold(): one for one in sheet_fields(name) for word in (one.name, one.heading)}
    number, headings = sheet.lines[0]
    found: dict[int, Field | None] = {}
    for at, heading in enumerate(headings):
        if heading is None:
            continue
        one = fields.get(" ".join(str(heading).casefold().split()))
        place = sheet.source.place(number, at + 1)
        if one is None:
            known = [field.heading for field in sheet_fields(name)]
            remedy = did_you_mean(str(heading), known, f"It is one of: {', '.join(known)}.")
            build.problems.append(problem("column-unknown", place, f"The column {heading} is not known.", remedy))
        elif one in found.values():
            message = f"The column {heading} stands here a second time."
            build.problems.append(problem("column-unknown", place, message, "Keep one of them."))
            one = None
        found[at] = one
    return found


def _take(build: _Build, row: _Row, one: Field, value: Value, place: Place) -> None:
    try:
        put_in(row.values, one.keys, cell_value(one, value, place))
    except TemplateProblems as error:
        build.problems += error.problems
    row.places[one.keys] = place


def _place_questions(build: _Build, rows: list[_Row]) -> None:
    sections = {section.get("id"): at for at, section in reversed(list(enumerate(build.plain.get("sections", []))))}
    for row in rows:
        if (at := sections.get(row.owner)) is None:
            _ownerless(build, row, "section-unknown", "section", [str(name) for name in sections])
        else:
            build.add(row, build.plain["sections"][at]["questions"], ("sections", at, "questions"))


def _place_options(build: _Build, rows: list[_Row]) -> None:
    owners: dict[str, tuple[dict[str, Any], KeyPath]] = {}
    for s, section in enumerate(build.plain.get("sections", [])):
        for q, question in enumerate(section["questions"]):
            owners.setdefault(str(question.get("id")), (question, ("sections", s, "questions", q, "options")))
    for at, scale in enumerate(build.plain.get("scales", [])):
        owners.setdefault(str(scale.get("id")), (scale, ("scales", at, "options")))
    for row in rows:
        if row.owner not in owners:
            _ownerless(build, row, "scale-unknown", "scale or question", list(owners))
        else:
            owner, path = owners[row.owner]
            build.add(row, owner.setdefault("options", []), path)


def _ownerless(build: _Build, row: _Row, code: str, what: str, known: list[str]) -> None:
    place = row.owner_place if row.owner else row.place
    message = f"There is no {what} {row.owner}." if row.owner else f"The row does not say which {what} it belongs to."
    build.problems.append(problem(code, place, message, did_you_mean(row.owner, known, f"Name a {what} of this form.")))
