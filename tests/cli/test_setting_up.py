"""Setting a workspace up from the command line alone: the workspace, its people, a cycle, its audits."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from auditor.cli.root import auditor
from auditor.domain.errors import WorkspaceError
from auditor.store.workspace import Workspace

PASSPHRASE = "four unrelated plain words"


def run(folder: Path, *arguments: str, **env: str) -> Result:
    known = {"AUDITOR_WORKSPACE": str(folder), "AUDITOR_PASSPHRASE": PASSPHRASE, "AUDITOR_PIN": "1234"}
    return CliRunner().invoke(auditor, list(arguments), env=known | env)


def data(folder: Path, *arguments: str, **env: str) -> Any:
    result = run(folder, *arguments, "--json", **env)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_from_nothing_to_an_audit_given_out(tmp_path: Path) -> None:
    folder = tmp_path / "audits"
    made = data(folder, "workspace", "create", str(folder), "--person", "L. Lead", "--name", "Child care")
    assert (made["name"], made["person"]["name"]) == ("Child care", "L. Lead")
    assert len(made["recovery_key"].split("-")) > 4
    # The only person need not be named; from the second on somebody has to be.
    added = data(folder, "person", "add", "A. Auditor", "--role", "auditor", AUDITOR_NEW_PIN="2345")
    assert added["name"] == "A. Auditor"
    lead = {"AUDITOR_AS": made["person"]["id"], "AUDITOR_NEW_PIN": "3456"}
    assert run(folder, "person", "add", "B. Auditor", "--role", "auditor", **lead).stdout == "B. Auditor added.\n"
    cases = tmp_path / "cases.csv"
    cases.write_text("Case reference,Team,Worker code\nCF-01,East,W7\nCF-02,West,\n", encoding="utf-8")
    cycle = data(
        folder, "cycle", "create", "--title", "Autumn", "--template", "supervision-oversight", "--from", "01/05/2026",
        "--to", "31/10/2026", "--due", "2026-12-01", "--cases", str(cases), "--facts-by", "both", **lead,
    )  # fmt: skip
    assert (cycle["cases"], cycle["extra_columns"]) == (2, ["Worker code"])
    (listed,) = data(folder, "cycle", "list", **lead)
    assert (listed["id"], listed["due"], listed["facts_by"]) == (cycle["id"], "2026-12-01", "both")
    give = ("audit", "give", "--cycle", "autumn", "--case", "cf-01", "--first", "A. Auditor")
    given = data(folder, *give, "--second", "b. auditor", **lead)
    (audit,) = data(folder, "audit", "list", "--cycle", cycle["id"], **lead)
    assert (audit["id"], audit["stage"]) == (given["id"], "not_started")
    assert "Not given out yet: CF-02" in run(folder, "audit", "list", "--cycle", "Autumn", **lead).stdout
    alone = run(folder, *give[:5], "CF-02", "--first", "A. Auditor", "--mode", "blind", **lead)
    assert (alone.exit_code, alone.stderr.split(":")[0]) == (1, "pair-incomplete")
    assert run(folder, *give[:5], "CF-02", "--first", "A. Auditor", "--mode", "single", **lead).exit_code == 0
    assert data(folder, "workspace", "verify")["problems"] == []


def test_whoever_gives_a_case_out_is_told_of_a_conflict_of_interest(tmp_path: Path) -> None:
    folder, cases = tmp_path / "audits", tmp_path / "cases.csv"
    data(folder, "workspace", "create", str(folder), "--person", "L. Lead", "--role", "qa_lead")
    lead = {"AUDITOR_AS": "L. Lead", "AUDITOR_NEW_PIN": "3456"}
    run(folder, "person", "add", "A. Auditor", "--role", "auditor", "--team", "East", **lead)
    cases.write_text("Case reference,Team\nCF-01,East\nCF-02,West\n", encoding="utf-8")
    data(
        folder, "cycle", "create", "--title", "Autumn", "--template", "supervision-oversight", "--from", "01/05/2026",
        "--to", "31/10/2026", "--due", "2026-12-01", "--cases", str(cases), **lead,
    )  # fmt: skip
    give = ("audit", "give", "--cycle", "autumn", "--mode", "single", "--first", "A. Auditor", "--case")
    (said,) = data(folder, *give, "CF-01", **lead)["conflicts"]
    assert said.startswith("A. Auditor ")
    assert said in run(folder, *give, "CF-01", **lead).stdout
    assert data(folder, *give, "CF-02", **lead)["conflicts"] == []


def test_the_recovery_key_is_shown_once_and_kept_out_of_stderr(tmp_path: Path) -> None:
    result = run(tmp_path / "w", "workspace", "create", str(tmp_path / "w"), "--person", "L. Lead")
    key = result.stdout.split("    ")[1].split("\n")[0]
    assert key.count("-") > 4
    assert key not in result.stderr
    assert key not in run(tmp_path / "w", "workspace", "info").output


def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: object) -> None:
        raise WorkspaceError("disk-full", "The disk is full", "There is no room for a backup.", "Make room.")

    monkeypatch.setattr(Workspace, "back_up_if_due", full)


def test_the_recovery_key_is_shown_even_where_the_first_backup_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_room(monkeypatch)
    result = run(tmp_path / "w", "workspace", "create", str(tmp_path / "w"), "--person", "L. Lead")
    assert "Recovery key, shown this once" in result.stdout
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1].startswith("warning: disk-full: ")


def test_a_failed_backup_is_a_warning_and_the_workspace_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path / "w", "workspace", "create", str(tmp_path / "w"), "--person", "L. Lead")
    no_room(monkeypatch)
    for _ in range(2):
        result = run(tmp_path / "w", "workspace", "info")
        assert (result.exit_code, result.stderr.split(":")[:2]) == (0, ["warning", " disk-full"])


@pytest.mark.parametrize(
    ("env", "code"), [({"AUDITOR_PIN": "12"}, "pin-form"), ({"AUDITOR_PASSPHRASE": " "}, "empty-passphrase")]
)
def test_nothing_is_made_where_a_secret_will_not_do(tmp_path: Path, env: dict[str, str], code: str) -> None:
    result = run(tmp_path / "w", "workspace", "create", str(tmp_path / "w"), "--person", "L. Lead", **env)
    assert (result.exit_code, result.stderr.split(":")[0]) == (1, code)
    assert not (tmp_path / "w").exists()


def test_a_cycle_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    run(folder, "workspace", "create", str(folder), "--person", "L. Lead")
    arguments = ("--template", "whole-file", "--from", "01/05/2026", "--to", "01/04/2026", "--due", "01/12/2026")
    result = run(folder, "cycle", "create", "--title", "Backwards", *arguments)
    assert (result.exit_code, result.stderr.split(":")[0]) == (1, "period-reversed")
    assert data(folder, "cycle", "list") == []
    assert {card["from"] for card in data(folder, "template", "list", "--kept")} == {"program"}


def test_a_template_file_can_be_named(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    run(folder, "workspace", "create", str(folder), "--person", "L. Lead")
    form = Path(__file__).parents[2] / "forms" / "child-care-case-file.yaml"
    days = ("--from", "01/05/2026", "--to", "31/10/2026", "--due", "01/12/2026")
    several = run(folder, "cycle", "create", "--title", "T", "--template", str(form), *days)
    assert (several.exit_code, several.stderr.split(":")[0]) == (1, "no-such-template")
    one = run(folder, "cycle", "create", "--title", "T", "--template", str(form), "--variant", "whole-file", *days)
    assert one.exit_code == 0


def test_secrets_come_from_files(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    (tmp_path / "pin").write_text("1234\r\n", encoding="utf-8", newline="")
    files = ("--passphrase-file", str(tmp_path / "passphrase"), "--pin-file", str(tmp_path / "pin"))
    made = CliRunner().invoke(auditor, ["workspace", "create", str(folder), "--person", "L. Lead", *files])
    assert made.exit_code == 0, made.stderr
    listed = CliRunner().invoke(auditor, ["--workspace", str(folder), "person", "list", *files])
    assert listed.exit_code == 0, listed.stderr
