"""Which sections are slow, which questions never tell anything, and what leaving them out saves and loses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.answers import Answer
from auditor.domain.burden import FEWEST, Burden, Sign, Used, burden, without
from tests.kit import small_template

TEMPLATE = small_template()
NA = Answer(na_reason="Not this child.")
MET, NOT_MET, NO = Answer("met"), Answer("not_met"), Answer("no")


def used(answers: dict[str, Answer], good: tuple[str, ...] = (), *seconds: dict[str, int]) -> Used:
    return Used(answers, frozenset(good), seconds)


def signs(found: Burden, question_id: str) -> tuple[Sign, ...]:
    return next(item.signs for item in found.questions if item.question.id == question_id)


def test_a_question_that_is_always_na_is_named() -> None:
    found = burden(TEMPLATE, [used({"S01.03": NA}) for _ in range(FEWEST)])
    assert signs(found, "S01.03") == (Sign.ALWAYS_NA,)


def test_a_question_that_is_never_below_met_is_named_na_left_aside() -> None:
    found = burden(TEMPLATE, [used({"S01.03": MET}) for _ in range(FEWEST)] + [used({"S01.03": NA})])
    assert signs(found, "S01.03") == (Sign.NEVER_BELOW_MET,)


def test_a_negative_question_is_never_below_met_when_it_is_always_no() -> None:
    found = burden(TEMPLATE, [used({"S02.02": NO}) for _ in range(FEWEST)])
    assert signs(found, "S02.02") == (Sign.NEVER_BELOW_MET,)


@pytest.mark.parametrize(
    "answers",
    [[MET] * (FEWEST - 1), [NA] * (FEWEST - 1), [MET] * FEWEST + [NOT_MET], [NA] * FEWEST + [NOT_MET], []],
    ids=["few", "few n/a", "one issue", "one answer", "none"],
)
def test_nothing_is_said_of_the_others(answers: list[Answer]) -> None:
    assert signs(burden(TEMPLATE, [used({"S01.03": answer}) for answer in answers]), "S01.03") == ()


def test_the_later_of_two_questions_always_answered_alike_is_named_with_the_first() -> None:
    answers = [MET, MET, NOT_MET, NA, MET]
    found = burden(TEMPLATE, [used({"S01.03": one, "S02.01": one}) for one in answers])
    by_id = {item.question.id: item for item in found.questions}
    assert (by_id["S01.03"].twin, by_id["S02.01"].twin) == ("", "S01.03")
    assert Sign.SAME_AS_ANOTHER in by_id["S02.01"].signs


@pytest.mark.parametrize(
    ("first", "second"),
    [([MET] * 5, [MET] * 5), ([MET, NOT_MET] * 3, [MET, NOT_MET] * 2 + [MET, MET]), ([MET, NOT_MET], [MET, NOT_MET])],
    ids=["no variation", "one differs", "few"],
)
def test_chance_makes_no_twins(first: list[Answer], second: list[Answer]) -> None:
    pairs = zip(first, second, strict=True)
    found = burden(TEMPLATE, [used({"S01.03": one, "S02.01": other}) for one, other in pairs])
    assert not any(item.twin for item in found.questions)


def test_a_section_is_slow_by_the_median_of_those_who_were_timed() -> None:
    # 0.3 + 0.3 + 0.9 minutes are expected.
    times: list[dict[str, int]] = [{"S01": 60}, {"S01": 150}, {"S01": 600}, {"S02": 30}]
    found = burden(TEMPLATE, [used({}, (), *times)])
    first, second = found.sections
    assert first.expected == pytest.approx(1.5)
    assert (first.measured, first.timed, first.slow) == (2.5, 3, True)
    assert (second.measured, second.timed, second.slow) == (0.5, 1, False)


def test_two_timings_are_too_few_to_call_a_section_slow() -> None:
    assert not burden(TEMPLATE, [used({}, (), {"S01": 900}, {"S01": 900})]).sections[0].slow


def test_leaving_questions_out_saves_their_share_and_loses_what_they_brought() -> None:
    audits = [used({"S02.01": NOT_MET, "S01.03": MET}, ("S01.03",), {"S01": 300})] * 2
    found = burden(TEMPLATE, audits)
    less = without(found, ["S01.03", "S02.01", "S99.01"])
    assert less.questions == 2
    assert less.minutes == pytest.approx(5 * 0.9 / 1.5 + 0.9)
    assert (less.issues, less.limits_failed, less.good_practice) == (2, 2, 2)


@given(
    st.lists(
        st.fixed_dictionaries(
            {}, optional={q.id: st.sampled_from([MET, NOT_MET, NA]) for q in TEMPLATE.asked() if q.scored}
        ),
        max_size=8,
    )
)
def test_leaving_everything_out_saves_all_the_minutes(audits: list[dict[str, Any]]) -> None:
    found = burden(TEMPLATE, [used(answers) for answers in audits])
    whole = without(found, TEMPLATE.by_id)
    assert whole.minutes == pytest.approx(sum(section.minutes for section in found.sections))
    assert whole.issues == sum(item.issues for item in found.questions)
