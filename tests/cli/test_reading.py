"""Commands that print: their JSON, their text, and what a blind audit keeps to itself."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditor.domain.scoring import Counts
from tests.cli.conftest import SEALED, Office


def test_the_matrix_by_case_has_the_public_shape(office: Office) -> None:
    found = office.data("matrix", "--cycle", office.cycle, "--by", "case")
    assert set(found) == {"themes", "columns", "cells"}
    assert found["themes"][1] == {"id": "supervision", "title": "Supervision"}
    assert [column["case"] for column in found["columns"]] == ["CF-01", "CF-02"]
    assert len(found["cells"]) == len(found["themes"])
    recording, supervision, safety = (row[0] for row in found["cells"])
    assert recording == {"n": 2, "issues": 2, **Counts(partly=1, unfavourable=1)._asdict()}
    assert (supervision["n"], supervision["met"], supervision["issues"]) == (1, 0, 1)
    assert (safety["n"], safety["met"], safety["issues"], safety["good_practice"]) == (2, 2, 0, 1)


def test_the_matrix_by_answer_counts_each_outcome_and_its_marks(office: Office) -> None:
    found = office.data("matrix", "--cycle", "autumn SAMPLE", "--by", "answer")
    outcomes = [column["answer"] for column in found["columns"]]
    assert outcomes == ["met", "partly", "not_met", "not_evidenced", "unfavourable", "na"]
    safety = dict(zip(outcomes, found["cells"][2], strict=True))
    assert safety["met"] == {"n": 2, "met": 2, "issues": 0, "na": 0, "good_practice": 1}
    recording = dict(zip(outcomes, found["cells"][0], strict=True))
    assert (recording["partly"]["issues"], recording["unfavourable"]["issues"], recording["met"]["n"]) == (1, 1, 0)


def test_indicators_are_counted_over_the_cases(office: Office) -> None:
    found = office.data("matrix", "--cycle", office.cycle, "--by", "indicator")
    assert found == [{"id": "no_supervision", "title": "No supervision record", "count": 1, "of": 1}]


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("case", "● 2/2"),
        ("answer", "Not evidenced"),
        ("indicator", "1/1  No supervision record  (1 not known)"),
    ],
)
def test_the_matrix_can_be_read(office: Office, by: str, said: str) -> None:
    result = office.run("matrix", "--cycle", office.cycle, "--by", by)
    assert result.exit_code == 0
    assert said in result.stdout


def test_audits_are_listed_with_their_stage_and_without_answers(office: Office) -> None:
    agreed, sealed = office.data("audit", "list", "--cycle", office.cycle)
    assert (agreed["case"], agreed["stage_words"]) == ("CF-01", "Agreed and signed off")
    assert (sealed["case"], sealed["stage"], sealed["mode"]) == ("CF-02", "scoring", "blind")
    assert sealed["auditors"] == ["A. Auditor", "B. Auditor"]
    assert "Being scored" in office.run("audit", "list", "--cycle", office.cycle).stdout


def test_cycles_are_listed(office: Office) -> None:
    (cycle,) = office.data("cycle", "list")
    assert (cycle["id"], cycle["cases"], cycle["audits"]) == (office.cycle, 2, 2)
    assert cycle["stages"] == {"not_started": 0, "scoring": 1, "to_reconcile": 0, "signed_off": 1, "cancelled": 0}
    assert "Autumn sample" in office.run("cycle", "list").stdout


def test_actions_can_be_filtered_by_status_and_cycle(office: Office) -> None:
    overdue, running = office.data("action", "list")
    assert (overdue["status_words"], overdue["case"], overdue["question"]) == ("Behind schedule", "CF-01", "S01.03")
    assert overdue["days_late"] > 0
    assert overdue["steps"][0]["by"] == "A. Auditor"
    filtered = office.data("action", "list", "--status", "in_progress_on_schedule", "--cycle", office.cycle)
    assert [item["number"] for item in filtered] == [running["number"]]
    assert office.run("action", "list", "--status", "complete").stdout == "No actions.\n"
    assert "Behind schedule" in office.run("action", "list").stdout


def test_people_are_listed(office: Office) -> None:
    people = {person["name"]: person["roles"] for person in office.data("person", "list")}
    assert people["C. Manager"] == ["manager"]
    assert "QA lead" in office.run("person", "list").stdout


def test_the_theme_summary_is_written(office: Office, tmp_path: Path) -> None:
    made = office.data("export", "theme-summary", str(tmp_path / "out.xlsx"), "--cycle", office.cycle)
    assert made == {"path": str(tmp_path / "out.xlsx"), "not_agreed": 4}
    assert "Theme x case" in load_workbook(made["path"]).sheetnames
    again = office.run("export", "theme-summary", str(tmp_path / "out.xlsx"), "--cycle", office.cycle)
    assert again.stdout.splitlines()[1].startswith("4 scored questions are not agreed yet")


def test_a_workspace_is_described_and_verified(office: Office) -> None:
    assert office.data("workspace", "info")["name"] == "Sample"
    assert "Folder" in office.run("workspace", "info", str(office.folder)).stdout
    assert office.data("workspace", "verify")["problems"] == []
    assert office.run("workspace", "verify").stdout.startswith("Sound:")


def test_templates_are_listed_with_those_kept(office: Office) -> None:
    kept = office.data("template", "list", "--kept")
    assert {"whole-file", "small"} <= {card["id"] for card in kept}
    assert "small" not in {card["id"] for card in office.data("template", "list")}
    assert "whole-file" in office.run("template", "list").stdout


def test_a_template_is_shown_whole(office: Office) -> None:
    plain = office.data("template", "show", "whole-file")
    assert len(plain["sections"]) == 27
    shown = office.run("template", "show", "whole-file").stdout
    assert "Met / Partly met / Not met / Not evidenced" in shown


READING = [
    ("matrix", "--by", "case"),
    ("matrix", "--by", "answer"),
    ("matrix", "--by", "indicator"),
    ("audit", "list"),
    ("action", "list"),
]


@pytest.mark.parametrize("arguments", READING)
def test_no_listing_tells_the_partner_of_a_sealed_slot(office: Office, arguments: tuple[str, ...]) -> None:
    for dress in ((), ("--json",)):
        result = office.run(*arguments, "--cycle", office.cycle, *dress, by="B. Auditor")
        assert result.exit_code == 0, result.stderr
        assert SEALED not in result.stdout
        assert 'not_met": 1' not in result.stdout


def test_no_figure_holds_a_sealed_answer(office: Office) -> None:
    found = office.data("matrix", "--cycle", office.cycle, by="B. Auditor")
    assert all(row[1]["n"] == row[1]["na"] == row[1]["limits_failed"] == 0 for row in found["cells"])
    assert found["columns"][1]["not_agreed"] == 4


def test_no_workbook_tells_the_partner_of_a_sealed_slot(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "partner.xlsx"
    assert office.run("export", "theme-summary", str(out), "--cycle", office.cycle, by="B. Auditor").exit_code == 0
    texts = {str(cell.value) for sheet in load_workbook(out) for row in sheet for cell in row if cell.value is not None}
    assert "No reflection on file." in texts
    assert SEALED not in texts


def test_the_author_and_the_lead_see_the_action_the_partner_may_not(office: Office) -> None:
    for person, many in (("A. Auditor", 2), ("L. Lead", 2), ("B. Auditor", 1)):
        assert len(office.data("action", "list", by=person)) == many
