from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from auditor.domain.action import Status
from auditor.reports.dress import HEAT, SAMPLE
from auditor.reports.theme_summary import Comment, CommentKind, ThemeSummary, overdue_first
from auditor.reports.workbook import theme_summary_workbook, write_theme_summary
from auditor.sheets.reading import read_table
from auditor.sheets.text import CONTINUED, CONTINUES, clean_text, unescape
from tests.reports.samples import THEMES, TODAY, sample_summary, with_text_everywhere

SHEETS = [
    "Summary", "Theme x case", "Theme x answer", "Questions", "Comments by theme", "Actions", "Theme x case data",
]  # fmt: skip
PAYLOADS = [
    "=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0", '=HYPERLINK("https://example.org")', "\t=1+1", "\r=1+1", "\0=1",
    "=1+1\n", "#REF!", "https://example.org", "\U0001f468\u200d\U0001f469", "\u202eright to left", "\ud83d", "_x0041_",
    "a & b <c>", "&L&P", "x" * 40_000, "=1+1 " * 8_000,
]  # fmt: skip


def reloaded(summary: ThemeSummary) -> Workbook:
    kept = BytesIO()
    theme_summary_workbook(summary, TODAY).save(kept)
    return load_workbook(kept)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return reloaded(sample_summary())


def values(book: Workbook, sheet: str) -> Iterator[tuple[Any, ...]]:
    return book[sheet].iter_rows(min_row=5, values_only=True)


def assert_only_text(book: Workbook, text: str) -> None:
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    whole = clean_text(text)
    for column in "ACDEFGHI":
        parts = [unescape(row[0].value) for row in book["Comments by theme"][f"{column}5:{column}40"] if row[0].value]
        joined = "".join(part.removeprefix(CONTINUED).removesuffix(CONTINUES) for part in parts)
        assert joined == whole


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_text_in_any_field_stays_text_and_whole(text: str) -> None:
    assert_only_text(reloaded(with_text_everywhere(text)), text)


