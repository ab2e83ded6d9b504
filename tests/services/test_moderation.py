"""Moderation from the choice to the calibration: who is chosen, what a moderator may do, what everybody sees of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.domain.answers import Answer
from auditor.domain.audit import Moderated, Slot, Stage, Void
from auditor.domain.canonical import Json
from auditor.domain.errors import AuditorError
from auditor.domain.moderation import QUALITY, Judged, Mark, Rules, Why
from auditor.domain.revision import Entity
from auditor.domain.roles import Role
from auditor.domain.scoring import Counts
from auditor.services import checks, evidence, export, findings, moderating, moderation_view, reconciling, scoring
from auditor.services.session import Session
from auditor.store.queries import draws, entries
from tests.kit import TODAY, agree_all, answer, score_and_submit
from tests.services.moderation_kit import EVERY_EXTREME, NOTHING, WELL_DONE, Panel, panel


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Panel]:
    with panel(tmp_path) as opened:
        yield opened


def view_of(made: Panel, audit_id: str, who: Session | None = None) -> moderation_view.ModerationView:
    return (who or made.moderator).ask(moderation_view.moderation_view, moderation_view.ViewQuery(audit_id, TODAY))


def refused(act: object, *given: object) -> str:
    with pytest.raises(AuditorError) as caught:
        act(*given)  # type: ignore[operator]
    return caught.value.code


@pytest.mark.parametrize(
    ("rules", "answers", "other", "why"),
    [
        (NOTHING, {"S02_04": "4"}, None, ()),
        (EVERY_EXTREME, {"S02_04": "4"}, None, (Why.EXTREME,)),
        (EVERY_EXTREME, {"S02_04": "1"}, None, (Why.EXTREME,)),
        (EVERY_EXTREME, {"S02_04": "3"}, None, ()),
        (replace(NOTHING, gaps=True), {"S02_04": "2"}, {"S02_04": "4"}, (Why.GAP,)),
        (replace(NOTHING, gaps=True), {"S02_04": "2"}, {"S02_04": "3"}, ()),
        (replace(NOTHING, first_audits=True), {}, None, (Why.FIRST_AUDITS,)),
    ],
)
def test_why_a_signed_off_audit_waits(
    made: Panel, rules: Rules, answers: dict[str, str], other: dict[str, str] | None, why: tuple[Why, ...]
) -> None:
    made.rule(rules)
    assert made.why(made.signed(other=other, **answers)) == why


def test_the_random_share_is_drawn_over_the_whole_cycle_and_waits_for_the_sign_off(made: Panel) -> None:
    made.rule(replace(NOTHING, share=20))
    audits = [made.house.give(made.cycle_id, f"CF-0{n}", made.first, made.second) for n in range(1, 5)]
    assert not any(map(made.why, audits)), "nobody learns of the draw before an audit is signed off"
    for audit_id in audits:
        score_and_submit(made.first, audit_id)
        score_and_submit(made.second, audit_id)
        agree_all(made.first, audit_id)
    assert [made.why(audit_id) for audit_id in audits].count((Why.SHARE,)) == 1


def test_chosen_by_hand_and_taken_back(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    assert made.why(audit_id) == (Why.BY_HAND,)
    assert view_of(made, audit_id).chosen_by == "L. Lead"
    made.moderator.do(moderating.choose, moderating.Choose(audit_id, ""))
    assert made.why(audit_id) == ()
    assert refused(made.first.do, moderating.choose, moderating.Choose(audit_id, "I would like to")) == "role-needed"


def test_upheld_keeps_the_grade_and_no_longer_waits(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    made.uphold(audit_id, note="Well argued.")
    assert made.audit(audit_id).moderated is Moderated.UPHELD
    assert made.why(audit_id) == () and made.audit(audit_id).stage is Stage.SIGNED_OFF
    view = view_of(made, audit_id)
    (moved,) = view.history[-1].grades
    assert (moved.before.value, moved.after.value, moved.upheld) == ("2", "2", True)
    assert view.history[-1].note == "Well argued."
    assert view.found.last and view.found.last.quality == WELL_DONE
    assert refused(made.uphold, audit_id) == "not-chosen"
    made.choose(audit_id)
    assert made.why(audit_id) == (Why.BY_HAND,), "chosen once more after it was moderated"


def test_a_changed_grade_counts_with_its_reason(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    change = moderating.Change("S02.01", Answer("not_met"), "The record shows five weeks without a visit.")
    grade = moderating.Change("S02.04", Answer("4"), "The child was not protected.")
    made.uphold(audit_id, changes=(change, grade))
    assert made.audit(audit_id).moderated is Moderated.CHANGED
    matrix = made.house.lead.ask(findings.theme_matrix, made.cycle_id)
    safety = next(row[0] for (theme, _), row in zip(matrix.themes, matrix.cells, strict=True) if theme == "safety")
    assert safety == Counts(met=1, not_met=1, limits_failed=1)
    (line,) = [
        line
        for line in made.house.lead.ask(evidence.behind_cell, evidence.CellQuery(made.cycle_id, audit_id=audit_id))
        if line.question.id == "S02.01"
    ]
    assert line.reason == "The record shows five weeks without a visit."
    seen = made.first.ask(reconciling.reconcile_view, audit_id)
    assert {i.question.id: i.agreed.answer.value for i in seen.comparisons}["S02.01"] == "met", (
        "the agreed answer stays"
    )


def test_a_change_needs_a_reason_and_fits_its_question(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    for code, change in {
        "reason-needed": moderating.Change("S02.04", Answer("3")),
        "answer-does-not-fit": moderating.Change("S02.04", Answer("9"), "Why"),
        "no-such-question": moderating.Change("S09.99", Answer("3"), "Why"),
        "answer-needed": moderating.Change("S02.04", Answer(), "Why"),
    }.items():
        assert refused(lambda change=change: made.uphold(audit_id, changes=(change,))) == code
    assert made.audit(audit_id).moderated is None, "nothing of a refused decision is kept"
    assert view_of(made, audit_id).effective["S02.04"].value == "2"


def test_the_quality_of_the_audit_is_judged_apart_from_its_grades(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    partly = WELL_DONE | {"child": Judged(Mark.PARTLY)}
    for quality in ({}, partly):
        command = moderating.Moderate(audit_id, quality=quality)
        assert refused(made.moderator.do, moderating.moderate, command) == "quality-missing"
    said = partly | {"child": Judged(Mark.PARTLY, "Only the parents are quoted.")}
    made.moderator.do(moderating.moderate, moderating.Moderate(audit_id, quality=said))
    assert view_of(made, audit_id).history[-1].quality["child"].comment == "Only the parents are quoted."
    assert len(QUALITY) == len(said)


def test_a_limit_is_set_aside_by_a_moderator_alone_and_with_a_reason(made: Panel) -> None:
    audit_id = made.signed(S02_01="not_met", S02_04="4")
    made.choose(audit_id)
    better = (moderating.Change("S02.04", Answer("3"), "One visit was late, nothing else."),)
    assert refused(lambda: made.uphold(audit_id, changes=better)) == "limit-unexplained"
    made.uphold(audit_id, changes=better, limits={"L1": "The delay was two days.", "L2": "Does not hold here"})
    last = view_of(made, audit_id).history[-1]
    assert last.limits == {"L1": "The delay was two days."}, "a limit that does not hold is not set aside"
    seen = made.house.lead.ask(checks.seen, checks.ChecksQuery(audit_id, TODAY))
    assert seen.inputs.set_aside == {"L1"}


def test_a_limit_the_pair_explained_needs_no_second_reason(made: Panel) -> None:
    audit_id = made.house.give(made.cycle_id, "CF-01", made.first, made.second)
    for auditor in (made.first, made.second):
        score_and_submit(auditor, audit_id, S01_03="not_met")
    made.first.do(reconciling.agree_equal, reconciling.AgreeEqual(audit_id))
    grade = reconciling.Agree(audit_id, "S02.04", Answer("2", reason="The record bears it out."))
    made.first.do(reconciling.agree, grade)
    made.first.do(reconciling.sign_off, reconciling.SignOff(audit_id, limit_reason="Supervision was by telephone."))
    made.choose(audit_id)
    made.uphold(audit_id)
    assert made.audit(audit_id).moderated is Moderated.UPHELD


def test_returned_to_the_pair_and_signed_off_again(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    back = moderating.Moderate(audit_id, back="Where in the file is the evidence for 2.1?")
    made.moderator.do(moderating.moderate, back)
    audit = made.audit(audit_id)
    assert (audit.signed_off, audit.stage, audit.void) == (False, Stage.TO_RECONCILE, Void.RETURNED)
    assert audit.returned_because == "Where in the file is the evidence for 2.1?"
    agreed = reconciling.Agree(audit_id, "S02.04", Answer("3", reason="Looked at again."))
    made.first.do(reconciling.agree, agreed)
    made.second.do(reconciling.sign_off, reconciling.SignOff(audit_id))
    assert (made.audit(audit_id).void, made.why(audit_id)) == (None, (Why.AGAIN,))
    made.uphold(audit_id)
    view = view_of(made, audit_id)
    assert [one.outcome for one in view.history] == [Moderated.RETURNED, Moderated.UPHELD]
    ((_name, row), _other) = made.house.lead.ask(moderation_view.calibration, None)
    assert (row.moderated, row.down, row.steps) == (1, 1, -1), "from the grade the moderator first found"


def test_what_was_moderated_before_a_return_is_the_pairs_again(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    made.uphold(audit_id, changes=(moderating.Change("S02.04", Answer("3"), "Drift."),))
    made.choose(audit_id)
    made.moderator.do(moderating.moderate, moderating.Moderate(audit_id, back="The family sent letters."))
    with made.house.opened.records.read() as view:
        assert entries.effective_answers(view, audit_id)["S02.04"].value == "2"
        assert not [e for e in entries.entries(view, audit_id, Slot.MODERATED).values() if not e.answer.is_blank]


def test_a_returned_audit_was_not_audited_on_the_day_it_was_returned(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    made.moderator.do(moderating.moderate, moderating.Moderate(audit_id, back="Look again."))
    with made.house.opened.records.read() as view:
        assert draws.audited_on(view) == {"cf-01": made.line(audit_id).cycle.due}


def test_returning_and_changing_at_once_is_refused(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    both = moderating.Moderate(audit_id, (moderating.Change("S02.04", Answer("3"), "Why"),), back="Look again.")
    assert refused(made.moderator.do, moderating.moderate, both) == "returned-unchanged"


def test_only_a_moderator_who_did_not_audit_decides(made: Panel) -> None:
    own = made.house.add("O. Own", Role.MODERATOR, Role.AUDITOR)
    audit_id = made.house.give(made.cycle_id, "CF-01", own, made.second)
    score_and_submit(own, audit_id)
    score_and_submit(made.second, audit_id)
    agree_all(own, audit_id)
    made.choose(audit_id)
    command = moderating.Moderate(audit_id, quality=WELL_DONE)
    assert refused(own.do, moderating.moderate, command) == "not-the-moderator"
    for who in (made.first, made.house.lead):
        assert refused(who.do, moderating.moderate, command) == "role-needed"
    assert view_of(made, audit_id, own).found.why_not
    made.uphold(audit_id)


def test_settings_are_the_leads_and_stay_within_the_range(made: Panel) -> None:
    command = moderating.SetRules(made.cycle_id, Rules(share=15))
    assert refused(made.moderator.do, moderating.set_rules, command) == "role-needed"
    made.house.lead.do(moderating.set_rules, command)
    kept = made.moderator.ask(moderation_view.moderation_rules, made.cycle_id)
    assert (kept.share, kept.seed) == (15, made.cycle_id)
    wide = moderating.SetRules(made.cycle_id, Rules(share=50))
    assert refused(made.house.lead.do, moderating.set_rules, wide) == "share-range"


def test_a_moderator_sees_nothing_before_the_sign_off(made: Panel) -> None:
    made.rule(replace(NOTHING, gaps=True, extremes=True, first_audits=True))
    audit_id = made.house.give(made.cycle_id, "CF-01", made.first, made.second)
    answer(made.first, audit_id, "S02.03", "Zq-sealed-words")
    for step in range(3):
        seen = repr(made.moderator.ask(moderation_view.moderation_lines, None))
        assert audit_id not in seen and "Zq-sealed-words" not in seen
        assert refused(view_of, made, audit_id) == "not-signed-off"
        assert refused(made.house.lead.do, moderating.choose, moderating.Choose(audit_id, "Why")) == "not-signed-off"
        assert refused(lambda: made.uphold(audit_id)) == "not-signed-off"
        if step < 2:
            score_and_submit((made.first, made.second)[step], audit_id, **({"S02_04": "4"} if step else {}))
    agree_all(made.first, audit_id)
    assert Why.GAP in made.why(audit_id)


def test_auditors_and_managers_do_not_see_the_list(made: Panel) -> None:
    manager = made.house.add("C. Manager", Role.MANAGER)
    for who in (made.first, manager):
        assert refused(who.ask, moderation_view.moderation_lines, None) == "role-needed"
    for who in (made.first, made.moderator):
        assert refused(who.ask, moderation_view.calibration, None) == "role-needed"


def test_the_opened_audit_shows_what_the_pair_saw(made: Panel) -> None:
    audit_id = made.signed(other={"S01_03": "partly"})
    view = view_of(made, audit_id)
    item = next(item for item in view.items if item.question.id == "S01.03")
    assert item.first and item.second
    assert (item.first.answer.value, item.second.answer.value, item.agreed.answer.value) == ("met", "partly", "met")
    assert item.differed and item.distance == 1
    assert not next(item for item in view.items if item.question.id == "S02.01").differed
    assert view.found.grade == "2"


def test_verify_finds_nothing_wrong_after_all_of_it(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    made.uphold(audit_id, changes=(moderating.Change("S02.04", Answer("3"), "Drift."),))
    made.choose(audit_id)
    made.moderator.do(moderating.moderate, moderating.Moderate(audit_id, back="Letters came in."))
    assert made.house.opened.verify().problems == ()
    assert made.moderator.ask(scoring.desk, audit_id).audit.void is Void.RETURNED


def test_the_workbook_says_what_was_moderated_and_what_is_void(made: Panel) -> None:
    audit_id, other = made.signed(), made.signed("CF-02")
    made.choose(audit_id)
    made.uphold(audit_id, changes=(moderating.Change("S02.04", Answer("3"), "Drift."),))
    with made.house.opened.records.write() as unit:
        value: Json = {"v": "partly"}
        unit.record(made.first.actor.id, Entity.AUDIT, other, "S02.01/answer", value, Slot.AGREED.value)
    command = export.ExportThemeSummary(made.cycle_id, Path("unused.xlsx"), TODAY)
    (note,) = made.house.lead.ask(export.theme_summary, command).notes
    assert note.startswith("1 of 2 audits are agreed")
    assert "1 sign-off is void" in note and "1 moderated, 1 of them changed" in note
