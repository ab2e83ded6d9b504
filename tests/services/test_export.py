"""The theme summary as the services gather it: what it counts, what it leaves out, when it is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from auditor.domain.action import Status, Step
from auditor.domain.answers import Facet
from auditor.domain.audit import Mode, Slot
from auditor.domain.errors import NotAllowed, Refused
from auditor.domain.revision import Entity, new_id
from auditor.domain.roles import Role
from auditor.domain.scoring import Counts
from auditor.reports.theme_summary import CommentKind, ThemeSummary
from auditor.services import actions, scoring
from auditor.services.export import ExportThemeSummary, export_theme_summary, theme_summary
from auditor.services.flags import FlagQuestion, flag_question
from auditor.services.session import Session
from tests.kit import TODAY, House, agree_all, answer, open_house, score_and_submit


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def pair(house: House) -> tuple[Session, Session]:
    return house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)


def summary_of(session: Session, cycle_id: str) -> ThemeSummary:
    return session.ask(theme_summary, ExportThemeSummary(cycle_id, Path("unused.xlsx"), TODAY))


def test_it_holds_the_findings_the_comments_and_the_actions(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    owner = house.add("C. Manager", Role.MANAGER)
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    audit_id = house.give(cycle_id, "CF-01", first, second)
    answer(first, audit_id, "S01.02", "no")
    first.do(scoring.record_note, scoring.RecordNote(audit_id, "S01.03", Facet.COMMENT, "No reflection on file."))
    first.do(scoring.record_note, scoring.RecordNote(audit_id, "S01.03", Facet.LOCATION, "Supervision, 12/05"))
    second.do(scoring.record_note, scoring.RecordNote(audit_id, "S02.01", Facet.COMMENT, "Seen the same day."))
    second.do(scoring.mark_good_practice, scoring.MarkGoodPractice(audit_id, "S02.01", True))
    score_and_submit(first, audit_id, S01_03="not_met")
    score_and_submit(second, audit_id, S01_03="not_met")
    agree_all(first, audit_id)
    raise_it = actions.RaiseAction("Set dates.", owner.actor.id, TODAY, audit_id=audit_id, question_id="S01.03")
    action_id = first.do(actions.raise_action, raise_it).made
    owner.do(actions.take_step, actions.TakeStep(action_id, Step.DONE, TODAY + timedelta(2), "Set."))
    house.lead.do(actions.take_step, actions.TakeStep(action_id, Step.VERIFIED, TODAY + timedelta(3)))

    found = summary_of(house.lead, cycle_id)
    assert (found.cases, found.pairs, found.period) == (1, 1, "01/05/2026 to 31/10/2026")
    assert found.counts == Counts(met=2, not_met=1, unfavourable=1, good_practice=1)
    assert {item.number: item.counts.issues for item in found.questions} == {"1.02": 1, "1.03": 1, "2.01": 0, "2.02": 0}
    assert found.notes == ("1 of 1 audits are agreed and signed off.",)
    told = [(comment.theme, comment.kind, comment.author, comment.location) for comment in found.comments]
    assert told == [
        ("Supervision", CommentKind.ISSUE, "A. Auditor", "Supervision, 12/05"),
        ("Recording", CommentKind.ISSUE, "A. Auditor", "Supervision, 12/05"),
        ("Safety", CommentKind.GOOD_PRACTICE, "B. Auditor", ""),
    ]
    (action,) = found.actions
    assert (action.status, action.verified_by, action.case) == (Status.COMPLETE, "L. Lead", "CF-01")
    assert (action.done_on, action.verified_on) == (TODAY + timedelta(2), TODAY + timedelta(3))


def test_a_sealed_audit_gives_no_answer_no_comment_and_no_action(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", first, second)
    first.do(scoring.record_note, scoring.RecordNote(audit_id, "S01.03", Facet.COMMENT, "Sealed."))
    score_and_submit(first, audit_id)
    raise_it = actions.RaiseAction("Sealed.", house.lead.actor.id, TODAY, audit_id=audit_id, question_id="S01.03")
    first.do(actions.raise_action, raise_it)
    seen = summary_of(second, cycle_id)
    assert (seen.counts, seen.comments, seen.actions, seen.not_agreed) == (Counts(), (), (), 4)
    assert len(summary_of(first, cycle_id).actions) == 1


def test_findings_are_for_those_who_may_see_them(house: House) -> None:
    support = house.add("S. Support", Role.BUSINESS_SUPPORT)
    with pytest.raises(NotAllowed) as refused:
        summary_of(support, house.cycle())
    assert refused.value.code == "role-needed"


def test_conflicts_stop_it_and_the_questions_are_named(
    house: House, pair: tuple[Session, Session], tmp_path: Path
) -> None:
    first, second = pair
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", first, second)
    answer(first, audit_id, "S01.02", "no")
    _record_elsewhere(house, audit_id, "S01.02/answer", Slot.FACTS)
    with pytest.raises(Refused) as refused:
        first.ask(export_theme_summary, ExportThemeSummary(cycle_id, tmp_path / "out.xlsx", TODAY))
    assert refused.value.code == "answers-in-conflict"
    assert "CF-01 1.02" in refused.value.message
    assert not (tmp_path / "out.xlsx").exists()


def test_a_flag_worded_twice_stops_nothing(house: House, pair: tuple[Session, Session], tmp_path: Path) -> None:
    first, second = pair
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", first, second, Mode.JOINT)
    first.do(flag_question, FlagQuestion(audit_id, "S01.03", "Talk of it"))
    _record_elsewhere(house, audit_id, "S01.03/flag", Slot.AGREED)
    assert first.ask(export_theme_summary, ExportThemeSummary(cycle_id, tmp_path / "out.xlsx", TODAY)).exists()


def test_a_conflict_in_a_sealed_slot_is_nobody_elses_to_know(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", first, second)
    answer(first, audit_id, "S01.03", "met")
    _record_elsewhere(house, audit_id, "S01.03/answer", Slot.A)
    assert summary_of(second, cycle_id).counts == Counts()


def _record_elsewhere(house: House, audit_id: str, key: str, slot: Slot) -> None:
    """The same register set differently on another computer that had not seen ours."""
    from auditor.domain.revision import GENESIS, revision_hash, stream_of

    with house.opened.records.write() as unit:
        ours = unit.ledger.history(audit_id, slot.value, key)[-1].revision
        device, rev_id = new_id(), new_id()
        sealed = unit.ledger._keys.seal(unit.connection, ours.scope_id, rev_id, '{"v":"not_evidenced"}')
        theirs = replace(
            ours, rev_id=rev_id, device_id=device, stream_id=stream_of(audit_id, slot.value, device), stream_seq=1,
            prev_hash=GENESIS, value=sealed, entity=Entity.AUDIT.value,
        )  # fmt: skip
        recorded = unit.ledger.admit(replace(theirs, hash=revision_hash(theirs)))
        unit._projections.apply(recorded)
