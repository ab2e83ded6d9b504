"""Moving an audit to a newer version of its template, and back."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.answers import Answer, Facet
from auditor.domain.audit import Mode, Slot
from auditor.domain.errors import AuditorError
from auditor.domain.moving import Said
from auditor.domain.roles import Role
from auditor.domain.scoring import Outcome
from auditor.services import moving, scoring
from auditor.services.evidence import CellQuery, behind_cell
from auditor.services.export import ExportThemeSummary, theme_summary
from auditor.services.home import badges, home
from auditor.services.local_masters import KeepMaster, keep_master
from auditor.services.moving import CycleToVersion, MarkRead, MoveQuery, MoveView, ToVersion, move_view
from auditor.services.newer_versions import version_order
from auditor.services.plans import ReplaceAuditor, replace_auditor
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template, kept_templates
from auditor.services.waiting import Verb
from auditor.store.queries.entries import effective_answers
from auditor.store.verify import verify
from auditor.templates.masters import parse_master
from auditor.templates.variants import resolve
from tests.kit import FULL, TODAY, House, agree_all, answer, open_house, score_and_submit, small_plain
from tests.templates.small_form import SMALL

RE_MEANT = [
    {"code": "met", "label": "Met", "stands_for": "met"},
    {"code": "partly", "label": "Met in most visits", "stands_for": "met"},
    {"code": "not_met", "label": "Not met", "stands_for": "not_met"},
]


def second_version() -> dict[str, Any]:
    """Version 2 of the small template: 2.3 is gone, 2.1 means something else by *partly*, 1.3 is a fact, 2.5 is new."""
    plain = copy.deepcopy(small_plain()) | {"version": "2"}
    first, second = (section["questions"] for section in plain["sections"])
    first[2]["completed_by"] = "business_support"
    second[0] = {key: value for key, value in second[0].items() if key != "scale"} | {"options": RE_MEANT}
    second[2:3] = [{"id": "S02.05", "text": "What would you do again?", "type": "text"}]
    return plain


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def pair(house: House) -> tuple[Session, Session]:
    return house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)


@pytest.fixture
def audit_id(house: House, pair: tuple[Session, Session]) -> str:
    return house.give(house.cycle(), "CF-01", *pair)


@pytest.fixture
def target(house: House, audit_id: str) -> str:
    return house.lead.do(keep_template, KeepTemplate(second_version())).made


def seen(session: Session, audit_id: str) -> MoveView:
    return session.ask(move_view, MoveQuery(audit_id))


def move(pair: tuple[Session, ...], audit_id: str, target: str) -> None:
    for session in pair:
        session.do(moving.accept, ToVersion(audit_id, target))


def refused(act: Any, command: Any, session: Session) -> str:
    with pytest.raises(AuditorError) as problem:
        session.do(act, command)
    return problem.value.code


def test_the_difference_is_shown_before_anything_moves(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    for question, value in FULL.items():
        answer(pair[0], audit_id, question, "partly" if question == "S02.01" else value)
    shown = seen(pair[0], audit_id)
    assert [card.version for card in shown.offers] == ["2"]
    assert shown.counted is not None
    assert {change.id for change in shown.counted.difference.questions} == {"S01.03", "S02.01", "S02.03", "S02.05"}
    assert (shown.counted.stands, shown.counted.to_review) == (2, 3)
    assert shown.audit.template_hash != target


def test_both_auditors_have_to_accept(house: House, pair: tuple[Session, Session], audit_id: str, target: str) -> None:
    pair[0].do(moving.propose, ToVersion(audit_id, target))
    assert pair[0].ask(scoring.desk, audit_id).template.version == "1"
    waiting = seen(pair[1], audit_id)
    assert (waiting.accepted, waiting.waiting_for, waiting.mine) == (("A. Auditor",), ("B. Auditor",), None)
    pair[1].do(moving.accept, ToVersion(audit_id, target))
    assert {one.ask(scoring.desk, audit_id).template.version for one in (*pair, house.lead)} == {"2"}
    assert verify(house.opened.records).problems == ()


def test_what_does_not_stand_is_carried_and_counts_nowhere(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    first = pair[0]
    answer(first, audit_id, "S01.02", "yes")
    for question, value in {"S01.03": "met", "S02.01": "partly", "S02.02": "no", "S02.03": "Visits."}.items():
        answer(first, audit_id, question, value)
    first.do(scoring.record_note, scoring.RecordNote(audit_id, "S02.01", Facet.COMMENT, "Seen on page 4."))
    move(pair, audit_id, target)
    shown = first.ask(scoring.desk, audit_id)
    assert {name for name, entry in shown.entries.items() if not entry.answer.is_blank} == {"S01.02", "S02.02"}
    assert shown.entries["S02.01"].comment == "Seen on page 4."
    carried = {item.question_id: item for item in seen(first, audit_id).carried}
    assert {name: (item.answer, item.to_answer) for name, item in carried.items()} == {
        "S01.03": ("Met", False),
        "S02.01": ("Partly met", True),
        "S02.03": ("Visits.", False),
    }
    assert carried["S02.01"].comment == "Seen on page 4."
    assert seen(pair[1], audit_id).carried == ()
    assert refused(scoring.submit, scoring.Submit(audit_id), first) == "blanks-left"


def test_answering_again_or_ticking_empties_the_list(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    first = pair[0]
    for question, value in {"S02.01": "partly", "S02.03": "Visits."}.items():
        answer(first, audit_id, question, value)
    move(pair, audit_id, target)
    assert refused(moving.mark_read, MarkRead(audit_id, Slot.A, "S02.01"), first) == "answer-again"
    assert refused(moving.mark_read, MarkRead(audit_id, Slot.A, "S02.03"), pair[1]) == "not-your-slot"
    answer(first, audit_id, "S02.01", "partly")
    first.do(moving.mark_read, MarkRead(audit_id, Slot.A, "S02.03"))
    after = seen(first, audit_id)
    assert after.unread == ()
    assert [item.question_id for item in after.carried] == ["S02.03"]
    assert first.ask(scoring.desk, audit_id).entries["S02.01"].answer == Answer("partly")


def test_facts_that_do_not_stand_leave_the_findings_and_come_back(
    house: House, pair: tuple[Session, Session], audit_id: str
) -> None:
    plain = second_version()
    plain["sections"][0]["questions"][1] |= {"polarity": "negative"}
    target = house.lead.do(keep_template, KeepTemplate(plain)).made
    answer(pair[0], audit_id, "S01.02", "yes")
    pair[0].do(moving.accept, ToVersion(audit_id, target))
    house.opened.records.forget()  # as when the program was closed meanwhile
    pair[1].do(moving.accept, ToVersion(audit_id, target))
    with house.opened.records.read() as view:
        assert effective_answers(view, audit_id) == {}
    answer(pair[1], audit_id, "S01.02", "yes")
    with house.opened.records.read() as view:
        assert effective_answers(view, audit_id) == {"S01.02": Answer("yes")}
    assert verify(house.opened.records).problems == ()
    house.lead.do(moving.undo_move, audit_id)
    with house.opened.records.read() as view:
        assert effective_answers(view, audit_id) == {"S01.02": Answer("yes")}
    assert verify(house.opened.records).problems == ()


def test_an_undo_brings_the_desk_back_and_keeps_what_was_answered_since(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    first = pair[0]
    for question, value in {"S02.01": "partly", "S02.03": "Visits."}.items():
        answer(first, audit_id, question, value)
    before = first.ask(scoring.desk, audit_id).entries
    move(pair, audit_id, target)
    answer(first, audit_id, "S02.01", "not_met")
    answer(first, audit_id, "S02.05", "Call earlier.")
    pair[1].do(moving.undo_move, audit_id)
    after = first.ask(scoring.desk, audit_id)
    assert after.template.version == "1"
    assert after.entries["S02.03"] == before["S02.03"]
    assert after.entries["S02.01"].answer == Answer("not_met")
    assert {item.question_id: item.answer for item in seen(first, audit_id).carried} == {"S02.05": "Call earlier."}
    assert seen(first, audit_id).mine is None
    move(pair, audit_id, target)
    assert first.ask(scoring.desk, audit_id).entries["S02.05"].answer == Answer("Call earlier.")


def test_an_answer_given_in_the_new_meaning_does_not_hide_the_one_before(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    first = pair[0]
    answer(first, audit_id, "S02.01", "not_met")
    move(pair, audit_id, target)
    answer(first, audit_id, "S02.01", "partly")
    first.do(moving.undo_move, audit_id)
    assert first.ask(scoring.desk, audit_id).entries["S02.01"].answer == Answer("not_met")
    (held,) = seen(first, audit_id).carried
    assert (held.answer, held.to_answer) == ("Met in most visits", False)
    first.do(moving.mark_read, MarkRead(audit_id, Slot.A, "S02.01"))
    assert seen(first, audit_id).unread == ()


def test_finished_audits_stay(house: House, pair: tuple[Session, Session], audit_id: str, target: str) -> None:
    score_and_submit(pair[0], audit_id)
    for session in pair:
        assert refused(moving.accept, ToVersion(audit_id, target), session) == "move-submitted"
    score_and_submit(pair[1], audit_id)
    agree_all(pair[0], audit_id)
    assert refused(moving.propose, ToVersion(audit_id, target), house.lead) == "move-signed-off"
    assert refused(moving.undo_move, audit_id, house.lead) == "move-signed-off"
    assert seen(pair[0], audit_id).why_not


def test_a_moved_audit_is_finished_under_its_new_version(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    move(pair, audit_id, target)
    for session in pair:
        for question, value in {"S02.01": "partly", "S02.02": "no", "S02.04": "2", "S02.05": "Again."}.items():
            answer(session, audit_id, question, value)
        session.do(scoring.submit, scoring.Submit(audit_id))
    agree_all(pair[0], audit_id)
    with house.opened.records.read() as view:
        assert set(effective_answers(view, audit_id)) == {"S02.01", "S02.02", "S02.04", "S02.05"}
    assert verify(house.opened.records).problems == ()


def test_who_may_say_what(house: House, pair: tuple[Session, Session], audit_id: str, target: str) -> None:
    other = house.add("C. Auditor", Role.AUDITOR)
    assert refused(moving.propose, ToVersion(audit_id, target), other) == "role-needed"
    for act in (moving.accept, moving.decline):
        assert refused(act, ToVersion(audit_id, target), house.lead) == "not-of-the-pair"
    assert refused(moving.decline, ToVersion(audit_id, target), pair[0]) == "no-such-move"
    assert refused(moving.undo_move, audit_id, pair[0]) == "never-moved"
    own = seen(pair[0], audit_id).audit.template_hash
    assert refused(moving.accept, ToVersion(audit_id, own), pair[0]) == "not-newer"
    house.lead.do(moving.propose, ToVersion(audit_id, target))
    assert seen(pair[0], audit_id).proposed
    pair[0].do(moving.decline, ToVersion(audit_id, target))
    assert seen(pair[1], audit_id).declined == ("A. Auditor",)
    assert seen(pair[0], audit_id).mine is Said.NO


def test_the_lead_proposes_for_a_whole_cycle(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    cycle_id = seen(pair[0], audit_id).audit.cycle_id
    house.lead.do(moving.propose_for_cycle, CycleToVersion(cycle_id, target))
    assert seen(pair[0], audit_id).waiting_for == ("A. Auditor", "B. Auditor")
    move(pair, audit_id, target)
    assert refused(moving.propose_for_cycle, CycleToVersion(cycle_id, target), house.lead) == "nothing-to-move"


@pytest.mark.parametrize("mode", [Mode.JOINT, Mode.SINGLE])
def test_audits_with_one_set_of_answers_move_too(house: House, pair: tuple[Session, Session], mode: Mode) -> None:
    people = pair if mode is Mode.JOINT else pair[:1]
    audit_id = house.give(house.cycle(), "CF-01", pair[0], people[1] if len(people) > 1 else None, mode)
    target = house.lead.do(keep_template, KeepTemplate(second_version())).made
    for question, value in {"S02.01": "met", "S02.03": "Visits."}.items():
        answer(pair[0], audit_id, question, value)
    move(people, audit_id, target)
    shown = seen(people[-1], audit_id)
    assert [item.question_id for item in shown.carried] == ["S02.03"]
    with house.opened.records.read() as view:
        assert effective_answers(view, audit_id) == {"S02.01": Answer("met")}
    assert verify(house.opened.records).problems == ()


def test_a_proposal_tells_nothing_of_the_partners_answers(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    support = house.add("S. Support", Role.BUSINESS_SUPPORT)
    readers = (pair[1], house.lead, support)
    pair[0].do(moving.propose, ToVersion(audit_id, target))
    before = [seen(reader, audit_id) for reader in readers]
    for question, value in FULL.items():
        answer(pair[0], audit_id, question, "partly" if question == "S02.01" else value)
    pair[0].do(scoring.record_note, scoring.RecordNote(audit_id, "S02.03", Facet.COMMENT, "Only mine."))
    assert _without_start(before) == _without_start([seen(reader, audit_id) for reader in readers])
    pair[1].do(moving.accept, ToVersion(audit_id, target))
    moved = [seen(reader, audit_id) for reader in readers]
    assert all(view.carried == () for view in moved)
    answer(pair[0], audit_id, "S02.01", "partly")
    pair[0].do(moving.mark_read, MarkRead(audit_id, Slot.A, "S02.03"))
    assert _without_start(moved) == _without_start([seen(reader, audit_id) for reader in readers])


def _without_start(views: list[MoveView]) -> list[str]:
    """Everything but that the partner began, which lists show anyhow."""
    return [repr({**view.__dict__, "audit": view.audit.template_hash}) for view in views]


def test_versions_are_counted_as_people_count() -> None:
    assert sorted(["10", "2.1", "9", "1", "2026.1", "2"], key=version_order) == ["1", "2", "2.1", "9", "10", "2026.1"]


def test_home_asks_the_partner_who_has_not_spoken(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    pair[0].do(moving.propose, ToVersion(audit_id, target))
    rows = [one.ask(home, TODAY).waiting for one in pair]
    assert [[row.target for row in found if row.verb is Verb.MOVE] for found in rows] == [[], [audit_id]]
    for session, found in zip(pair, rows, strict=True):
        assert session.ask(badges, TODAY)["audits"] == len(found)
    pair[1].do(moving.decline, ToVersion(audit_id, target))
    assert Verb.MOVE not in {row.verb for row in pair[1].ask(home, TODAY).waiting}


def test_findings_read_a_moved_audit_under_its_own_version(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    move(pair, audit_id, target)
    for session in pair:
        for question, value in {"S02.01": "partly", "S02.02": "no", "S02.04": "2", "S02.05": "Again."}.items():
            answer(session, audit_id, question, value)
        session.do(scoring.submit, scoring.Submit(audit_id))
    agree_all(pair[0], audit_id)
    cycle_id = seen(pair[0], audit_id).audit.cycle_id
    (line,) = house.lead.ask(behind_cell, CellQuery(cycle_id, theme="safety", outcome=Outcome.MET))[:1]
    assert (line.question.id, line.answer) == ("S02.01", "Met in most visits")
    summary = house.lead.ask(theme_summary, ExportThemeSummary(cycle_id, Path("unused.xlsx"), TODAY))
    assert {item.number: item.counts.met for item in summary.questions}["2.01"] == 1


def test_whoever_takes_over_is_asked_anew(
    house: House, pair: tuple[Session, Session], audit_id: str, target: str
) -> None:
    third = house.add("C. Auditor", Role.AUDITOR)
    pair[0].do(moving.accept, ToVersion(audit_id, target))
    house.lead.do(replace_auditor, ReplaceAuditor(audit_id, pair[0].actor.id, third.actor.id, "On leave."))
    pair[1].do(moving.accept, ToVersion(audit_id, target))
    assert seen(third, audit_id).now.version == "1"
    third.do(moving.accept, ToVersion(audit_id, target))
    assert seen(third, audit_id).now.version == "2"
    fourth = house.add("D. Auditor", Role.AUDITOR)
    house.lead.do(replace_auditor, ReplaceAuditor(audit_id, third.actor.id, fourth.actor.id, "On leave."))
    assert seen(fourth, audit_id).now.version == "2"


def test_a_master_brings_the_newer_versions_of_what_is_in_use(house: House, pair: tuple[Session, Session]) -> None:
    first = parse_master(SMALL)
    audit_id = house.give(house.cycle(plain=dict(resolve(first, "seeing").plain)), "CF-01", *pair)
    house.lead.do(keep_master, KeepMaster(first.plain, "small.yaml"))
    assert not seen(pair[0], audit_id).offers
    house.lead.do(keep_master, KeepMaster({**first.plain, "version": "2"}, "small.yaml"))
    assert [card.version for card in seen(pair[0], audit_id).offers] == ["2"]
    kept = house.lead.ask(kept_templates, None)
    assert {card.id for card in kept if card.master == first.id} == {"seeing"}  # what nobody uses stays out
