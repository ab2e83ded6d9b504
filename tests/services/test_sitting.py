"""Time at the sections and flags for discussion: whose they are, that they stay sealed, and what they are used for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.audit import Mode, Slot
from auditor.domain.errors import AuditorError
from auditor.domain.roles import Role
from auditor.services import checks, cycles, findings, flags, home, reconciling, scoring, sitting
from auditor.services.session import Session
from auditor.services.waiting import Verb
from tests.kit import TODAY, House, agree_all, answer, open_house, score_and_submit, small_plain

WORDS = "Zq-flag-words"


def with_cover() -> dict[str, Any]:
    """The small template, and what the program says of its own minutes and day."""
    plain = small_plain()
    for question_id, source in (("S01.04", "audit.minutes"), ("S01.05", "audit.date")):
        question = {"id": question_id, "text": source, "type": "text", "derived": source}
        plain["sections"][0]["questions"].append(question)
    return plain


class Desk:
    """An audit of two with what they do to it."""

    def __init__(self, house: House, mode: Mode) -> None:
        self.house = house
        self.first, self.second = (house.add(f"{letter}. Auditor", Role.AUDITOR) for letter in "AB")
        self.cycle_id = house.cycle(plain=with_cover())
        self.audit_id = house.give(self.cycle_id, "CF-01", self.first, self.second, mode)

    def sit(self, session: Session, **seconds: int) -> None:
        session.do(sitting.add_time, sitting.AddTime(self.audit_id, seconds))

    def flag(self, session: Session, question_id: str, words: str | None = "") -> None:
        session.do(flags.flag_question, flags.FlagQuestion(self.audit_id, question_id, words))

    def view(self, session: Session) -> scoring.DeskView:
        return session.ask(scoring.desk, self.audit_id)


@pytest.fixture
def blind(tmp_path: Path) -> Iterator[Desk]:
    with open_house(tmp_path) as house:
        yield Desk(house, Mode.BLIND)


@pytest.fixture
def joint(tmp_path: Path) -> Iterator[Desk]:
    with open_house(tmp_path) as house:
        yield Desk(house, Mode.JOINT)


def test_time_adds_up_by_section_in_one_register_a_computer(blind: Desk) -> None:
    blind.sit(blind.first, S01=90)
    blind.sit(blind.first, S01=30, S02=60)
    assert blind.view(blind.first).seconds == {"S01": 120, "S02": 60}
    assert blind.view(blind.second).seconds == {}


@pytest.mark.parametrize("mode", [Mode.BLIND, Mode.JOINT])
def test_time_spent_at_two_computers_adds_up(tmp_path: Path, mode: Mode) -> None:
    """Neither knew of the other's sum, so neither may stand in the register the other writes."""
    with open_house(tmp_path) as house:
        desk = Desk(house, mode)
        desk.sit(desk.first, S01=90)
        slot = Slot.A if mode is Mode.BLIND else Slot.AGREED
        with house.opened.records.write() as unit:
            unit.ledger.device_id = "f" * 32
            sitting.add_time(sitting.AddTime(desk.audit_id, {"S01": 30}), desk.first.actor, unit)
            said = [one for one in unit.ledger.all() if one.revision.slot == slot.value]
        assert [(one.value, one.revision.parents) for one in said] == [(90, ()), (30, ())]
        assert len({one.revision.key for one in said}) == 2
        assert desk.view(desk.first).seconds == {"S01": 120}


def test_no_way_in_tells_the_partners_time_before_both_have_finished(blind: Desk) -> None:
    def seen(viewer: Session) -> list[str]:
        reads: list[str] = [
            repr(blind.view(viewer)),
            repr(viewer.ask(home.home, TODAY)),
            repr(viewer.ask(cycles.audit_lines, "")),
            repr(viewer.ask(findings.findings, blind.cycle_id)),
            repr(viewer.ask(checks.seen, checks.ChecksQuery(blind.audit_id, TODAY))),
            repr(viewer.ask(flags.flagged, blind.audit_id)),
        ]
        return reads

    score_and_submit(blind.second, blind.audit_id)
    answer(blind.first, blind.audit_id, "S01.03", "met")
    before = {viewer: seen(viewer) for viewer in (blind.second, blind.house.lead)}
    blind.sit(blind.first, S01=4321)
    blind.flag(blind.first, "S01.03", WORDS)
    blind.flag(blind.first, "S01.01", WORDS)
    for viewer, told in before.items():
        assert seen(viewer) == told
    assert blind.view(blind.first).seconds["S01"] == 4321


def test_the_cover_sheet_says_minutes_and_day_once_both_have_finished(blind: Desk) -> None:
    blind.sit(blind.first, S01=1500)
    blind.sit(blind.second, S02=1120)
    score_and_submit(blind.first, blind.audit_id)
    assert not {"S01.04", "S01.05"} & blind.view(blind.first).fixed.keys()
    score_and_submit(blind.second, blind.audit_id)
    fixed = blind.view(blind.second).fixed
    assert fixed["S01.04"] == "44"
    assert len(fixed["S01.05"]) == len("24/11/2026")


def test_a_shared_form_keeps_the_time_of_each_and_shows_the_sum(joint: Desk) -> None:
    joint.sit(joint.first, S01=100)
    joint.sit(joint.second, S01=50)
    joint.sit(joint.first, S01=10)
    assert joint.view(joint.second).seconds == {"S01": 160}


def test_business_support_has_time_of_its_own(blind: Desk) -> None:
    support = blind.house.add("S. Support", Role.BUSINESS_SUPPORT)
    blind.sit(support, S01=70)
    assert blind.view(blind.first).seconds == {}


