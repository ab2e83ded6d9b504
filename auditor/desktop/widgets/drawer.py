"""Drawer: what lies behind a row or cell, part of the layout at the right and not floating above it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import Scrolled, Surface, clear, rule
from auditor.desktop.widgets.toggles import Tabs

NARROWEST, WIDEST = 296, 390


class Drawer(Surface):
    """Head with title and close, optional tabs, a body that scrolls, a foot that stays. Esc closes.

    `head` (below the title), `body` and `foot` are layouts to put widgets into; `clear()` empties all three.
    """

    closed = Signal()

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__("drawer", parent=parent)
        self._back_to: QWidget | None = None
        self.setAccessibleName(name)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        head = QWidget()
        top = QVBoxLayout(head)
        top.setContentsMargins(16, 14, 16, 10)
        top.setSpacing(6)
        line = QHBoxLayout()
        self.title = WrapLabel("", "h2")
        self.close_button = Button("Close", "icon", icon="close", icon_colour="accent", name="Close, Esc")
        self.close_button.clicked.connect(self.close_drawer)
        line.addWidget(self.title, 1)
        line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(line)
        self.head = QVBoxLayout()
        self.head.setSpacing(6)
        top.addLayout(self.head)
        self.tabs = Tabs(f"Parts of {name.lower()}")
        self.tabs.hide()
        tab_line = QHBoxLayout()
        tab_line.setContentsMargins(16, 0, 16, 0)
        tab_line.addWidget(self.tabs)
        scrolled = Scrolled(margins=(16, 12, 16, 12), spacing=10)
        self.body = scrolled.body
        self._foot = Surface("foot", margins=(16, 12, 16, 12), spacing=8)
        self.foot = self._foot.body
        self._foot.hide()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(head)
        column.addLayout(tab_line)
        column.addWidget(rule())
        column.addWidget(scrolled, 1)
        column.addWidget(self._foot)

    def open_drawer(self, title: str, *, with_foot: bool = False) -> None:
        """Show the drawer; the focus stays where it is, and returns there when the drawer closes."""
        self.title.setText(title)
        self._foot.setVisible(with_foot)
        if not self.isVisible():
            self._back_to = QApplication.focusWidget()
        self.show()

    def close_drawer(self) -> None:
        """Hide the drawer and give the focus back."""
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if inside and self._back_to is not None:
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def set_alone(self, alone: bool) -> None:
        """Take all the room there is, or stay within the widths of a drawer."""
        self.setMaximumWidth(16_777_215 if alone else WIDEST)

    def clear(self) -> None:
        """Empty head, body and foot for the next thing to be shown."""
        for layout in (self.head, self.body, self.foot):
            clear(layout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
        else:
            super().keyPressEvent(event)


class WithDrawer(QWidget):
    """A main part and a drawer beside it; where there is no room for both the drawer takes the place."""

    def __init__(self, main: QWidget, drawer: Drawer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main, self._drawer, self._stacked = main, drawer, False
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(main, 3)
        line.addWidget(drawer, 1)
        drawer.hide()
        drawer.closed.connect(self._settle)

    def set_stacked(self, stacked: bool) -> None:
        """Whether the drawer replaces the main part while it is open (see `shell.page.Arrangement`)."""
        self._stacked = stacked
        self._drawer.set_alone(stacked)
        self._settle()

    def open(self, title: str, *, with_foot: bool = False) -> None:
        """Open the drawer and give it its room."""
        self._drawer.open_drawer(title, with_foot=with_foot)
        self._settle()
        if self._stacked:
            self._drawer.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        self._main.setVisible(not (self._stacked and self._drawer.isVisibleTo(self)))
