"""Status line: left what was just saved, what is at work or what went wrong; right the lock and the keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from auditor.desktop.marks import MarkKind
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import ElideLabel, KeyCap, Label, MarkLabel
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.progress import Bar

_NARROW = 175


class StatusLine(Surface):
    """One line at the foot of the window. What it says stays until the next act; nothing pops up or fades."""

    help_requested = Signal()
    lock_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("status", horizontal=True, margins=(14, 0, 14, 0), spacing=8, parent=parent)
        self._act: Callable[[], object] | None = None
        self._resting = ""
        self._mark = MarkLabel(MarkKind.TICK, "good", px=14)
        self._lead = Label("", "caption2")
        self._dot = Label("·", "caption")
        self._detail = ElideLabel("", "caption")
        self._bar = Bar("Progress", height=6)
        self._bar.setMaximumWidth(160)
        self._button = Button("Show", "link")
        self._button.clicked.connect(self._run)
        self._lock = Button("", "status", icon="lock", name="Lock now, Ctrl+L")
        self._lock.clicked.connect(self.lock_requested)
        self._help = Button("Help and keys", "status", name="Help and keys, F1")
        self._help.clicked.connect(self.help_requested)
        self.body.addWidget(self._mark)
        self.body.addWidget(self._lead)
        self.body.addWidget(self._dot)
        self.body.addWidget(self._detail, 1)
        self._cap = KeyCap("F1")
        self._quiet = self._at_work = self._just_said = False
        for widget in (self._bar, self._button, self._lock, self._cap, self._help):
            self.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        theme().changed.connect(self._fit)
        self._fit()
        self.say("")

    def say(
        self, text: str, detail: str = "", *, mark: MarkKind = MarkKind.TICK, colour: Token = "good",
        offer: tuple[str, Callable[[], object]] | None = None,
    ) -> None:  # fmt: skip
        """Say what was just done, and in `detail` how to undo it; `offer` is the word of a button and what it does."""
        self._show(text, detail, mark, colour)
        if offer is not None:
            self._offer(*offer)

    def fault(self, text: str, on_show: Callable[[], None], word: str = "Show") -> None:
        """Say that something went wrong, with a button that leads there."""
        self._show(text, "", MarkKind.WARNING, "inadequate")
        self._offer(word, on_show)

    def busy(self, text: str, share: float | None = None, on_cancel: Callable[[], None] | None = None) -> None:
        """Say what is at work; `share` from 0 to 1, or None where nobody knows."""
        self._show(text, "", MarkKind.HALF_DISC, "accent")
        self._at_work = True
        self._bar.setVisible(True)
        self._bar.set_share(0 if share is None else round(share * 100), 100)
        self._bar.setAccessibleName(text)
        if on_cancel is not None:
            self._offer("Cancel", on_cancel)

    def set_lock(self, text: str) -> None:
        """What the lock says, such as "Encrypted · locks after 10 min"."""
        self._lock.setText(text)

    def set_quiet(self, quiet: bool) -> None:
        """Leave out lock and keys, where nothing is unlocked yet."""
        self._quiet = quiet
        self._fit()

    def rest_on(self, text: str) -> None:
        """What stands here while there is nothing else to say."""
        self._resting = text
        self.say(text)

    def turn_page(self) -> None:
        """Forget what was said on the page before; what is at work stays, and so does what just led to the next."""
        if not self._at_work and not self._just_said:
            self.say(self._resting)

    @property
    def mark(self) -> MarkKind:
        """The mark before the words."""
        return self._mark.kind

    @property
    def text(self) -> str:
        """What the left side says, lead and detail."""
        return " · ".join(part for part in (self._lead.text(), self._detail.text()) if part)

    @property
    def offered(self) -> str:
        """The word of the button beside it, empty where there is none."""
        return "" if self._act is None else self._button.text()

    def _show(self, text: str, detail: str, mark: MarkKind, colour: Token) -> None:
        before = self.text
        self._act, self._at_work, self._just_said = None, False, True
        QTimer.singleShot(0, self, self._let_stand)
        self._mark.set_mark(mark, colour)
        self._mark.setVisible(bool(text))
        self._lead.setText(text)
        self._detail.setText(detail)
        self._dot.setVisible(bool(detail))
        self._bar.setVisible(False)
        self._button.setVisible(False)
        if text and self.text != before:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text))

    def _let_stand(self) -> None:
        self._just_said = False

    def _offer(self, word: str, act: Callable[[], object]) -> None:
        self._button.set_text(word)
        self._act = act
        self._button.setVisible(True)

    def _run(self) -> None:
        if self._act is not None:
            self._act()

    def _fit(self) -> None:
        self.setFixedHeight(theme().px(28))
        narrow = theme().scale >= _NARROW
        self._lock.setVisible(not narrow and not self._quiet)
        for widget in (self._cap, self._help):
            widget.setVisible(not self._quiet)
        self._help.setText("Help" if narrow else "Help and keys")
