"""The workspace's own templates by id, wherever a command takes one of the program's."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli.output import one_of
from auditor.cli.root import auditor
from auditor.domain.errors import BadInput
from tests.cli.conftest import Office
from tests.kit import open_house
from tests.templates.small_form import SMALL


@pytest.fixture
def kept(tmp_path: Path) -> Office:
    with open_house(tmp_path) as house:
        office = Office(house.folder, "", "")
    for version in ("1", "2"):
        form = tmp_path / f"small-{version}.yaml"
        form.write_text(SMALL.replace('version: "1"', f'version: "{version}"'))
        office.data("template", "keep", str(form))
    return office


def test_own_templates_are_shown_and_given_out_by_id(kept: Office, tmp_path: Path) -> None:
    assert kept.data("template", "show", "seeing")["version"] == "2"
    assert kept.data("template", "show", "seeing@1")["version"] == "1"
    assert kept.data("template", "coverage", "seeing")["master"] == "small"
    out = tmp_path / "form.xlsx"
    kept.data("template", "export", "small", str(out))
    assert out.is_file()
    assert kept.data("template", "pdf", "seeing@1", str(tmp_path / "form.pdf"))["version"] == "1"
    found = kept.data("template", "drift", "seeing", "--against", str(tmp_path / "small-1.yaml"))
    assert (found["before"], found["after"], [one["id"] for one in found["variants"]]) == ("1", "2", ["seeing"])


def test_without_a_workspace_the_program_s_are_known(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(auditor, ["template", "show", "statutory-visits"]).exit_code == 0
    for command in (["show", "seeing"], ["coverage", "seeing"], ["export", "seeing", str(tmp_path / "a.xlsx")]):
        result = runner.invoke(auditor, ["template", *command])
        assert (result.exit_code, result.stderr.split(":")[0]) == (1, "no-such-template")


@pytest.mark.parametrize("command", [("export", "section-47"), ("pdf", "section-47"), ("starter",)])
def test_a_file_that_is_there_is_replaced_only_on_request(command: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / ("mine.pdf" if command[0] == "pdf" else "mine.xlsx")
    out.write_text("mine")
    refused = CliRunner().invoke(auditor, ["template", *command, str(out)])
    assert (refused.exit_code, refused.stderr.split(":")[0]) == (1, "file-exists")
    assert out.read_text() == "mine"
    assert CliRunner().invoke(auditor, ["template", *command, str(out), "--replace"]).exit_code == 0


def test_at_most_ten_names_are_listed() -> None:
    with pytest.raises(BadInput) as caught:
        one_of([f"t{number}" for number in range(25)], "none", lambda item: (item,), "template")
    assert "t9 and 15 more" in caught.value.message
    assert "t10" not in caught.value.message


def test_of_an_ambiguous_name_only_those_it_may_mean_are_listed() -> None:
    items = [("all", "all@1"), ("all", "all@2"), ("some", "some@1")]
    with pytest.raises(BadInput) as caught:
        one_of(items, "all", lambda item: item, "template")
    assert "all@1, all@2." in caught.value.message and "some" not in caught.value.message
