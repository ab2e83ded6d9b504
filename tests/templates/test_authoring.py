"""The authoring workbook: nothing is lost either way, and whatever is wrong is told with its sheet and row."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from auditor.domain.errors import Place
from auditor.resources import forms_dir
from auditor.sheets.table import column_letters
from auditor.templates.authoring.cells import cell_text, cell_value
from auditor.templates.authoring.layout import Field, Kind, sheet_fields, sheet_names
from auditor.templates.authoring.writing import write_authoring, write_starter
from auditor.templates.exporting import Format, export_form, own_master
from auditor.templates.importing import Imported, import_form
from auditor.templates.masters import parse_master, read_master
from auditor.templates.problems import TemplateProblems
from auditor.templates.variants import resolve
from tests.templates.small_form import SCORED, SMALL
from tests.templates.xlsform_kit import workbook

MASTER = read_master(forms_dir() / "child-care-case-file.yaml")


def changed(folder: Path, change: Callable[[Workbook], None]) -> Path:
    """The small form as a workbook, changed in one place."""
    path = folder / "form.xlsx"
    write_authoring(parse_master(SMALL).plain, path)
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def put(sheet: str, heading: str, row: int, value: Any) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        headings = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(row, headings.index(heading) + 1).value = value

    return change


@pytest.mark.parametrize(
    "plain", [MASTER.plain, parse_master(SMALL).plain, parse_master(SCORED).plain], ids=["shipped", "small", "scored"]
)
def test_a_form_comes_back_as_it_was(tmp_path: Path, plain: dict[str, Any]) -> None:
    export_form(plain, tmp_path / "form.xlsx", Format.SHEET)
    got = import_form(tmp_path / "form.xlsx")
    assert got.plain == plain
    assert parse_master(got.text).plain == plain


@pytest.mark.parametrize("variant", ["whole-file", "supervision-oversight", "statutory-visits"])
def test_a_variant_becomes_a_form_of_its_own(tmp_path: Path, variant: str) -> None:
    plain = resolve(MASTER, variant).plain
    told = export_form(plain, tmp_path / "form.xlsx", Format.SHEET)
    got = import_form(tmp_path / "form.xlsx")
    assert got.plain == own_master(plain, "form.xlsx")[0]
    assert {item.code for item in told} <= {"cannot-run"}
    kept = {question["id"] for section in got.plain["sections"] for question in section["questions"]}
    assert kept == {question["id"] for section in plain["sections"] for question in section["questions"]}


def test_the_starter_can_be_imported_as_it_is(tmp_path: Path) -> None:
    write_starter(tmp_path / "starter.xlsx")
    got = import_form(tmp_path / "starter.xlsx")
    assert not got.warnings
    assert [question["id"] for section in got.plain["sections"] for question in section["questions"]] == [
        "S01.01", "S01.02", "S01.03", "S02.01",
    ]  # fmt: skip


def test_the_starter_helps_while_typing(tmp_path: Path) -> None:
    write_starter(tmp_path / "starter.xlsx")
    book = load_workbook(tmp_path / "starter.xlsx")
    assert book.sheetnames == [*(name.replace("_", " ") for name in sheet_names()), "help"]
    sheet = book["questions"]
    assert sheet.freeze_panes == "A2"
    headings = {cell.value: column_letters(at) for at, cell in enumerate(sheet[1], 1)}
    offers = {
        str(rule.sqref).split(":")[0].rstrip("2"): rule.formula1 for rule in sheet.data_validations.dataValidation
    }
    assert offers[headings["Type"]] == '"choice,choices,grade,date,datetime,count,number,text"'
    assert offers[headings["Scale"]].startswith("'scales'!$A$2:")
    assert offers[headings["Section"]].startswith("'sections'!$A$2:")
    assert offers[headings["N/A allowed"]] == '"yes,no"'


def test_every_key_has_one_column() -> None:
    for sheet in sheet_names()[1:]:
        headings = [field.heading.casefold() for field in sheet_fields(sheet)]
        assert len(set(headings)) == len(headings), sheet


def stray(book: Workbook) -> None:
    book["themes"]["E2"] = "stray"


WRONG = {
    "word": (put("questions", "Type", 2, "chioce"), "word-unknown", "questions", 2, "Did you mean choice?"),
    "id": (put("questions", "Id", 2, "S1"), "id-pattern", "questions", 2, "S01.01"),
    "id twice": (put("questions", "Id", 3, "S01.01"), "id-repeated", "questions", 3, "never used before"),
    "section": (put("questions", "Section", 4, "S99"), "section-unknown", "questions", 4, "Name a section"),
    "no section": (put("questions", "Section", 4, None), "section-unknown", "questions", 4, "Name a section"),
    "scale": (put("options", "For", 2, "mett"), "scale-unknown", "options", 2, "Did you mean met?"),
    "column": (put("questions", "Text", 1, "Texxt"), "column-unknown", "questions", 1, "Did you mean Text?"),
    "column twice": (put("questions", "Text", 1, "Type"), "column-unknown", "questions", 1, "Keep one"),
    "no heading": (stray, "column-unknown", "themes", 2, "heading"),
    "key": (put("form", "Key", 3, "titel"), "key-unknown", "form", 3, "Did you mean title?"),
    "theme": (put("themes", "Id", 2, "voise"), "theme-unknown", "sections", 2, "Did you mean voise?"),
    "short form": (put("timescales", "Limits", 2, "[{limit: 6"), "yaml-syntax", "timescales", 2, "brackets"),
    "condition": (put("indicators", "When", 2, "a['S01.99'] == 0"), "question-unknown", "indicators", 2, "S01"),
    "not a number": (put("timescales", "Limit", 2, "six"), "value-wrong", "timescales", 2, "that form"),
}


@pytest.mark.parametrize(("change", "code", "sheet", "row", "remedy"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_row(
    tmp_path: Path, change: Callable[[Workbook], None], code: str, sheet: str, row: int, remedy: str
) -> None:
    with pytest.raises(TemplateProblems) as caught:
        import_form(changed(tmp_path, change))
    found = [item for item in caught.value.problems if item.code == code]
    assert [(item.place.sheet, item.place.row) for item in found][:1] == [(sheet, row)], caught.value.problems
    assert remedy in found[0].remedy


def test_an_unknown_sheet_is_refused_but_notes_are_not(tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Notes of ours")["A1"] = "Ask the team"
        book.create_sheet("Teams")["A1"] = "Team"
        book["variants"].title = "varaints"

    with pytest.raises(TemplateProblems) as caught:
        import_form(changed(tmp_path, add))
    unknown = {item.place.sheet: item.remedy for item in caught.value.problems if item.code == "sheet-unknown"}
    assert set(unknown) == {"Teams", "varaints"}
    assert unknown["varaints"] == "Did you mean variants?"


def imported(folder: Path, change: Callable[[Workbook], None]) -> Imported:
    return import_form(changed(folder, change))


def test_cells_may_hold_numbers_dates_and_truths(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for row in book["form"].iter_rows(min_row=2):
            if row[0].value == "version":
                row[1].value = 2026.5
        put("questions", "N/A allowed", 3, True)(book)

    plain = imported(tmp_path, change).plain
    assert plain["version"] == "2026.5"
    assert plain["sections"][0]["questions"][1]["na_allowed"] is True


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    plain = dict(parse_master(SMALL.replace('text: "How often?"', 'text: "=1+1 visits?"')).plain)
    write_authoring(plain, tmp_path / "form.xlsx")
    assert load_workbook(tmp_path / "form.xlsx")["questions"]["C2"].data_type == "s"
    assert import_form(tmp_path / "form.xlsx").plain == plain


TRIMMED = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
VALUES = {
    Kind.TEXT: TRIMMED | st.booleans() | st.integers(0, 999),
    Kind.WORDS: st.lists(TRIMMED | st.just("a, b"), max_size=4),
    Kind.LINES: st.lists(TRIMMED | st.just("a\nb"), max_size=4),
    Kind.NESTED: st.lists(st.dictionaries(st.sampled_from(["limit", "when"]), TRIMMED, min_size=1), max_size=3),
}


@given(st.sampled_from(Kind).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_any_value_comes_back_from_its_cell(pair: tuple[Kind, Any]) -> None:
    kind, value = pair
    field = Field(("key",), kind)
    as_text = value
    if kind is Kind.TEXT:
        as_text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    assert cell_value(field, cell_text(field, value), Place("form.xlsx")) == as_text


def test_an_xlsform_may_have_a_sheet_called_questions(tmp_path: Path) -> None:
    path = workbook(tmp_path / "form.xlsx", survey="type | name | label\ntext | a | Who?", questions="To do | Ask")
    assert import_form(path).plain["sections"][0]["questions"][0]["source_name"] == "a"
