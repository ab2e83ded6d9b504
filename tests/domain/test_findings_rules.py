"""What counts as what: outcomes, counts, steps of heat, and comparing two auditors' answers."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.answers import Answer, Entry
from auditor.domain.errors import Refused
from auditor.domain.matrix import heat_step
from auditor.domain.reconciliation import (
    Likeness,
    both_comments,
    compare,
    differences_first,
    require_reason,
    step_distance,
    whose,
)
from auditor.domain.scoring import Counts, Outcome, count_of, outcome_of, total
from auditor.domain.template import Option, Question
from tests.kit import small_template

TEMPLATE = small_template()
MET, HARM, CHRONOLOGY, GRADE = (TEMPLATE.by_id[name] for name in ("S02.01", "S02.02", "S01.02", "S02.04"))


@pytest.mark.parametrize(
    ("question", "value", "outcome"),
    [
        (MET, "met", Outcome.MET),
        (MET, "partly", Outcome.PARTLY),
        (MET, "not_met", Outcome.NOT_MET),
        (MET, "not_evidenced", Outcome.NOT_EVIDENCED),
        (CHRONOLOGY, "yes", Outcome.MET),
        (CHRONOLOGY, "no", Outcome.UNFAVOURABLE),
        (HARM, "yes", Outcome.UNFAVOURABLE),
        (HARM, "no", Outcome.MET),
        (HARM, "not_evidenced", Outcome.NOT_EVIDENCED),
        (GRADE, "4", None),
    ],
)
def test_outcomes(question: Question, value: str, outcome: Outcome | None) -> None:
    assert outcome_of(question, Answer(value)) is outcome


def test_na_leaves_the_denominator_and_blank_counts_nowhere() -> None:
    na = count_of(MET, Answer(na_reason="Unborn."), good_practice=True)
    assert (na.n, na.na, na.good_practice) == (0, 1, 0)
    assert count_of(MET, Answer(), True) == Counts()
    assert count_of(MET, Answer("not_met"), True) == Counts(not_met=1, good_practice=1, limits_failed=1)


counts = st.builds(Counts, *[st.integers(0, 50)] * 8)


@given(st.lists(counts))
def test_totals_add_up(cells: list[Counts]) -> None:
    summed = total(cells)
    assert summed.n == sum(cell.n for cell in cells)
    assert summed.issues == sum(cell.issues for cell in cells)
    assert total([*cells, Counts(met=1)]).minus(summed) == Counts(met=1)


@pytest.mark.parametrize(
    ("met", "issues", "step"),
    [(0, 0, None), (4, 0, 0), (3, 1, 1), (1, 1, 2), (1, 3, 3), (1, 4, 4), (0, 1, 4), (99, 1, 1)],
)
def test_heat_has_five_steps(met: int, issues: int, step: int | None) -> None:
    assert heat_step(Counts(met=met, not_met=issues), (0, 25, 50, 75)) == step


def test_distance_is_steps_on_an_ordered_scale() -> None:
    assert step_distance(MET, Answer("met"), Answer("not_met")) == 2
    assert step_distance(GRADE, Answer("1"), Answer("4")) == 3
    assert step_distance(MET, Answer("met"), Answer("not_evidenced")) == 1
    assert step_distance(HARM, Answer("yes"), Answer("no")) == 1


def pair(first: Answer, second: Answer, question: Question = MET):  # type: ignore[no-untyped-def]
    return compare(question, Entry(first, good_practice=True), Entry(second))


def test_likeness_and_order() -> None:
    compared = [
        pair(Answer("met"), Answer("met")),
        pair(Answer("met"), Answer()),
        pair(Answer("met"), Answer("partly")),
        pair(Answer("met"), Answer("not_met")),
    ]
    assert [item.likeness for item in compared] == [
        Likeness.SAME,
        Likeness.ONE_BLANK,
        Likeness.DIFFER,
        Likeness.DIFFER,
    ]
    assert [item.distance for item in differences_first(compared)] == [2, 1, 0, 0]
    assert pair(Answer(na_reason="One"), Answer(na_reason="Other")).likeness is Likeness.SAME


def test_a_reason_is_needed_from_two_steps_or_for_a_third_answer() -> None:
    wide, near = pair(Answer("met"), Answer("not_met")), pair(Answer("met"), Answer("partly"))
    for comparison, agreed in [(wide, "met"), (near, "not_met")]:
        with pytest.raises(Refused) as refused:
            require_reason(comparison, Answer(agreed))
        assert refused.value.code == "reason-needed"
        require_reason(comparison, Answer(agreed, reason="Read again together."))
    require_reason(near, Answer("partly"))


def test_only_equal_answers_are_agreed_at_once() -> None:
    assert pair(Answer("met"), Answer("met")).can_be_agreed_at_once
    assert not pair(Answer("met"), Answer("partly")).can_be_agreed_at_once
    assert not pair(Answer(), Answer()).can_be_agreed_at_once


def test_the_record_says_whose_answer_was_taken() -> None:
    met, partly = Answer("met"), Answer("partly")
    assert [whose(met, met, met), whose(met, met, partly), whose(partly, met, partly)] == ["same", "A", "B"]
    assert whose(Answer("not_met"), met, partly) == "new"


def test_an_option_without_standing_leaves_the_denominator() -> None:
    question = dataclasses.replace(MET, options=(*MET.options, Option("not_yet_due", "Not yet due")))
    assert outcome_of(question, Answer("not_yet_due")) is Outcome.NA


def test_the_overall_judgement_is_agreed_by_itself_and_with_its_reasons() -> None:
    question = TEMPLATE.by_id["S02.04"]
    same = compare(question, Entry(Answer("2")), Entry(Answer("2")), overall=True)
    assert not same.can_be_agreed_at_once
    with pytest.raises(Refused):
        require_reason(same, Answer("2"))
    require_reason(same, Answer("2", reason="Safe, and seen alone."))


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        ("", "", ""), ("One.", "", "One."), ("", "Two.", "Two."), ("One.", "Two.", "One.\n\nTwo."),
        ("One.", "One.", "One."), ("One. Two.", "Two.", "One. Two."), ("Two.", "One. Two.", "One. Two."),
    ],
)  # fmt: skip
def test_merged_comments_say_nothing_twice(first: str, second: str, merged: str) -> None:
    assert both_comments(first, second) == merged
