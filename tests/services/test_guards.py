"""Guards at the edges of the acts: who acts, as of now; what may be given out again; what may be set aside."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.domain.action import Step
from auditor.domain.answers import Answer, Facet
from auditor.domain.audit import Mode
from auditor.domain.errors import AuditorError, BadInput, NotAllowed, Refused
from auditor.domain.roles import Person, Role
from auditor.services import actions, cycles, people, plans, reconciling, scoring
from auditor.services.people import ChangePerson, SetPin, change_person, set_pin
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template, kept_template
from tests.kit import FULL, PIN, TODAY, House, answer, open_house, score_and_submit, small_plain


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def pair(house: House) -> tuple[Session, Session]:
    return house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)


def test_somebody_made_inactive_can_do_and_see_nothing_more(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    gone = Person(first.actor.id, first.actor.name, first.actor.roles, active=False)
    house.lead.do(change_person, ChangePerson(gone))
    with pytest.raises(NotAllowed) as refused:
        answer(first, audit_id, "S02.01", "met")
    assert refused.value.code == "not-active"
    with pytest.raises(NotAllowed):
        first.ask(scoring.desk, audit_id)


def test_taken_back_roles_count_at_once(house: House) -> None:
    keeper = house.add("K. Keeper", Role.QA_LEAD)
    plain = Person(keeper.actor.id, keeper.actor.name, frozenset({Role.AUDITOR}))
    house.lead.do(change_person, ChangePerson(plain))
    with pytest.raises(NotAllowed):
        keeper.do(people.add_person, people.AddPerson("N. New", frozenset({Role.ADMINISTRATOR}), PIN))


def test_a_lead_in_the_pair_cannot_set_the_partners_pin(house: House) -> None:
    lead = house.add("Q. Lead", Role.QA_LEAD, Role.AUDITOR)
    partner = house.add("B. Auditor", Role.AUDITOR)
    audit_id = house.give(house.cycle(), "CF-01", lead, partner)
    with pytest.raises(NotAllowed) as refused:
        lead.do(set_pin, SetPin(partner.actor.id, "9999"))
    assert refused.value.code == "partners-pin"
    house.lead.do(set_pin, SetPin(partner.actor.id, "9999"))
    score_and_submit(lead, audit_id)
    score_and_submit(partner, audit_id)
    lead.do(set_pin, SetPin(partner.actor.id, "8888"))


def test_a_lead_who_left_the_pair_cannot_set_the_partners_pin(house: House, pair: tuple[Session, Session]) -> None:
    lead = house.add("Q. Lead", Role.QA_LEAD, Role.AUDITOR)
    partner, stand_in = pair
    audit_id = house.give(house.cycle(), "CF-01", lead, partner)
    left = plans.ReplaceAuditor(audit_id, lead.actor.id, stand_in.actor.id, "Away.")
    lead.do(plans.replace_auditor, left)
    with pytest.raises(NotAllowed) as refused:
        lead.do(set_pin, SetPin(partner.actor.id, "9999"))
    assert refused.value.code == "partners-pin"


@pytest.mark.parametrize("by", ["raised", "handed on"])
def test_no_action_of_a_sealed_audit_goes_to_the_partner(house: House, pair: tuple[Session, Session], by: str) -> None:
    first, second = pair
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    raised = actions.RaiseAction("See the child.", second.actor.id, TODAY, audit_id=audit_id, question_id="S01.03")
    with pytest.raises(NotAllowed) as refused:
        if by == "raised":
            first.do(actions.raise_action, raised)
        made = first.do(actions.raise_action, replace(raised, owner_id=first.actor.id)).made
        house.lead.do(actions.reassign, actions.Reassign(made, TODAY, "Theirs.", owner_id=second.actor.id))
    assert refused.value.code == "partner-as-owner"
    score_and_submit(first, audit_id)
    score_and_submit(second, audit_id)
    first.do(actions.raise_action, raised)


def test_names_stay_different(house: House, pair: tuple[Session, Session]) -> None:
    second = pair[1].actor
    with pytest.raises(BadInput) as refused:
        house.lead.do(change_person, ChangePerson(Person(second.id, "a. auditor", second.roles)))
    assert refused.value.code == "name-taken"


@pytest.mark.parametrize("begun", ["comment", "location", "mark", "cleared"])
def test_a_pair_is_not_changed_once_anything_is_recorded(
    house: House, pair: tuple[Session, Session], begun: str
) -> None:
    first, second = pair
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", first, second)
    if begun == "mark":
        first.do(scoring.mark_good_practice, scoring.MarkGoodPractice(audit_id, "S02.01", True))
    elif begun == "cleared":
        answer(first, audit_id, "S02.01", "met")
        first.do(scoring.record_answer, scoring.RecordAnswer(audit_id, "S02.01", Answer()))
    else:
        first.do(scoring.record_note, scoring.RecordNote(audit_id, "S02.01", Facet(begun), "Mine alone."))
    with pytest.raises(Refused) as refused:
        house.give(cycle_id, "CF-01", second, first)
    assert refused.value.code == "already-started"


@pytest.mark.parametrize("begun", [False, True])
def test_a_lead_of_the_pair_does_not_learn_whether_the_partner_has_begun(
    house: House, pair: tuple[Session, Session], begun: bool
) -> None:
    partner, other = pair
    lead = house.add("D. Lead", Role.AUDITOR, Role.QA_LEAD)
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", lead, partner)
    if begun:
        answer(partner, audit_id, "S02.01", "met")
    case = lead.ask(cycles.cycle_view, cycle_id).cases[0]
    anew = cycles.GiveAudit(case.id, Mode.BLIND, lead.actor.id, other.actor.id)
    with pytest.raises(NotAllowed) as refused:
        lead.do(cycles.give_audit, anew)
    assert refused.value.code == "own-audit"
    answer(lead, audit_id, "S02.01", "met")
    with pytest.raises(Refused) as told:
        lead.do(cycles.give_audit, anew)
    assert told.value.code == "already-started", "one's own answers hold it fast, whatever the partner has"


def test_a_lead_of_the_pair_changes_it_where_nothing_is_sealed(house: House, pair: tuple[Session, Session]) -> None:
    lead = house.add("D. Lead", Role.AUDITOR, Role.QA_LEAD)
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", lead, pair[0], Mode.JOINT)
    case = lead.ask(cycles.cycle_view, cycle_id).cases[0]
    anew = cycles.GiveAudit(case.id, Mode.JOINT, lead.actor.id, pair[1].actor.id)
    assert lead.do(cycles.give_audit, anew).made == audit_id


def test_facts_do_not_hold_a_pair_fast(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", first, second)
    answer(first, audit_id, "S01.01", 3)
    third = house.add("C. Auditor", Role.AUDITOR)
    assert house.give(cycle_id, "CF-01", third, second) == audit_id
    assert third.ask(scoring.desk, audit_id).entries["S01.01"].answer.value == 3


def test_setting_a_section_aside_leaves_shared_facts_alone_unless_asked(
    house: House, pair: tuple[Session, Session]
) -> None:
    first, second = pair
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    aside = scoring.SectionNotApplicable(audit_id, "S01", "Open for two days only.")
    first.do(scoring.section_not_applicable, aside)
    assert second.ask(scoring.desk, audit_id).entries == {}
    first.do(scoring.section_not_applicable, scoring.SectionNotApplicable(audit_id, "S01", "Two days.", facts=True))
    assert set(second.ask(scoring.desk, audit_id).entries) == {"S01.01", "S01.02"}


def test_a_section_that_always_applies_is_not_set_aside(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    with pytest.raises(Refused) as refused:
        first.do(scoring.section_not_applicable, scoring.SectionNotApplicable(audit_id, "S02", "No time."))
    assert refused.value.code == "section-applies"


def test_na_is_not_agreed_where_nobody_said_it_and_it_is_not_allowed(
    house: House, pair: tuple[Session, Session]
) -> None:
    first, second = pair
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    score_and_submit(first, audit_id, S02_01="not_met")
    score_and_submit(second, audit_id)
    na = Answer(na_reason="Rather not.", reason="Discussed.")
    with pytest.raises(BadInput):
        first.do(reconciling.agree, reconciling.Agree(audit_id, "S02.01", na))


def test_an_agreed_comment_can_be_taken_back(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    for person in pair:
        score_and_submit(person, audit_id)
    for comment, stands in [("Wrong child.", "Wrong child."), (None, "Wrong child."), ("", "")]:
        first.do(reconciling.agree, reconciling.Agree(audit_id, "S02.01", Answer("met"), comment))
        item = next(
            c for c in second.ask(reconciling.reconcile_view, audit_id).comparisons if c.question.id == "S02.01"
        )
        assert item.agreed.comment == stands


def test_facts_stay_open_after_handing_in_until_the_sign_off(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    score_and_submit(first, audit_id)
    assert first.ask(scoring.desk, audit_id).locked == ""
    answer(first, audit_id, "S01.01", 4)
    with pytest.raises(Refused):
        answer(first, audit_id, "S02.01", "partly")


def test_a_joint_audit_is_signed_off_at_the_desk(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    audit_id = house.give(house.cycle(), "CF-01", first, second, Mode.JOINT)
    for question_id, value in FULL.items():
        answer(second if question_id < "S02" else first, audit_id, question_id, value)
    first.do(reconciling.sign_off, reconciling.SignOff(audit_id))
    assert first.ask(scoring.desk, audit_id).audit.signed_off


def test_changing_owner_or_date_is_checked(house: House) -> None:
    manager = house.add("M. Manager", Role.MANAGER)
    made = house.lead.do(actions.raise_action, actions.RaiseAction("Supervision monthly", manager.actor.id, TODAY)).made
    for wrong in (
        actions.Reassign(made, TODAY, "No change."),
        actions.Reassign(made, TODAY, "Too early.", due=TODAY.replace(year=2020)),
        actions.Reassign(made, TODAY.replace(year=2020), "Backwards.", owner_id=house.lead.actor.id),
        actions.Reassign(made, TODAY, " ", owner_id=house.lead.actor.id),
    ):
        with pytest.raises(AuditorError):
            house.lead.do(actions.reassign, wrong)
    house.lead.do(actions.reassign, actions.Reassign(made, TODAY, "On leave.", owner_id=house.lead.actor.id))
    (line,) = house.lead.ask(actions.list_actions, actions.ActionQuery(TODAY))
    assert (line.owner_name, line.action.last.step) == ("L. Lead", Step.CHANGED)


def test_a_template_spelt_otherwise_does_not_replace_the_one_kept(house: House) -> None:
    composed = {**small_plain(), "title": "Caf\u00e9 audit"}
    decomposed = {**composed, "title": unicodedata.normalize("NFD", composed["title"])}
    first, second = (house.lead.do(keep_template, KeepTemplate(plain)).made for plain in (composed, decomposed))
    assert first == second
    assert house.lead.ask(kept_template, first).title == composed["title"]


def test_giving_a_case_out_twice_makes_one_audit(house: House, pair: tuple[Session, Session]) -> None:
    cycle_id = house.cycle()
    made = {house.give(cycle_id, "CF-01", *people_of) for people_of in (pair, pair[::-1])}
    assert len(made) == 1
    assert len(house.lead.ask(cycles.audit_lines, cycle_id)) == 1


def test_a_cycle_whose_cases_are_refused_is_not_made(house: House) -> None:
    template_hash = house.lead.do(keep_template, KeepTemplate(small_plain())).made
    twice = (cycles.NewCase("CF-01"), cycles.NewCase("cf-01"))
    command = cycles.CreateCycle("Spring", template_hash, TODAY, TODAY, TODAY, cases=twice)
    with pytest.raises(BadInput):
        house.lead.do(cycles.create_cycle, command)
    assert house.lead.ask(cycles.all_cycles, None) == []
