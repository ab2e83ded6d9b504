"""Painted buttons, filters and lists are walked with the arrows and pressed with Enter."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.shell.rail import Rail
from auditor.desktop.widgets.texts import DateField
from auditor.desktop.widgets.toggles import Segments, Slicer, Toggle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.usefixtures("dressed")


def opened(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def test_the_rail_is_walked_with_the_arrows_and_opened_with_enter(qtbot: QtBot) -> None:
    rail = Rail()
    for page_id in ("home", "audits", "reconcile"):
        rail.add(page_id, page_id.title(), page_id, "Ctrl+1")
    rail.set_current("home")
    opened(qtbot, rail)
    rail.button("home").setFocus()
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)

    press(Key.Key_Down)
    press(Key.Key_Down)
    assert rail.button("reconcile").hasFocus()
    press(Key.Key_Up)
    assert chosen == [], "walking opens nothing"
    press(Key.Key_Return)
    assert chosen == ["audits"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_enter_presses_a_painted_button(qtbot: QtBot, key: Qt.Key) -> None:
    toggle = Toggle("Good practice")
    opened(qtbot, toggle)
    toggle.setFocus()
    with qtbot.waitSignal(toggle.clicked, timeout=500):
        press(key)
    with qtbot.assertNotEmitted(toggle.clicked):
        press(Key.Key_Return, CTRL)


def test_a_painted_button_leaves_the_arrows_to_whatever_lists_it(qtbot: QtBot) -> None:
    class Heard(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
            heard.append(event.key())

    heard: list[int] = []
    parent = Heard()
    line = QVBoxLayout(parent)
    buttons: list[QWidget] = [Slicer("Theme", [("", "All")]), Toggle("Second")]
    for button in buttons:
        line.addWidget(button)
    opened(qtbot, parent)
    for button in buttons:
        button.setFocus()
        press(Key.Key_Down)
        press(Key.Key_Left)
        assert button.hasFocus()
    assert heard == [Key.Key_Down, Key.Key_Left] * 2


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_enter_opens_the_list_of_a_slicer(qtbot: QtBot) -> None:
    slicer = Slicer("Theme", [("", "All"), ("a", "Plans")])
    opened(qtbot, slicer)
    slicer.setFocus()
    shown: list[bool] = []
    slicer.menu().aboutToShow.connect(lambda: shown.append(True))
    slicer.menu().aboutToShow.connect(lambda: QTimer.singleShot(0, slicer.menu().close))
    press(Key.Key_Return)
    assert shown == [True]


def test_enter_chooses_the_view_the_focus_is_on(qtbot: QtBot) -> None:
    views = Segments("View", [("theme", "Theme"), ("case", "Case")])
    opened(qtbot, views)
    views.setFocus()
    press(Key.Key_Right)
    was = views.chosen
    press(Key.Key_Return)
    assert (was, views.chosen) == ("theme", "case")


def test_a_date_that_cannot_be_read_is_faulty_until_it_is_mended(qtbot: QtBot) -> None:
    field = DateField("Due")
    opened(qtbot, field)
    field.set_iso("2026-06-03")
    found = [field.faulty]
    field.setText("31/02/2026")
    found.append(field.faulty)
    field.commit()
    found.append(field.faulty)
    field.clear()
    field.commit()
    found.append(field.faulty)
    assert found == [False, True, True, False], "at once, before the focus leaves, and after"
    assert field.iso == ""
