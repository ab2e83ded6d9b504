from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from auditor.desktop.models.answer_matrix import AnswerMatrixModel
from auditor.desktop.models.case_matrix import CaseMatrixModel
from auditor.desktop.models.matrix import Spot, common_start
from auditor.domain.matrix import AnswerMatrix, Column, ThemeMatrix
from auditor.domain.scoring import Counts, Outcome

SAID = Qt.ItemDataRole.AccessibleTextRole
THEMES = (("recording", "Recording"), ("management", "Management"), ("safety", "Safety"))


def matrix() -> ThemeMatrix:
    return ThemeMatrix(
        themes=THEMES,
        columns=tuple(Column(f"audit-{n}", f"case-{n}", f"CF-0{n}") for n in (5, 6)),
        cells=(
            (Counts(met=4), Counts(met=2, partly=1)),
            (Counts(met=1, not_met=1), Counts(met=3, not_met=4, not_evidenced=1, good_practice=1)),
            (Counts(na=1), Counts(met=1, unfavourable=1, limits_failed=1)),
        ),
        totals=(Counts(met=4, not_met=1), Counts(met=5, not_met=6)),
        not_agreed=(0, 3),
    )


@pytest.fixture
def cases() -> CaseMatrixModel:
    model = CaseMatrixModel()
    model.load(matrix(), {"safety": 2})
    return model


def said(model: CaseMatrixModel | AnswerMatrixModel, row: int, column: int) -> object:
    return model.data(model.index(row, column), int(SAID))


def test_cells_say_what_is_painted(cases: CaseMatrixModel) -> None:
    assert said(cases, 1, 1) == "Management, case CF-06: 5 issues in 8, 1 good practice"
    assert said(cases, 2, 0) == "Safety, case CF-05: no question applied"
    assert said(cases, 2, 1) == "Safety, case CF-06: 1 issue in 2, a limit of the grade failed"
    cases.load(replace(matrix(), cells=((Counts(),) * 2, *matrix().cells[1:])), {})
    assert said(cases, 0, 0) == "Recording, case CF-05: no answer agreed yet"
    cases.load(matrix(), {})
    assert said(cases, 0, 2) == "Recording, cases with an issue: 1 of 2"
    assert cases.data(cases.index(1, 1)) == said(cases, 1, 1)


def test_heads_name_case_theme_and_what_is_open(cases: CaseMatrixModel) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert cases.prefix == "CF-" and [cases.label(at) for at in (0, 1)] == ["05", "06"]
    assert cases.headerData(1, across, int(SAID)) == "CF-06: 6 issues, 3 answers not yet agreed"
    assert cases.headerData(0, across, int(SAID)) == "CF-05: 1 issue"
    assert cases.headerData(2, down) == "Safety, 2 open actions"


def test_totals_count_each_question_once_and_say_what_is_not_agreed(cases: CaseMatrixModel) -> None:
    issues, missing = cases.totals()
    assert (issues.title, issues.values, issues.edge) == ("Issues in the case", ("1", "6"), "7 in all")
    assert (missing.title, missing.values, missing.edge) == ("Not yet agreed", ("", "3"), "3 in all")


def test_sorting_by_the_edge_and_by_a_case_keeps_the_cell_of_the_cursor(cases: CaseMatrixModel) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    kept = QPersistentModelIndex(cases.index(0, 1))
    cases.sort_by(cases.width)
    assert [cases.title_at(row) for row in range(3)] == ["Management", "Recording", "Safety"]
    assert (kept.row(), kept.column()) == (1, 1)
    cases.sort_by(1)
    assert [cases.title_at(row) for row in range(3)] == ["Management", "Safety", "Recording"]
    cases.sort_by(None)
    assert [cases.title_at(row) for row in range(3)] == [title for _, title in THEMES]


def test_spots_name_theme_and_audit(cases: CaseMatrixModel) -> None:
    assert cases.spot(1, 0) == Spot("management", "Management", "CF-05", audit_id="audit-5")
    assert cases.spot(1, 2) == Spot("management", "Management", "all cases")


def test_copies_are_no_dates_and_no_formulas(cases: CaseMatrixModel) -> None:
    assert cases.as_text([1, 2], [0, 1, 2]).splitlines() == [
        "Theme\tCF-05\tCF-06\tCases with an issue",
        "Management\t1 of 2\t5 of 8\t2 of 2",
        "Safety\tn/a\t1 of 2\t1 of 1",
    ]
    cases.load(ThemeMatrix((("x", "=1+1"),), (), ((),), (), ()), {})
    assert cases.as_text([0], [0]).splitlines()[1].startswith("'=1+1")


def test_theme_by_answer_counts_outcomes_and_good_practice() -> None:
    model = AnswerMatrixModel()
    counts = tuple(Counts(met=4, not_met=2, na=1, good_practice=3) if n == 0 else Counts() for n in range(3))
    model.load(AnswerMatrix(THEMES, tuple(Outcome), counts))
    not_met = list(Outcome).index(Outcome.NOT_MET)
    assert said(model, 0, not_met) == "Recording, not met: 2 of 7 answers"
    assert said(model, 0, model.width - 1) == "Recording, good practice: 3 of 7 answers"
    assert said(model, 0, model.width) == "Recording, issues in answers counted: 2 of 6"
    assert model.spot(0, not_met).outcome is Outcome.NOT_MET
    assert model.spot(0, model.width - 1).good_practice


@given(st.lists(st.text("AB-/12", min_size=1, max_size=6), max_size=5))
def test_short_headings_are_never_empty_and_stay_apart(references: list[str]) -> None:
    start = common_start(references)
    shortened = [reference.removeprefix(start) for reference in references]
    assert all(shortened)
    assert len(set(shortened)) == len(set(references))
    assert all(reference.startswith(start) for reference in references)
