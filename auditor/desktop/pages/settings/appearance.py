"""How the program looks on this computer, and which keys it listens to; every change is seen at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.pages.settings.letters import Letters
from auditor.desktop.preferences import TEXT_SIZES, Preferences
from auditor.desktop.theme import Mode
from auditor.desktop.widgets.fields import CheckRow
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.toggles import Segments

_MODES: Sequence[tuple[Mode, str]] = (("light", "Light"), ("dark", "Dark"), ("system", "As the system"))


class Appearance(QWidget):
    """Light or dark, text size, single keys."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.mode = Segments("Light or dark", list(_MODES))
        self.mode.changed.connect(self._choose_mode)
        self.text_size = Segments("Text size", [(str(size), f"{size} %") for size in TEXT_SIZES])
        self.text_size.changed.connect(lambda size: preferences.set_looks(text_size=int(size)))
        self.keys = CheckRow("Single keys act while a question has the focus")
        self.keys.toggled.connect(preferences.set_single_keys)
        looks, keys = Panel(margins=(20, 16, 20, 16), spacing=16), Panel(margins=(20, 16, 20, 16), spacing=6)
        looks.body.addWidget(Label("Looks", "h2"))
        looks.body.addLayout(_choice("Light or dark", self.mode, "As the system: follows what this computer uses."))
        note = "From 150 % pages stand in one column and the rail becomes a menu, where the window is narrow."
        looks.body.addLayout(_choice("Text size", self.text_size, note))
        keys.body.addWidget(Label("Keys", "h2"))
        keys.body.addWidget(self.keys)
        note = (
            "Digits answer; the letters below do the rest. Switch this off where a speech program or another tool "
            "types letters of its own, or go to a letter and press another. F1 at the desk lists every key."
        )
        self.letters = Letters(preferences)
        keys.body.addWidget(WrapLabel(note, "caption"))
        keys.body.addWidget(self.letters)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(looks)
        column.addWidget(keys)
        column.addStretch(1)
        self.load()

    def load(self) -> None:
        """Show what is in force."""
        self.mode.set_chosen(self._preferences.mode)
        self.text_size.set_chosen(str(self._preferences.text_size))
        self.keys.setChecked(self._preferences.single_keys)

    def arrive(self) -> None:
        self.mode.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_mode(self, chosen: str) -> None:
        self._preferences.set_looks(mode=next(mode for mode, _ in _MODES if mode == chosen))


def _choice(title: str, control: QWidget, note: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(Label(title, "label"))
    column.addWidget(control)
    column.addWidget(WrapLabel(note, "caption"))
    return column
