"""The programme: rounds, exemptions, targets, shares, and the framework of quality assurance, on a real workspace."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.domain.audit import Mode
from auditor.domain.errors import AuditorError
from auditor.domain.programme_plan import Month, ProgrammeView, Rhythm, RoundState
from auditor.domain.qa_framework import Activity, ActivityKind, Area
from auditor.domain.roles import Role
from auditor.services import cycles
from auditor.services import programme_plan as plan
from auditor.services import qa_framework as qa
from auditor.services.reconciling import SignOff, sign_off
from auditor.services.session import Session
from auditor.store.ledger import utc_now
from tests.kit import FULL, House, answer, open_house, small_plain

TODAY = date.fromisoformat(utc_now()[:10])
THIS = Month.of(TODAY)
ROUNDS = Rhythm("", "Whole file", ("small",), 1, THIS, due_day=31, target=20)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as house:
        yield house


@pytest.fixture
def rhythm_id(house: House) -> str:
    return house.lead.do(plan.keep_rhythm, plan.KeepRhythm(ROUNDS, ("small",))).made


def seen(session: Session, months: int = 2, today: date = TODAY) -> ProgrammeView:
    return session.ask(plan.programme_view, plan.ProgrammeQuery(THIS, months, today))


def states(found: ProgrammeView) -> list[RoundState]:
    return [line.state for month in found.months for line in month.rounds]


def signed_off(house: House, cycle_id: str, reference: str, auditor: Session) -> str:
    audit_id = house.give(cycle_id, reference, auditor, None, Mode.SINGLE)
    for question_id, value in FULL.items():
        answer(auditor, audit_id, question_id, value)
    auditor.do(sign_off, SignOff(audit_id))
    return audit_id


def code_of(session: Session, act: object, command: object) -> str:
    with pytest.raises(AuditorError) as caught:
        session.do(act, command)  # type: ignore[arg-type]
    return caught.value.code


def test_a_round_is_due_under_way_and_done(house: House, rhythm_id: str) -> None:
    assert states(seen(house.lead)) == [RoundState.DUE, RoundState.PLANNED]
    auditor = house.add("A. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    house.lead.do(plan.hold_round, plan.HoldRound(rhythm_id, THIS, cycle_id))
    signed_off(house, cycle_id, "CF-01", auditor)
    found = seen(house.lead)
    assert states(found)[0] is RoundState.UNDER_WAY, "a case is given to nobody yet"
    assert (found.months[0].agreed, found.months[0].target) == (1, 20)
    signed_off(house, cycle_id, "CF-02", auditor)
    assert states(seen(house.lead))[0] is RoundState.DONE


def test_a_late_round_stays_late_until_it_is_done(house: House, rhythm_id: str) -> None:
    after = THIS.plus(1).first_day
    (line,) = seen(house.lead, today=after).late
    assert (line.state, line.days_late) == (RoundState.LATE, 1)


def test_an_exempted_round_keeps_whose_reason_it_was(house: House, rhythm_id: str) -> None:
    house.lead.do(plan.exempt_round, plan.ExemptRound(rhythm_id, THIS, "Inspection this month.", TODAY))
    line = seen(house.lead).months[0].rounds[0]
    assert line.exemption
    assert (line.state, line.exemption.reason, line.exemption.by) == (
        RoundState.EXEMPTED, "Inspection this month.", "L. Lead",
    )  # fmt: skip
    back = plan.ExemptRound(rhythm_id, THIS, "", TODAY)
    house.lead.do(plan.exempt_round, back)
    assert states(seen(house.lead))[0] is RoundState.DUE
    assert code_of(house.lead, plan.exempt_round, back) == "not-exempted"


def test_the_reason_of_an_exemption_names_nobody(house: House, rhythm_id: str) -> None:
    """It stands under the key of the workspace, so it could never be erased."""
    named = plan.ExemptRound(rhythm_id, THIS, "The mother Anna complained.", TODAY)
    assert code_of(house.lead, plan.exempt_round, named) == "names-somebody"
    assert states(seen(house.lead))[0] is RoundState.DUE


def test_a_round_has_one_cycle_and_is_not_exempted_once_it_has(house: House, rhythm_id: str) -> None:
    house.lead.do(plan.hold_round, plan.HoldRound(rhythm_id, THIS, house.cycle()))
    again = plan.HoldRound(rhythm_id, THIS, house.cycle("Another"))
    assert code_of(house.lead, plan.hold_round, again) == "round-held"
    assert code_of(house.lead, plan.exempt_round, plan.ExemptRound(rhythm_id, THIS, "No.", TODAY)) == "round-held"


def test_a_dropped_rhythm_plans_nothing_more(house: House, rhythm_id: str) -> None:
    house.lead.do(plan.drop_rhythm, plan.DropRhythm(rhythm_id))
    assert states(seen(house.lead)) == []
    assert code_of(house.lead, plan.drop_rhythm, plan.DropRhythm(rhythm_id)) == "no-such-round"


def test_a_target_of_the_whole_programme_goes_before_the_rounds_own(house: House, rhythm_id: str) -> None:
    house.lead.do(plan.set_target, plan.SetTarget(30))
    assert [month.target for month in seen(house.lead).months] == [30, 30]


def test_shares_tell_what_each_team_and_auditor_carries(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    command = cycles.CreateCycle("Now", house.lead.ask(_hash, house.cycle()), TODAY, TODAY, TODAY)
    cycle_id = house.lead.do(cycles.create_cycle, command).made
    listed = (cycles.NewCase("CF-01", "North"), cycles.NewCase("CF-02", "South"))
    house.lead.do(cycles.add_cases, cycles.AddCases(cycle_id, listed))
    signed_off(house, cycle_id, "CF-01", first)
    house.give(cycle_id, "CF-02", first, second)
    found = seen(house.lead, today=THIS.plus(1).first_day)
    assert [(one.name, one.given, one.agreed, one.late) for one in found.teams] == [
        ("North", 1, 1, 0), ("South", 1, 0, 1),
    ]  # fmt: skip
    assert [(one.name, one.given, one.agreed) for one in found.auditors] == [("A. Auditor", 2, 1), ("B. Auditor", 1, 0)]


def test_only_own_shares_are_told_to_who_neither_leads_nor_sees_findings(house: House) -> None:
    helper, other = house.add("S. Support", Role.BUSINESS_SUPPORT), house.add("T. Support", Role.BUSINESS_SUPPORT)
    manager, moderator = house.add("M. Manager", Role.MANAGER), house.add("N. Moderator", Role.MODERATOR)
    first = house.add("A. Auditor", Role.AUDITOR)
    plain = small_plain()
    plain["sections"] = plain["sections"][:1]
    plain["sections"][0]["questions"] = plain["sections"][0]["questions"][:2]
    plain |= {"id": "facts", "overall": {}}
    counted = house.lead.ask(_hash, house.cycle("Facts", plain=plain))
    command = cycles.CreateCycle("Now", counted, TODAY, TODAY, TODAY)
    cycle_id = house.lead.do(cycles.create_cycle, command).made
    listed = (cycles.NewCase("CF-01", "North"), cycles.NewCase("CF-02", "North"))
    house.lead.do(cycles.add_cases, cycles.AddCases(cycle_id, listed))
    house.give(cycle_id, "CF-01", first, None, Mode.SINGLE)
    house.give(cycle_id, "CF-02", helper, None, Mode.SINGLE)
    for session in (house.lead, manager, moderator, first):
        assert [one.name for one in seen(session).auditors] == ["A. Auditor", "S. Support"]
    assert [one.name for one in seen(helper).auditors] == ["S. Support"]
    assert seen(other).auditors == ()
    assert seen(other).teams == seen(house.lead).teams


def _hash(cycle_id: str, _actor: object, view: object) -> str:
    from auditor.store.queries.programme import cycle

    return cycle(view, cycle_id).template_hash  # type: ignore[arg-type]


def test_a_title_is_used_once(house: House, rhythm_id: str) -> None:
    assert code_of(house.lead, plan.keep_rhythm, plan.KeepRhythm(ROUNDS, ("small",))) == "round-title-taken"
    changed = Rhythm(rhythm_id, "Whole file", ("small",), 3, THIS)
    house.lead.do(plan.keep_rhythm, plan.KeepRhythm(changed, ("small",)))
    assert [one.every for one in seen(house.lead).rhythms] == [3]


def test_auditors_plan_nothing(house: House) -> None:
    auditor = house.add("A. Auditor", Role.AUDITOR)
    assert code_of(auditor, plan.keep_rhythm, plan.KeepRhythm(ROUNDS, ("small",))) == "role-needed"
    assert code_of(auditor, plan.set_target, plan.SetTarget(1)) == "role-needed"


def test_a_manager_sees_the_gap_of_an_area_and_closes_it_with_evidence(house: House) -> None:
    area = house.lead.do(qa.keep_area, qa.KeepArea(Area("", "North", ("Team one", "Team one ", "")))).made
    audits = Activity("", area, ActivityKind.AUDIT, "Audits", 1, 1, THIS)
    watched = Activity("", area, ActivityKind.OBSERVATION, "Observed visits", 2, 1, THIS)
    house.lead.do(qa.keep_activity, qa.KeepActivity(audits))
    watched_id = house.lead.do(qa.keep_activity, qa.KeepActivity(watched)).made
    manager, auditor = house.add("M. Manager", Role.MANAGER), house.add("A. Auditor", Role.AUDITOR)
    query = qa.FrameworkQuery(THIS, 2)
    assert [cell.gap for cell in manager.ask(qa.framework_view, query).cells[0]] == [3, 3]
    signed_off(house, house.cycle(), "CF-01", auditor)
    manager.do(qa.record_evidence, qa.RecordEvidence(watched_id, THIS, 2, "Two observed, notes on the team's page."))
    found = manager.ask(qa.framework_view, query)
    assert [cell.gap for cell in found.cells[0]] == [0, 3]
    assert found.evidence[0].by == "M. Manager"
    named = qa.RecordEvidence(watched_id, THIS, 1, "Seen with her mother Anna.")
    assert code_of(manager, qa.record_evidence, named) == "names-somebody"
    house.lead.do(qa.drop, qa.Drop(found.evidence[0].id))
    assert house.lead.ask(qa.framework_view, query).cells[0][0].gap == 2


def test_what_does_not_fit_the_framework_is_refused(house: House) -> None:
    area = house.lead.do(qa.keep_area, qa.KeepArea(Area("", "North", ("Team one",)))).made
    lead, keep = house.lead, Activity("", area, ActivityKind.DIP_SAMPLE, "Dips", 1, 1, THIS)
    activity = lead.do(qa.keep_activity, qa.KeepActivity(keep)).made
    assert code_of(lead, qa.keep_area, qa.KeepArea(Area("", "north"))) == "area-title"
    assert code_of(lead, qa.keep_area, qa.KeepArea(Area("", "South", ("Team one",)))) == "team-twice"
    assert code_of(lead, qa.keep_area, qa.KeepArea(Area("nowhere", "East"))) == "not-in-framework"
    assert code_of(lead, qa.drop, qa.Drop(area)) == "area-in-use"
    assert code_of(lead, qa.drop, qa.Drop("nowhere")) == "not-in-framework"
    assert code_of(lead, qa.record_evidence, qa.RecordEvidence(activity, THIS, 0, "None")) == "evidence-unfit"
    support = house.add("S. Support", Role.BUSINESS_SUPPORT)
    assert code_of(support, qa.record_evidence, qa.RecordEvidence(activity, THIS, 1, "One")) == "role-needed"
