"""Which version of its template an audit stands under, and what an answer is worth there."""

import copy
from typing import Any

import pytest

from auditor.domain.answers import Answer, Entry
from auditor.domain.audit import Mode, Slot
from auditor.domain.canonical import Json
from auditor.domain.moving import move_key, versions_of
from auditor.domain.programme import FactsBy
from auditor.domain.standing import Lens, Reading
from auditor.domain.template import Template
from auditor.domain.template_difference import Act, difference
from auditor.domain.template_plain import template_from_plain
from tests.kit import small_plain

V1, V2, V3 = "1" * 64, "2" * 64, "3" * 64
PAIR: dict[str, Json] = {"setup": {"template": V1}, "pair": {"A": "ann", "B": "bob"}}


def yes(origin: str = V1, turn: int = 0) -> Json:
    return {"from": origin, "turn": turn, "said": "yes"}


def test_both_have_to_accept() -> None:
    one = PAIR | {move_key("A", V2): yes()}
    assert versions_of(one).now == V1
    assert versions_of(one).proposed[0].accepted == {Slot.A}
    both = versions_of(one | {move_key("B", V2): yes()})
    assert (both.now, both.before, both.proposed) == (V2, V1, ())


def test_one_auditor_alone_is_enough_where_there_is_one() -> None:
    single: dict[str, Json] = {"setup": {"template": V1}, "pair": {"A": "ann"}, move_key("A", V2): yes()}
    assert versions_of(single).now == V2


def test_nobody_accepts_for_an_audit_without_a_pair() -> None:
    assert versions_of({"setup": {"template": V1}, move_key("A", V2): yes()}).now == V1


def test_the_lead_proposes_and_does_not_accept() -> None:
    proposed = versions_of(PAIR | {move_key("lead", V2): yes()})
    assert proposed.now == V1
    assert proposed.proposed[0].by_lead


def test_an_undo_makes_what_was_said_before_void() -> None:
    moved = PAIR | {move_key("A", V2): yes(), move_key("B", V2): yes(), move_key("undone", V2): {"turn": 1}}
    assert (versions_of(moved).now, versions_of(moved).proposed, versions_of(moved).turn(V2)) == (V1, (), 1)
    assert versions_of(moved | {move_key("A", V2): yes(turn=1), move_key("B", V2): yes(turn=1)}).now == V2


def test_moves_follow_one_another() -> None:
    steps = {move_key(who, to): yes(at) for who in "AB" for to, at in ((V2, V1), (V3, V2))}
    assert versions_of(PAIR | steps).path == (V1, V2, V3)


def test_two_complete_moves_from_one_version_are_settled_alike_everywhere() -> None:
    both = {move_key(who, to): yes() for to in (V3, V2) for who in "AB"}
    assert versions_of(PAIR | both).path == versions_of(PAIR | dict(reversed(both.items()))).path == (V1, V3)


@pytest.mark.parametrize("key", ["submitted/A", "submitted/B", "signoff"])
def test_what_was_handed_in_holds_its_version(key: str) -> None:
    moved = PAIR | {move_key("A", V2): yes(), move_key("B", V2): yes()}
    assert versions_of(moved | {key: {"by": "ann", "template": V1}}).now == V1
    assert versions_of(moved | {key: {"by": "ann"}}).now == V1
    late_undo: dict[str, Json] = {key: {"by": "ann", "template": V2}, move_key("undone", V2): {"turn": 1}}
    assert versions_of(moved | late_undo).now == V2


def edited(**changes: Any) -> dict[str, Any]:
    """The small template as a version 2: by question id what changes, None takes the question away."""
    plain = copy.deepcopy(small_plain()) | {"version": "2"}
    for section in plain["sections"]:
        kept = [q for q in section["questions"] if changes.get(q["id"].replace(".", "_"), q) is not None]
        section["questions"] = [q | changes.get(q["id"].replace(".", "_"), {}) for q in kept]
    return plain


OLD = template_from_plain(small_plain())
RE_MEANT = [
    {"code": "met", "label": "Met", "stands_for": "met"},
    {"code": "partly", "label": "Met in most visits", "stands_for": "met"},
]


def lens(new: Template, mode: Mode = Mode.BLIND, old: Template = OLD) -> Lens:
    return Lens(new, old.hash, {old.hash: old, new.hash: new}, mode, FactsBy.SHARED)


