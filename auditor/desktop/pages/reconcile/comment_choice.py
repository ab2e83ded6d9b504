"""Which comment is kept: A's words, B's, or both one after the other. What is taken can be edited before it is kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import KeyCap, Label
from auditor.domain.reconciliation import Comparison, both_comments


class CommentChoice(QWidget):
    """`taken(text)` when somebody's words are to be kept. It is there only where somebody commented."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._words = {"A": "", "B": "", "both": ""}
        self.buttons = {
            "A": Button("A's words", "small", name="Keep the comment of A"),
            "B": Button("B's words", "small", name="Keep the comment of B"),
            "both": Button("Both", "small", name="Keep both comments, M"),
        }
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label("Comment to keep", "label"))
        for which, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, which=which: self.take(which))
            line.addWidget(button)
        self._cap = KeyCap("M")
        line.addWidget(self._cap)
        line.addStretch(1)

    def show_comparison(self, item: Comparison) -> None:
        """Offer the words there are."""
        first, second = item.first.comment, item.second.comment
        self._words = {"A": first, "B": second, "both": both_comments(first, second)}
        two = bool(first) and bool(second) and first != second
        for which, button in self.buttons.items():
            button.setVisible(two if which == "both" else bool(self._words[which]))
        self._cap.setVisible(two)
        self.setVisible(bool(first or second))

    def take(self, which: str) -> None:
        """Take the words of A, of B, or both."""
        if self._words[which]:
            self.taken.emit(self._words[which])
