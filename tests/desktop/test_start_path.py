"""The way in, walked by keyboard: first start to Home, unlocking and its refusals, sign-in, patience."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.app import Program
from auditor.desktop.preferences import KnownWorkspace, preferences
from auditor.desktop.start.door import Door
from auditor.desktop.start.first_start import FirstStart
from auditor.desktop.start.sign_in import SignInView
from auditor.desktop.start.unlock import UnlockView
from auditor.desktop.start.window import StartWindow
from auditor.desktop.widgets.labels import WrapLabel
from auditor.domain.errors import WorkspaceError
from auditor.domain.roles import Role
from auditor.services.people import AddPerson
from auditor.services.workspace import OpenedWorkspace
from auditor.store.unit_of_work import Records
from auditor.store.workspace import Workspace
from tests.kit import CHEAP, PASSPHRASE, PIN

GOOD = "river candle mountain teapot"


def cheap_door(root: Path) -> Door:
    """The real acts with a cheap key derivation, and everything below a folder of the test."""

    def create(path: Path, passphrase: str, name: str) -> tuple[OpenedWorkspace, str]:
        workspace, key = Workspace.create(path, passphrase, name=name, cost=CHEAP, settings_folder=root / "settings")
        return OpenedWorkspace(workspace, Records(workspace)), key

    return Door(load=lambda: None, create=create, default_folder=lambda: root / "workspace")


@pytest.fixture
def start(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[StartWindow]:
    window = StartWindow(cheap_door(tmp_path), second=5)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    assert window.operations.wait()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A locked workspace with one person in it."""
    opened, _ = cheap_door(tmp_path).create(tmp_path / "made", PASSPHRASE, "Made before")
    opened.add_first_person(AddPerson("L. Lead", frozenset({Role.QA_LEAD}), PIN))
    opened.lock()
    return tmp_path / "made"


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_and_enter(text: str) -> None:
    QTest.keyClicks(focused(), text)
    QTest.keyClick(focused(), Qt.Key.Key_Return)


def shown(path: FirstStart) -> QWidget | None:
    return path.currentWidget()


def unlock_view(start: StartWindow) -> UnlockView:
    assert isinstance(start.view, UnlockView)
    return start.view


