"""What could tell who a child is. All numbers, places and names here are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.identifiers import identifiers_in, is_nhs_number


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("NHS 943 476 5919 on the form", ["nhs_number"]),
        ("9434765919", ["nhs_number"]),
        ("943 476 5918 fails its check digit", []),
        ("Call 0195 221 0000 before 1111111111", []),
        ("lives at TF3 4ZZ now", ["postcode"]),
        ("lives at tf3 4zz now", ["postcode"]),
        ("the S4 2nd review and s4 2nd visit", []),
        ("DOB 03/04/2011", ["date_of_birth"]),
        ("born on 3 April 2011", ["date_of_birth"]),
        ("date of birth: 2011-04-03", ["date_of_birth"]),
        ("Reviewed on 03/04/2011", []),
        ("QQ123456C and AB 12 34 56 C", ["national_insurance"]),
        ("Mrs Appleyard came", ["name"]),
        ("his sister Willow was seen", ["name"]),
        ("a boy called Bramble", ["name"]),
        ("his sister was seen; Social Worker and Team Manager agreed", []),
        ("Mother and Father were Both Present", []),
        ("", []),
    ],
)
def test_what_is_found(text: str, kinds: list[str]) -> None:
    assert [found.kind.value for found in identifiers_in(text)] == kinds


def test_places_lead_to_the_words_and_hold_none() -> None:
    text = "Seen at TF3 4ZZ by Ms Thistle"
    assert [text[found.start : found.end] for found in identifiers_in(text)] == ["TF3 4ZZ", "Ms Thistle"]


@given(st.text(alphabet="0123456789", min_size=10, max_size=10), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(digits: str, at: int, change: int) -> None:
    changed = digits[:at] + str((int(digits[at]) + change) % 10) + digits[at + 1 :]
    assert not (is_nhs_number(digits) and is_nhs_number(changed))


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in identifiers_in(text))
