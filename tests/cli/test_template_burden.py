"""What a template costs and brings, from the command line."""

import copy
from pathlib import Path

from auditor.services.templates import KeepTemplate, keep_template
from tests.cli.conftest import Office
from tests.kit import open_house, small_plain


def test_a_template_of_several_versions_is_named_with_one(tmp_path: Path) -> None:
    plain = small_plain()
    with open_house(tmp_path) as house:
        cycle = house.cycle()
        house.lead.do(keep_template, KeepTemplate(copy.deepcopy(plain) | {"version": "2"}))
        office = Office(house.folder, cycle, "")
    unclear = office.run("template", "burden", plain["id"])
    assert unclear.stderr.startswith("no-such-template: ") and f"{plain['id']}@2" in unclear.stderr
    assert office.run("template", "burden", f"{plain['id']}@2").exit_code == 0
