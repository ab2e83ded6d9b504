"""Who owns an unlocked workspace while the worker is busy, and that locking hides the case whatever is at work."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.app import Program
from auditor.desktop.preferences import preferences
from auditor.desktop.start.door import Door
from auditor.desktop.start.sign_in import SignInView
from auditor.desktop.start.unlock import UnlockView
from auditor.desktop.start.window import StartWindow
from auditor.desktop.widgets.buttons import Button
from auditor.domain.errors import WorkspaceError
from auditor.services.workspace import OpenedWorkspace, unlock_workspace
from tests.desktop.test_start_path import GOOD, cheap_door, made, unlock_view
from tests.kit import PASSPHRASE, House, open_house

__all__ = ["made"]


class Gate:
    """Holds the worker inside an act until the test opens it."""

    def __init__(self) -> None:
        self.began, self.open = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.began.set()
        assert self.open.wait(10)


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.open.set()


@pytest.fixture
def start(dressed: QApplication, qtbot: QtBot, tmp_path: Path, gate: Gate) -> Iterator[StartWindow]:
    door = cheap_door(tmp_path)

    def unlock(path: Path, passphrase: str, recovery_key: str) -> OpenedWorkspace:
        gate()
        return door.unlock(path, passphrase, recovery_key)

    def create(path: Path, passphrase: str, name: str) -> tuple[OpenedWorkspace, str]:
        gate()
        return door.create(path, passphrase, name)

    window = StartWindow(replace(door, unlock=unlock, create=create), second=5)
    qtbot.addWidget(window)
    window.show()
    before = preferences().workspaces
    yield window
    gate.open.set()
    assert window.operations.wait()
    if window.opened is not None:
        window.opened.workspace.close()
    for known in preferences().workspaces:
        if known not in before:
            preferences().forget(known.path)


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def program(dressed: QApplication) -> Iterator[Program]:
    running = Program(dressed, Door(load=lambda: None))
    yield running
    running.shut()


def link(view: UnlockView, word: str) -> Button:
    return next(button for button in view.findChildren(Button) if button.text().startswith(word))


def test_the_unlock_view_is_not_left_while_the_workspace_opens(
    start: StartWindow, qtbot: QtBot, gate: Gate, made: Path
) -> None:
    start.show_unlock(made)
    view = unlock_view(start)
    view.secret.setText(PASSPHRASE)
    view.unlock()
    assert gate.began.wait(5)
    QTest.mouseClick(link(view, "Make a new"), Qt.MouseButton.LeftButton)
    link(view, "Choose another").click()
    view.unlock()
    assert start.view is view
    gate.open.set()
    qtbot.waitUntil(lambda: isinstance(start.view, SignInView), timeout=10_000)
    assert start.opened is not None


def test_the_recovery_key_is_shown_whatever_is_pressed_meanwhile(start: StartWindow, qtbot: QtBot, gate: Gate) -> None:
    path = start.show_first_start()
    path.where.go_on()
    for field in (path.passphrase.first, path.passphrase.second):
        field.setText(GOOD)
    path.passphrase.go_on()
    assert gate.began.wait(5)
    next(b for b in path.passphrase.findChildren(Button) if b.text() == "Back").click()
    path.passphrase.go_on()
    assert path.step is path.passphrase
    gate.open.set()
    qtbot.waitUntil(lambda: path.step is path.recovery, timeout=10_000)
    assert path.recovery.key.text()


def test_the_focus_returns_after_a_wrong_passphrase(start: StartWindow, qtbot: QtBot, gate: Gate, made: Path) -> None:
    start.activateWindow()
    qtbot.waitUntil(start.isActiveWindow)
    start.show_unlock(made)
    gate.open.set()
    view = unlock_view(start)
    view.secret.setText("not the passphrase")
    view.unlock()
    qtbot.waitUntil(lambda: view.problem.code == "wrong-passphrase", timeout=10_000)
    assert QApplication.focusWidget() is view.secret
    assert view.isEnabled()


def test_what_opens_after_the_window_was_closed_is_locked_again(
    dressed: QApplication, gate: Gate, made: Path, tmp_path: Path
) -> None:
    door = cheap_door(tmp_path)

    def unlock(path: Path, passphrase: str, recovery_key: str) -> OpenedWorkspace:
        gate()
        return door.unlock(path, passphrase, recovery_key)

    program = Program(dressed, replace(door, unlock=unlock))
    program.begin(made)
    start = program.start
    assert start is not None
    view = unlock_view(start)
    view.secret.setText(PASSPHRASE)
    view.unlock()
    assert gate.began.wait(5)
    start.close()
    gate.open.set()
    program.shut()
    unlock_workspace(made, PASSPHRASE).workspace.close()


def test_secrets_are_forgotten_when_their_view_is_left(start: StartWindow, made: Path) -> None:
    start.show_unlock(made)
    view = unlock_view(start)
    view.secret.setText(PASSPHRASE)
    path = start.show_first_start()
    assert view.secret.text() == ""
    path.where.go_on()
    path.passphrase.first.setText(GOOD)
    path.passphrase.back.emit()
    assert path.passphrase.first.text() == ""


def test_locking_hides_the_case_at_once_and_waits_for_the_worker_behind_it(
    qtbot: QtBot, house: House, program: Program, gate: Gate
) -> None:
    program.enter(house.opened, house.lead)
    window, told = program.window, list[object]()
    assert window is not None
    window.operations.run(gate, on_done=told.append, busy_text="Writing the workbook")
    assert gate.began.wait(5)
    program.lock()
    start = program.start
    assert start is not None and isinstance(start.view, UnlockView)
    assert not window.isVisible() and start.isVisible()
    assert start.operations.messages.status.text == "Finishing what was begun, then locking"
    house.opened.people()
    gate.open.set()
    qtbot.waitUntil(lambda: not start.operations.busy, timeout=10_000)
    assert start.operations.messages.status.text == "Locked and backed up"
    assert told == []
    unlock_workspace(house.folder, PASSPHRASE).workspace.close()


def test_a_backup_is_claimed_only_where_one_was_made(qtbot: QtBot, house: House, program: Program) -> None:
    house.opened.back_up()
    program.enter(house.opened, house.lead)
    program.lock()
    start = program.start
    assert start is not None
    qtbot.waitUntil(lambda: not start.operations.busy, timeout=10_000)
    assert start.operations.messages.status.text == "Locked"


def fail(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: object) -> None:
        raise WorkspaceError("disk-full", "The disk is full", "There is no room for a backup.", "Make room.")

    monkeypatch.setattr(type(house.opened.workspace), "back_up_if_due", full)


def test_a_failed_backup_is_told_on_the_lock_screen(
    qtbot: QtBot, house: House, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(house, monkeypatch)
    program.enter(house.opened, house.lead)
    program.lock()
    start = program.start
    assert start is not None
    qtbot.waitUntil(lambda: not start.operations.busy, timeout=10_000)
    said = start.operations.messages.status.text
    assert said == "Locked, but not backed up: There is no room for a backup."
    unlock_workspace(house.folder, PASSPHRASE).workspace.close()


def test_lock_again_hides_the_names_whatever_happens(
    start: StartWindow, qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(house, monkeypatch)
    start.show_sign_in(house.opened)
    view = start.view
    assert isinstance(view, SignInView)
    view.lock.emit()
    assert isinstance(start.view, UnlockView)
    qtbot.waitUntil(lambda: not start.operations.busy, timeout=10_000)
    assert start.operations.messages.status.text.startswith("Locked, but not backed up")
    assert start.opened is None


def test_closing_the_window_ends_with_the_workspace_locked(house: House, program: Program, gate: Gate) -> None:
    program.enter(house.opened, house.lead)
    window = program.window
    assert window is not None
    window.operations.run(gate, busy_text="Saving")
    assert gate.began.wait(5)
    window.close()
    assert not window.isVisible()
    gate.open.set()
    program.shut()
    unlock_workspace(house.folder, PASSPHRASE).workspace.close()
