"""The program as a whole: entering, locking by key and by idleness, what is typed is saved, pictures of every page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.app import PAGES, Program, render_pages
from auditor.desktop.preferences import preferences
from auditor.desktop.start.door import Door
from auditor.desktop.start.first_start import FirstStart
from auditor.desktop.start.unlock import UnlockView
from auditor.desktop.theme import theme
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.roles import Role
from auditor.services import scoring
from auditor.services.session import Session
from auditor.services.workspace import OpenedWorkspace, unlock_workspace
from tests.desktop.pages.kit import agreed_round, focused, press
from tests.kit import PASSPHRASE, TODAY, House, answer, open_house


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def program(dressed: QApplication, tmp_path: Path) -> Iterator[Program]:
    def sample(_report: object) -> tuple[OpenedWorkspace, Session]:
        raise FileNotFoundError("no sample in tests")

    running = Program(dressed, Door(load=lambda: None, sample=sample, default_folder=lambda: tmp_path / "new"))
    yield running
    running.shut()
    preferences().set_lock_minutes(10)
    preferences().set_single_keys(True)


def unlocked_again(house: House) -> OpenedWorkspace:
    """The workspace can be opened, so it was locked before."""
    return unlock_workspace(house.folder, PASSPHRASE)


def test_ctrl_l_saves_what_is_being_typed_and_locks(qtbot: QtBot, house: House, program: Program) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    answer(first, audit_id, "S01.03", "met")
    program.enter(house.opened, first)
    window = program.window
    assert window is not None
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("audits", audit_id)
    press(Qt.Key.Key_C)
    text = focused()
    assert isinstance(text, GrowingText)
    QTest.keyClicks(text, "Half a sentence")
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert program.window is None
    start = program.start
    assert start is not None and isinstance(start.view, UnlockView)
    assert start.operations.wait()
    qtbot.waitUntil(lambda: not start.operations.busy)
    opened = unlocked_again(house)
    try:
        view = Session(opened.records, first.actor).ask(scoring.desk, audit_id)
        assert view.entries["S01.03"].comment == "Half a sentence"
        assert opened.info().backups == 1
    finally:
        opened.workspace.close()


def test_what_has_the_focus_can_take_it_before_the_window_is_active(house: House, program: Program) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    answer(first, house.give(house.cycle(), "CF-01", first, second), "S01.03", "met")
    program.enter(house.opened, first)
    assert program.window is not None
    # Qt gives the focus of a window that becomes active to the first in its chain where the one meant is not in sight.
    meant = program.window.focusWidget()
    assert meant.isVisible()
    assert meant.accessibleName() == "Continue CF-01"


def test_digits_choose_at_once_in_a_workspace_without_cycles(qtbot: QtBot, house: House, program: Program) -> None:
    program.enter(house.opened, house.lead)
    window = program.window
    assert window is not None
    meant = window.focusWidget()
    assert meant.isVisible()
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_1)
    assert window.page is not None and window.page.page_id == "cycles"


def test_single_keys_can_be_switched_off(qtbot: QtBot, house: House, program: Program) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    answer(first, audit_id, "S01.03", "met")
    program.enter(house.opened, first)
    window = program.window
    assert window is not None
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("audits", audit_id)
    preferences().set_single_keys(False)
    for key in (Qt.Key.Key_2, Qt.Key.Key_C, Qt.Key.Key_0, Qt.Key.Key_N):
        press(key)
    assert not isinstance(focused(), GrowingText)
    assert first.ask(scoring.desk, audit_id).entries["S01.03"].answer.value == "met"
    preferences().set_single_keys(True)
    press(Qt.Key.Key_2)
    assert first.ask(scoring.desk, audit_id).entries["S01.03"].answer.value == "partly"


def test_nobody_there_for_long_locks(qtbot: QtBot, house: House, program: Program) -> None:
    program.enter(house.opened, house.lead)
    assert program.window is not None
    program.idle.set_minutes(0.0005)
    qtbot.waitUntil(lambda: program.window is None, timeout=5_000)
    assert program.start is not None


def test_a_key_puts_the_lock_off(qtbot: QtBot, house: House, program: Program) -> None:
    program.enter(house.opened, house.lead)
    window = program.window
    assert window is not None
    program.idle.set_minutes(10)
    qtbot.waitUntil(lambda: program.idle.remaining < 600_000 - 50)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert program.idle.remaining > 600_000 - 50


def test_the_lock_time_is_followed_at_once(house: House, program: Program) -> None:
    program.enter(house.opened, house.lead)
    preferences().set_lock_minutes(5)
    assert program.idle.remaining < 6 * 60_000
    preferences().set_looks(text_size=150)
    assert theme().scale == 150
    preferences().set_looks(text_size=100)


def test_the_sample_that_cannot_be_built_is_said_in_its_place(qtbot: QtBot, house: House, program: Program) -> None:
    program.enter(house.opened, house.lead)
    program.look_around()
    start = program.start
    assert start is not None and isinstance(start.view, FirstStart)
    path = start.view
    qtbot.waitUntil(lambda: bool(path.where.problem.code), timeout=10_000)
    assert path.where.problem.code == "program-fault"


def test_every_page_is_made_on_its_first_visit(qtbot: QtBot, house: House, program: Program) -> None:
    agreed_round(house)
    program.enter(house.opened, house.lead)
    window = program.window
    assert window is not None
    for entry in PAGES:
        window.show_page(entry.page_id)
        assert window.page is not None and window.page.page_id == entry.page_id
        assert (window.page.title, window.page.icon) == (entry.title, entry.icon)
        qtbot.waitUntil(lambda: not window.operations.busy, timeout=20_000)
        assert "mistake" not in window.status.text


def test_pictures_of_every_page(house: House, tmp_path: Path) -> None:
    made = agreed_round(house)
    answer(made.first, made.audits[2], "S01.03", "met")
    pictures = render_pages(house.opened, house.lead, tmp_path / "pictures", "dark", 200, TODAY)
    names = {path.name.removesuffix("-dark-200.png") for path in pictures}
    assert names >= {"unlock", "first-start", "home", "cycle", "audits", "desk", "findings", "actions", "settings"}
    assert all(path.stat().st_size > 5_000 for path in pictures)
    assert (theme().mode, theme().scale) == ("light", 100)


def test_a_bug_nobody_caught_is_shown_as_one(
    house: House, program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    program.enter(house.opened, house.lead)
    program.tell(ValueError, ValueError("words that may be case data"), None)
    assert program.window is not None
    assert program.window.status.text.startswith("The program made a mistake")
    assert "case data" not in program.window.status.text
