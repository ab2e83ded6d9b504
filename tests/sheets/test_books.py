"""Whole workbooks, read and written for forms."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from auditor.domain.errors import BadInput
from auditor.sheets import book_reading
from auditor.sheets.book_reading import read_book
from auditor.sheets.book_writing import Column, DropDown, SheetPlan, write_book


def saved(path: Path, fill: Callable[[Workbook], None]) -> Path:
    book = Workbook()
    book.worksheets[0].title = "one"
    fill(book)
    book.save(path)
    return path


def refusal(path: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_book(path)
    assert caught.value.remedy
    assert caught.value.place
    return caught.value


def test_every_visible_sheet_is_read_with_the_numbers_of_its_rows(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book["one"]["B3"] = "  text "
        book["one"]["A5"] = 7
        book.create_sheet("two")
        book.create_sheet("hidden").sheet_state = "hidden"

    one, two = read_book(saved(tmp_path / "book.xlsx", fill))
    assert (one.title, one.lines) == ("one", ((3, [None, "text"]), (5, [7])))
    assert (two.title, two.lines) == ("two", ())


def test_a_text_file_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("type,name\n")
    assert refusal(path).code == "not-a-workbook"


def test_what_is_too_large_for_a_form_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: Workbook) -> None:
        for _ in range(4):
            book["one"].append(["abc", "def"])

    path = saved(tmp_path / "book.xlsx", fill)
    for limit, least in (("MAX_ROWS", 4), ("MAX_TEXT", 24), ("MAX_SHEETS", 1), ("MAX_COLUMNS", 2)):
        with monkeypatch.context() as patch:
            patch.setattr(book_reading, limit, least)
            read_book(path)
            patch.setattr(book_reading, limit, least - 1)
            assert refusal(path).code == "form-too-large", limit
    monkeypatch.setattr(book_reading, "MAX_BYTES", 1_000)
    assert refusal(path).code == "file-too-large"


def test_the_limits_hold_for_all_sheets_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: Workbook) -> None:
        for sheet in (book["one"], book.create_sheet("two")):
            sheet.append(["a"])
            sheet.append(["b"])

    path = saved(tmp_path / "book.xlsx", fill)
    monkeypatch.setattr(book_reading, "MAX_ROWS", 3)
    assert str(refusal(path).place) == "book.xlsx:two!2"


def test_a_written_book_offers_words_and_keeps_its_headings_in_sight(tmp_path: Path) -> None:
    columns = (
        Column("Kind", 20, "What kind", DropDown(("a", "b"))),
        Column("Owner", offers=DropDown(sheet="it's", strict=False)),
    )
    plan = SheetPlan("it's", columns, [{"Kind": "a", "Owner": "=1+1"}, {"Owner": "x"}])
    write_book([plan], tmp_path / "book.xlsx")
    sheet = load_workbook(tmp_path / "book.xlsx")["it's"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Kind", "Owner"],
        ["a", "=1+1"],
        [None, "x"],
    ]
    assert sheet["B2"].data_type == "s"
    assert sheet.freeze_panes == "A2"
    kind, owner = sheet.data_validations.dataValidation
    assert (kind.formula1, kind.prompt, bool(kind.showErrorMessage)) == ('"a,b"', "What kind", True)
    assert (owner.formula1, bool(owner.showErrorMessage)) == ("'it''s'!$A$2:$A$6000", False)
