"""What an authority sets for itself, from its overlay file to the desk: a shorter limit, another change-over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from auditor.domain.audit import Mode
from auditor.domain.roles import Role
from auditor.domain.timescale import Kept, Timescale
from auditor.services import cycles
from auditor.services.checks import ChecksQuery, audit_checks
from auditor.services.local_masters import keep_master, master_file, moved_masters, offered_templates
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, Shipped, keep_template
from tests.kit import TODAY, House, answer, open_house

OVERLAY = """\
format: 1
overlay_of: child-care-case-file
id: invented-council
version: "1"
limits:
  - {rule: TR04, limit: 42, unit: working_day, source: "Practice standards, April 2026"}
change_over:
  - {regime: "WT2013+", since: "2013-10-01", source: "Decided by the management team"}
"""


@dataclass
class Local:
    """An audit of the authority's own variant, under way."""

    house: House
    offered: Shipped
    auditor: Session
    audit_id: str

    def measured(self, rule: str) -> Timescale:
        found = self.auditor.ask(audit_checks, ChecksQuery(self.audit_id, TODAY))
        return next(one for one in found.timescales if one.rule == rule)

    def assess(self, referred: str, done: str, kind: str) -> None:
        for question, value in (("S01.01", referred), ("S04.01", kind), ("S04.02", referred), ("S04.03", done)):
            answer(self.auditor, self.audit_id, question, value)


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Local]:
    path = tmp_path / "ours.yaml"
    path.write_text(OVERLAY, "utf-8")
    with open_house(tmp_path) as house:
        house.lead.do(keep_master, master_file(path))
        offered = next(
            one for one in house.lead.ask(offered_templates, None) if one.local and one.template.id == "whole-file"
        )
        kept = house.lead.do(keep_template, KeepTemplate(offered.plain)).made
        command = cycles.CreateCycle("Autumn", kept, date(2026, 5, 1), date(2026, 10, 31), date(2026, 12, 1))
        cycle_id = house.lead.do(cycles.create_cycle, command).made
        house.lead.do(cycles.add_cases, cycles.AddCases(cycle_id, (cycles.NewCase("CF-01", "Team one", "CIN", "5-9"),)))
        auditor = house.add("A. Auditor", Role.AUDITOR)
        yield Local(house, offered, auditor, house.give(cycle_id, "CF-01", auditor, None, Mode.SINGLE))


def test_the_desk_measures_against_the_local_limit_and_names_it(local: Local) -> None:
    local.assess("2026-06-01", "2026-07-30", "single_assessment")
    found = local.measured("TR04")
    assert (found.kept, str(found.limit), str(found.taken)) == (Kept.NOT_MET, "42 working days", "43 working days")
    assert found.sentence.endswith("local limit in the place of 45 working days")
    assert "local" not in local.measured("TR01").sentence


def test_the_desk_goes_by_the_local_day_of_change(local: Local) -> None:
    local.assess("2013-05-13", "2013-07-08", "core_assessment")
    assert local.measured("TR03").kept is Kept.NOT_MET, "core assessments went on until the change-over here"
    local.assess("2013-05-13", "2013-07-08", "single_assessment")
    single = local.measured("TR04")
    assert single.kept is Kept.NOT_APPLICABLE
    assert single.sentence.endswith("local change-over on 01/10/2013, elsewhere on 15/04/2013")
    local.assess("2013-10-01", "2013-12-20", "single_assessment")
    assert local.measured("TR04").kept is Kept.NOT_MET


def test_the_variant_says_whose_version_it_is_and_no_master_moved_yet(local: Local) -> None:
    assert local.offered.template.version == "2026.1+invented-council.1"
    assert local.house.lead.ask(moved_masters, None) == []
