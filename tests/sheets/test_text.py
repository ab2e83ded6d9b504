from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.sheets.text import CELL_LIMIT, CONTINUED, CONTINUES, clean_text, escape, split_long, unescape

ANY_TEXT = st.text(st.characters(codec=None))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("a\0b\x1b", "a\ufffdb\ufffd"),
        ("half \ud83d and \ude00", "half \ufffd and \ufffd"),
        ("whole \ud83d\ude00", "whole \U0001f600"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("\u202eright to left\u202c שלום", "\u202eright to left\u202c שלום"),
        ("e\u0301 and \u00e9", "e\u0301 and \u00e9"),
    ],
)
def test_text_is_cleaned_of_what_a_workbook_cannot_hold(text: str, clean: str) -> None:
    assert clean_text(text) == clean


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text(alphabet="_x0041D\r\n5F") | ANY_TEXT)
@example("_x0041_")
@example("__x005F_x0041__")
def test_what_is_stored_comes_back_as_it_was(text: str) -> None:
    assert unescape(escape(clean_text(text))) == clean_text(text)


@pytest.mark.parametrize("letter", ["a", "\U0001f600", "_x0041_", "word ", "=1+1\n"])
@pytest.mark.parametrize("length", [CELL_LIMIT - 1, CELL_LIMIT, CELL_LIMIT + 1, 100_000])
def test_long_text_is_split_without_loss_and_says_so(letter: str, length: int) -> None:
    text = (letter * (length // len(letter) + 1))[:length]
    parts = split_long(text)

    assert all(units(escape(part)) <= CELL_LIMIT for part in parts)
    assert "".join(part.removeprefix(CONTINUED).removesuffix(CONTINUES) for part in parts) == text
    for earlier, later in pairwise(parts):
        assert earlier.endswith(CONTINUES)
        assert later.startswith(CONTINUED)
    assert (len(parts) == 1) == (units(escape(text)) <= CELL_LIMIT)


def test_long_text_is_split_between_words() -> None:
    for part in split_long("supervision " * 5_000)[:-1]:
        assert part.endswith("supervision " + CONTINUES)
