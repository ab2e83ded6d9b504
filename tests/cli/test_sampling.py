"""`auditor cycle sample`, `replace-case`, `evidence` and `pairs` as a person or a script calls them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from auditor.cli.root import auditor
from tests.cli.conftest import Office, furnish

ROWS = [
    (f"CF-{at:02}", ("North", "South")[at % 2], ("White British", "Black Caribbean")[at % 5 == 0], "")
    for at in range(20)
]


@pytest.fixture
def own(tmp_path: Path) -> Office:
    return furnish(tmp_path / "own")


def frame_file(folder: Path, rows: Sequence[tuple[str, ...]] = ROWS, reference: str = "Case reference") -> Path:
    path = folder / "frame.xlsx"
    book = Workbook()
    for row in [(reference, "Team", "Ethnicity", "Allocated worker"), *rows]:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(auditor, ["cycle", "sample", *arguments])


def drawn(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_without_a_workspace_the_same_list_and_seed_give_the_same_cases(tmp_path: Path) -> None:
    first = drawn(str(frame_file(tmp_path)), "--n", "6", "--seed", "7", "--stratify", "team")
    turned = frame_file(tmp_path, [(f" {row[0].lower()}", *row[1:]) for row in reversed(ROWS)])
    second = drawn(str(turned), "--n", "6", "--seed", "7", "--stratify", "Team")
    assert [line["sha256"] for line in first["drawn"]] == [line["sha256"] for line in second["drawn"]]
    assert first["frame"] == second["frame"]
    assert [group["drawn"] for group in first["strata"]] == [3, 3]
    assert first["drawn"] != drawn(str(turned), "--n", "6", "--seed", "8", "--stratify", "team")["drawn"]


def test_quotas_are_written_by_values_or_by_all_but_some(tmp_path: Path) -> None:
    path = str(frame_file(tmp_path))
    named = drawn(path, "--n", "5", "--seed", "3", "--quota", "ethnicity=Black Caribbean|Asian:2")
    but = drawn(path, "--n", "5", "--seed", "3", "--quota", "ethnicity != white british:2", "--every-case")
    assert [line["reference"] for line in named["drawn"]] == [line["reference"] for line in but["drawn"]]
    assert named["quotas"][0]["met"] and but["quotas"][0]["values"] == ["Black Caribbean"]
    assert len(but["every_case"]) == 20 and "every_case" not in named
    result = run(path, "--n", "5", "--quota", "ethnicity:2")
    assert (result.exit_code, result.stderr.split(":")[0]) == (1, "quota-form")


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    result = run(str(frame_file(tmp_path)), "--n", "5", "--stratify", "ward")
    assert result.stderr.startswith("no-such-column:") and "Ethnicity" in result.stderr
    path = str(frame_file(tmp_path, reference="Mosaic"))
    assert run(path, "--n", "5").stderr.startswith("no-reference-column:")
    assert len(drawn(path, "--n", "5", "--reference-column", "mosaic")["drawn"]) == 5


def test_the_evidence_needs_no_workspace_and_text_names_the_seed(tmp_path: Path) -> None:
    out = tmp_path / "evidence.xlsx"
    result = run(str(frame_file(tmp_path)), "--n", "4", "--evidence", str(out))
    assert result.exit_code == 0 and "Seed " in result.stdout and "4 of 20 cases drawn" in result.stdout
    said = [str(cell.value) for row in load_workbook(out)["Draw"].iter_rows() for cell in row if cell.value]
    assert "The 4 cases drawn, in order" in said


def test_a_sample_added_to_a_cycle_paired_and_replaced(own: Office, tmp_path: Path) -> None:
    rows = [*ROWS[:4], ("CF-30", "North", "", "A. Auditor"), ("CF-31", "South", "", "nobody here")]
    path = str(frame_file(tmp_path, rows))
    exclude = ("--exclude-months", "12", "--exclude-conflicts")
    made = own.data("cycle", "sample", path, "--n", "2", "--seed", "7", *exclude, "--cycle", "autumn sample")
    assert made["excluded"] == {"audited_recently": 0, "conflict_of_interest": 1, "in_the_cycle": 2}
    assert made["cycle"] == own.cycle and len(made["drawn"]) == 2
    assert "CF-30" not in {line["reference"] for line in made["drawn"]}
    pairs = own.data("cycle", "pairs", "--cycle", own.cycle, "--propose")
    assert pairs["given_out"] == 0
    assert {one["case"] for one in pairs["proposed"]} == {line["reference"] for line in made["drawn"]}
    assert all(sorted(one["auditors"]) == ["A. Auditor", "B. Auditor"] for one in pairs["proposed"])
    assert pairs["proposed"][0]["could_not_be_met"]
    reference = made["drawn"][0]["reference"]
    replaced = own.data("cycle", "replace-case", "--cycle", own.cycle, "--case", reference, "--reason", "Closed.")
    assert replaced["replaced_by"] not in {line["reference"] for line in made["drawn"]}
    replace = ("cycle", "replace-case", "--cycle", own.cycle, "--reason", "Closed.", "--case")
    assert own.run(*replace, "CF-01").stderr.startswith("signed-off:")
    assert own.run(*replace, "CF-02").stderr.startswith("not-drawn:")
    assert own.run(*replace, reference, "--frame", path).stderr.startswith("case-withdrawn:")
    applied = own.data("cycle", "pairs", "--cycle", own.cycle, "--propose", "--apply")
    assert applied["given_out"] == 2 and {one["case"] for one in applied["proposed"]} >= {replaced["replaced_by"]}
    assert own.data("cycle", "pairs", "--cycle", own.cycle)["proposed"] == []
    out = tmp_path / "evidence.xlsx"
    own.data("cycle", "evidence", str(out), "--cycle", own.cycle)
    said = [str(cell.value) for row in load_workbook(out)["Draw"].iter_rows() for cell in row if cell.value]
    assert "Closed." in said and replaced["replaced_by"] in said
    refused = own.run("cycle", "pairs", "--cycle", own.cycle, by="A. Auditor")
    assert refused.stderr.startswith("role-needed:")


def test_no_workers_name_reaches_what_is_printed(own: Office, tmp_path: Path) -> None:
    path = str(frame_file(tmp_path, [("CF-30", "", "", "Wilhelmina Quill"), ("CF-31", "", "", "A. Auditor")]))
    for arguments in ((), ("--json", "--every-case"), ("--exclude-conflicts",), ("--stratify", "Quill")):
        result = own.run("cycle", "sample", path, "--n", "1", *arguments)
        assert "Wilhelmina" not in result.output and "Auditor" not in result.output
