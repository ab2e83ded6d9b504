import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.app import Program
from auditor.desktop.shell.room import FRAME, size_within, take_place_of
from auditor.desktop.start.door import Door

DESIGNED = QSize(1366, 768)


@pytest.mark.parametrize(
    ("room", "expected"),
    [((1366, 768), (1350, 728)), ((1920, 1040), (1366, 768)), ((1280, 1024), (1264, 768))],
)
def test_a_window_fits_with_its_frame_into_what_is_free(room: tuple[int, int], expected: tuple[int, int]) -> None:
    assert size_within(DESIGNED, QRect(0, 0, *room)) == QSize(*expected)


def test_the_program_opens_no_larger_than_its_screen(dressed: QApplication, qtbot: QtBot) -> None:
    program = Program(dressed, Door(load=lambda: None))
    program.begin()
    start = program.start
    assert start is not None
    free = start.screen().availableGeometry().size() - FRAME
    assert start.size() == DESIGNED.boundedTo(free)
    program.shut()
    start.close()


def test_the_next_window_is_maximised_where_the_one_before_was(dressed: QApplication, qtbot: QtBot) -> None:
    before, after = QWidget(), QWidget()
    for window in (before, after):
        qtbot.addWidget(window)
    before.setGeometry(20, 30, 500, 400)
    before.showMaximized()
    take_place_of(after, before)
    after.show()
    assert after.windowState() & Qt.WindowState.WindowMaximized
    after.showNormal()
    qtbot.waitUntil(lambda: after.geometry() == QRect(20, 30, 500, 400))
