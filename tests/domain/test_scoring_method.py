"""The score by each method: N/A out, not evidenced as not met and apart, blanks neither, and nothing known unjudged."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.answers import Answer
from auditor.domain.scoring_method import Score, Scores, percent, score_words, scores
from auditor.domain.template import Template
from auditor.domain.template_parts import Method, ReadsAs, Scoring
from tests.kit import small_template

NA = Answer(na_reason="Not due")
POINTS = {"met": 2, "partly": 1, "not_met": 0, "not_evidenced": 0, "unfavourable": 0}
SHARE = Scoring(Method.SHARE_MET)


def scored_with(scoring: Scoring | None) -> Template:
    return replace(small_template(), scoring=scoring)


def by(scoring: Scoring, answers: Mapping[str, Answer | str], *not_asked: str) -> Scores:
    given_ = {one: Answer(said) if isinstance(said, str) else said for one, said in answers.items()}
    found = scores(scored_with(scoring), given_, not_asked)
    assert found is not None
    return found


@pytest.mark.parametrize("scoring", [None, Scoring()])
def test_a_template_without_a_method_has_no_scores(scoring: Scoring | None) -> None:
    assert scores(scored_with(scoring), {"S01.03": Answer("met")}) is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, Score(waiting=2)),
        ({"S01.03": "met"}, Score(1, 1, waiting=1)),
        ({"S01.03": "met", "S01.02": "yes"}, Score(2, 2)),
        ({"S01.03": "partly", "S01.02": "no"}, Score(0, 2)),
        ({"S01.03": "not_evidenced", "S01.02": "yes"}, Score(1, 2, not_evidenced=1)),
        ({"S01.03": NA, "S01.02": "yes"}, Score(1, 1)),
        ({"S01.03": NA}, Score(waiting=1)),
    ],
)
def test_share_met_of_a_section(answers: dict[str, Answer | str], expected: Score) -> None:
    assert by(SHARE, answers).sections["S01"] == expected


def test_an_unfavourable_yes_is_not_met_and_a_favourable_no_is() -> None:
    assert by(SHARE, {"S02.02": "yes"}).sections["S02"].got == 0
    assert by(SHARE, {"S02.02": "no"}).sections["S02"].got == 1


def test_what_is_not_for_the_case_is_not_waited_for() -> None:
    assert by(SHARE, {"S01.02": "yes"}, "S01.03").sections["S01"].is_final
    assert not by(SHARE, {"S01.02": "yes"}).sections["S01"].is_final
    assert not by(SHARE, {}, "S01.02", "S01.03").sections["S01"].is_final


def test_points_count_by_the_weight_of_question_and_section() -> None:
    scoring = Scoring(Method.POINTS, points=POINTS, weights={"S01.03": 3, "S02": 5})
    found = by(scoring, {"S01.03": "partly", "S01.02": "yes", "S02.01": "met", "S02.02": "yes"})
    assert found.sections == {"S01": Score(3 + 2, 6 + 2), "S02": Score(2, 4)}
    assert found.whole == Score(5 + 5 * 2, 8 + 5 * 4)


def test_options_can_have_points_of_their_own() -> None:
    own = {"S01.03": {"met": 10, "partly": 9}, "S02.04": {"1": 3, "2": 2, "3": 1, "4": 0}}
    scoring = Scoring(Method.POINTS, option_points=own)
    assert by(scoring, {"S01.03": "partly", "S02.04": "2", "S02.01": "met"}).whole == Score(11, 13)
    assert by(scoring, {"S01.03": "not_met"}).sections["S01"] == Score(), "an option that is not named is N/A"
    assert by(scoring, {"S01.03": "not_evidenced"}).sections["S01"] == Score(0, 10, not_evidenced=1)


def test_a_judgement_is_the_grade_that_was_given() -> None:
    scoring = Scoring(Method.JUDGEMENT)
    assert by(scoring, {"S02.04": "3"}).whole == Score(grade="3")
    assert by(scoring, {}).whole == Score(waiting=1)
    assert by(scoring, {"S02.04": NA}).whole == Score()
    assert score_words(scored_with(scoring), Score(grade="2")) == "Good"


@pytest.mark.parametrize(
    ("scoring", "words"),
    [
        (SHARE, "9 of 12 met"),
        (Scoring(Method.SHARE_MET, ReadsAs.PERCENT), "75 % met (9 of 12)"),
        (Scoring(Method.POINTS), "9 of 12 points"),
        (Scoring(Method.POINTS, ReadsAs.PERCENT), "75 % (9 of 12 points)"),
    ],
)
def test_how_a_score_reads(scoring: Scoring, words: str) -> None:
    assert score_words(scored_with(scoring), Score(9, 12)) == words
    assert score_words(scored_with(scoring), Score(waiting=4)) == ""


@pytest.mark.parametrize(("got", "of", "expected"), [(0, 3, 0), (1, 300, 1), (2, 3, 67), (299, 300, 99), (3, 3, 100)])
def test_only_all_is_a_hundred_and_only_nothing_is_none(got: int, of: int, expected: int) -> None:
    assert percent(Score(got, of)) == expected


SAID = st.sampled_from([Answer(), NA, *(Answer(code) for code in ("met", "partly", "not_met", "not_evidenced"))])
ASKED = ("S01.03", "S02.01")


@given(st.fixed_dictionaries(dict.fromkeys(ASKED, SAID)), st.sampled_from(ASKED))
def test_a_blank_changes_no_score_and_a_better_answer_never_lowers_it(answers: dict[str, Answer], one: str) -> None:
    scoring = Scoring(Method.POINTS, points=POINTS, weights={"S02.01": 4})
    before = by(scoring, dict(answers)).whole
    without = by(scoring, {key: said for key, said in answers.items() if not said.is_blank}).whole
    assert before == without
    better = by(scoring, {**answers, one: Answer("met")}).whole
    assert 0 <= before.got <= before.of
    if before.of:
        assert better.got * before.of >= before.got * better.of
