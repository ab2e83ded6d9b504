"""Answer sheets from the command line: out, filled in, back in, and what a blank cell does."""

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import furnish

_ANSWER, _ID = 4, 10
"""The columns of a sheet."""


def test_a_blank_cell_is_said_to_stay_unless_it_is_to_clear(tmp_path: Path) -> None:
    office = furnish(tmp_path)
    blank, filled = tmp_path / "blank.xlsx", tmp_path / "filled.xlsx"
    of = ("--audit", office.sealed_audit, "--slot", "B")
    office.data("audit", "export-sheet", str(blank), *of, by="B. Auditor")
    book = load_workbook(blank)
    row = next(line for line in book["Answers"].iter_rows() if line[_ID - 1].value == "S01.01")
    row[_ANSWER - 1].value = 3
    book.save(filled)
    taken = office.data("audit", "import-sheet", str(filled), *of, "--apply", by="B. Auditor")
    assert [(one["question"], one["change"]) for one in taken["changes"]] == [("S01.01", "set")]
    back = ("audit", "import-sheet", str(blank), *of)
    assert [one["change"] for one in office.data(*back, by="B. Auditor")["changes"]] == ["stays"]
    assert "--clear" in office.run(*back, by="B. Auditor").stdout
    assert [one["change"] for one in office.data(*back, "--clear", by="B. Auditor")["changes"]] == ["clear"]
