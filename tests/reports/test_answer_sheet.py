"""An answer sheet gives back exactly what was written into it, whatever the kind of answer."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from auditor.domain.answer_sheet import SheetOf
from auditor.domain.answers import Answer, Entry
from auditor.domain.audit import Slot
from auditor.domain.errors import BadInput
from auditor.domain.template import Template
from auditor.domain.template_plain import template_from_plain
from auditor.reports.answer_sheet import AnswerSheet, SheetSection, write_answer_sheet
from auditor.services.answer_sheet_reading import FilledIn, read_filled_in, read_of

OPTIONS = [
    {"code": "a", "label": "Yes, in part"},
    {"code": "b", "label": "=1+1"},
    {"code": "c", "label": "yes, in part"},
]
KINDS = ("choice", "choices", "grade", "date", "datetime", "count", "number", "text")
TEMPLATE: Template = template_from_plain(
    {
        "id": "kinds",
        "title": "Every kind",
        "themes": [],
        "scales": [{"id": "three", "options": OPTIONS}],
        "sections": [
            {
                "id": "S01",
                "title": "Kinds",
                "short": "Kinds",
                "applies_if": "always",
                "questions": [
                    {"id": f"S01.0{at}", "text": f"A {kind}", "type": kind, "na_allowed": True}
                    | ({"scale": "three"} if kind in ("choice", "choices", "grade") else {})
                    for at, kind in enumerate(KINDS, 1)
                ],
            }
        ],
    }
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=60).map(str.strip)
SAID = WORDS.filter(bool)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "choice": st.sampled_from("abc"),
    "choices": st.sets(st.sampled_from("abc"), min_size=1).map(lambda found: tuple(sorted(found))),
    "grade": st.sampled_from("abc"),
    "date": st.dates(date(1950, 1, 1), date(2090, 1, 1)).map(date.isoformat),
    "count": st.integers(0, 1_000_000),
    "number": st.decimals(-999_999_999, 999_999_999, places=6).map(lambda value: f"{value.normalize() + 0:f}"),
    "text": SAID,
}
VALUES["datetime"] = st.tuples(VALUES["date"], st.integers(0, 23), st.integers(0, 59)).map(
    lambda found: f"{found[0]}T{found[1]:02}:{found[2]:02}"
)


@st.composite
def entries(draw: st.DrawFn, kind: str) -> Entry:
    answer = st.one_of(VALUES[kind].map(Answer), SAID.map(lambda words: Answer(na_reason=words)), st.just(Answer()))
    flag = st.one_of(st.none(), SAID.filter(lambda words: words.casefold() != "yes"), st.just(""))
    return Entry(draw(answer), draw(WORDS), draw(WORDS), draw(st.booleans()), draw(flag))


ALL = st.fixed_dictionaries({f"S01.0{at}": entries(kind) for at, kind in enumerate(KINDS, 1)})


def written(recorded: dict[str, Entry], path: Path) -> Path:
    section = TEMPLATE.sections[0]
    lines = tuple((question, "", recorded.get(question.id, Entry())) for question in section.questions)
    of = SheetOf("an-audit", Slot.A, TEMPLATE.hash)
    sheet = AnswerSheet(of, "Sample", {}, (SheetSection("1 Kinds", "", lines),), ("Not born yet",), date(2026, 11, 24))
    return write_answer_sheet(sheet, path)


def read(path: Path) -> FilledIn:
    return read_filled_in(path, TEMPLATE)


@given(ALL)
@settings(max_examples=60)
def test_the_round_trip_is_exact(recorded: dict[str, Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read(written(recorded, Path(folder) / "sheet.xlsx"))
    assert found.problems == ()
    assert {question_id: entry for question_id, (_, entry) in found.entries.items()} == recorded


def test_only_the_cells_to_fill_in_are_open(tmp_path: Path) -> None:
    sheet = load_workbook(written({}, tmp_path / "sheet.xlsx"))["Answers"]
    assert sheet.protection.sheet
    locked = {heading.value: cell.protection.locked for heading, cell in zip(sheet[4], sheet[6], strict=True)}
    closed = {heading for heading, is_locked in locked.items() if is_locked}
    assert closed == {"No.", "Question", "How to answer", "Id"}


def test_options_are_offered_and_nothing_is_a_formula(tmp_path: Path) -> None:
    book = load_workbook(written({"S01.01": Entry(Answer("b"), "=HYPERLINK()")}, tmp_path / "sheet.xlsx"))
    sheet = book["Answers"]
    assert sheet["D6"].data_type == sheet["F6"].data_type == "s"
    rule = next(rule for rule in sheet.data_validations.dataValidation if "D6" in rule.sqref)
    column = rule.formula1.split("$")[1]
    assert [cell.value for cell in book["Lists"][column] if cell.value] == [
        "Yes, in part (a)",
        "=1+1",
        "yes, in part (c)",
    ]


SPOILED = {
    "an option that is none": ("D6", "Perhaps", "answer-unread"),
    "a date that is none": ("D9", "31/02/2026", "answer-unread"),
    "a count with a half": ("D11", 2.5, "answer-unread"),
    "a number that is words": ("D12", "many", "answer-unread"),
    "a number too fine": ("D12", 0.1234567, "answer-does-not-fit"),
    "an answer beside N/A": ("E12", "Not born yet", "answer-and-na"),
    "good practice in words": ("H6", "very", "good-practice-unread"),
    "a comment beside no question": ("F5", "Whose?", "no-question-here"),
    "another question's id": ("J6", "S99.01", "no-such-question"),
    "an id twice": ("J7", "S01.01", "question-twice"),
    "a comment too long": ("F6", "x" * 20_001, "text-too-long"),
}


@pytest.mark.parametrize(("cell", "value", "code"), SPOILED.values(), ids=SPOILED)
def test_each_bad_value_is_named_with_its_cell_and_the_rest_is_read(
    tmp_path: Path, cell: str, value: str | float, code: str
) -> None:
    path = written({"S01.07": Entry(Answer("12"))}, tmp_path / "sheet.xlsx")
    book = load_workbook(path)
    book["Answers"][cell] = value
    book.save(path)
    found = read(path)
    (problem,) = found.problems
    assert (problem.code, str(problem.place)) == (code, f"sheet.xlsx:Answers!{cell}")
    assert len(found.entries) >= len(KINDS) - 1


def test_another_workbook_is_no_answer_sheet(tmp_path: Path) -> None:
    path = written({}, tmp_path / "sheet.xlsx")
    book = load_workbook(path)
    book["About this sheet"]["B2"] = "something else"
    book.save(path)
    with pytest.raises(BadInput) as caught:
        read_of(path)
    assert caught.value.code == "no-answer-sheet"
