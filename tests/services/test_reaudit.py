"""Re-audits: the weak sections of an earlier cycle read once more, each case with a template of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditor.domain.audit import Mode
from auditor.domain.errors import Missing, NotAllowed, Refused
from auditor.domain.roles import Role
from auditor.services import cycles, reconciling, scoring
from auditor.services.cycle_start import StartCycle, start_cycle
from auditor.services.evidence import CellQuery, behind_cell
from auditor.services.export import ExportThemeSummary, theme_summary
from auditor.services.findings import findings
from auditor.services.reaudit import ReauditPlan, StartReaudit, reaudit_plan, start_reaudit
from auditor.services.scores import score_table
from auditor.services.session import Session
from auditor.services.templates import shipped_templates
from tests.kit import TODAY, House, answer, open_house, small_plain

GRADES = {
    "CF-01": {"S04.25": "4", "S09.15": "2", "S22.15": "3"},
    "CF-02": {"S04.25": "2", "S09.15": "3", "S22.15": "2"},
    "CF-03": {"S04.25": "1", "S09.15": "2", "S22.15": "2"},
}


@dataclass
class Earlier:
    """A signed-off cycle of core assessments: CF-01 weak in 4 and 22, CF-02 in 9, CF-03 in nothing; CF-04 not done."""

    house: House
    first: Session
    cycle_id: str

    def start(self, title: str = "Once more") -> str:
        later = TODAY + timedelta(90)
        return self.house.lead.do(start_reaudit, StartReaudit(self.cycle_id, title, TODAY, later, later)).made

    def given(self, cycle_id: str) -> dict[str, str]:
        shown = self.house.lead.ask(cycles.cycle_view, cycle_id)
        return {
            case.reference: self.house.give(cycle_id, case.reference, self.first, None, Mode.SINGLE)
            for case in shown.cases
        }


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[Earlier]:
    with open_house(tmp_path) as house:
        yield earlier_cycle(house)


def earlier_cycle(house: House) -> Earlier:
    first = house.add("A. Auditor", Role.AUDITOR)
    offer = next(one for one in shipped_templates() if one.template.id == "core-assessments")
    listed = tuple(cycles.NewCase(reference, "East", extra={"Sibling group": "F1"}) for reference in (*GRADES, "CF-04"))
    command = StartCycle(offer.plain, "Assessments", date(2026, 5, 1), TODAY, TODAY, cases=listed)
    here = Earlier(house, first, house.lead.do(start_cycle, command).made)
    for reference, audit_id in here.given(here.cycle_id).items():
        for question_id, grade in GRADES.get(reference, {}).items():
            answer(first, audit_id, question_id, grade)
        if reference in GRADES:
            answer(first, audit_id, "S26.07", "3")
            sign_off(first, audit_id)
        else:
            answer(first, audit_id, "S04.25", "4")
    return here


def sign_off(session: Session, audit_id: str) -> None:
    session.do(reconciling.sign_off, reconciling.SignOff(audit_id, "Only grades are needed here.", "As discussed."))


def plan_of(earlier: Earlier) -> ReauditPlan:
    return earlier.house.lead.ask(reaudit_plan, earlier.cycle_id)


def test_the_plan_takes_what_was_graded_3_or_4_in_signed_off_audits(earlier: Earlier) -> None:
    plan = plan_of(earlier)
    assert [one.words for one in plan.cases] == ["CF-01 (sections 4, 22)", "CF-02 (section 9)"]
    assert (plan.sound, plan.open) == (1, 1)


def test_each_case_has_a_template_of_its_own(earlier: Earlier) -> None:
    cycle_id = earlier.start()
    shown = earlier.house.lead.ask(cycles.cycle_view, cycle_id)
    assert shown.cycle.reaudit_of == earlier.cycle_id
    assert [(case.reference, case.team, case.extra) for case in shown.cases] == [
        (reference, "East", {"Sibling group": "F1"}) for reference in ("CF-01", "CF-02")
    ]
    sections = {}
    for reference, audit_id in earlier.given(cycle_id).items():
        desk = earlier.first.ask(scoring.desk, audit_id)
        sections[reference] = [section.id for section in desk.template.sections]
    assert sections == {"CF-01": ["S00", "S04", "S22", "S26"], "CF-02": ["S00", "S09", "S22", "S26"]}
    assert shown.template_title == "Re-audit: 4, 9, 22"


def test_results_add_up_though_templates_differ(earlier: Earlier) -> None:
    cycle_id = earlier.start()
    audits = earlier.given(cycle_id)
    own = {reference: earlier.first.ask(scoring.desk, audit_id).template for reference, audit_id in audits.items()}
    shared = next(q for q in own["CF-01"].asked() if q.scored and q.id.startswith("S22"))
    alone = next(q for q in own["CF-02"].asked() if q.scored and q.id.startswith("S09"))
    for audit_id in audits.values():
        answer(earlier.first, audit_id, shared.id, shared.options[2].code)
    answer(earlier.first, audits["CF-02"], alone.id, alone.options[0].code)
    found = earlier.house.lead.ask(findings, cycle_id)
    scored = {reference: sum(q.scored for q in one.asked()) for reference, one in own.items()}
    assert found.matrix.not_agreed == (scored["CF-01"] - 1, scored["CF-02"] - 2)
    assert sum(counts.n for counts in found.matrix.totals) == 3
    lines = earlier.house.lead.ask(behind_cell, CellQuery(cycle_id))
    assert sorted(line.question.id for line in lines) == sorted([shared.id, shared.id, alone.id])
    summary = earlier.house.lead.ask(theme_summary, ExportThemeSummary(cycle_id, Path("unused.xlsx"), TODAY))
    counted = {item.number: item.counts.n for item in summary.questions if item.counts.n}
    assert counted == {shared.number: 2, alone.number: 1}


def test_an_audit_is_no_unknown_case_of_an_indicator_it_does_not_ask(earlier: Earlier) -> None:
    cycle_id = earlier.start()
    audits = earlier.given(cycle_id)
    carried = {
        reference: {one.id for one in earlier.first.ask(scoring.desk, audit_id).template.indicators}
        for reference, audit_id in audits.items()
    }
    for count in earlier.house.lead.ask(findings, cycle_id).indicators:
        assert count.of + count.unknown <= sum(count.id in ids for ids in carried.values())


def test_the_change_since_the_first_audit_is_told_by_section(earlier: Earlier) -> None:
    cycle_id = earlier.start()
    audits = earlier.given(cycle_id)
    for question_id, grade in {"S04.25": "2", "S22.15": "3", "S26.07": "4"}.items():
        answer(earlier.first, audits["CF-01"], question_id, grade)
    one, two = earlier.house.lead.ask(score_table, cycle_id).rows
    assert one.said("S04") == "Good (Inadequate before: better)"
    assert one.said("S22") == "Requires improvement (as before)"
    assert one.said() == "Inadequate (Requires improvement before: worse)"
    assert two.said("S09") == "Not known yet (Requires improvement before)"
    assert two.said("S04") == ""


def test_a_cycle_without_weak_sections_is_refused(earlier: Earlier) -> None:
    again = earlier.start()
    with pytest.raises(Refused) as refused:
        earlier.house.lead.do(start_reaudit, StartReaudit(again, "Third", TODAY, TODAY, TODAY))
    assert refused.value.code == "nothing-to-reaudit"


def test_a_form_without_the_variant_is_told(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        first = house.add("A. Auditor", Role.AUDITOR)
        plain = small_plain()
        plain["sections"][1]["questions"][3]["tags"] = ["section_judgement"]
        cycle_id = house.cycle(plain=plain)
        audit_id = house.give(cycle_id, "CF-01", first, None, Mode.SINGLE)
        answer(first, audit_id, "S02.04", "4")
        sign_off(first, audit_id)
        with pytest.raises(Missing) as missing:
            house.lead.do(start_reaudit, StartReaudit(cycle_id, "Again", TODAY, TODAY, TODAY))
    assert missing.value.code == "no-reaudit-variant"


def test_only_who_runs_cycles_and_sees_findings_plans_one(earlier: Earlier) -> None:
    office = earlier.house.add("O. Office", Role.ADMINISTRATOR)
    for session in (earlier.first, office):
        with pytest.raises(NotAllowed) as refused:
            session.ask(reaudit_plan, earlier.cycle_id)
        assert refused.value.code == "role-needed"
