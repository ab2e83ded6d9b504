"""Which values fit which questions, and that nothing is lost between a value and its stored form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.answers import LONGEST_TEXT, Answer, Facet, fitting, question_key, split_key
from auditor.domain.errors import BadInput
from auditor.domain.template import AnswerType, Option, Question

OPTIONS = (Option("yes", "Yes"), Option("no", "No"), Option("other", "Other"))


def question(kind: AnswerType, na_allowed: bool = False) -> Question:
    return Question("S01.01", "A question?", kind, options=OPTIONS, na_allowed=na_allowed)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AnswerType.CHOICE, "yes"),
        (AnswerType.CHOICES, ("no", "other")),
        (AnswerType.CHOICES, ()),
        (AnswerType.DATE, "2024-02-29"),
        (AnswerType.DATETIME, "2024-02-29T09:30"),
        (AnswerType.COUNT, 0),
        (AnswerType.NUMBER, "-3.50"),
        (AnswerType.TEXT, "Visits were kept up. ☆"),
    ],
)
def test_fitting_values_pass(kind: AnswerType, value: object) -> None:
    assert not fitting(question(kind), Answer(value)).is_na  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AnswerType.CHOICE, "maybe"),
        (AnswerType.CHOICES, ("no", "no")),
        (AnswerType.CHOICES, "no"),
        (AnswerType.DATE, "2023-02-29"),
        (AnswerType.DATE, "20240229"),
        (AnswerType.DATE, "29/02/2024"),
        (AnswerType.DATETIME, "2024-02-29"),
        (AnswerType.COUNT, -1),
        (AnswerType.COUNT, True),
        (AnswerType.COUNT, "3"),
        (AnswerType.NUMBER, "NaN"),
        (AnswerType.NUMBER, "three"),
        (AnswerType.TEXT, 3),
    ],
)
def test_other_values_are_refused(kind: AnswerType, value: object) -> None:
    with pytest.raises(BadInput) as refused:
        fitting(question(kind), Answer(value))  # type: ignore[arg-type]
    assert refused.value.code == "answer-does-not-fit"


def test_na_needs_leave_and_a_reason() -> None:
    assert fitting(question(AnswerType.CHOICE, na_allowed=True), Answer(na_reason="Only child.")).is_na
    assert fitting(question(AnswerType.CHOICE), Answer(na_reason="Not looked after."), whole_section=True).is_na
    with pytest.raises(BadInput):
        fitting(question(AnswerType.CHOICE), Answer(na_reason="Only child."))
    with pytest.raises(BadInput):
        fitting(question(AnswerType.CHOICE, na_allowed=True), Answer(na_reason="  "))


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (AnswerType.CHOICES, ("other", "yes"), ("yes", "other")),
        (AnswerType.NUMBER, "5.0", "5"),
        (AnswerType.NUMBER, "-0.50", "-0.5"),
        (AnswerType.NUMBER, "007", "7"),
        (AnswerType.NUMBER, "-0", "0"),
        (AnswerType.TEXT, "  Visits kept up. ", "Visits kept up."),
        (AnswerType.TEXT, " \n ", None),
    ],
)
def test_equal_answers_are_kept_alike(kind: AnswerType, typed: object, kept: object) -> None:
    assert fitting(question(kind), Answer(typed)).value == kept  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["1_000", " 5", "\u0665", "1e400", "1.1234567"])
def test_numbers_are_plain_figures(typed: str) -> None:
    with pytest.raises(BadInput):
        fitting(question(AnswerType.NUMBER), Answer(typed))


def test_texts_have_an_end() -> None:
    with pytest.raises(BadInput) as refused:
        fitting(question(AnswerType.TEXT), Answer("x" * (LONGEST_TEXT + 1)))
    assert refused.value.code == "text-too-long"


values = st.one_of(st.text(), st.integers(0, 10**6), st.lists(st.text(), unique=True).map(tuple))
answers = st.one_of(
    st.builds(Answer, value=values, reason=st.text(), took=st.sampled_from(["", "A", "B", "new"])),
    st.builds(Answer, na_reason=st.text(min_size=1), reason=st.text()),
)


@given(answers)
def test_stored_form_loses_nothing(answer: Answer) -> None:
    assert Answer.from_plain(answer.to_plain()) == answer


def test_a_blank_answer_is_stored_as_nothing() -> None:
    assert Answer().to_plain() is None
    assert Answer.from_plain(None).is_blank


@given(st.from_regex(r"S\d{2}\.\d{2}", fullmatch=True), st.sampled_from(Facet))
def test_keys_name_question_and_facet(question_id: str, facet: Facet) -> None:
    assert split_key(question_key(question_id, facet)) == (question_id, facet)


@pytest.mark.parametrize("key", ["setup", "submitted/A", "S01.01", "/answer", "S01.01/mood"])
def test_other_keys_name_no_answer(key: str) -> None:
    assert split_key(key) is None
