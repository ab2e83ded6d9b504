"""Every way a command can be refused: exit code 1, one line on stderr with the error's code, no traceback."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli.root import auditor
from tests.cli.conftest import Office
from tests.kit import PASSPHRASE, PIN


def refused(result: object, code: str) -> None:
    """The result is a refusal with that code, told in one line."""
    assert result.exit_code == 1, result.output  # type: ignore[attr-defined]
    lines = result.stderr.strip().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 1
    assert lines[0].startswith(f"{code}: ")


def test_a_wrong_passphrase(office: Office) -> None:
    refused(office.run("cycle", "list", passphrase="not this one"), "wrong-passphrase")


def test_a_wrong_pin(office: Office) -> None:
    refused(office.run("cycle", "list", pin="1357"), "wrong-pin")


def test_somebody_unknown(office: Office) -> None:
    refused(office.run("cycle", "list", by="Nobody"), "no-such-person")


def test_nobody_named_where_several_could_act(office: Office) -> None:
    result = office.run("cycle", "list", by="")
    refused(result, "person-needed")
    assert "Auditor" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("audit", "list"), ("matrix",), ("action", "list"), ("export", "theme-summary", "out.xlsx")],
)
def test_an_unknown_cycle(office: Office, arguments: tuple[str, ...]) -> None:
    result = office.run(*arguments, "--cycle", "Winter")
    refused(result, "no-such-cycle")
    assert "Autumn sample" in result.stderr


@pytest.mark.parametrize("arguments", [("matrix",), ("export", "theme-summary", "out.xlsx")])
def test_findings_are_not_for_business_support(office: Office, arguments: tuple[str, ...]) -> None:
    refused(office.run(*arguments, "--cycle", office.cycle, by="S. Support"), "role-needed")


def test_a_folder_without_a_workspace(office: Office, tmp_path: Path) -> None:
    refused(office.run("workspace", "info", str(tmp_path)), "not-a-workspace")
    refused(office.run("workspace", "verify", str(tmp_path / "gone")), "no-such-folder")


def test_a_list_of_cases_without_references(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("Colour,Team\nred,East\n", encoding="utf-8")
    arguments = ("--title", "T", "--template", "whole-file", "--from", "01/01/2026", "--to", "01/02/2026")
    result = office.run("cycle", "create", *arguments, "--due", "01/03/2026", "--cases", str(path))
    refused(result, "no-reference-column")
    assert "cases.csv" in result.stderr


def test_an_unknown_template(office: Office) -> None:
    refused(office.run("template", "show", "half-file"), "no-such-template")


def test_a_template_file_with_errors(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("format: 1\nid: x\ntitle: T\ntitle: U\n", encoding="utf-8")
    result = CliRunner().invoke(auditor, ["template", "check", str(path)])
    refused(result, "template-errors")
    assert f"{path.name}:4: error yaml-duplicate-key" in result.stdout


def test_a_file_that_is_no_text_for_a_secret(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "pin"
    path.write_bytes(b"\xff\xfe\x00")
    refused(office.run("cycle", "list", "--pin-file", str(path)), "secret-file")


@pytest.mark.parametrize(
    ("missing", "code"), [("AUDITOR_PASSPHRASE", "passphrase-needed"), ("AUDITOR_PIN", "pin-needed")]
)
def test_nobody_to_ask_for_a_secret(office: Office, missing: str, code: str) -> None:
    env = {"AUDITOR_WORKSPACE": str(office.folder), "AUDITOR_AS": "L. Lead"}
    env |= {"AUDITOR_PASSPHRASE": PASSPHRASE, "AUDITOR_PIN": PIN}
    del env[missing]
    refused(CliRunner().invoke(auditor, ["cycle", "list"], env=env), code)


def test_a_path_that_cannot_be_written(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = office.run("export", "theme-summary", str(tmp_path / "file" / "out.xlsx"), "--cycle", office.cycle)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert not result.stderr.startswith("bug")


@pytest.mark.parametrize(
    "arguments",
    [("matrix",), ("matrix", "--cycle", "x", "--by", "worker"), ("nonsense",), ("cycle", "list", "--passphrase", "x")],
)
def test_a_command_that_is_not_understood_is_told_in_a_line(office: Office, arguments: tuple[str, ...]) -> None:
    result = office.run(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("usage: ")
    assert result.stderr.count("\n") == 1


def test_a_day_that_is_none(office: Office) -> None:
    arguments = ("--title", "T", "--template", "whole-file", "--from", "31/02/2026", "--to", "01/02/2026")
    result = office.run("cycle", "create", *arguments, "--due", "01/03/2026")
    assert result.exit_code == 1
    assert "is no day" in result.stderr


def test_a_bug_is_called_one_and_keeps_what_was_typed_to_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("J. Bloggs, 4 High Street")

    monkeypatch.setattr("auditor.services.cycles.all_cycles", broken)
    result = office.run("cycle", "list")
    refused(result, "bug")
    (report,) = (tmp_path / "XDG_STATE_HOME").rglob("bug-*.txt")
    assert str(report) in result.stderr
    written = report.read_text("utf-8")
    assert "ValueError" in written
    assert "auditor/cli/cycle.py" in written
    assert "Bloggs" not in written + result.stderr


def test_a_bug_is_told_where_no_report_can_be_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "in-the-way").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "in-the-way"))
    monkeypatch.setattr("auditor.services.cycles.all_cycles", None)
    refused(office.run("cycle", "list"), "bug")
