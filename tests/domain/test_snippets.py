import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.snippets import Snippet, matching, next_gap, same_words

OWN = Snippet("1", "Seen alone on __ visits", by="a")
SHARED = Snippet("2", "Visits: seen alone, and at home", True, "b")
OTHER = Snippet("3", "No plan on file", True, "b")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["3", "1", "2"]),
        ("seen ALONE", ["1", "2"]),
        ("visits", ["2", "1"]),
        ("alone plan", []),
    ],
)
def test_every_word_typed_is_in_what_is_found(typed: str, found: list[str]) -> None:
    listed = [snippet.id for snippet in matching([OTHER, SHARED, OWN], typed)]
    assert listed == found if typed else sorted(listed) == sorted(found)


def test_without_words_own_ones_come_first() -> None:
    assert matching([OTHER, SHARED, OWN], " ")[0] == OWN


@pytest.mark.parametrize(
    ("text", "gap"), [("Seen __ times", (5, 7)), ("a _ b", None), ("…", None), ("____", (0, 4)), ("snake_case", None)]
)
def test_two_low_lines_are_a_gap(text: str, gap: tuple[int, int] | None) -> None:
    assert next_gap(text) == gap


def test_gaps_are_found_one_after_the_other() -> None:
    assert next_gap("__ by __", 2) == (6, 8)


@given(st.text())
def test_a_gap_that_is_filled_is_gone(text: str) -> None:
    gaps = 0
    while (gap := next_gap(text)) is not None:
        text, gaps = f"{text[: gap[0]]}filled{text[gap[1] :]}", gaps + 1
    assert "__" not in text


def test_the_same_words_are_the_same_however_they_are_spaced() -> None:
    assert same_words("Seen  alone", "She was seen ALONE\nat home")
    assert same_words("She was seen alone at home", "seen alone")
    assert not same_words("Seen alone", "")
    assert not same_words("Seen alone", "Seen at home")