@pytest.mark.parametrize(
    ("seconds", "who", "code"),
    [
        ({"S01": 0}, "first", "time-does-not-fit"),
        ({"S01": 100_000}, "first", "time-does-not-fit"),
        ({"S99": 5}, "first", "time-does-not-fit"),
        ({"S01": 5}, "lead", "not-your-slot"),
    ],
)
def test_what_is_no_time_is_refused(blind: Desk, seconds: dict[str, int], who: str, code: str) -> None:
    session = blind.first if who == "first" else blind.house.lead
    with pytest.raises(AuditorError) as told:
        blind.sit(session, **seconds)
    assert told.value.code == code


def test_after_finishing_no_time_is_added(blind: Desk) -> None:
    score_and_submit(blind.first, blind.audit_id)
    with pytest.raises(AuditorError) as told:
        blind.sit(blind.first, S01=5)
    assert told.value.code == "already-submitted"


def test_a_flag_is_set_worded_and_taken_back(blind: Desk) -> None:
    blind.flag(blind.first, "S01.03")
    assert blind.view(blind.first).entries["S01.03"].flag == ""
    blind.flag(blind.first, "S01.03", "Partly or not?")
    assert blind.view(blind.first).entries["S01.03"].flag == "Partly or not?"
    blind.flag(blind.first, "S01.03", None)
    assert blind.view(blind.first).entries["S01.03"].flag is None


def test_a_flag_is_no_answer_and_hides_none(blind: Desk) -> None:
    blind.flag(blind.first, "S01.01", "Count again?")
    answer(blind.second, blind.audit_id, "S01.01", 3)
    entry = blind.view(blind.first).entries["S01.01"]
    assert (entry.answer.value, entry.flag) == (3, "Count again?")
    assert blind.view(blind.second).entries["S01.01"].flag is None
    assert "S01.03" not in blind.view(blind.first).entries


def test_flags_are_named_for_both_once_both_have_finished(blind: Desk) -> None:
    blind.flag(blind.first, "S01.03", WORDS)
    blind.flag(blind.second, "S01.03")
    blind.flag(blind.second, "S01.01", "Which year?")
    assert [one.slot for one in blind.second.ask(flags.flagged, blind.audit_id)] == [Slot.B, Slot.B]
    for session in (blind.first, blind.second):
        score_and_submit(session, blind.audit_id)
    found = blind.first.ask(flags.flagged, blind.audit_id)
    assert [(one.question_id, one.slot.value, one.name, one.words) for one in found] == [
        ("S01.01", "B", "B. Auditor", "Which year?"),
        ("S01.03", "A", "A. Auditor", WORDS),
        ("S01.03", "B", "B. Auditor", ""),
    ]
    comparisons = blind.second.ask(reconciling.reconcile_view, blind.audit_id).comparisons
    flagged = next(item for item in comparisons if item.question.id == "S01.03")
    assert (flagged.first.flag, flagged.second.flag) == (WORDS, "")
    agree_all(blind.first, blind.audit_id)


def test_only_the_pair_flags(blind: Desk) -> None:
    with pytest.raises(AuditorError) as told:
        blind.flag(blind.house.lead, "S01.03")
    assert told.value.code == "not-your-slot"
    with pytest.raises(AuditorError) as told:
        blind.flag(blind.first, "S01.04")
    assert told.value.code == "no-such-question"


def test_a_shared_form_says_who_typed_each_answer(joint: Desk) -> None:
    answer(joint.first, joint.audit_id, "S01.03", "met")
    answer(joint.second, joint.audit_id, "S02.01", "met")
    answer(joint.second, joint.audit_id, "S01.03", "partly")
    for session in (joint.first, joint.second):
        assert joint.view(session).typed_by == {"S01.03": "B. Auditor", "S02.01": "B. Auditor"}


def test_a_blind_desk_names_who_filled_a_fact_in_unless_it_was_oneself(blind: Desk) -> None:
    answer(blind.first, blind.audit_id, "S01.01", 2)
    assert blind.view(blind.first).typed_by == {}
    assert blind.view(blind.second).typed_by == {"S01.01": "A. Auditor"}


def test_progress_leaves_out_what_does_not_apply(tmp_path: Path) -> None:
    plain = small_plain()
    plain["sections"][1]["questions"][1]["relevant"] = "a['S01.02'] == 'yes'"
    with open_house(tmp_path) as house:
        first = house.add("A. Auditor", Role.AUDITOR)
        audit_id = house.give(house.cycle(plain=plain), "CF-01", first, None, Mode.SINGLE)
        assert first.ask(scoring.desk, audit_id).progress == (0, 7)
        answer(first, audit_id, "S01.02", "no")
        assert first.ask(scoring.desk, audit_id).progress == (1, 6)
        row = next(row for row in first.ask(home.home, TODAY).waiting if row.target == audit_id)
        assert "1 of 6" in row.detail
        rest: dict[str, str | int] = {"S01.01": 1, "S01.03": "met", "S02.01": "met", "S02.03": "Words", "S02.04": "2"}
        for question_id, value in rest.items():
            answer(first, audit_id, question_id, value)
        rows = [row for row in first.ask(home.home, TODAY).waiting if row.target == audit_id]
        assert [row.verb for row in rows] == [Verb.SIGN_OFF], "what does not apply holds nobody up"
        answer(first, audit_id, "S02.02", "no")
        assert first.ask(scoring.desk, audit_id).progress == (7, 7), "what is answered all the same counts"