def test_the_first_start_leads_to_home_by_keyboard(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    program = Program(dressed, cheap_door(tmp_path))
    program.begin()
    start = program.start
    assert start is not None and isinstance(start.view, FirstStart)
    start.activateWindow()
    qtbot.waitUntil(start.isActiveWindow)
    path = start.view
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert shown(path) is path.passphrase
    type_and_enter(GOOD)
    type_and_enter(GOOD)
    qtbot.waitUntil(lambda: shown(path) is path.recovery, timeout=10_000)
    assert len(path.recovery.key.text().replace("\n", "").split("-")) == 9
    QTest.keyClick(path.recovery.button, Qt.Key.Key_Return)
    assert shown(path) is path.recovery
    path.recovery.kept.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    QTest.keyClick(path.recovery.button, Qt.Key.Key_Return)
    for text in ("A. First", "Team manager", PIN):
        type_and_enter(text)
    path.who.auditor.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    path.who.pin_again.setFocus()
    type_and_enter(PIN)
    qtbot.waitUntil(lambda: program.window is not None, timeout=10_000)
    window = program.window
    assert window is not None and window.page is not None and window.page.page_id == "home"
    assert program.start is None
    (known,) = [item for item in preferences().workspaces if item.path == tmp_path / "workspace"]
    assert known.name == "Case file audits" and known.person_id
    program.shut()
    preferences().forget(known.path)


def test_a_folder_that_is_kept_in_step_is_refused_in_its_place(start: StartWindow, tmp_path: Path) -> None:
    start.show_first_start()
    path = start.view
    assert isinstance(path, FirstStart)
    path.where.folder.setText(str(tmp_path / "OneDrive - Council" / "audits"))
    path.where.go_on()
    assert path.step is path.where
    assert path.where.problem.code == "workspace-on-share"
    assert "OneDrive" in path.where.problem.words


@pytest.mark.parametrize(
    ("first", "second", "at"),
    [("summer", "summer", "first"), (GOOD, GOOD + "s", "second"), ("", "", "first")],
)
def test_a_weak_or_mistyped_passphrase_is_not_taken(start: StartWindow, first: str, second: str, at: str) -> None:
    start.show_first_start()
    path = start.view
    assert isinstance(path, FirstStart)
    path.where.go_on()
    path.passphrase.first.setText(first)
    path.passphrase.second.setText(second)
    path.passphrase.go_on()
    assert path.step is path.passphrase
    assert focused() is getattr(path.passphrase, at)


def test_unlocking_and_signing_in(start: StartWindow, qtbot: QtBot, made: Path) -> None:
    start.show_unlock(made)
    with qtbot.waitSignal(unlock_view(start).opened, timeout=10_000):
        type_and_enter(PASSPHRASE)
    view = start.view
    assert isinstance(view, SignInView)
    assert focused() is view.pin
    type_and_enter("0000")
    qtbot.waitUntil(lambda: view.problem.code == "wrong-pin", timeout=10_000)
    qtbot.waitUntil(lambda: not view.patience.waiting, timeout=10_000)
    with qtbot.waitSignal(start.entered, timeout=10_000) as entered:
        type_and_enter(PIN)
    opened, session = entered.args
    assert session.actor.name == "L. Lead"
    opened.workspace.close()


def test_the_recovery_key_opens_the_workspace(start: StartWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened, key = start.door.create(tmp_path / "made", PASSPHRASE, "Made before")
    opened.add_first_person(AddPerson("L. Lead", frozenset({Role.QA_LEAD}), PIN))
    opened.lock()
    start.show_unlock(tmp_path / "made")
    unlock_view(start).other_way.click()
    with qtbot.waitSignal(unlock_view(start).opened, timeout=10_000) as unlocked:
        type_and_enter(key.lower().replace("-", " "))
    unlocked.args[0].workspace.close()


def test_wrong_tries_take_longer_and_longer(start: StartWindow, qtbot: QtBot, made: Path) -> None:
    start.show_unlock(made)
    view = unlock_view(start)
    waited: list[tuple[int, str]] = []
    view.patience.begun.connect(lambda seconds: waited.append((seconds, view.button.reason)))
    for _ in range(4):
        with qtbot.waitSignal(view.patience.begun, timeout=10_000):
            type_and_enter("not the passphrase")
        assert view.problem.code == "wrong-passphrase"
        qtbot.waitUntil(lambda: not view.patience.waiting, timeout=10_000)
    assert [seconds for seconds, _ in waited] == [1, 2, 4, 8]
    assert [reason for _, reason in waited] == [
        "Next try in 1 second",
        *(f"Next try in {seconds} seconds" for seconds in (2, 4, 8)),
    ]
    assert not view.button.reason


def test_while_waiting_nothing_is_tried(dressed: QApplication, qtbot: QtBot, made: Path) -> None:
    tried: list[str] = []

    def unlock(path: Path, passphrase: str, recovery_key: str) -> OpenedWorkspace:
        tried.append(passphrase)
        raise WorkspaceError("wrong-passphrase", "Wrong passphrase", "Not it.", "Try again.")

    window = StartWindow(Door(load=lambda: None, unlock=unlock), second=60_000)
    qtbot.addWidget(window)
    window.show_unlock(made)
    view = unlock_view(window)
    view.unlock()
    qtbot.waitUntil(lambda: view.patience.waiting, timeout=10_000)
    view.unlock()
    assert window.operations.wait()
    assert len(tried) == 1


def spoil(folder: Path, what: str) -> None:
    """Bring a workspace into one of the states that unlocking refuses."""
    database, keys = folder / "workspace.db", sorted(folder.glob("workspace.key*"))
    if what == "empty-database":
        database.write_bytes(b"")
    elif what == "damaged-database":
        database.write_bytes(database.read_bytes()[:100] + b"\0" * 4000)
    elif what == "missing-key-file":
        for key in keys:
            key.unlink()
    elif what == "damaged-key-file":
        for key in keys:
            key.write_text("{", encoding="utf-8")
    else:
        database.unlink()


@pytest.mark.parametrize(
    "code", ["empty-database", "damaged-database", "missing-key-file", "damaged-key-file", "missing-database"]
)
def test_what_is_wrong_with_a_workspace_is_said_in_its_place(
    start: StartWindow, qtbot: QtBot, made: Path, code: str
) -> None:
    spoil(made, code)
    start.show_unlock(made)
    view = unlock_view(start)
    type_and_enter(PASSPHRASE)
    qtbot.waitUntil(lambda: bool(view.problem.code), timeout=10_000)
    assert view.problem.code == code
    assert not view.patience.waiting
    assert focused() is view.secret


@pytest.mark.parametrize("code", ["newer-workspace", "workspace-in-use", "workspace-on-share"])
def test_refusals_of_the_store_reach_the_person(start: StartWindow, qtbot: QtBot, tmp_path: Path, code: str) -> None:
    def refuse(path: Path, passphrase: str, recovery_key: str) -> OpenedWorkspace:
        raise WorkspaceError(code, "A title", "What happened.", "What to do.")

    window = StartWindow(Door(load=lambda: None, unlock=refuse))
    qtbot.addWidget(window)
    window.show_unlock(tmp_path)
    view = unlock_view(window)
    view.unlock()
    qtbot.waitUntil(lambda: view.problem.code == code, timeout=10_000)
    assert view.problem.words == "A title\nWhat happened.\nWhat to do."


def test_a_start_broken_off_goes_on_with_the_first_person(start: StartWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened, _ = start.door.create(tmp_path / "made", PASSPHRASE, "Made before")
    opened.lock()
    start.show_unlock(tmp_path / "made")
    type_and_enter(PASSPHRASE)
    qtbot.waitUntil(lambda: isinstance(start.view, FirstStart), timeout=10_000)
    path = start.view
    assert isinstance(path, FirstStart) and path.step is path.who
    assert start.opened is not None
    start.opened.workspace.close()


def test_several_known_workspaces_can_be_chosen(start: StartWindow, made: Path, tmp_path: Path) -> None:
    preferences().remember(KnownWorkspace(tmp_path / "other", "Another"))
    preferences().remember(KnownWorkspace(made, "Made before"))
    start.show_unlock(made)
    view = unlock_view(start)
    assert view.which is not None
    assert [view.which.itemText(n) for n in range(2)] == ["Made before", "Another"]
    view.which.picked.emit(str(tmp_path / "other"))
    assert "Another" in view.sentence.text()


def test_one_message_at_a_time_stands_under_the_passphrase(start: StartWindow) -> None:
    path = start.show_first_start()
    path.where.go_on()
    step = path.passphrase

    def said() -> list[str]:
        labels = [label for label in step.findChildren(WrapLabel) if label.isVisibleTo(step)]
        return [label.text() for label in labels if label.text().startswith(("Very weak", "Good", "Strong"))]

    step.first.setText("abc")
    assert len(said()) == 1
    step.go_on()
    assert len(said()) == 1 and said()[0].startswith("Very weak")
    step.first.setText(GOOD)
    assert len(said()) == 1 and not said()[0].startswith("Very weak")
