import os
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from auditor.domain.errors import Refused
from auditor.sheets import writing
from auditor.sheets.text import clean_text, unescape
from auditor.sheets.writing import put, save_durably

PAYLOADS = [
    "=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0", '=HYPERLINK("https://example.org")', "=", "==", "\t=1+1",
    "\r=1+1", "\0=1+1", "=1+1\n", "#REF!", "#N/A", "http://example.org", "007", "1e5", "TRUE", "01/02/2026",
        " spaced ", "\ud83d", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u202eright to left", "_x0041_",
    "'quoted",
]  # fmt: skip


def reloaded(workbook: Workbook) -> Any:
    kept = BytesIO()
    workbook.save(kept)
    return load_workbook(kept).worksheets[0]


def through(value: Any) -> Any:
    workbook = Workbook()
    put(workbook.worksheets[0], 1, 1, value)
    return reloaded(workbook)["A1"]


@pytest.mark.parametrize("text", PAYLOADS)
def test_text_stays_text(text: str) -> None:
    cell = through(text)
    assert cell.data_type == "s"
    assert unescape(cell.value) == clean_text(text)
    assert cell.hyperlink is None


def test_the_check_for_formulas_can_fail() -> None:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "=1+1"
    assert reloaded(workbook)["A1"].data_type == "f"


@pytest.mark.parametrize(("text", "marked"), [("=1+1", True), ("-1", True), ("@x", True), ("plain", False)])
def test_text_like_a_formula_stays_text_when_a_person_edits_it(text: str, marked: bool) -> None:
    assert through(text).quotePrefix is marked


@given(st.text(st.characters(codec=None), min_size=1, max_size=60) | st.from_regex(r"[=+@\-#_].{0,20}"))
def test_any_text_stays_text(text: str) -> None:
    cell = through(text)
    assert cell.data_type == "s"
    assert unescape(cell.value) == clean_text(text)


@pytest.mark.parametrize("value", [0, 7, -3, 2.5, True, False, 2**40])
def test_numbers_are_real(value: float) -> None:
    cell = through(value)
    assert cell.value == value
    assert type(cell.value) is type(value)


def test_dates_are_real_and_read_as_here() -> None:
    moment = datetime(2026, 6, 3, 14, 30, tzinfo=UTC)
    day, time = through(date(2026, 6, 3)), through(moment)
    assert (day.value.date(), day.is_date, day.number_format) == (date(2026, 6, 3), True, "dd/mm/yyyy")
    assert time.value == moment.astimezone().replace(tzinfo=None)
    assert time.number_format == "dd/mm/yyyy hh:mm"
    assert through(date(1899, 5, 7)).value == "07/05/1899"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "x" * 32_768, "\U0001f600" * 20_000])
def test_what_a_cell_cannot_hold_is_never_cut_silently(value: Any) -> None:
    with pytest.raises(ValueError, match=r"cannot hold|split"):
        through(value)


def test_a_merged_cell_takes_no_value() -> None:
    sheet = Workbook().worksheets[0]
    sheet.merge_cells("A1:B1")
    assert isinstance(put(sheet, 1, 1, "x"), Cell)
    with pytest.raises(ValueError, match="merged"):
        put(sheet, 1, 2, "x")


def test_no_text_leaves_the_cell_blank() -> None:
    assert through("").value is None


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def filled() -> Workbook:
    workbook = Workbook()
    put(workbook.worksheets[0], 1, 1, "whole")
    return workbook


def test_a_workbook_is_saved_whole_and_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"old")
    assert save_durably(filled(), target) == target
    assert load_workbook(target).worksheets[0]["A1"].value == "whole"
    assert names(tmp_path) == ["out.xlsx"]


def test_nothing_passes_through_the_temp_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(suffix: str = "") -> str:
        raise AssertionError("openpyxl asked for a temporary file")

    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", refuse)
    save_durably(filled(), tmp_path / "out.xlsx")
    with pytest.raises(AssertionError):
        filled().save(tmp_path / "plain.xlsx")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a:b.xlsx", "name-not-allowed"),
        ("what?.xlsx", "name-not-allowed"),
        ("CON.xlsx", "name-not-allowed"),
        ("com1", "name-not-allowed"),
        ("taken", "target-is-folder"),
        ("nowhere/out.xlsx", "folder-missing"),
        ("workspace.db", "not-xlsx"),
        ("Report 2.1", "not-xlsx"),
        ("x" * 300 + ".xlsx", "name-not-allowed"),
        ("x" * 300 + "/out.xlsx", "folder-missing"),
    ],
)
def test_a_target_that_cannot_be_is_refused_by_its_own_code(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(Refused) as caught:
        save_durably(filled(), tmp_path / name)
    assert caught.value.code == code
    assert caught.value.remedy
    assert names(tmp_path) == ["taken"]


def test_what_is_no_ordinary_file_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.symlink_to(os.devnull)
    with pytest.raises(Refused) as caught:
        save_durably(filled(), target)
    assert caught.value.code == "target-protected"
    assert target.is_symlink()


@pytest.mark.parametrize(("raised", "code"), [(PermissionError, "target-in-use"), (OSError, "file-not-written")])
def test_a_target_in_use_keeps_what_it_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: type[OSError], code: str
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise raised("open in another program")

    target = tmp_path / "out.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Refused) as caught:
        save_durably(filled(), target)
    assert caught.value.code == code
    assert (target.read_bytes(), names(tmp_path)) == (b"old", ["out.xlsx"])


def test_a_full_disk_in_the_middle_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_up(workbook: Workbook, file: BinaryIO) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write", fill_up)
    with pytest.raises(Refused) as caught:
        save_durably(filled(), tmp_path / "out.xlsx")
    assert caught.value.code == "file-not-written"
    assert names(tmp_path) == []


def test_a_folder_that_takes_no_files_is_said_to_be_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError("read-only")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(Refused) as caught:
        save_durably(filled(), tmp_path / "out.xlsx")
    assert caught.value.code == "folder-not-writable"
