"""Every piece in every dress: named for a screen reader, large enough to hit, not cut off, warning-free."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.theme import Mode, theme
from tests.desktop import gallery

PAGES = ("home", "audits", "findings", "actions")
SMALLEST_TARGET = 24


@pytest.fixture(params=[100, 150, 200])
def window(request: pytest.FixtureRequest, dressed: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    theme().set(scale=request.param)
    shown = gallery.window()
    qtbot.addWidget(shown)
    shown.show()
    yield shown


def reachable(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    for page_id in PAGES:
        window.show_page(page_id)
        QApplication.processEvents()
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                yield page_id, widget


def test_whatever_takes_the_focus_has_a_name(window: MainWindow) -> None:
    unnamed = [
        (page_id, type(widget).__name__)
        for page_id, widget in reachable(window)
        if not widget.accessibleName() and not isinstance(widget, QAbstractScrollArea)
    ]
    assert unnamed == []


def test_nothing_clickable_is_smaller_than_24_by_24(window: MainWindow) -> None:
    small = [
        (page_id, type(widget).__name__, widget.accessibleName(), widget.width(), widget.height())
        for page_id, widget in reachable(window)
        if isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < SMALLEST_TARGET
    ]
    assert small == []


def test_no_button_is_cut_off(window: MainWindow) -> None:
    cut = [
        (page_id, widget.accessibleName(), widget.width(), widget.sizeHint().width())
        for page_id, widget in reachable(window)
        if isinstance(widget, QAbstractButton) and widget.width() < widget.minimumSizeHint().width()
    ]
    assert cut == []


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [100, 200])
def test_pages_render_in_every_dress(dressed: QApplication, tmp_path: Path, mode: Mode, scale: int) -> None:
    for path in gallery.render(tmp_path, mode, scale):
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1366, 768)
        ground = image.pixelColor(700, 1)
        assert (ground.lightness() > 127) is (mode == "light")
