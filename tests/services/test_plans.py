"""When plans change: reopening, taking over, cancelling, more time; and what stays sealed meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from auditor.domain.answers import Facet
from auditor.domain.audit import Mode, Slot, Stage
from auditor.domain.errors import AuditorError
from auditor.domain.revision import Entity
from auditor.domain.roles import Role
from auditor.services import actions, cycles, evidence, findings, home, people, plans, reconciling, scoring
from auditor.services.session import Session
from auditor.services.waiting import Verb
from tests.kit import PIN, TODAY, House, agree_all, answer, open_house, score_and_submit

SECRET = "Zq-sealed-words"
LATER = date(2026, 12, 15)


@dataclass
class Pair:
    """A blind audit of two, the first of whom has written something, and somebody who could take over."""

    house: House
    cycle_id: str
    audit_id: str
    first: Session
    second: Session
    third: Session

    @property
    def line(self) -> cycles.AuditLine:
        lines = self.house.lead.ask(cycles.audit_lines, self.cycle_id)
        return next(line for line in lines if line.audit.id == self.audit_id)

    def replace(self, former: Session, new: Session, by: Session | None = None) -> None:
        command = plans.ReplaceAuditor(self.audit_id, former.actor.id, new.actor.id, "Away for some weeks")
        (by or self.house.lead).do(plans.replace_auditor, command)

    def refused(self, act: object, command: object, by: Session) -> str:
        with pytest.raises(AuditorError) as told:
            by.do(act, command)  # type: ignore[arg-type]
        return told.value.code


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with open_house(tmp_path) as house:
        first, second, third = (house.add(f"{letter}. Auditor", Role.AUDITOR) for letter in "ABC")
        cycle_id = house.cycle(references=("CF-01", "CF-02"))
        audit_id = house.give(cycle_id, "CF-01", first, second)
        first.do(scoring.record_note, scoring.RecordNote(audit_id, "S01.03", Facet.COMMENT, SECRET))
        answer(first, audit_id, "S01.03", "not_met")
        yield Pair(house, cycle_id, audit_id, first, second, third)


def test_ones_own_answers_open_again_until_the_partner_has_finished(pair: Pair) -> None:
    score_and_submit(pair.first, pair.audit_id)
    pair.first.do(plans.reopen, plans.Reopen(pair.audit_id))
    answer(pair.first, pair.audit_id, "S01.03", "partly")
    pair.first.do(scoring.submit, scoring.Submit(pair.audit_id))
    score_and_submit(pair.second, pair.audit_id)
    assert pair.refused(plans.reopen, plans.Reopen(pair.audit_id), pair.first) == "both-submitted"


def test_only_the_one_who_finished_opens_again(pair: Pair) -> None:
    assert pair.refused(plans.reopen, plans.Reopen(pair.audit_id), pair.first) == "not-submitted"
    score_and_submit(pair.first, pair.audit_id)
    assert pair.refused(plans.reopen, plans.Reopen(pair.audit_id), pair.second) == "not-submitted"
    assert pair.refused(plans.reopen, plans.Reopen(pair.audit_id), pair.house.lead) == "not-your-slot"


def test_who_takes_over_goes_on_with_what_is_there_and_authors_stay(pair: Pair) -> None:
    pair.replace(pair.first, pair.third)
    view = pair.third.ask(scoring.desk, pair.audit_id)
    assert view.entries["S01.03"].comment == SECRET
    assert view.typed_by == {"S01.03": "A. Auditor"}
    assert any("C. Auditor took over from A. Auditor" in line for line in view.news)
    answer(pair.third, pair.audit_id, "S02.01", "met")
    assert "S02.01" not in pair.third.ask(scoring.desk, pair.audit_id).typed_by
    score_and_submit(pair.third, pair.audit_id)
    score_and_submit(pair.second, pair.audit_id)
    agree_all(pair.third, pair.audit_id)
    assert pair.line.stage is Stage.SIGNED_OFF


def test_each_side_is_replaced_in_a_register_of_its_own(pair: Pair) -> None:
    """So that two leads, each at a computer and one auditor ill on either side, undo nothing of one another."""
    fourth = pair.house.add("D. Auditor", Role.AUDITOR)
    pair.replace(pair.first, pair.third)
    pair.replace(pair.second, fourth)
    with pair.house.opened.records.read() as view:
        said = [item.revision for item in view.ledger.all() if item.revision.entity_id == pair.audit_id]
    assert [item.key for item in said if not item.slot] == ["setup", "pair", "replaced/A", "replaced/B"]
    assert pair.line.auditor_names == ("C. Auditor", "D. Auditor")


def test_giving_out_anew_begins_anew(pair: Pair) -> None:
    made = replace(pair, audit_id=pair.house.give(pair.cycle_id, "CF-02", pair.first, pair.second))
    made.replace(pair.first, pair.third)
    assert pair.house.give(pair.cycle_id, "CF-02", pair.second, pair.first) == made.audit_id
    assert (made.line.auditor_names, made.line.audit.formers) == (("B. Auditor", "A. Auditor"), {})


def test_who_was_replaced_neither_writes_nor_reads_the_sealed_slot(pair: Pair) -> None:
    pair.replace(pair.first, pair.third)
    note = scoring.RecordNote(pair.audit_id, "S01.03", Facet.COMMENT, "Once more")
    assert pair.refused(scoring.record_note, note, pair.first) == "not-your-slot"
    assert SECRET not in repr(pair.first.ask(scoring.desk, pair.audit_id))
    assert SECRET not in repr(pair.second.ask(scoring.desk, pair.audit_id))


def test_an_action_of_the_former_auditor_is_told_to_the_new_one_and_not_to_the_partner(pair: Pair) -> None:
    raised = actions.RaiseAction("Meet monthly", pair.house.lead.actor.id, TODAY, audit_id=pair.audit_id)
    pair.first.do(actions.raise_action, raised)
    assert pair.third.ask(actions.list_actions, actions.ActionQuery(TODAY))
    pair.replace(pair.first, pair.third)
    assert pair.third.ask(actions.list_actions, actions.ActionQuery(TODAY))
    assert not pair.second.ask(actions.list_actions, actions.ActionQuery(TODAY))


def test_nobody_takes_the_place_beside_answers_they_have_read(pair: Pair) -> None:
    pair.replace(pair.first, pair.third)
    back = plans.ReplaceAuditor(pair.audit_id, pair.second.actor.id, pair.first.actor.id, "Back again")
    assert pair.refused(plans.replace_auditor, back, pair.house.lead) == "has-seen-the-other"
    pair.replace(pair.third, pair.first)
    assert pair.line.audit.auditors[Slot.A] == pair.first.actor.id
    assert pair.line.audit.formers[Slot.A] == (pair.first.actor.id, pair.third.actor.id)


def test_the_partner_does_not_choose_who_takes_over_while_it_is_sealed(pair: Pair) -> None:
    lead = pair.house.add("D. Lead", Role.AUDITOR, Role.QA_LEAD)
    pair.replace(pair.second, lead)
    command = plans.ReplaceAuditor(pair.audit_id, pair.first.actor.id, pair.third.actor.id, "Unwell")
    assert pair.refused(plans.replace_auditor, command, lead) == "partner-chooses-not"


@pytest.mark.parametrize(
    ("who", "code"),
    [("partner", "already-of-the-pair"), ("manager", "not-an-auditor"), ("own team", "conflict-of-interest")],
)
def test_not_everybody_can_take_over(pair: Pair, who: str, code: str) -> None:
    house = pair.house
    team = people.AddPerson("T. Team", frozenset({Role.AUDITOR}), PIN, team="Team one")
    new = {
        "partner": lambda: pair.second.actor.id,
        "manager": lambda: house.add("M. Manager", Role.MANAGER).actor.id,
        "own team": lambda: house.lead.do(people.add_person, team).made,
    }[who]()
    command = plans.ReplaceAuditor(pair.audit_id, pair.first.actor.id, new, "Unwell")
    assert pair.refused(plans.replace_auditor, command, house.lead) == code
    candidates = house.lead.ask(plans.plan, pair.audit_id).candidates[pair.first.actor.id]
    assert new not in [person.id for person in candidates]


def test_taking_over_needs_a_reason_and_the_role(pair: Pair) -> None:
    command = plans.ReplaceAuditor(pair.audit_id, pair.first.actor.id, pair.third.actor.id, "  ")
    assert pair.refused(plans.replace_auditor, command, pair.house.lead) == "reason-needed"
    assert pair.refused(plans.replace_auditor, command, pair.first) == "role-needed"


def test_somebody_takes_over_for_the_reconciling(pair: Pair) -> None:
    score_and_submit(pair.first, pair.audit_id)
    score_and_submit(pair.second, pair.audit_id)
    pair.replace(pair.first, pair.third)
    agree_all(pair.third, pair.audit_id)
    command = plans.ReplaceAuditor(pair.audit_id, pair.third.actor.id, pair.first.actor.id, "Back")
    assert pair.refused(plans.replace_auditor, command, pair.house.lead) == "signed-off"


@pytest.mark.parametrize("mode", [Mode.JOINT, Mode.SINGLE])
def test_one_of_a_shared_form_is_replaced_and_who_typed_stays(pair: Pair, mode: Mode) -> None:
    audit_id = pair.house.give(pair.cycle_id, "CF-02", pair.first, pair.second if mode is Mode.JOINT else None, mode)
    answer(pair.first, audit_id, "S01.03", "met")
    command = plans.ReplaceAuditor(audit_id, pair.first.actor.id, pair.third.actor.id, "Unwell")
    pair.house.lead.do(plans.replace_auditor, command)
    answer(pair.third, audit_id, "S02.01", "met")
    typed = pair.third.ask(scoring.desk, audit_id).typed_by
    expected = {"S01.03": "A. Auditor"} | ({"S02.01": "C. Auditor"} if mode is Mode.JOINT else {})
    assert typed == expected


def test_a_cancelled_audit_counts_nowhere_until_it_goes_on(pair: Pair) -> None:
    lead = pair.house.lead
    score_and_submit(pair.first, pair.audit_id, S01_03="not_met")
    score_and_submit(pair.second, pair.audit_id, S01_03="not_met")
    answer(pair.first, pair.audit_id, "S01.02", "no")
    pair.first.do(reconciling.agree_equal, reconciling.AgreeEqual(pair.audit_id))
    before = lead.ask(findings.findings, pair.cycle_id)
    lead.do(plans.cancel, plans.CancelAudit(pair.audit_id, "The file was the wrong one"))
    during = lead.ask(findings.findings, pair.cycle_id)
    assert before.matrix.columns and not during.matrix.columns
    assert any(counts.n for counts in before.by_answer.counts)
    assert not any(counts.n for counts in during.by_answer.counts)
    assert not lead.ask(evidence.behind_cell, evidence.CellQuery(pair.cycle_id))
    assert pair.line.stage is Stage.CANCELLED
    for person in (pair.first, pair.second):
        assert pair.audit_id not in [row.target for row in person.ask(home.home, TODAY).waiting]
        assert person.ask(home.badges, TODAY)["reconcile"] == 0
    desk = pair.first.ask(scoring.desk, pair.audit_id)
    assert desk.locked and any("wrong one" in line for line in desk.news)
    lead.do(plans.restore, plans.RestoreAudit(pair.audit_id))
    assert lead.ask(findings.findings, pair.cycle_id) == before


def test_nothing_is_recorded_in_a_cancelled_audit(pair: Pair) -> None:
    pair.house.lead.do(plans.cancel, plans.CancelAudit(pair.audit_id, "Not needed"))
    note = scoring.RecordNote(pair.audit_id, "S01.03", Facet.COMMENT, "Once more")
    assert pair.refused(scoring.record_note, note, pair.first) == "audit-cancelled"
    give = cycles.GiveAudit(pair.line.case.id, Mode.SINGLE, pair.third.actor.id)
    assert pair.refused(cycles.give_audit, give, pair.house.lead) == "audit-cancelled"


def test_cancelling_is_for_a_lead_and_not_after_the_sign_off(pair: Pair) -> None:
    command = plans.CancelAudit(pair.audit_id, "Not needed")
    assert pair.refused(plans.cancel, command, pair.first) == "role-needed"
    assert pair.refused(plans.restore, plans.RestoreAudit(pair.audit_id), pair.house.lead) == "not-cancelled"
    score_and_submit(pair.first, pair.audit_id)
    score_and_submit(pair.second, pair.audit_id)
    agree_all(pair.first, pair.audit_id)
    assert pair.refused(plans.cancel, command, pair.house.lead) == "signed-off"


def test_more_time_is_asked_for_and_granted(pair: Pair) -> None:
    lead = pair.house.lead
    pair.first.do(plans.ask_for_time, plans.AskForTime(pair.audit_id, LATER, "The file came late"))
    assert pair.line.due == date(2026, 12, 1)
    row = next(row for row in lead.ask(home.home, TODAY).waiting if row.verb is Verb.DECIDE)
    assert row.target == pair.audit_id
    lead.do(plans.decide_time, plans.DecideTime(pair.audit_id, True))
    assert pair.line.due == LATER
    assert Verb.DECIDE not in [row.verb for row in lead.ask(home.home, TODAY).waiting]
    waits = {row.target: row.due for row in pair.second.ask(home.home, TODAY).waiting}
    assert waits[pair.audit_id] == LATER
    assert pair.first.ask(scoring.desk, pair.audit_id).due == LATER


def test_a_request_and_a_decision_recorded_at_once_both_stand(pair: Pair) -> None:
    """An auditor asks on one computer while the lead, who has not heard of it, gives time unasked on another."""
    earlier = date(2026, 12, 8)
    pair.first.do(plans.ask_for_time, plans.AskForTime(pair.audit_id, LATER, "The file came late"))
    with pair.house.opened.records.read() as view:
        heard_of = [one.revision for one in view.ledger.all() if one.revision.key.startswith("extension")]
        told = view.ledger.all()
        value = next(one.value for one in told if one.revision.rev_id == heard_of[0].rev_id)
    made = replace(pair, audit_id=pair.house.give(pair.cycle_id, "CF-02", pair.first, pair.second))
    made.house.lead.do(plans.decide_time, plans.DecideTime(made.audit_id, True, earlier, "Holidays"))
    with pair.house.opened.records.write() as unit:
        unit.record(pair.first.actor.id, Entity.AUDIT, made.audit_id, heard_of[0].key, value)
    assert made.line.due == earlier, "what the lead gave stands"
    rows = [row.target for row in pair.house.lead.ask(home.home, TODAY).waiting if row.verb is Verb.DECIDE]
    assert made.audit_id in rows, "what the auditor asked for waits"
    made.house.lead.do(plans.decide_time, plans.DecideTime(made.audit_id, False, reason="No later"))
    made.house.lead.do(plans.decide_time, plans.DecideTime(made.audit_id, True, date(2026, 12, 9), "After all"))
    assert not made.house.lead.ask(plans.plan, made.audit_id).plans.extension.asked, "once answered, never again"
    assert made.line.due == date(2026, 12, 9)


def test_a_declined_request_needs_a_reason_and_keeps_what_was_given_before(pair: Pair) -> None:
    lead = pair.house.lead
    lead.do(plans.decide_time, plans.DecideTime(pair.audit_id, True, date(2026, 12, 8), "Holidays"))
    pair.first.do(plans.ask_for_time, plans.AskForTime(pair.audit_id, LATER, "Still not there"))
    assert pair.refused(plans.decide_time, plans.DecideTime(pair.audit_id, False), lead) == "reason-needed"
    lead.do(plans.decide_time, plans.DecideTime(pair.audit_id, False, reason="The report is due"))
    assert pair.line.due == date(2026, 12, 8)
    assert any("The report is due" in line for line in pair.first.ask(scoring.desk, pair.audit_id).news)


def test_more_time_is_refused_where_it_makes_no_sense(pair: Pair) -> None:
    early = plans.AskForTime(pair.audit_id, date(2026, 12, 1), "No later")
    assert pair.refused(plans.ask_for_time, early, pair.first) == "not-later"
    other = plans.AskForTime(pair.audit_id, LATER, "Not mine")
    assert pair.refused(plans.ask_for_time, other, pair.third) == "not-your-audit"
    assert pair.refused(plans.decide_time, plans.DecideTime(pair.audit_id, True), pair.house.lead) == "nothing-asked"


def test_nobody_grants_their_own_request(pair: Pair) -> None:
    lead = pair.house.add("D. Lead", Role.AUDITOR, Role.QA_LEAD)
    pair.replace(pair.second, lead)
    lead.do(plans.ask_for_time, plans.AskForTime(pair.audit_id, LATER, "Busy"))
    assert pair.refused(plans.decide_time, plans.DecideTime(pair.audit_id, True), lead) == "own-request"
    assert "decide" not in lead.ask(plans.plan, pair.audit_id).can
    pair.house.lead.do(plans.decide_time, plans.DecideTime(pair.audit_id, True))


def test_the_lead_is_told_of_auditors_who_left(pair: Pair) -> None:
    lead = pair.house.lead
    lead.do(people.change_person, people.ChangePerson(replace(pair.first.actor, active=False)))
    rows = [row for row in lead.ask(home.home, TODAY).waiting if row.verb is Verb.REPLACE]
    assert [row.target for row in rows] == [pair.audit_id]
    assert lead.ask(home.badges, TODAY)["audits"] == 1
    pair.replace(pair.first, pair.third)
    assert not [row for row in lead.ask(home.home, TODAY).waiting if row.verb is Verb.REPLACE]


def test_others_are_not_told_why_plans_changed(pair: Pair) -> None:
    pair.replace(pair.first, pair.third)
    assert not pair.first.ask(scoring.desk, pair.audit_id).news
    assert pair.house.lead.ask(scoring.desk, pair.audit_id).news
