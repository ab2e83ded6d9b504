"""Hints on how questions read: given when asked for, and never a reason to refuse a template."""

from pathlib import Path

import pytest

from auditor.resources import forms_dir
from auditor.templates.checks.hard_to_read import reading_grade, syllables
from auditor.templates.masters import check_file
from auditor.templates.problems import CATALOGUE, Severity
from tests.templates.small_form import SMALL, spoiled

LONG_WORDS = "Was multidisciplinary organisational accountability consistently demonstrated throughout deliberations?"
HINTED = {
    "wording-repeated": spoiled("text: Last seen", 'text: "first  SEEN?"'),
    "hard-to-read": spoiled('"Seen well?"', f'"{LONG_WORDS}"'),
    "double-barrelled": spoiled('"Seen well?"', '"Was the child seen, and was it noted?"'),
}


def hints(text: str, folder: Path, *, hints: bool = True) -> list[str]:
    path = folder / "form.yaml"
    path.write_text(text, "utf-8")
    found = check_file(path, hints=hints)
    assert all(item.severity is CATALOGUE[item.code] and item.place.line for item in found)
    return [item.code for item in found]


@pytest.mark.parametrize(("code", "text"), HINTED.items())
def test_each_hint(code: str, text: str, tmp_path: Path) -> None:
    assert hints(text, tmp_path) == [code]
    assert hints(text, tmp_path, hints=False) == []


def test_every_hint_is_tried_and_the_small_form_needs_none(tmp_path: Path) -> None:
    assert {code for code, severity in CATALOGUE.items() if severity is Severity.HINT} == HINTED.keys()
    assert hints(SMALL, tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "Are the child's wishes and feelings recorded?",
        "Was the child's bedroom or sleeping place seen?",
        "Date of the transfer or closure, and what was agreed",
    ],
)
def test_two_things_in_one_question_may_be_one_question(text: str, tmp_path: Path) -> None:
    assert hints(spoiled('"Seen well?"', f'"{text}"'), tmp_path) == []


@pytest.mark.parametrize(
    ("word", "count"),
    [("child", 1), ("was", 1), ("named", 1), ("wanted", 2), ("table", 2), ("seen", 1), ("assessment", 3), ("the", 1)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_reading_grade_follows_the_formula() -> None:
    assert reading_grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert reading_grade("The cat sat. The cat ran.") == pytest.approx(0.39 * 3 + 11.8 - 15.59)
    assert reading_grade("1 2 3") == 0


def test_the_form_that_comes_with_the_program_repeats_no_wording() -> None:
    found = check_file(forms_dir() / "child-care-case-file.yaml", hints=True)
    assert "wording-repeated" not in {item.code for item in found}
    assert len(found) < 30
