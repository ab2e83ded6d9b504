"""`auditor cycle create --reaudit-of`: template and cases come from the earlier cycle."""

from pathlib import Path

from tests.cli.conftest import Office
from tests.kit import open_house
from tests.services.test_reaudit import earlier_cycle

DATES = ("--from", "01/12/2026", "--to", "28/02/2027", "--due", "31/03/2027")


def test_a_reaudit_is_started_and_its_changes_are_told(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        here = earlier_cycle(house)
        office = Office(house.folder, here.cycle_id, "")
    made = office.data("cycle", "create", "--title", "Once more", "--reaudit-of", "Assessments", *DATES)
    assert made["reaudit_of"] == office.cycle and (made["without_weak_sections"], made["not_signed_off"]) == (1, 1)
    assert made["cases"] == [
        {"case": "CF-01", "sections": ["S04", "S22"]}, {"case": "CF-02", "sections": ["S09"]},
    ]  # fmt: skip
    again = office.run("cycle", "create", "--title", "Third", "--reaudit-of", "Once more", *DATES)
    assert again.exit_code == 1 and again.stderr.startswith("nothing-to-reaudit")


def test_a_template_and_a_reaudit_exclude_one_another(office: Office) -> None:
    for more in ((), ("--template", "whole-file", "--reaudit-of", "x"), ("--reaudit-of", "x", "--cases", "cases.csv")):
        result = office.run("cycle", "create", "--title", "Neither", *more, *DATES)
        assert result.exit_code == 1 and result.stderr.startswith("template-or-reaudit")
