"""Single keys switched off are silent on every page that has some, and heard again when switched on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.actions.page import ActionsPage
from auditor.desktop.pages.findings.page import FindingsPage
from auditor.desktop.pages.templates.page import TemplatesPage
from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.data_table import DataTable
from tests.desktop.pages.kit import agreed_round, press, shown
from tests.kit import TODAY, House, open_house


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        preferences().set_single_keys(False)
        yield opened
        preferences().set_single_keys(True)


def test_actions(qtbot: QtBot, house: House) -> None:
    page = shown(qtbot, lambda operations: ActionsPage(house.lead, operations, today=lambda: TODAY)).page
    assert isinstance(page, ActionsPage)
    for key in (Qt.Key.Key_1, Qt.Key.Key_A):
        press(key)
        assert page.opened.form is None
    preferences().set_single_keys(True)
    press(Qt.Key.Key_1)
    assert page.opened.form is not None


def test_findings(qtbot: QtBot, house: House) -> None:
    agreed_round(house)
    page = shown(qtbot, lambda operations: FindingsPage(house.lead, operations, today=lambda: TODAY)).page
    assert isinstance(page, FindingsPage)
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_A)
    assert _state(page) == (None, False)
    preferences().set_single_keys(True)
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_A)
    assert _state(page) == (page.case_matrix.model.width, True)


def _state(page: FindingsPage) -> tuple[int | None, bool]:
    return page.case_matrix.model.sorted_by, page.cell.form is not None


def test_templates_and_their_tables(qtbot: QtBot, house: House) -> None:
    window = shown(qtbot, lambda operations: TemplatesPage(house.lead, operations))
    page = window.page
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: not window.operations.busy)
    page.contents.focus_table()
    table = page.contents.table
    assert isinstance(table, DataTable)
    head = table.horizontalHeader()
    press(Qt.Key.Key_Slash)
    press(Qt.Key.Key_S)
    assert table.hasFocus() and head.sortIndicatorSection() == -1
    preferences().set_single_keys(True)
    press(Qt.Key.Key_S)
    assert head.sortIndicatorSection() == 0
    press(Qt.Key.Key_Slash)
    assert page.contents.search.hasFocus()
