import csv
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditor.reports.theme_summary import Comment, CommentKind, ThemeSummary
from auditor.reports.workbook import write_theme_summary
from auditor.sheets.text import unescape
from tests.reports.samples import TODAY, sample_summary

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice not installed"),
    # LibreOffice adds what openpyxl does not read; the cells are what counts here.
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]

SAID = (
    "=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0", '=HYPERLINK("https://example.org")', "\t=1+1", "two\nlines",
    "#REF!", "007", "1e5", "TRUE", "01/02/2026", " spaced ", "'quoted", '"quoted"', "_x0041_",
    "a & b <c> ; , |",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f600", "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd",
    "e\u0301 \u00e9", "half \ud83d", "nul \0", "word " * 10_000,
)  # fmt: skip
ALL_SHEETS_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1"


def summary_of_difficult_words() -> ThemeSummary:
    comments = [
        Comment("Safety", CommentKind.ISSUE, f"CF-{at:02}", "1.10", text[:200], "Met", "Auditor One", text)
        for at, text in enumerate(SAID)
    ]
    return replace(sample_summary(), comments=tuple(comments))


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbook, the workbook as LibreOffice saved it, and its sheets as CSV."""
    folder = tmp_path_factory.mktemp("libreoffice")
    write_theme_summary(summary_of_difficult_words(), folder / "made.xlsx", TODAY)
    for target in ("xlsx:Calc MS Excel 2007 XML", ALL_SHEETS_AS_SHOWN):
        command = [str(SOFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--convert-to", target, "--outdir", str(folder / "out"), str(folder / "made.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder


def test_every_cell_comes_through_libreoffice_without_loss(converted: Path) -> None:
    made, saved = load_workbook(converted / "made.xlsx"), load_workbook(converted / "out" / "made.xlsx")
    assert saved.sheetnames == made.sheetnames
    compared = 0
    for sheet in made.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                other = saved[sheet.title][cell.coordinate]
                if isinstance(cell.value, str):
                    # LibreOffice reads escapes as it should and writes none.
                    assert other.value == unescape(cell.value), (sheet.title, cell.coordinate)
                    assert other.data_type == "s"
                else:
                    assert other.value == cell.value, (sheet.title, cell.coordinate)
                compared += cell.value is not None
    assert compared > 4_000


def test_filters_and_dates_come_through_libreoffice(converted: Path) -> None:
    saved = load_workbook(converted / "out" / "made.xlsx")
    sheet = saved["Actions"]
    assert sheet.auto_filter.ref == "A4:L16"
    assert isinstance(sheet["H5"].value, datetime)
    assert sheet.page_setup.orientation == "landscape"


def test_people_see_the_same_in_a_csv(converted: Path) -> None:
    made = load_workbook(converted / "made.xlsx")
    for title in ("Comments by theme", "Actions", "Theme x case"):
        with (converted / "out" / f"made-{title}.csv").open(encoding="utf-8", newline="") as file:
            shown = list(csv.reader(file))
        for at, row in enumerate(made[title].values):
            for column, value in enumerate(row):
                if value is not None:
                    text = f"{value:%d/%m/%Y}" if isinstance(value, datetime) else unescape(str(value))
                    assert shown[at][column] == text, (title, at, column)
