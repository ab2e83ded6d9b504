"""`auditor template`: coverage, drift, the JSON Schema and hints, by the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from auditor.cli.root import auditor
from auditor.resources import forms_dir

FORM = forms_dir() / "child-care-case-file.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(auditor, ["template", *map(str, arguments)])


def data(*arguments: str | Path) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """An earlier version of the form: one question less in S22, another worded differently in S09."""
    path = tmp_path / "older.yaml"
    lines = FORM.read_text("utf-8").splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if "{id: S22.13," in line)
    end = next(n for n, line in enumerate(lines) if "{id: S22.14," in line)
    text = "".join(lines[:start] + lines[end:]).replace("Date the child was last seen by", "When the child was seen by")
    path.write_text(text, "utf-8")
    return path


def test_coverage_names_areas_questions_and_what_is_given_up() -> None:
    found = data("coverage", "supervision-oversight")
    areas = {item["area"]["id"]: item for item in found["areas"]}
    assert (found["master"], len(areas)) == ("child-care-case-file", 11)
    assert areas["management_oversight"]["covered"] == "yes"
    assert areas["planning_review"] | {"area": 0, "given_up": 0} == {
        "area": 0, "covered": "no", "questions": [], "given_up": 0, "core": 0, "core_in_master": 70,
    }  # fmt: skip
    assert "S07.10" in areas["planning_review"]["given_up"]
    words = run("coverage", "supervision-oversight").stdout
    assert "Management supervision and oversight" in words
    assert "A third" in words or "a third" in words
    assert max(map(len, words.splitlines())) <= 120


def test_coverage_of_a_master_gives_up_nothing() -> None:
    found = data("coverage", "child-care-case-file")
    assert {item["covered"] for item in found["areas"]} == {"yes"}
    assert [item["given_up"] for item in found["areas"]] == [[]] * 11


def test_coverage_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(FORM.read_text("utf-8").replace("  - id: court\n", "  - id: our-court\n"), "utf-8")
    assert data("coverage", "our-court", "--file", path)["id"] == "our-court"
    assert run("coverage", "court", "--file", path).stderr.startswith("no-such-template: No template in ours.yaml")


def test_coverage_of_nothing_known() -> None:
    result = run("coverage", "half-file")
    assert (result.exit_code, result.stderr.split(":")[0]) == (1, "no-such-template")


def test_drift_of_the_master_and_of_each_variant(older: Path) -> None:
    found = data("drift", "child-care-case-file", "--against", older)
    assert [(change["act"], change["id"]) for change in found["changes"]] == [
        ("added", "S22.13"),
        ("reworded", "S09.02"),
    ]
    changed = {item["id"]: [change["id"] for change in item["changes"]] for item in found["variants"]}
    assert changed["section-47"] == ["S09.02"]
    assert changed["supervision-oversight"] == []  # the question that was added is optional
    words = run("drift", FORM, "--against", older).stdout
    assert "added: question S22.13 Are informal case discussions recorded?" in words
    assert "Supervision and management oversight (supervision-oversight): 63 questions (63 before), 42 core" in words


def test_drift_of_one_variant(older: Path) -> None:
    assert [item["id"] for item in data("drift", "section-47", "--against", older)["variants"]] == ["section-47"]
    words = run("drift", "section-47", "--against", older).stdout
    assert "takes S00, S01, S05, S09, S21, S22, S26" in words
    assert "S22.13" not in words


def test_drift_against_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run("drift", "whole-file", "--against", tmp_path / "none.yaml")
    assert (result.exit_code, result.stderr.split(":")[0]) == (1, "file-unreadable")


def test_the_schema_is_printed_and_written(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    assert run("schema", "--out", path).exit_code == 0
    assert path.read_text("utf-8") == run("schema").stdout
    assert "overlay_of" in json.loads(run("schema", "--overlay").stdout)["properties"]
    refused = run("schema", "--out", tmp_path / "none" / "schema.json")
    assert (refused.exit_code, refused.stderr.split(":")[0]) == (1, "file-not-written")


def test_hints_are_given_when_asked_for() -> None:
    quiet, talking = run("check", FORM), run("check", FORM, "--hints")
    assert (quiet.exit_code, quiet.stdout) == (0, "1 checked: 0 errors, 0 warnings.\n")
    assert talking.exit_code == 0
    assert talking.stdout.endswith(" hints.\n")
    assert {item["severity"] for item in data("check", FORM, "--hints")} == {"hint"}
    assert data("check", FORM) == []
