"""The room a window takes on the screen: never more than there is, and the place of the window before it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

FRAME = QSize(16, 40)
"""Room left for what the system draws around a window, which is known only once it stands."""
_LARGE = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen


def size_within(wanted: QSize, room: QRect) -> QSize:
    """The size of a window that would like to be as large as `wanted`, so that it fits into `room` with its frame."""
    return wanted.boundedTo(room.size() - FRAME)


def fit_into_screen(window: QWidget) -> None:
    """Shrink a window that is not shown yet to what its screen has free."""
    window.resize(size_within(window.size(), window.screen().availableGeometry()))


def take_place_of(window: QWidget, before: QWidget) -> None:
    """Stand where the window before stood, as large, and maximised where that was."""
    window.setGeometry(before.normalGeometry() if before.windowState() & _LARGE else before.geometry())
    window.setWindowState(before.windowState() & _LARGE)
