"""The letters of the desk: each can be given another; no two acts share one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from auditor.desktop.preferences import LETTERS, Preferences
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import LineEdit
from auditor.desktop.widgets.labels import Label

_WORDS = {
    "comment": "Comment",
    "evidence": "Evidence",
    "good_practice": "Good practice",
    "action": "Action",
    "flag": "To discuss",
    "blank": "Next blank",
    "versions": "Versions",
    "unclear": "Unclear",
}
_ACROSS = 4


class _Letter(LineEdit):
    """Shows one letter; a letter typed takes its place at once."""

    def __init__(self, act: str, preferences: Preferences) -> None:
        super().__init__(f"Letter for: {_WORDS[act]}")
        self._act, self._preferences = act, preferences
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("W") * 3)

    def show_letter(self) -> None:
        self.setText(self._preferences.letter(self._act))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.NoModifier
        if plain and Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z:
            self._preferences.set_letter(self._act, chr(event.key()))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()


class Letters(QWidget):
    """One field an act, and a way back to the letters as they come."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = {act: _Letter(act, preferences) for act in LETTERS}
        self.reset = Button("As they come", "small", name="Letters as they come")
        self.reset.clicked.connect(preferences.reset_letters)
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 4, 4, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for number, (act, field) in enumerate(self.fields.items()):
            line, column = divmod(number, _ACROSS)
            grid.addWidget(field, line, column * 2)
            grid.addWidget(Label(_WORDS[act]), line, column * 2 + 1)
            grid.setColumnStretch(column * 2 + 1, 1)
        grid.addWidget(self.reset, len(self.fields) // _ACROSS, (len(self.fields) % _ACROSS) * 2, 1, 2)
        preferences.changed.connect(self.load)
        self.load()

    def load(self) -> None:
        """Show what is in force."""
        for field in self.fields.values():
            field.show_letter()
