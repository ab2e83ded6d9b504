"""Lists of cases from outside: which column is what, and which lists are refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from auditor.domain.errors import BadInput
from auditor.domain.frame import in_age_bands
from auditor.services.case_list import read_cases
from auditor.services.cycles import NewCase


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "cases.csv"
    path.write_text(text, encoding="utf-8")
    return path


def workbook(folder: Path, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Cases"
    for row in rows:
        sheet.append(list(row))
    path = folder / "cases.xlsx"
    book.save(path)
    return path


def test_usual_headings_are_recognised_whatever_their_case(tmp_path: Path) -> None:
    found = read_cases(
        csv_file(tmp_path, "AGE-BAND;Case Ref.;allocated team;Plan_Type\n5-9;CF-01;East;Child in need\n")
    )
    assert found.cases == (NewCase("CF-01", "East", "Child in need", "5-9"),)
    assert found.extra_columns == ()


def test_unknown_columns_are_kept_and_said(tmp_path: Path) -> None:
    found = read_cases(csv_file(tmp_path, "Reference,Ward,Child's name\nCF-01,North,\nCF-02,,x\n"))
    assert found.extra_columns == ("Ward", "Child's name")
    assert found.cases[0].extra == {"Ward": "North"}
    assert found.cases[1].extra == {"Child's name": "x"}
    notices = " ".join(found.notices)
    assert "no column for team, plan type, age band" in notices
    assert "may tell who a child is; leave them out if you can: Child's name." in notices


def test_the_surest_of_two_reference_columns_wins(tmp_path: Path) -> None:
    found = read_cases(csv_file(tmp_path, "Id,Case reference\n9,CF-01\n"))
    assert found.cases == (NewCase("CF-01", extra={"Id": "9"}),)


def test_numbers_and_dates_of_a_workbook_become_text(tmp_path: Path) -> None:
    rows = ("Case number", "Age", "Opened", "Open"), (1001, 7, date(2026, 5, 1), True)
    found = read_cases(workbook(tmp_path, *rows))
    assert found.cases == (NewCase("1001", age_band="5-9", extra={"Opened": "01/05/2026", "Open": "yes"}),)


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ([("Colour", "Team"), ("red", "East")], "no-reference-column", "cases.xlsx:Cases"),
        ([("Reference", "Team")], "no-cases", "cases.xlsx:Cases"),
        ([("Reference", "Team"), ("CF-01", "East"), (None, "West")], "reference-missing", "cases.xlsx:Cases!A3"),
        ([("Team", "Reference"), ("E", "CF-01"), ("E", "cf-01")], "reference-twice", "cases.xlsx:Cases!B3"),
        ([("Reference", "Team"), ("C" * 61, "East")], "case-reference", "cases.xlsx:Cases!A2"),
    ],
)
def test_a_list_that_will_not_do_names_its_place(
    tmp_path: Path, rows: list[tuple[Any, ...]], code: str, place: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read_cases(workbook(tmp_path, *rows))
    assert (refused.value.code, str(refused.value.place)) == (code, place)


REFERENCES = st.lists(st.from_regex(r"[A-Z]{1,3}-[0-9]{1,4}", fullmatch=True), min_size=1, max_size=12, unique=True)


@given(REFERENCES)
def test_every_case_of_a_list_comes_back_in_its_order(
    tmp_path_factory: pytest.TempPathFactory, references: list[str]
) -> None:
    path = csv_file(tmp_path_factory.mktemp("list"), "Case,Team\n" + "".join(f"{one},East\n" for one in references))
    assert [case.reference for case in read_cases(path).cases] == references


@pytest.mark.parametrize(
    ("ages", "bands"),
    [
        (("0", "4", "5", "15", "16", "18", ""), ("0-4", "0-4", "5-9", "10-15", "16-17", "18+", "")),
        (("7", "unborn"), None),
        (("5-9", "10-15"), None),
        (("7", "26"), None),
        (("", ""), None),
    ],
)
def test_ages_become_bands_where_all_of_them_are_ages(ages: tuple[str, ...], bands: tuple[str, ...] | None) -> None:
    assert in_age_bands(ages) == bands
