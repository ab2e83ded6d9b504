"""`auditor template import`, `export` and `starter` on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from auditor.cli.root import auditor
from auditor.templates.masters import read_master
from tests.templates.small_form import SMALL
from tests.templates.xlsform_kit import workbook

FORM = "type | name | label\ntext | a | Who?\ngeopoint | b | Where?"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(auditor, ["template", *map(str, arguments)])


def data(*arguments: str | Path) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_an_xlsform_becomes_a_template_file_and_its_losses_are_told(tmp_path: Path) -> None:
    source, out = workbook(tmp_path / "form.xlsx", survey=FORM), tmp_path / "form.yaml"
    result = run("import", source, "--out", out)
    assert result.exit_code == 0
    told, summary = result.stdout.splitlines()
    assert told.startswith("form.xlsx:survey!3: warning xlsform-question-type: ")
    assert summary == f"{out}: 1 section, 1 question, 1 warning."
    assert read_master(out).form.sections[0].questions[0].text == "Who?"
    assert run("check", out).exit_code == 0


def test_as_json(tmp_path: Path) -> None:
    source, out = workbook(tmp_path / "form.xlsx", survey=FORM), tmp_path / "form.yaml"
    plain = data("import", source, "--out", out)
    assert (plain["sections"], plain["questions"]) == (1, 1)
    assert [(item["code"], item["sheet"], item["row"]) for item in plain["warnings"]] == [
        ("xlsform-question-type", "survey", 3)
    ]


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    source, out = workbook(tmp_path / "form.xlsx", survey=FORM), tmp_path / "form.yaml"
    out.write_text("mine")
    refused = run("import", source, "--out", out)
    assert (refused.exit_code, refused.stderr.split(":")[0]) == (1, "file-exists")
    assert out.read_text() == "mine"
    assert run("import", source, "--out", out, "--replace").exit_code == 0
    assert read_master(out).id == "form"


@pytest.mark.parametrize(
    ("name", "code"), [("form.xlsx", "not-a-template-name"), ("none/form.yaml", "file-not-written")]
)
def test_a_name_that_cannot_be_used_is_refused(tmp_path: Path, name: str, code: str) -> None:
    source = workbook(tmp_path / "source.xlsx", survey=FORM)
    assert run("import", source, "--out", tmp_path / name).stderr.split(":")[0] == code


def test_the_starter_is_imported_checked_and_told_of_row_by_row(tmp_path: Path) -> None:
    starter, out = tmp_path / "starter.xlsx", tmp_path / "mine.yaml"
    assert "template import starter.xlsx" in run("starter", starter).stdout
    assert run("import", starter, "--out", out).exit_code == 0
    book = load_workbook(starter)
    for row in (2, 3):
        book["questions"].cell(row, 2).value = "Q1"
    book.save(starter)
    refused = run("import", starter, "--out", out, "--replace")
    assert refused.exit_code == 1
    assert [line.split(":")[1] for line in refused.stdout.splitlines() if "id-pattern" in line] == [
        "questions!B2",
        "questions!B3",
    ]
    assert refused.stderr.startswith("id-pattern: starter.xlsx:questions!B2")


def test_a_template_file_goes_out_and_comes_back(tmp_path: Path) -> None:
    small, sheet, back = tmp_path / "small.yaml", tmp_path / "small.xlsx", tmp_path / "back.yaml"
    small.write_text(SMALL)
    assert data("export", small, sheet, "--format", "sheet")["warnings"] == []
    assert run("import", sheet, "--out", back).exit_code == 0
    assert read_master(back).plain == read_master(small).plain


def test_what_comes_with_the_program_goes_out_by_its_id(tmp_path: Path) -> None:
    told = data("export", "whole-file", tmp_path / "form.xlsx")
    assert {item["code"] for item in told["warnings"]} == {"xlsform-export-condition"}
    assert load_workbook(tmp_path / "form.xlsx").sheetnames == ["survey", "choices", "settings"]
    assert run("export", "whole-fill", tmp_path / "other.xlsx").stderr.startswith("no-such-template")


def test_a_form_for_paper(tmp_path: Path) -> None:
    plain = data("pdf", "supervision-oversight", tmp_path / "form.pdf")
    assert plain["id"] == "supervision-oversight"
    assert Path(plain["out"]).read_bytes().startswith(b"%PDF")
