"""One laptop for two people in turn: handing over is quick, and nothing of the first person's stays in sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from auditor.app import Program
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.start.door import Door
from auditor.desktop.start.sign_in import SignInView
from auditor.desktop.start.unlock import UnlockView
from auditor.domain.answers import Facet
from auditor.domain.roles import Person
from auditor.services import scoring
from tests.desktop.pages.desk_kit import Sitting, sitting
from tests.kit import PIN

SECRET = "Zq sealed words"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def work(tmp_path: Path, dressed: QApplication) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


@pytest.fixture
def program(dressed: QApplication, work: Sitting) -> Iterator[Program]:
    running = Program(dressed, Door(load=lambda: None))
    yield running
    if running.window is not None:
        running.window.close()
        running.window.deleteLater()
        running.window = None
    running._opened = None
    if running.start is not None:
        running.start._opened = None
        running.start.close()


def at_the_desk(program: Program, work: Sitting, qtbot: QtBot) -> AuditsPage:
    """The first auditor at their desk, a comment half typed."""
    program.enter(work.house.opened, work.first)
    assert program.window is not None
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    program.window.show_page("audits", work.audit_id)
    page = program.window.page
    assert isinstance(page, AuditsPage) and page.desk is not None
    page.desk.show_question("S01.03")
    QApplication.processEvents()
    page.desk.moves.open_comment()
    QApplication.processEvents()
    assert page.desk.live is not None and page.desk.live.notes.comment is not None
    QTest.keyClicks(page.desk.live.notes.comment, SECRET)
    return page


def sign_in_view(program: Program) -> SignInView:
    assert program.start is not None and isinstance(program.start.view, SignInView)
    return program.start.view


def sign_in(program: Program, name: str, qtbot: QtBot) -> None:
    view = sign_in_view(program)
    rows = view.people.rows
    people = [row for number in range(rows.rowCount()) if isinstance(row := rows.row(number), Person)]
    view.people.select(next(person.id for person in people if person.name == name))
    view.pin.setText(PIN)
    view.sign_in()
    qtbot.waitUntil(lambda: program.window is not None, timeout=10_000)


def words_on_screen() -> str:
    """Every word any visible window shows or says to a screen reader."""
    widgets: list[QWidget] = [w for w in QApplication.allWidgets() if w.isVisible()]
    said = [w.text() for w in widgets if isinstance(w, QLabel)] + [w.accessibleName() for w in widgets]
    return " ".join(said + [str(w.property("plainText") or "") for w in widgets])


def test_ctrl_h_asks_who_sits_here_and_hides_what_the_first_person_had_open(
    program: Program, work: Sitting, qtbot: QtBot
) -> None:
    at_the_desk(program, work, qtbot)
    window = program.window
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_H, CTRL)
    view = sign_in_view(program)
    assert program.window is None and not window.isVisible()
    assert view.isVisible() and not view.pin.text()
    assert SECRET not in words_on_screen() and "CF-07" not in words_on_screen()
    comment = work.first.ask(scoring.desk, work.audit_id).entries["S01.03"].comment
    assert comment == SECRET, "what was half typed is saved"


def test_the_second_person_sees_their_own_desk_and_back_again_is_one_pin(
    program: Program, work: Sitting, qtbot: QtBot
) -> None:
    at_the_desk(program, work, qtbot)
    program.hand_over()
    sign_in(program, "B. Auditor", qtbot)
    assert program.window is not None
    program.window.show_page("audits", work.audit_id)
    assert SECRET not in words_on_screen()
    note = scoring.RecordNote(work.audit_id, "S01.03", Facet.COMMENT, "Mine")
    work.second.do(scoring.record_note, note)
    program.hand_over()
    view = sign_in_view(program)
    assert view.people.current is not None and view.people.current.id == work.first.actor.id
    assert view.focusWidget() is view.pin
    sign_in(program, "A. Auditor", qtbot)


def test_a_wrong_pin_lets_nobody_in(program: Program, work: Sitting, qtbot: QtBot) -> None:
    at_the_desk(program, work, qtbot)
    program.hand_over()
    view = sign_in_view(program)
    view.people.select(work.second.actor.id)
    view.pin.setText("0000")
    view.sign_in()
    qtbot.waitUntil(lambda: bool(view.problem.code), timeout=10_000)
    assert program.window is None


def test_where_nobody_comes_it_locks_itself(program: Program, work: Sitting, qtbot: QtBot) -> None:
    at_the_desk(program, work, qtbot)
    program.hand_over()
    assert program.start is not None
    program.start.idle.set_minutes(0.0001)
    qtbot.waitUntil(lambda: isinstance(program.start and program.start.view, UnlockView), timeout=10_000)
    assert program.start.operations.wait()
