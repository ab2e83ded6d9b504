from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor.domain.errors import BadInput
from auditor.sheets import table
from auditor.sheets.reading import read_table

SEEN = datetime.fromisoformat("2026-06-03T14:30")


def made(folder: Path, *rows: tuple[Any, ...], title: str = "Cases") -> Path:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    path = folder / "cases.xlsx"
    workbook.save(path)
    return path


def changed(path: Path, change: Callable[[Worksheet], None]) -> Path:
    workbook = load_workbook(path)
    change(workbook.worksheets[0])
    workbook.save(path)
    return path


def refusal(path: Path, sheet: str = "") -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_table(path, sheet)
    assert caught.value.remedy
    assert caught.value.place
    assert caught.value.place.file == path.name
    return caught.value


def test_values_keep_their_kinds_and_rows_their_numbers(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        ("Case", "Age", "Weight", "Born", "Seen", "Plan", "Note"),
        ("CF-01", 7, 2.5, datetime.fromisoformat("2019-03-01"), SEEN, True, "  spaced  "),
        (None,) * 7,
        (12, 7.0, None, date(2020, 2, 29), time(9, 5), False, ""),
    )
    read = read_table(path)

    assert (read.file, read.sheet, read.notices) == ("cases.xlsx", "Cases", ())
    assert read.headers == ("Case", "Age", "Weight", "Born", "Seen", "Plan", "Note")
    assert [row.number for row in read.rows] == [2, 4]
    assert read.rows[0].values == (
        "CF-01", 7, 2.5, date(2019, 3, 1), SEEN, True, "spaced",
    )  # fmt: skip
    assert read.rows[1].values == (12, 7, None, date(2020, 2, 29), "09:05:00", False, None)
    assert read.record(read.rows[0])["Born"] == date(2019, 3, 1)
    assert str(read.place(read.rows[1], "Born")) == "cases.xlsx:Cases!D4"


def test_escapes_and_control_characters_come_in_as_plain_text(tmp_path: Path) -> None:
    path = made(tmp_path, ("Case", "Note"), ("CF-01", "one_x000D_\ntwo_x0000_"), ("CF-02", "_x005F_x0041_"))
    notes = [read_table(path).record(row)["Note"] for row in read_table(path).rows]
    assert notes == ["one\ntwo\ufffd", "_x0041_"]


def test_titles_above_the_headings_are_left_out_and_said_so(tmp_path: Path) -> None:
    path = made(tmp_path, ("Cases for summer",), (None,), ("Case", "Team"), ("CF-01", "North"))
    read = read_table(path)
    assert read.headers == ("Case", "Team")
    assert len(read.rows) == 1
    assert "row 3" in read.notices[0]


def test_a_list_of_one_column_starts_at_its_first_filled_row(tmp_path: Path) -> None:
    read = read_table(made(tmp_path, (None,), ("Case",), ("CF-01",), ("CF-02",)))
    assert read.headers == ("Case",)
    assert [row.values for row in read.rows] == [("CF-01",), ("CF-02",)]


def test_the_first_visible_sheet_with_anything_in_it_is_read(tmp_path: Path) -> None:
    workbook = Workbook()
    hidden, blank, wanted, other = [
        workbook.worksheets[0],
        *(workbook.create_sheet(t) for t in ("B", "C", "D")),
    ]
    hidden.append(("Secret", "Thing"))
    hidden.sheet_state = "hidden"
    blank["C7"].number_format = "0.00"
    wanted.append(("Case", "Team"))
    wanted.append(("CF-01", 0))
    other.append(("Other", "Heading"))
    path = tmp_path / "many.xlsx"
    workbook.save(path)

    assert read_table(path).headers == ("Case", "Team")
    assert read_table(path).notices == ("Only the sheet “C” was read.",)
    assert read_table(path, "D").headers == ("Other", "Heading")
    assert refusal(path, "Sheet").code == "sheet-missing"


@pytest.mark.parametrize(
    ("rows", "code", "where"),
    [
        ((("Case", "Team", "case "), ("CF-01", "North", "x")), "heading-repeated", "Cases!C1"),
        ((("Case", None, "Team"), ("CF-01", "?", "North")), "heading-missing", "Cases!B1"),
        ((("Case", "Team"), ("CF-01", "North", "extra")), "heading-missing", "Cases!C1"),
        ((("Case", "Team"), ("CF-01", "#REF!")), "error-cell", "Cases!B2"),
        (((None,), (None,)), "table-empty", "Cases"),
        ((tuple(f"c{at}" for at in range(201)),), "too-many-columns", "Cases!GS1"),
    ],
)
def test_refusals_name_sheet_and_cell(tmp_path: Path, rows: tuple[tuple[Any, ...], ...], code: str, where: str) -> None:
    problem = refusal(made(tmp_path, *rows))
    assert problem.code == code
    assert str(problem.place) == f"cases.xlsx:{where}"


def test_an_empty_column_without_heading_is_no_fault(tmp_path: Path) -> None:
    read = read_table(made(tmp_path, ("Case", None, "Team"), ("CF-01", None, "North")))
    assert read.headers == ("Case", "Team")
    assert read.rows[0].values == ("CF-01", "North")
    assert str(read.place(read.rows[0], "Team")) == "cases.xlsx:Cases!C2"


def test_more_rows_than_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    rows = [("Case", "Team"), *((f"CF-{at}", "North") for at in range(3))]
    assert len(read_table(made(tmp_path, *rows)).rows) == 3
    problem = refusal(made(tmp_path, *rows, ("CF-4", "North")))
    assert problem.code == "too-many-rows"
    assert problem.place
    assert problem.place.row == 5


def test_formats_far_down_and_far_right_are_not_content(tmp_path: Path) -> None:
    def shade(sheet: Worksheet) -> None:
        for coordinate in ("A1048576", "XFD2"):
            sheet[coordinate].number_format = "0.00"

    path = changed(made(tmp_path, ("Case", "Team"), ("CF-01", "North")), shade)
    assert len(read_table(path).rows) == 1


def test_a_formula_nobody_calculated_is_refused_with_its_cell(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Case reference", "Team"])
    sheet.append(["CF-01", "=1+1"])
    book.save(tmp_path / "cases.xlsx")
    with pytest.raises(BadInput) as caught:
        read_table(tmp_path / "cases.xlsx")
    assert (caught.value.code, str(caught.value.place)) == ("formula-not-calculated", "cases.xlsx:Sheet!B2")


@pytest.mark.parametrize(
    ("cell", "value"), [('<c r="B2"><f>1+1</f><v>2</v></c>', 2), ('<c r="B2" t="str"><f>""</f><v></v></c>', None)]
)
def test_a_formula_with_its_result_is_read(tmp_path: Path, cell: str, value: object) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Case reference", "Team"])
    sheet.append(["CF-01", "=1+1"])
    book.save(tmp_path / "raw.xlsx")
    with ZipFile(tmp_path / "raw.xlsx") as raw, ZipFile(tmp_path / "cases.xlsx", "w") as made:
        for name in raw.namelist():
            part = raw.read(name)
            made.writestr(name, part.replace(b'<c r="B2"><f>1+1</f><v></v></c>', cell.encode()))
    (row,) = read_table(tmp_path / "cases.xlsx").rows
    assert row.values == ("CF-01", value)
