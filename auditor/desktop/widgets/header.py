"""Page header: title, one grey line of facts, chips, and at most three buttons at the right, the filled one last."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import ElideLabel
from auditor.desktop.widgets.panel import Surface

MOST_BUTTONS = 3
_NO_ROOM_FOR_FACTS = 175


class PageHeader(Surface):
    """The head of a page. The main window shows the Menu button in it where the rail has no room."""

    menu_requested = Signal()

    def __init__(self, title: str, facts: str = "", *, low: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("header", horizontal=True, margins=(20, 6, 20, 6), spacing=10, parent=parent)
        self._low = low
        self._buttons: list[Button] = []
        self._withheld: set[Button] = set()
        self._in_menu = False
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = ElideLabel(title, "h1")
        self.facts = ElideLabel(facts, "caption")
        words.addWidget(self.title)
        words.addWidget(self.facts)
        self._chips = QHBoxLayout()
        self._right = QHBoxLayout()
        self._chips.setSpacing(8)
        self._right.setSpacing(10)
        self._menu = Button("Menu", icon="menu")
        self._menu.clicked.connect(self.menu_requested)
        self._menu.hide()
        assert isinstance(self.body, QHBoxLayout)
        self.body.addLayout(words)
        self.body.addLayout(self._chips)
        self.body.addStretch(1)
        self.body.addLayout(self._right)
        self.body.addWidget(self._menu)
        self.body.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._fit)
        self._fit()

    def set_title(self, title: str, facts: str | None = None) -> None:
        self.title.setText(title)
        if facts is not None:
            self.set_facts(facts)

    def set_facts(self, facts: str) -> None:
        self.facts.setText(facts)
        self._fit()

    def add_chip(self, chip: QWidget) -> None:
        """Put a chip beside the title."""
        self._chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_button(self, button: Button) -> Button:
        """Add a button at the right; the filled one comes last. More than three do not fit a head."""
        if len(self._buttons) == MOST_BUTTONS:
            raise ValueError("a page header holds three buttons at most")
        self._buttons.append(button)
        self._right.addWidget(button)
        return button

    def show_menu(self, shown: bool) -> None:
        """Show or hide the Menu button that replaces the rail; while shown it holds all but the filled button."""
        self._menu.setVisible(shown)
        self._in_menu = shown
        self._show_buttons()

    def offer(self, button: Button, offered: bool) -> None:
        """Whether a button makes sense now; where it does not it stands neither in the head nor in the menu."""
        (self._withheld.discard if offered else self._withheld.add)(button)
        self._show_buttons()

    def offers(self, button: Button) -> bool:
        """Whether the button makes sense now."""
        return button not in self._withheld

    def _show_buttons(self) -> None:
        for button in self._buttons:
            button.setVisible(self.offers(button) and (button.property("k") == "p" or not self._in_menu))

    @property
    def buttons(self) -> Sequence[Button]:
        """The buttons added, whether they stand in the head or in the menu."""
        return self._buttons

    def sizeHint(self) -> QSize:
        least = 56 if self._low else 60
        return super().sizeHint().expandedTo(QSize(0, least))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @property
    def menu_button(self) -> Button:
        return self._menu

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _fit(self) -> None:
        large = theme().scale >= _NO_ROOM_FOR_FACTS
        self.facts.setVisible(bool(self.facts.text()) and not large)
        self.title.setToolTip(self.facts.text() if large else "")
        self.title.setAccessibleDescription(self.facts.text())