@pytest.mark.parametrize(
    ("changes", "question", "value", "stand"),
    [
        ({}, "S02.01", "met", True),
        ({"S02_01": {"text": "Was the child kept safe at once?"}}, "S02.01", "met", True),
        ({"S02_01": {"evidence": "Visit notes: date, who was there"}}, "S02.01", "met", True),
        ({"S02_01": {"options": RE_MEANT, "scale": ""}}, "S02.01", "met", True),
        ({"S02_01": {"options": RE_MEANT, "scale": ""}}, "S02.01", "partly", False),
        ({"S02_01": {"options": RE_MEANT, "scale": ""}}, "S02.01", "not_evidenced", False),
        ({"S02_01": {"type": "text"}}, "S02.01", "met", False),
        ({"S02_01": {"derived": "case.reference"}}, "S02.01", "met", False),
        ({"S02_01": {"completed_by": "business_support"}}, "S02.01", "met", False),
        ({"S02_01": None}, "S02.01", "met", False),
        ({"S02_02": {"polarity": "positive"}}, "S02.02", "no", False),
        ({"S02_03": {"text": "Strengths"}}, "S02.03", "Visits.", True),
    ],
)
def test_an_answer_stands_where_it_still_says_the_same(
    changes: dict[str, Any], question: str, value: str, stand: bool
) -> None:
    entry = Entry(Answer(value), comment="Seen on page 4.")
    seen = lens(template_from_plain(edited(**changes))).see(Slot.A, question, entry, None)
    if stand:
        assert (seen.here, seen.shown, seen.held) == (True, entry, None)
    else:
        assert seen.shown.answer.is_blank
        assert seen.held == Reading(OLD.hash, Answer(value))


def test_na_stands_only_where_it_may_still_be_said() -> None:
    na = Entry(Answer(na_reason="Not in the period."))
    taken = lens(template_from_plain(edited(S02_02={"na_allowed": False})))
    assert taken.see(Slot.A, "S02.02", na, None).held is not None
    assert taken.see(Slot.A, "S01.03", na, None).held is None


def test_what_was_answered_before_stands_again_when_a_move_is_undone() -> None:
    new = template_from_plain(edited(S02_01={"options": RE_MEANT, "scale": ""}))
    before, after = Entry(Answer("partly")), Answer("met")
    there = lens(new)
    under = there.under(Slot.A, "S02.01", before, None, after)
    assert there.see(Slot.A, "S02.01", Entry(after), under).shown.answer == after
    said_anew = there.under(Slot.A, "S02.01", before, None, Answer("partly"))
    assert there.see(Slot.A, "S02.01", before, said_anew).shown.answer == Answer("partly")
    back = Lens(OLD, OLD.hash, there.templates, Mode.BLIND, FactsBy.SHARED)
    seen = back.see(Slot.A, "S02.01", before, said_anew)
    assert (seen.shown.answer, seen.held) == (Answer("partly"), Reading(new.hash, Answer("partly")))


def test_an_answer_that_came_from_a_computer_without_the_move_is_read_under_the_first_version() -> None:
    new = template_from_plain(edited(S02_01={"options": RE_MEANT, "scale": ""}))
    under = lens(new).under(Slot.A, "S02.01", Entry(), None, Answer("met"))
    assert lens(new).see(Slot.A, "S02.01", Entry(Answer("partly")), under).held == Reading(OLD.hash, Answer("partly"))


def test_the_old_wording_is_found_for_what_is_gone() -> None:
    there = lens(template_from_plain(edited(S02_03=None)))
    held = there.see(Slot.A, "S02.03", Entry(Answer("Visits.")), None).held
    wording = there.wording("S02.03", held)
    assert wording is not None
    assert wording.text == "What went well?"
    assert there.wording("S99.01", None) is None


def test_the_difference_is_told_by_question() -> None:
    new = edited(
        S01_03=None,
        S02_01={"options": RE_MEANT, "scale": ""},
        S02_03={"text": "What went well, and why?"},
        S02_02={"na_allowed": False},
    )
    new["sections"][1]["questions"].append({"id": "S02.05", "text": "Who was told?", "type": "text"})
    found = {change.id: change.act for change in difference(OLD, template_from_plain(new)).questions}
    assert found == {
        "S01.03": Act.GONE,
        "S02.01": Act.OPTIONS,
        "S02.02": Act.CHANGED,
        "S02.03": Act.REWORDED,
        "S02.05": Act.ADDED,
    }
    assert difference(OLD, OLD).questions == ()


def test_a_question_in_another_section_is_told_and_keeps_its_answers() -> None:
    plain = edited()
    moved = plain["sections"][0]["questions"].pop()
    plain["sections"][1]["questions"].append(moved | {"moved_from": "S01"})
    new = template_from_plain(plain)
    (change,) = difference(OLD, new).questions
    assert (change.act, change.id, change.said) == (Act.REWORDED, "S01.03", ("Stands in “Safety and judgement” now.",))
    assert lens(new).see(Slot.A, "S01.03", Entry(Answer("met")), None).held is None


def test_what_to_look_for_is_a_matter_of_words() -> None:
    new = template_from_plain(edited(S02_01={"evidence": "Visit notes: date, who was there"}))
    assert [(one.act, one.id) for one in difference(OLD, new).questions] == [(Act.REWORDED, "S02.01")]
