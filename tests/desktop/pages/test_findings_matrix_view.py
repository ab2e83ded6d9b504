from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.models.case_matrix import CaseMatrixModel
from auditor.desktop.pages.findings.matrix_view import MatrixView
from auditor.desktop.theme import theme
from auditor.desktop.widgets.delegates import Heat
from auditor.domain.matrix import Column, ThemeMatrix
from auditor.domain.scoring import Counts
from tests.desktop.pages.kit import press

THEMES, AUDITS = 28, 200


class Counted(CaseMatrixModel):
    """Remembers which cells were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[tuple[int, int]] = Counter()

    def value(self, theme: int, column: int) -> Heat:
        self.asked[theme, column] += 1
        return super().value(theme, column)


@pytest.fixture
def view(qtbot: QtBot, dressed: QApplication) -> MatrixView:
    model = Counted()
    cells = tuple(tuple(Counts(met=5, not_met=(row + at) % 4) for at in range(AUDITS)) for row in range(THEMES))
    columns = tuple(Column(f"a{at}", f"c{at}", f"CF-{at:03}") for at in range(AUDITS))
    themes = tuple((f"t{row}", f"Theme {row}") for row in range(THEMES))
    model.load(ThemeMatrix(themes, columns, cells, (Counts(met=9),) * AUDITS, (0,) * AUDITS), {})
    shown = MatrixView("Theme by case", model)
    qtbot.addWidget(shown)
    shown.resize(960, 480)
    shown.show()
    qtbot.waitExposed(shown)
    shown.activateWindow()
    shown.cells.setFocus()
    shown.set_cursor(0, 0)
    return shown


def test_it_stands_being_loaded_twice_with_fewer_themes_before_it_is_laid_out(view: MatrixView) -> None:
    few = ThemeMatrix(
        (("t0", "Theme 0"),), (Column("a0", "c0", "CF-000"),), ((Counts(met=1),),), (Counts(met=1),), (0,)
    )
    model = view.model
    assert isinstance(model, CaseMatrixModel)
    whole = model.matrix
    for matrix in (whole, few, whole, few):
        model.load(matrix, {})
        view.set_cursor(0, 0)
    QApplication.processEvents()
    assert (model.rowCount(), view.cells.currentIndex().row()) == (1, 0)


def test_only_cells_in_sight_are_asked_for(view: MatrixView) -> None:
    model = view.model
    assert isinstance(model, Counted)
    model.asked.clear()
    view.across.setValue(view.across.maximum() // 2)
    view.grab()
    in_sight = (view.width() // 45 + 2) * (view.height() // 32 + 2)
    assert 50 < len(model.asked) <= in_sight
    assert max(model.asked.values()) <= 2


def test_columns_scroll_while_themes_and_edge_stay(view: MatrixView) -> None:
    edge, themes = view.edge.geometry(), view.themes.width()
    press(Qt.Key.Key_End)
    QApplication.processEvents()
    assert view.across.value() == view.across.maximum() > 0
    assert (view.edge.geometry(), view.themes.width()) == (edge, themes)
    assert edge.right() == view.width() - 1
    press(Qt.Key.Key_Right)
    assert view.edge.hasFocus()
    press(Qt.Key.Key_Down, THEMES)
    assert view.cells.verticalScrollBar().value() == view.edge.verticalScrollBar().value() > 0


def test_a_click_on_a_head_sorts_and_a_second_click_undoes_it(view: MatrixView) -> None:
    def sorted_by() -> int | None:
        return view.model.sorted_by

    view.cells.columns.sectionClicked.emit(1)
    assert sorted_by() == 1
    assert view.model.title_at(0) == "Theme 2"
    view.cells.columns.sectionClicked.emit(1)
    assert sorted_by() is None


def test_rows_and_columns_grow_with_the_text(view: MatrixView) -> None:
    theme().set(scale=200)
    assert view.cells.rowHeight(0) == 64
    assert view.cells.columnWidth(0) >= 90
    assert view.totals.wanted_height() == 64
