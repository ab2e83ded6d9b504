"""What auditors say of the tool reaches those who keep the templates, and nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from auditor.domain.audit import Mode
from auditor.domain.errors import AuditorError
from auditor.domain.roles import Role
from auditor.services.session import Session
from auditor.services.tool_feedback import GiveFeedback, SettleFeedback, feedback, give_feedback, settle_feedback
from tests.kit import House, open_house, score_and_submit


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as house:
        yield house


@pytest.fixture
def pair(house: House) -> tuple[Session, Session]:
    return house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)


@pytest.fixture
def audit_id(house: House, pair: tuple[Session, Session]) -> str:
    given = house.give(house.cycle(), "CF-01", *pair)
    score_and_submit(pair[0], given)
    return given


def code_of(session: Session, command: GiveFeedback) -> str:
    with pytest.raises(AuditorError) as caught:
        session.do(give_feedback, command)
    return caught.value.code


def test_the_lead_reads_which_question_was_unclear(house: House, pair: tuple[Session, Session], audit_id: str) -> None:
    pair[0].do(give_feedback, GiveFeedback(audit_id, {"S01.03": "Reflective how?"}, "It froze once."))
    (line,) = house.lead.ask(feedback, "")
    assert line.unclear == (("S01.03", "1.03", "Is supervision reflective?", "Reflective how?"),)
    assert (line.case_reference, line.person_name, line.faults) == ("CF-01", "A. Auditor", "It froze once.")
    assert not line.settled


def test_others_read_only_their_own_words(pair: tuple[Session, Session], audit_id: str) -> None:
    pair[0].do(give_feedback, GiveFeedback(audit_id, {"S01.03": "Reflective how?"}))
    assert pair[1].ask(feedback, audit_id) == []
    assert len(pair[0].ask(feedback, audit_id)) == 1


def test_a_lead_who_is_the_partner_reads_it_later(house: House, pair: tuple[Session, Session]) -> None:
    both = house.add("C. Lead and auditor", Role.QA_LEAD, Role.AUDITOR)
    audit_id = house.give(house.cycle(), "CF-01", pair[0], both)
    score_and_submit(pair[0], audit_id)
    pair[0].do(give_feedback, GiveFeedback(audit_id, {"S02.01": "It was not met here, or was it?"}))
    assert both.ask(feedback, audit_id) == []
    score_and_submit(both, audit_id)
    assert len(both.ask(feedback, audit_id)) == 1


def test_what_was_done_can_be_read_by_whoever_said_it(
    house: House, pair: tuple[Session, Session], audit_id: str
) -> None:
    pair[0].do(give_feedback, GiveFeedback(audit_id, {}, words="Too long."))
    house.lead.do(settle_feedback, SettleFeedback(audit_id, pair[0].actor.id, "Shorter from January."))
    assert pair[0].ask(feedback, audit_id)[0].settled == "Shorter from January."
    pair[0].do(give_feedback, GiveFeedback(audit_id, {}, words="Still too long."))
    assert not house.lead.ask(feedback, audit_id)[0].settled


def test_empty_words_take_it_back(house: House, pair: tuple[Session, Session], audit_id: str) -> None:
    pair[0].do(give_feedback, GiveFeedback(audit_id, {}, words="Too long."))
    pair[0].do(give_feedback, GiveFeedback(audit_id, {}, " ", ""))
    assert house.lead.ask(feedback, audit_id) == []


def test_it_is_asked_for_at_the_end(pair: tuple[Session, Session], audit_id: str) -> None:
    assert code_of(pair[1], GiveFeedback(audit_id, {}, words="Early.")) == "not-finished"


def test_a_joint_audit_ends_with_its_sign_off(house: House, pair: tuple[Session, Session]) -> None:
    joint = house.give(house.cycle(), "CF-01", *pair, mode=Mode.JOINT)
    assert code_of(pair[0], GiveFeedback(joint, {}, words="Early.")) == "not-finished"


def test_only_the_pair_and_only_questions_of_the_audit(
    house: House, pair: tuple[Session, Session], audit_id: str
) -> None:
    assert code_of(house.lead, GiveFeedback(audit_id, {}, words="Not mine.")) == "not-your-audit"
    assert code_of(pair[0], GiveFeedback(audit_id, {"S99.01": ""})) == "no-such-question"


@pytest.mark.parametrize(("who", "done", "code"), [(0, "Shorter.", "role-needed"), (None, " ", "words-needed")])
def test_settling_needs_a_keeper_of_templates_and_words(
    house: House, pair: tuple[Session, Session], audit_id: str, who: int | None, done: str, code: str
) -> None:
    pair[0].do(give_feedback, GiveFeedback(audit_id, {}, words="Too long."))
    session = house.lead if who is None else pair[who]
    with pytest.raises(AuditorError) as caught:
        session.do(settle_feedback, SettleFeedback(audit_id, pair[0].actor.id, done))
    assert caught.value.code == code


def test_nothing_said_is_nothing_to_settle(house: House, pair: tuple[Session, Session], audit_id: str) -> None:
    with pytest.raises(AuditorError) as caught:
        house.lead.do(settle_feedback, SettleFeedback(audit_id, pair[1].actor.id, "Shorter."))
    assert caught.value.code == "no-such-feedback"


def test_reading_it_asks_no_more_often_the_more_there_is(house: House, pair: tuple[Session, Session]) -> None:
    asked: list[str] = []
    event.listen(
        house.opened.records.workspace.readers,
        "before_cursor_execute",
        lambda *given: asked.append(given[2]),
    )
    cycle_id, counts = house.cycle(references=("CF-01", "CF-02", "CF-03")), []
    for reference in ("CF-01", "CF-02", "CF-03"):
        audit_id = house.give(cycle_id, reference, *pair)
        score_and_submit(pair[0], audit_id)
        pair[0].do(give_feedback, GiveFeedback(audit_id, {}, words="Too long."))
        asked.clear()
        assert {line.cycle_title for line in house.lead.ask(feedback, "")} == {"Autumn sample"}
        counts.append(len(asked))
    assert counts[1] == counts[2]
