"""Changing plans from the command line: each verb, its JSON, and who is refused."""

from pathlib import Path

import pytest

from tests.cli.conftest import Office, furnish


def test_reopen_replace_cancel_and_extend(tmp_path: Path) -> None:
    office = furnish(tmp_path)
    audit = ("--audit", office.sealed_audit)
    refused = office.run("audit", "reopen", *audit, by="B. Auditor")
    assert (refused.exit_code, refused.stderr.split(":")[0]) == (1, "not-submitted")
    assert office.data("audit", "reopen", *audit, by="A. Auditor")["stage"] == "scoring"

    asked = office.data("audit", "extend", *audit, "--until", "15/12/2026", "--reason", "Late file", by="A. Auditor")
    assert (asked["due"], asked["asked_until"]) == ("2026-12-01", "2026-12-15")
    granted = office.data("audit", "extend", *audit, "--grant")
    assert (granted["due"], granted["asked_until"]) == ("2026-12-15", None)
    declined = office.run("audit", "extend", *audit, "--decline", "--reason", "No")
    assert declined.stderr.startswith("nothing-asked")

    cancelled = office.data("audit", "cancel", *audit, "--reason", "Wrong file")
    assert cancelled["stage"] == "cancelled" and any("Wrong file" in line for line in cancelled["changed"])
    listed = office.data("audit", "list", "--cycle", office.cycle)
    assert {line["stage"] for line in listed} == {"signed_off", "cancelled"}
    assert office.data("audit", "cancel", *audit, "--undo")["stage"] == "scoring"


def test_somebody_takes_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_NEW_PIN", "3579")
    office = furnish(tmp_path)
    command = ("audit", "replace", "--audit", office.sealed_audit, "--former", "A. Auditor", "--reason", "Away")
    refused = office.run(*command, "--new", "B. Auditor")
    assert refused.stderr.startswith("already-of-the-pair")
    added = office.run("person", "add", "D. Auditor", "--role", "auditor")
    assert added.exit_code == 0, added.stderr
    made = office.data(*command, "--new", "D. Auditor")
    assert made["auditors"] == ["D. Auditor", "B. Auditor"]
    assert office.run(*command, "--new", "D. Auditor", by="B. Auditor").exit_code == 1


def test_a_day_is_needed_to_ask_for_time(office: Office) -> None:
    assert office.run("audit", "extend", "--audit", office.sealed_audit).exit_code != 0
