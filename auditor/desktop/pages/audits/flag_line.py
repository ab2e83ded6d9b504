"""What one wants to talk over with the partner about the current question, in a line that may stay empty."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.widgets.fields import LineEdit
from auditor.desktop.widgets.labels import IconLabel
from auditor.desktop.widgets.texts import saving_later


class _Words(LineEdit):
    """Enter and Esc lead back to the question."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FlagLine(QWidget):
    """Seen while the question is flagged. `worded(words)` when they are to be recorded, `finished` on the way out."""

    worded = Signal(str)
    finished = Signal()

    def __init__(self, number: str) -> None:
        super().__init__()
        self.words = _Words(f"To discuss about {number}", hint="What to discuss; may stay empty")
        self._stored = ""
        self._later = saving_later(self, self.commit)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(IconLabel("people"))
        line.addWidget(self.words, 1)
        self.words.textEdited.connect(lambda _text: self._later.touch())
        self.words.editingFinished.connect(self.commit)
        self.words.left.connect(self._leave)
        self.hide()

    def show_words(self, words: str | None) -> None:
        """Show what is recorded; None where the question is not flagged. What is being typed stays."""
        if words is None or not self.words.hasFocus():
            self.words.setText(words or "")
            self._later.stop()
        self._stored = words or ""
        self.setVisible(words is not None)

    def take_focus(self) -> None:
        """Ask for the words."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Hand over what was typed."""
        self._later.stop()
        words = self.words.text().strip()
        if not self.isHidden() and words != self._stored:
            self._stored = words
            self.worded.emit(words)

    def _leave(self) -> None:
        self.commit()
        self.finished.emit()
