"""What a move carried: every answer that does not stand under the version in force, in its old wording, to be read."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from auditor.desktop.pages.audits.moving_panel import Asked, Lines
from auditor.desktop.widgets.buttons import Button
from auditor.services.carried import Carried


class CarriedPanel(Asked):
    """One paragraph an answer. `jumped(question_id)` to answer again, `ticked(Carried)` when it is read."""

    jumped = Signal(str)
    ticked = Signal(object)

    def __init__(self, items: Sequence[Carried], version: str) -> None:
        super().__init__(
            "Carried, needs review",
            f"These do not stand under version {version} and count nowhere. Answer again what is still asked, and tick "
            "the rest as read. Nothing is taken away: it all stays in this list and in the history.",
        )
        # What waits comes first; the rest stays to be looked up.
        self._items = sorted(items, key=lambda item: item.read)
        self.lines = Lines("Carried answers", [carried_words(item) for item in self._items])
        self.jump = Button("Answer again", name="Answer again, Enter")
        self.tick = Button("Tick as read", name="Tick as read, Enter")
        self.close_button = Button("Close")
        self.body.addWidget(self.lines)
        self.body.addWidget(self.problem)
        for button in (self.close_button, self.tick, self.jump):
            self.buttons.addWidget(button)
        self.body.addLayout(self.buttons)
        self.lines.currentRowChanged.connect(lambda _row: self._settle())
        self.lines.itemDoubleClicked.connect(lambda _item: self._act())
        self.jump.clicked.connect(self._act)
        self.tick.clicked.connect(self._act)
        self.close_button.clicked.connect(self.cancelled)
        self._settle()

    @property
    def current(self) -> Carried:
        """The answer the list stands on."""
        return self._items[max(self.lines.currentRow(), 0)]

    def take_focus(self) -> None:
        """Into the list."""
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_read(self, read: Carried) -> None:
        """It was ticked: say so, and go to the next that waits."""
        at = self._items.index(read)
        self._items[at] = replace(read, read=True)
        self.lines.item(at).setText(carried_words(self._items[at]))
        left = next((row for row, item in enumerate(self._items) if not item.read), at)
        self.lines.setCurrentRow(left)
        self._settle()
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act()
        else:
            super().keyPressEvent(event)

    def _act(self) -> None:
        item = self.current
        if item.to_answer:
            self.jumped.emit(item.question_id)
        elif not item.read:
            self.ticked.emit(item)

    def _settle(self) -> None:
        self.jump.setVisible(self.current.to_answer)
        self.tick.setVisible(not self.current.to_answer and not self.current.read)


def carried_words(item: Carried) -> str:
    """A carried answer with all that was recorded beside it, in a few lines."""
    state = "Answer again" if item.to_answer else "Read" if item.read else "To read"
    lines = [f"{item.number}  {item.question}", f"{state}: {item.why}"]
    lines += [f"Answer: {item.answer}"] if item.answer else []
    lines += [f"Comment: {item.comment}"] if item.comment else []
    lines += [f"Evidence: {item.location}"] if item.location else []
    lines += ["Marked as good practice"] if item.good_practice else []
    return "\n".join(lines)
