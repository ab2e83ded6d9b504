"""The answer sheet in the window: saved, looked at, taken, by an auditor at the desk and by a lead from the list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.models.sheet_rows import NOT_SHOWN
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.pages.audits.sheet.files import AskFiles
from auditor.desktop.pages.audits.sheet.sheet_view import SheetView
from auditor.domain.audit import Slot
from auditor.domain.roles import Role
from auditor.services import scoring
from auditor.services.session import Session
from tests.desktop.pages.desk_kit import Sitting, sitting
from tests.desktop.pages.kit import focused, press, shown
from tests.kit import TODAY, answer

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sheet.xlsx"


def page_of(qtbot: QtBot, work: Sitting, session: Session, file: Path, *, desk: bool = False) -> AuditsPage:
    """The Audits page of somebody, who always chooses this file."""
    window = shown(qtbot, lambda operations: AuditsPage(operations, session, lambda: TODAY))
    if desk:
        window.show_page("audits", work.audit_id)
    page = window.page
    assert isinstance(page, AuditsPage)

    def where(_parent: QWidget, _name: str, _kinds: str) -> Path:
        return file

    page.sheet.view.ask = AskFiles(lambda _parent: file, where)
    return page


def wait(qtbot: QtBot, page: AuditsPage) -> None:
    qtbot.waitUntil(lambda: not page.operations.busy)


def save(qtbot: QtBot, page: AuditsPage) -> SheetView:
    """Open the sheet and save it, by keys."""
    press(Key.Key_E, modifiers=CTRL)
    assert page.sheet.is_open
    press(Key.Key_1)
    wait(qtbot, page)
    return page.sheet.view


def fill(file: Path, **cells: str | None) -> None:
    """Write answers into a sheet, named by question."""
    book = load_workbook(file)
    sheet = book["Answers"]
    headings = {str(cell.value): at for at, cell in enumerate(sheet[4], 1)}
    for row in range(5, sheet.max_row + 1):
        name = str(sheet.cell(row, headings["Id"]).value).replace(".", "_")
        if name in cells:
            sheet.cell(row, headings["Answer"]).value = cells[name]
    book.save(file)


def recorded(session: Session, audit_id: str, question_id: str) -> object:
    entry = session.ask(scoring.desk, audit_id).entries.get(question_id)
    return entry.answer.value if entry else None


def test_an_auditor_takes_what_came_back_by_keyboard_alone(work: Sitting, qtbot: QtBot, file: Path) -> None:
    answer(work.first, work.audit_id, "S01.03", "met")
    page = page_of(qtbot, work, work.first, file, desk=True)
    view = save(qtbot, page)
    fill(file, S01_03="Not met", S02_01="Partly met")
    press(Key.Key_2)
    wait(qtbot, page)
    assert focused() is view.preview.changes
    words = view.preview.changes.rows.as_text(range(2))
    assert "Met" in words and "Not met" in words and "Changes" in words and "New" in words
    assert recorded(work.first, work.audit_id, "S02.01") is None, "nothing is recorded by looking"
    view.preview.take.setFocus()
    press(Key.Key_Space)
    wait(qtbot, page)
    assert not page.sheet.is_open
    assert recorded(work.first, work.audit_id, "S01.03") == "not_met"
    assert recorded(work.first, work.audit_id, "S02.01") == "partly"
    assert page.desk is not None and page.desk.state.entry("S02.01").answer.value == "partly"


def test_problems_hold_everything_back_until_the_rest_is_asked_for(work: Sitting, qtbot: QtBot, file: Path) -> None:
    page = page_of(qtbot, work, work.first, file, desk=True)
    view = save(qtbot, page)
    fill(file, S01_03="Whatever", S02_01="Met")
    press(Key.Key_2)
    wait(qtbot, page)
    preview = view.preview
    assert preview.take.reason and not preview.rest.isHidden() and preview.clear.isHidden()
    told = preview.problems.rows.as_text(range(1))
    assert "answer-unread" in told and "Answers!" in told
    preview.rest.setFocus()
    press(Key.Key_Space)
    assert not preview.take.reason
    preview.take.setFocus()
    press(Key.Key_Return)
    wait(qtbot, page)
    assert recorded(work.first, work.audit_id, "S02.01") == "met"
    assert recorded(work.first, work.audit_id, "S01.03") is None


def test_blank_cells_clear_only_where_that_is_ticked(work: Sitting, qtbot: QtBot, file: Path) -> None:
    answer(work.first, work.audit_id, "S01.03", "met")
    page = page_of(qtbot, work, work.first, file, desk=True)
    view = save(qtbot, page)
    fill(file, S01_03=None)
    press(Key.Key_2)
    wait(qtbot, page)
    preview = view.preview
    assert preview.take.reason, "there is nothing to take but what would be cleared"
    preview.clear.setFocus()
    press(Key.Key_Space)
    assert not preview.take.reason and "1 change" in preview.take.text()
    preview.take.setFocus()
    press(Key.Key_Space)
    wait(qtbot, page)
    assert recorded(work.first, work.audit_id, "S01.03") is None


def test_a_lead_brings_it_in_without_seeing_what_stands_and_the_auditor_is_told(
    work: Sitting, qtbot: QtBot, file: Path
) -> None:
    answer(work.first, work.audit_id, "S01.03", "met")
    page = page_of(qtbot, work, work.house.lead, file)
    press(Key.Key_P)
    page.drawer.buttons["sheet"].setFocus()
    press(Key.Key_Space)
    view = page.sheet.view
    assert page.sheet.is_open and view.whose.isVisible() and view.whose.value == Slot.A.value
    press(Key.Key_1)
    wait(qtbot, page)
    fill(file, S01_03="Not met")
    press(Key.Key_2)
    wait(qtbot, page)
    words = view.preview.changes.rows.as_text(range(1))
    assert NOT_SHOWN in words and "New" in words, "nothing tells that there was an answer before"
    view.preview.take.setFocus()
    press(Key.Key_Space)
    wait(qtbot, page)
    assert recorded(work.first, work.audit_id, "S01.03") == "met", "what the auditor answered stays"
    assert any("1.03 was left out" in line for line in work.first.ask(scoring.desk, work.audit_id).news)
    assert work.second.ask(scoring.desk, work.audit_id).news == (), "the partner is told nothing before both are done"
    assert any("sheet" in line for line in work.house.lead.ask(scoring.desk, work.audit_id).news)


def test_a_sheet_of_somebody_else_is_refused_where_it_was_chosen(work: Sitting, qtbot: QtBot, file: Path) -> None:
    page = page_of(qtbot, work, work.second, file, desk=True)
    save(qtbot, page)
    press(Key.Key_Escape)
    assert not page.sheet.is_open and page.desk is not None
    other = page_of(qtbot, work, work.first, file, desk=True)
    press(Key.Key_E, modifiers=CTRL)
    press(Key.Key_2)
    wait(qtbot, other)
    assert other.sheet.view.problem.code == "another-slot" and focused() in other.sheet.view.ways.buttons


def test_who_is_of_no_pair_has_no_sheet(work: Sitting, qtbot: QtBot, file: Path) -> None:
    page = page_of(qtbot, work, work.house.add("C. Manager", Role.MANAGER), file)
    press(Key.Key_E, modifiers=CTRL)
    assert not page.sheet.is_open
    assert "sheet" not in page.drawer.buttons
