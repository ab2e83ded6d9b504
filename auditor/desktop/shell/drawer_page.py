"""A page with a list or matrix and a drawer for what is open in it: Esc, Backspace and single keys work the same."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from auditor.desktop.preferences import preferences, pressed_alone
from auditor.desktop.shell.page import Page
from auditor.desktop.widgets.drawer import Drawer


class DrawerPage(Page):
    """Base of pages that set `drawer`; they override `press` for their single keys."""

    drawer: Drawer

    def press(self, key: str) -> bool:
        """Act on a letter (in capitals) or sign pressed alone; False where it means nothing here."""
        return False

    def go_back(self) -> bool:
        if not self.drawer.isVisible():
            return False
        self.drawer.close_drawer()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = pressed_alone(event) and not preferences().mutes(event)
        handled = event.key() == Qt.Key.Key_Escape and self.go_back()
        if not handled and not (alone and self.press(event.text().upper())):
            super().keyPressEvent(event)
