"""Templates go out as XLSForms that pyxform converts and ODK Validate accepts."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert

from auditor.resources import forms_dir
from auditor.sheets.reading import read_table
from auditor.templates.exporting import Format, export_form
from auditor.templates.importing import import_form
from auditor.templates.masters import Master, parse_master, read_master
from auditor.templates.problems import Problem
from auditor.templates.variants import resolve
from tests.templates.small_form import SMALL
from tests.templates.xlsform_kit import workbook

MASTER = read_master(forms_dir() / "child-care-case-file.yaml")


def exported(path: Path, master: Master, variant: str) -> list[Problem]:
    return export_form(resolve(master, variant).plain, path, Format.XLSFORM)


def survey_of(path: Path) -> dict[str, dict[str, Any]]:
    table = read_table(path, "survey")
    rows = [table.record(row) for row in table.rows]
    return {str(row["name"]): {key: value for key, value in row.items() if value is not None} for row in rows}


def validated(path: Path) -> Mapping[str, Any]:
    """What pyxform says of a form after ODK Validate; its exit status says nothing."""
    start = "from pyxform.xls2xform import main_cli; main_cli()"
    run = [sys.executable, "-c", start, "--json", "--odk_validate", str(path), str(path.with_suffix(".xml"))]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=120)
    answer: Mapping[str, Any] = json.loads(done.stderr.splitlines()[-1])
    return answer


def test_odk_validate_accepts_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "whole.xlsx"
    exported(path, MASTER, "whole-file")
    assert (said := validated(path))["code"] == 100, said


def test_odk_validate_refuses_what_is_broken(tmp_path: Path) -> None:
    survey = "type | name | label | relevant\ntext | a | A | nonsense(\n"
    assert validated(workbook(tmp_path / "broken.xlsx", survey=survey))["code"] == 999


@pytest.mark.parametrize("variant", [variant.id for variant in MASTER.variants])
def test_every_variant_converts(tmp_path: Path, variant: str) -> None:
    path = tmp_path / "form.xlsx"
    told = exported(path, MASTER, variant)
    warnings: list[str] = []
    assert convert(str(path), validate=False, warnings=warnings).xform
    assert not warnings
    template = resolve(MASTER, variant).template
    assert {question.id.replace(".", "_") for question in template.asked()} <= set(survey_of(path))
    assert {item.code for item in told} <= {"xlsform-export-condition"}


def test_sections_choices_hints_and_na_are_carried(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    assert [item.code for item in exported(path, parse_master(SMALL), "all")] == ["xlsform-export-condition"]
    survey = survey_of(path)
    assert survey["S01"] == {"type": "begin_group", "name": "S01", "label": "Seeing the child"}
    assert survey["S01_purpose"]["label"] == "Was the child seen?"
    met = survey["S01_02"]
    assert (met["type"], met["required"]) == ("select_one met_or_na", "yes")
    assert met["guidance_hint"] == "Met: Shown"
    reason = survey["S01_02_na_reason"]
    assert (reason["type"], reason["relevant"]) == ("select_one na_reasons", "selected(${S01_02}, 'not_applicable')")
    assert survey["S01_02_na_words"]["relevant"] == "${S01_02_na_reason} = 'another'"
    assert survey["S01_01"]["constraint"] == ". >= 0"
    assert survey["S01_04"]["relevant"] == "${S01_01} > 1"
    assert "required" not in survey["S01_04"]
    assert survey["S02_03"]["hint"] == "Weigh it"
    assert "S02_02" not in survey, "a derived question is never asked"


def test_a_question_without_options_asks_first_whether_it_applies(tmp_path: Path) -> None:
    text = SMALL.replace("type: date, themes: [voice], short: First}", "type: date, themes: [voice], na_allowed: true}")
    text = text.replace("na_reasons: [Older than the period]\n", "")
    exported(tmp_path / "form.xlsx", parse_master(text), "all")
    survey = survey_of(tmp_path / "form.xlsx")
    assert survey["S01_03_na"]["type"] == "select_multiple na_only"
    assert survey["S01_03_na_words"]["relevant"] == "selected(${S01_03_na}, 'not_applicable')"
    assert survey["S01_03"]["relevant"] == "not(selected(${S01_03_na}, 'not_applicable'))"


def test_a_section_that_hangs_on_its_own_gate_keeps_the_gate_in_sight(tmp_path: Path) -> None:
    text = SMALL.replace("given['S02.01'] || a['S01.03'] >= regime['new'].since", "a['S02.01'] == 'yes'")
    assert not exported(tmp_path / "form.xlsx", parse_master(text), "all")
    survey = survey_of(tmp_path / "form.xlsx")
    assert [survey[name].get("relevant") for name in ("S02", "S02_01", "S02_03")] == [None, None, "${S02_01} = 'yes'"]


def test_an_imported_form_goes_out_under_its_own_names(tmp_path: Path) -> None:
    survey = "type | name | label | relevant\ninteger | age | Age? |\ntext | why | Why? | ${age} > 3\n"
    got = import_form(workbook(tmp_path / "in.xlsx", survey=survey))
    export_form(got.plain, tmp_path / "out.xlsx", Format.XLSFORM)
    relevant = survey_of(tmp_path / "out.xlsx")["why"]["relevant"]
    assert relevant == "(${age} > 3) and (not(selected(${why_na}, 'not_applicable')))"
