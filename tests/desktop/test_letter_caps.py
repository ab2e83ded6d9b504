from hypothesis import given
from hypothesis import strategies as st

from auditor.desktop.widgets.letter_caps import letter_caps


def test_initials_come_first_then_letters_of_the_word() -> None:
    words = ["Health visitor", "School nurse", "Police", "Probation", "Paediatrician", "GP", "Housing", "Home visit"]

    assert letter_caps(words) == ["HV", "SN", "PO", "PR", "PA", "GP", "HO", "HM"]


@given(st.lists(st.text(max_size=30), max_size=60))
def test_every_choice_gets_two_letters_of_its_own(words: list[str]) -> None:
    caps = letter_caps(words)

    assert len(set(caps)) == len(words)
    assert all(len(cap) == 2 and cap.isascii() and cap.isalpha() for cap in caps)
