"""What the views of the way in share: a calm column, a problem said in its place, and patience after wrong tries."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel

COLUMN = 540
LONGEST_WAIT = 30
_SCROLLS_FROM = 125
WRONG = frozenset({"wrong-passphrase", "wrong-recovery-key", "recovery-key-mistyped", "wrong-pin"})
"""The errors after which trying again takes longer each time."""


class Sheet(QWidget):
    """One thing to do: title, a sentence, and whatever is put into `body`, on a white card in the middle."""

    def __init__(self, title: str, sentence: str, *, step: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        around = self._make_ground()
        self._card = Panel(margins=(28, 24, 28, 20), spacing=12)
        self.body = self._card.body
        self.title = WrapLabel(title, "h1")
        self.sentence = WrapLabel(sentence, "text2")
        head = QVBoxLayout()
        head.setContentsMargins(4, 0, 4, 4)
        head.setSpacing(6)
        if step:
            head.addWidget(Label(step, "label"))
        head.addWidget(self.title)
        head.addWidget(self.sentence)
        self.body.addLayout(head)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card, 100)
        middle.addStretch(1)
        around.addStretch(2)
        around.addLayout(middle)
        around.addStretch(3)
        theme().changed.connect(self._fit)
        self._fit()

    def arrive(self) -> None:
        """Put the focus where typing starts."""

    def forget(self) -> None:
        """Keep no secret that was typed or shown here."""

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # A minimised window is still the same person's.
        if not event.spontaneous():
            self.forget()

    def _make_ground(self) -> QVBoxLayout:
        """The layout the card stands in; it scrolls where the text is so large that the card may not fit."""
        if theme().scale < _SCROLLS_FROM:
            ground = QVBoxLayout(self)
            ground.setContentsMargins(32, 16, 32, 16)
            return ground
        from auditor.desktop.widgets.panel import Scrolled

        scrolled = Scrolled(margins=(32, 24, 32, 24), spacing=0)
        scrolled.body.setAlignment(Qt.AlignmentFlag(0))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled)
        return scrolled.body

    def _fit(self) -> None:
        self._card.setMaximumWidth(theme().px(COLUMN))


class Patience(QObject):
    """After a wrong try the button waits: 1 second, then 2, 4, 8 and so on up to half a minute; `line` counts down.

    `begun(seconds)` tells each wait. `second` is the length of a second in milliseconds; tests shorten it.
    """

    begun = Signal(int)

    def __init__(self, button: Button, line: Label, *, second: int = 1000) -> None:
        super().__init__(button)
        self._button, self._line, self._wrong, self._left = button, line, 0, 0
        self._tick = QTimer(self, interval=second)
        self._tick.timeout.connect(self._count_down)

    @property
    def waiting(self) -> bool:
        return self._left > 0

    def wrong(self) -> None:
        """One more wrong try."""
        self._left = min(2**self._wrong, LONGEST_WAIT)
        self._wrong += 1
        self._say()
        self._tick.start()
        self.begun.emit(self._left)

    def right(self) -> None:
        """The try was right: start from the beginning next time."""
        self._wrong = self._left = 0
        self._say()

    def _count_down(self) -> None:
        self._left -= 1
        self._say()

    def _say(self) -> None:
        if self._left > 0:
            wait = f"Next try in {self._left} second{'s' if self._left > 1 else ''}"
            self._button.block(wait)
        else:
            wait = ""
            self._tick.stop()
            self._button.unblock()
        self._line.setText(wait)


def row(*widgets: QWidget) -> QHBoxLayout:
    """Buttons and words side by side, with room for the focus ring."""
    line = QHBoxLayout()
    line.setSpacing(16)
    line.setContentsMargins(4, 4, 4, 4)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line
