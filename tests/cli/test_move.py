"""Moving an audit to a newer version of its template from the command line."""

import copy
from pathlib import Path

import pytest

from auditor.domain.roles import Role
from auditor.services.templates import KeepTemplate, keep_template
from tests.cli.conftest import Office
from tests.kit import answer, open_house, small_plain

AUDIT = ("audit", "move", "--cycle", "Autumn sample", "--case", "CF-01")


@pytest.fixture
def movable(tmp_path: Path) -> Office:
    """A. Auditor answered a question that version 2 does not ask any more."""
    with open_house(tmp_path) as house:
        first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        cycle = house.cycle("Autumn sample", ("CF-01", "CF-02"))
        audit = house.give(cycle, "CF-01", first, second)
        house.give(cycle, "CF-02", first, second)
        answer(first, audit, "S02.03", "Visits were kept up.")
        plain = copy.deepcopy(small_plain()) | {"version": "2"}
        del plain["sections"][1]["questions"][2]
        house.lead.do(keep_template, KeepTemplate(plain))
        return Office(house.folder, cycle, audit)


def test_an_audit_is_moved_by_both_and_back_by_one(movable: Office) -> None:
    assert movable.run("audit", "move", "--cycle", "Autumn sample", "--propose").exit_code == 0
    shown = movable.data(*AUDIT, by="A. Auditor")
    assert (shown["version"], shown["to"], shown["proposed"]) == ("1", "2", True)
    assert [(one["question"], one["act"]) for one in shown["differences"]] == [("2.03", "gone")]
    assert shown["own_answers"] == {"stand": 0, "to_review": 1}
    for name in ("A. Auditor", "B. Auditor"):
        assert movable.run(*AUDIT, "--accept", by=name).exit_code == 0
    moved = movable.data(*AUDIT, by="A. Auditor")
    assert (moved["version"], moved["undo_to"]) == ("2", "1")
    assert [item["answer"] for item in moved["carried"]] == ["Visits were kept up."]
    assert movable.data(*AUDIT, by="B. Auditor")["carried"] == []
    assert "Visits were kept up." in movable.run(*AUDIT, by="A. Auditor").stdout
    assert movable.data(*AUDIT, "--undo", by="B. Auditor")["version"] == "1"


def test_the_rest_of_a_cycle_is_asked_after_some_have_moved(movable: Office) -> None:
    for name in ("A. Auditor", "B. Auditor"):
        assert movable.run(*AUDIT, "--accept", by=name).exit_code == 0
    for version in (("--to", "2"), ()):
        asked = movable.data("audit", "move", "--cycle", "Autumn sample", "--propose", *version)
        assert asked["said"] == "Move proposed for 1 audit"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--accept",), "not-of-the-pair"),
        (("--undo",), "never-moved"),
        (("--to", "7"), "no-such-version"),
    ],
)
def test_what_cannot_be_is_refused(movable: Office, arguments: tuple[str, ...], code: str) -> None:
    result = movable.run(*AUDIT, *arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{code}: ")


def test_without_a_case_only_a_proposal_is_taken(movable: Office) -> None:
    result = movable.run("audit", "move", "--cycle", "Autumn sample", "--accept")
    assert result.exit_code == 1
    assert result.stderr.startswith("case-needed: ")
