"""A signed-in window around one page, and a cycle of agreed audits, for tests of pages."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.operations import Operations
from auditor.desktop.shell.page import Page
from auditor.desktop.widgets.buttons import Button
from auditor.domain.answers import Facet
from auditor.domain.roles import Role
from auditor.services import scoring
from auditor.services.session import Session
from tests.kit import House, agree_all, answer, score_and_submit

REFERENCES = ("CF-01", "CF-02", "CF-03")


@dataclass
class Round:
    """A cycle of three cases: two agreed and signed off, the third not begun."""

    house: House
    first: Session
    second: Session
    cycle_id: str
    audits: tuple[str, ...]


def agreed_round(house: House) -> Round:
    """CF-01 has two issues and a comment on one; CF-02 has one."""
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=REFERENCES)
    audits = tuple(house.give(cycle_id, reference, first, second) for reference in REFERENCES)
    for audit_id, chronology, count in ((audits[0], "no", 0), (audits[1], "yes", 3)):
        answer(first, audit_id, "S01.01", count)
        answer(first, audit_id, "S01.02", chronology)
    note = scoring.RecordNote(audits[0], "S01.03", Facet.COMMENT, "No reflection on file.")
    first.do(scoring.record_note, note)
    score_and_submit(first, audits[0], S01_03="not_met")
    score_and_submit(second, audits[0], S01_03="met")
    score_and_submit(first, audits[1], S02_01="not_met")
    score_and_submit(second, audits[1], S02_01="not_met")
    for audit_id in audits[:2]:
        agree_all(second, audit_id)
    return Round(house, first, second, cycle_id, audits)


def shown(qtbot: QtBot, make: Callable[[Operations], Page], *, width: int = 1366) -> MainWindow:
    """A window of its usual size with the page in front."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(width, 768)
    page = make(window.operations)
    window.add_page(page)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.show_page(page.page_id)
    QApplication.processEvents()
    return window


def press(key: Qt.Key, times: int = 1, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    for _ in range(times):
        QTest.keyClick(focused(), key, modifiers)
    QApplication.processEvents()


def type_text(text: str) -> None:
    """Type plain letters where the focus is."""
    QTest.keyClicks(focused(), text)


def filled(widget: QWidget) -> list[str]:
    """The words on the filled buttons in sight: one at the most."""
    buttons = widget.findChildren(Button)
    return [button.text() for button in buttons if button.isVisible() and button.property("k") == "p"]


def click(widget: QWidget) -> None:
    """Click into the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def focused() -> QWidget:
    """The widget with the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
