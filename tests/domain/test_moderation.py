from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.audit import Audit, Mode, Slot
from auditor.domain.errors import AuditorError
from auditor.domain.moderation import (
    QUALITY,
    Candidate,
    Judged,
    Mark,
    Moved,
    Rules,
    Why,
    calibrate,
    checked_rules,
    closeness,
    drawn,
    first_audits,
    missing_quality,
    reasons,
    require_independent,
)
from auditor.domain.roles import Person, Role

QUIET = Candidate("a1", ("p1", "p2"), "2026-11-20T10:00:00", 2, 2)
RULES = Rules(seed="seven")
NOBODY: frozenset[str] = frozenset()
ids = st.lists(st.text("0123456789abcdef", min_size=4, max_size=8), unique=True, max_size=60)


@pytest.mark.parametrize(
    ("candidate", "rules", "sample", "first", "expected"),
    [
        (QUIET, RULES, NOBODY, NOBODY, ()),
        (replace(QUIET, extreme=True), RULES, NOBODY, NOBODY, (Why.EXTREME,)),
        (replace(QUIET, extreme=True), replace(RULES, extremes=False), NOBODY, NOBODY, ()),
        (replace(QUIET, first=1, second=3), RULES, NOBODY, NOBODY, (Why.GAP,)),
        (replace(QUIET, first=3, second=2), RULES, NOBODY, NOBODY, ()),
        (replace(QUIET, first=None, second=4), RULES, NOBODY, NOBODY, ()),
        (QUIET, RULES, frozenset({"a1"}), frozenset({"a1"}), (Why.FIRST_AUDITS, Why.SHARE)),
        (QUIET, replace(RULES, first_audits=False), NOBODY, frozenset({"a1"}), ()),
        (replace(QUIET, by_hand=True, again=True), RULES, NOBODY, NOBODY, (Why.AGAIN, Why.BY_HAND)),
    ],
)
def test_why_an_audit_is_chosen(
    candidate: Candidate, rules: Rules, sample: frozenset[str], first: frozenset[str], expected: tuple[Why, ...]
) -> None:
    assert reasons(candidate, rules, sample, first) == expected


@given(ids, st.integers(10, 20), st.randoms())
def test_the_draw_is_the_share_rounded_up_and_the_same_in_any_order(audits: list[str], share: int, rng: object) -> None:
    rules = Rules(share=share, seed="s")
    found = drawn(audits, rules)
    assert len(found) == -(-len(audits) * share // 100)
    assert found == drawn(reversed(audits), rules)
    assert found <= drawn(audits, replace(rules, share=20)), "a larger share keeps what a smaller one drew"
    assert drawn(audits, replace(rules, share=0)) == frozenset()


def test_the_draw_is_pinned_for_ever() -> None:
    assert sorted(drawn([f"audit-{n:02d}" for n in range(14)], Rules(share=15, seed="7"))) == PINNED


PINNED = ["audit-03", "audit-04", "audit-06"]


def test_another_seed_draws_others() -> None:
    audits = [f"audit-{n:03d}" for n in range(200)]
    assert drawn(audits, Rules(seed="1")) != drawn(audits, Rules(seed="2"))


def test_the_first_three_audits_of_each_auditor() -> None:
    listed = [Candidate(f"a{n}", ("p1", "p2" if n < 5 else "p3"), f"2026-11-{n:02d}") for n in range(1, 8)]
    assert first_audits(listed) == {"a1", "a2", "a3", "a5", "a6", "a7"}, "a4 is the fourth of both"
    assert first_audits(reversed(listed)) == first_audits(listed)


@pytest.mark.parametrize("share", [1, 9, 21, 100, -5])
def test_a_share_outside_the_range_is_refused(share: int) -> None:
    with pytest.raises(AuditorError) as refused:
        checked_rules(Rules(share=share, seed="1"))
    assert refused.value.code == "share-range"
    with pytest.raises(AuditorError) as refused:
        checked_rules(Rules(seed=" "))
    assert refused.value.code == "seed-needed"


def test_rules_come_back_as_they_were_kept() -> None:
    rules = Rules(12, False, True, False, "x")
    assert Rules.from_plain(rules.to_plain(), "other") == rules
    assert Rules.from_plain(None, "cycle") == Rules(seed="cycle")


def test_every_point_is_marked_and_what_is_missing_is_said() -> None:
    met = {point.id: Judged(Mark.MET) for point in QUALITY}
    assert missing_quality(met) == ""
    assert missing_quality({}) != ""
    assert missing_quality(met | {"child": Judged(Mark.PARTLY)}) != ""
    assert missing_quality(met | {"child": Judged(Mark.PARTLY, "Only her brother is quoted.")}) == ""


AUDIT = Audit("x", "c", "k", "t", Mode.BLIND, auditors={Slot.A: "p1", Slot.B: "p2"}, formers={Slot.A: ("p0",)})


@pytest.mark.parametrize(
    ("person", "roles", "may"),
    [
        ("p1", Role.MODERATOR, False),
        ("p0", Role.MODERATOR, False),
        ("m", Role.QA_LEAD, False),
        ("m", Role.MODERATOR, True),
    ],
)
def test_nobody_moderates_what_they_audited(person: str, roles: Role, may: bool) -> None:
    actor = Person(person, "Somebody", frozenset({roles}))
    if may:
        require_independent(AUDIT, actor)
        return
    with pytest.raises(AuditorError) as refused:
        require_independent(AUDIT, actor)
    assert refused.value.code == "not-the-moderator"


def test_a_moderator_of_the_same_team_is_warned() -> None:
    moderator = Person("m", "M.", frozenset({Role.MODERATOR}), team="North")
    auditor = Person("p1", "A. Auditor", frozenset({Role.AUDITOR}), team="north ")
    assert "your own team" in closeness(moderator, "NORTH", [])
    assert "A. Auditor" in closeness(moderator, "South", [auditor])
    assert closeness(moderator, "South", []) == ""
    assert closeness(replace(moderator, team=""), "", [replace(auditor, team="")]) == ""


def test_calibration_counts_moves_and_their_direction() -> None:
    rows = calibrate([Moved(("p1", "p2"), 2, 3), Moved(("p1",), 1, 3), Moved(("p2",), 4, 3), Moved(("p3",), 2, 2)])
    found = {row.person_id: (row.moderated, row.up, row.down, row.unmoved, row.steps) for row in rows}
    assert found == {"p1": (2, 0, 2, 0, -3), "p2": (2, 1, 1, 0, 0), "p3": (1, 0, 0, 1, 0)}
