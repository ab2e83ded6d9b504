"""Push buttons: ordinary, filled (one a page), small, quiet, link and icon, and buttons blocked with a reason."""

from typing import Literal

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from auditor.desktop.icons import icon as themed_icon
from auditor.desktop.theme import Token, polish, theme
from auditor.desktop.widgets.labels import IconLabel, WrapLabel, led

Kind = Literal["", "p", "small", "quiet", "link", "icon", "status"]

_ICON_COLOURS: dict[str, Token] = {
    "p": "on_accent",
    "link": "accent",
    "quiet": "text2",
    "icon": "text2",
    "status": "muted",
}


class Button(QPushButton):
    """A button. Kinds: "" ordinary, "p" filled (the next thing to do), "small", "quiet", "link", "icon",
    "status" (on the status line).

    `block(reason)` leaves it focusable, so that a screen reader reads the reason, but it no longer acts: it emits
    `refused(reason)` instead. Show the same reason beside it with a `ReasonLine`.
    """

    refused = Signal(str)

    def __init__(
        self,
        text: str,
        k: Kind = "",
        *,
        icon: str = "",
        icon_colour: Token | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("" if k == "icon" else text, parent)
        self._icon, self._kind = icon, k
        self._icon_colour = icon_colour
        self._reason = ""
        self._name = name or text
        self.setAccessibleName(self._name)
        self.setProperty("k", k)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if k == "icon":
            self.setToolTip(self._name)
        if k in ("link", "status"):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon:
            theme().changed.connect(self._paint_icon)
            self._paint_icon()

    @property
    def reason(self) -> str:
        """Why the button is blocked, or an empty string."""
        return self._reason

    def block(self, reason: str) -> None:
        """Stop acting and say why, including who can."""
        self._reason = reason
        self.setAccessibleName(f"{self._name}, not available: {reason}")
        self.setToolTip(reason)
        polish(self, blocked="true")

    def unblock(self) -> None:
        """Act again."""
        self._reason = ""
        self.setAccessibleName(self._name)
        self.setToolTip(self._name if self._kind == "icon" else "")
        polish(self, blocked="false")

    def set_text(self, text: str) -> None:
        """Change the word on the button and its accessible name together."""
        self._name = text
        self.setText(text)
        if not self._reason:
            self.setAccessibleName(text)

    def hitButton(self, pos: QPoint) -> bool:
        return not self._reason and super().hitButton(pos)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._reason:
            self.refused.emit(self._reason)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if pressed and self._reason:
            self.refused.emit(self._reason)
        elif pressed and event.key() != Qt.Key.Key_Space:
            self.click()
        else:
            super().keyPressEvent(event)

    def _paint_icon(self) -> None:
        colour = self._icon_colour or _ICON_COLOURS.get(self._kind, "text")
        side = theme().px(16)
        self.setIcon(themed_icon(self._icon, 16, colour))
        self.setIconSize(QSize(side, side))


class ReasonLine(QWidget):
    """Why a button is blocked and who can: a lock, a bold lead and the rest of the sentence."""

    def __init__(self, lead: str, rest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel("lock", px=14), 0, Qt.AlignmentFlag.AlignTop)
        self._words = WrapLabel("", "caption2", rich=True)
        line.addWidget(self._words, 1)
        self.set_reason(lead, rest)

    def set_reason(self, lead: str, rest: str) -> None:
        self._words.setText(led(lead, rest))