@settings(max_examples=12)  # each of them is a workbook of many texts
@given(st.lists(st.text(st.characters(codec=None), min_size=1, max_size=40), min_size=20, max_size=40))
def test_any_comments_stay_text_and_whole(texts: list[str]) -> None:
    comments = (
        Comment("Safety", CommentKind.ISSUE, f"CF-{at:02}", "1.01", "Q", "Met", "One", text)
        for at, text in enumerate(texts)
    )
    sheet = reloaded(replace(sample_summary(3, 0, 0), comments=tuple(comments)))["Comments by theme"]
    cells = [row[6] for row in sheet.iter_rows(min_row=5)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [unescape(str(cell.value)) for cell in cells] == [clean_text(text) for text in texts]


def test_sheets_stand_in_their_order(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_theme_by_case_carries_number_mark_and_heat(book: Workbook) -> None:
    summary, sheet = sample_summary(), book["Theme x case"]
    marks = dict(zip("○◔◑◕●", HEAT, strict=True))
    seen = set()
    for row, cells in enumerate(summary.matrix.cells):
        for column, counts in enumerate(cells):
            cell = sheet.cell(row + 5, column + 2)
            if counts.n:
                mark, numbers, *signs = str(cell.value).split()
                assert numbers == f"{counts.issues}/{counts.n}"
                assert cell.fill.fgColor.rgb == f"00{marks[mark]}"
                assert ("★" in signs, "⚠" in signs) == (bool(counts.good_practice), bool(counts.limits_failed))
                seen.add(mark)
            else:
                assert cell.value in ("n/a", "–")
                assert cell.fill.patternType == "lightUp"
    assert seen == set(marks)


def test_the_edges_of_theme_by_case_are_numbers(book: Workbook) -> None:
    summary, sheet = sample_summary(), book["Theme x case"]
    for row in range(14):
        total = summary.matrix.row_total(row)
        edge = [sheet.cell(row + 5, column).value for column in range(16, 20)]
        assert edge == [*summary.matrix.cases_with_issue(row), total.issues, total.n]
    below = {sheet.cell(row, 1).value: row for row in range(19, 23)}
    for label, numbers in (
        ("Issues in the case", [counts.issues for counts in summary.matrix.totals]),
        ("Answers counted", [counts.n for counts in summary.matrix.totals]),
        ("Marks of good practice", [counts.good_practice for counts in summary.matrix.totals]),
        ("Not yet agreed", list(summary.matrix.not_agreed)),
    ):
        row = below[label]
        assert [sheet.cell(row, column).value for column in range(2, 17)] == [*numbers, sum(numbers)]


def test_the_data_sheet_holds_every_cell_in_long_form(book: Workbook) -> None:
    summary = sample_summary()
    rows = list(book["Theme x case data"].values)
    headings, first = rows[0], rows[1]
    assert headings[:3] == ("Theme", "Case", "Answers counted")
    assert len(rows) == 1 + 14 * 14
    cell = summary.matrix.cells[0][0]
    assert first == (
        THEMES[0], "CF-01", cell.n, cell.met, cell.issues, cell.partly, cell.not_met, cell.not_evidenced,
        cell.unfavourable, cell.na, cell.good_practice, cell.limits_failed, summary.matrix.heat(cell),
    )  # fmt: skip
    issues = sum(int(str(row[4])) for row in rows[1:])
    assert issues == sum(summary.matrix.row_total(row).issues for row in range(14))


def test_theme_by_answer_counts_every_outcome(book: Workbook) -> None:
    answers = sample_summary().answers
    headings = [cell.value for cell in book["Theme x answer"][4]]
    assert headings[1:7] == [outcome.words for outcome in answers.outcomes]
    for row, (_, title), c in zip(values(book, "Theme x answer"), answers.themes, answers.counts, strict=True):
        outcomes = (c.met, c.partly, c.not_met, c.not_evidenced, c.unfavourable, c.na)
        assert row == (title, *outcomes, c.n, c.issues, c.good_practice)


def test_question_numbers_are_text_so_that_4_10_is_not_4_1(book: Workbook) -> None:
    numbers = [row[0] for row in values(book, "Questions")]
    assert numbers[9] == "1.10"
    assert len(numbers) == 60


def test_actions_have_real_dates_and_start_with_the_overdue(book: Workbook) -> None:
    rows = list(values(book, "Actions"))
    expected = overdue_first(sample_summary().actions)
    assert [row[0] for row in rows] == [action.number for action in expected]
    for row, action in zip(rows, expected, strict=True):
        assert row[1] == action.status.words
        assert [value and value.date() for value in (row[6], row[7], row[9], row[10])] == [
            action.raised, action.due, action.done_on, action.verified_on,
        ]  # fmt: skip
        assert row[8] == (action.days_late or None)
    assert rows[0][1] == Status.BEHIND.words
    assert book["Actions"]["H5"].number_format == "dd/mm/yyyy"


def test_the_first_sheet_says_what_a_reader_has_to_know(book: Workbook) -> None:
    said = [str(cell.value) for row in book["Summary"].iter_rows() for cell in row if cell.value is not None]
    for words in ("Summer 2026", SAMPLE, "9 of 14", "CF-01, CF-04, CF-05", "○ none", "● more than three quarters"):
        assert words in said
    for part in ("1 January to 30 June 2026", "★", "⚠", "cases, 14 pairs", "version 1.0", "CF-14, has nothing agreed"):
        assert any(part in words for words in said), part
    numbers = [cell.value for row in book["Summary"].iter_rows() for cell in row if isinstance(cell.value, int)]
    assert numbers[:6] == [14, 910, sample_summary().counts.issues, sample_summary().counts.good_practice, 85, 8]


def test_only_sample_data_is_called_so() -> None:
    real = reloaded(replace(sample_summary(), sample=False))
    for sheet in real.worksheets:
        assert not [c for row in sheet.iter_rows() for c in row if "Sample data" in str(c.value)]
        assert not (sheet.oddHeader and sheet.oddHeader.center.text)


@pytest.mark.parametrize(
    ("sheet", "frozen", "columns"),
    [
        ("Theme x case", "B5", 19),
        ("Theme x answer", "B5", 10),
        ("Questions", "C5", 13),
        ("Comments by theme", "C5", 9),
        ("Actions", "C5", 12),
        ("Theme x case data", "C2", 13),
    ],
)
def test_tables_are_frozen_filtered_and_ready_to_print(book: Workbook, sheet: str, frozen: str, columns: int) -> None:
    made = book[sheet]
    assert made.freeze_panes == frozen
    heading = int(frozen[1:]) - 1
    assert made.auto_filter.ref.startswith(f"A{heading}:")
    assert all(made.cell(heading, column).value for column in range(1, columns + 1))
    assert made.print_title_rows == f"${heading}:${heading}"
    assert str(made.print_title_cols).startswith("$A:")


def test_every_sheet_prints_on_a4_landscape_with_page_numbers(book: Workbook) -> None:
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, str(setup.paperSize), setup.fitToWidth) == ("landscape", "9", 1)
        assert sheet.sheet_properties.pageSetUpPr
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter
        assert sheet.oddFooter.center.text == "Page &P of &N"
        assert sheet.oddFooter.left.text == "Summer 2026"


def test_a_large_cycle_prints_over_several_pages_and_turns_long_references() -> None:
    summary = sample_summary(cases=50)
    named = replace(summary.matrix.columns[0], reference="CASE-2026-000123")
    matrix = replace(summary.matrix, columns=(named, *summary.matrix.columns[1:]))
    sheet = reloaded(replace(summary, matrix=matrix))["Theme x case"]
    assert sheet.page_setup.fitToWidth == 3
    assert sheet["B4"].alignment.textRotation == 90
    assert reloaded(summary)["Theme x case"]["B4"].alignment.textRotation == 0


def test_the_file_names_no_person_and_holds_no_macro_or_link(tmp_path: Path) -> None:
    path = write_theme_summary(sample_summary(), tmp_path / "summary.xlsx", TODAY)
    with ZipFile(path) as package:
        names = package.namelist()
        core = package.read("docProps/core.xml").decode()
    assert not [name for name in names if "vba" in name or "externalLink" in name or "drawing" in name]
    assert not [name for name in names if name.startswith("xl/worksheets/_rels")]
    properties = load_workbook(path).properties
    assert properties.title == "Summer 2026: theme summary"
    assert properties.creator == properties.lastModifiedBy == "Casefile Auditor"
    assert properties.created == datetime.combine(TODAY, datetime.min.time())
    assert "Auditor One" not in core


def test_a_summary_with_nothing_in_it_is_still_a_workbook() -> None:
    whole = sample_summary(cases=1)
    bare = replace(whole, matrix=replace(whole.matrix, themes=(), columns=(), cells=(), totals=(), not_agreed=()),
                   answers=replace(whole.answers, themes=(), counts=()), indicators=(), questions=(), comments=(),
                   actions=(), notes=(), period="")  # fmt: skip
    assert reloaded(bare).sheetnames == SHEETS


def test_a_long_comment_keeps_its_row_together_and_its_numbers_single() -> None:
    summary = replace(
        sample_summary(),
        comments=(Comment("Safety", CommentKind.ISSUE, "CF-01", "1.01", "Q", "Met", "One", "word " * 10_000),),
        actions=(replace(sample_summary().actions[0], text="word " * 10_000, days_late=5),),
    )
    book = reloaded(summary)
    assert [row[:6] for row in values(book, "Comments by theme")] == [
        ("Safety", "Issue", "CF-01", "1.01", "Q", "Met")
    ] * 2
    assert [row[8] for row in values(book, "Actions")] == [5, None]
    assert len({row[7] for row in values(book, "Actions")}) == 1


def test_every_table_can_be_read_back_with_our_own_reader(tmp_path: Path) -> None:
    summary = sample_summary()
    path = write_theme_summary(summary, tmp_path / "summary.xlsx", TODAY)
    read = read_table(path, "Comments by theme")
    assert len(read.rows) == len(summary.comments)
    actions = read_table(path, "Actions")
    assert isinstance(actions.record(actions.rows[0])["Due"], date)
    assert len(read_table(path, "Theme x case data").rows) == 14 * 14


@pytest.mark.campaign
def test_twenty_thousand_comments_are_written(tmp_path: Path) -> None:
    path = write_theme_summary(sample_summary(comments=20_000), tmp_path / "large.xlsx", TODAY)
    assert len(read_table(path, "Comments by theme").rows) == 20_000
