"""Text and small pictures in a line: labels, wrapping and shortened labels, key caps, marks, icons, rules."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from auditor.desktop.icons import draw_icon
from auditor.desktop.marks import MarkKind, draw_mark
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.painting import cap_width, key_cap, rect_f


def strong(text: str) -> str:
    """`text` escaped and bold, for labels made with `rich=True`."""
    from html import escape

    return f'<span style="font-weight:600">{escape(text)}</span>'


def led(lead: str, rest: str) -> str:
    """A bold lead and the rest of the sentence, escaped, for labels made with `rich=True`."""
    from html import escape

    return f"{strong(lead)} {escape(rest)}"


class Label(QLabel):
    """One line of text. `c` is its kind in the style sheet: h1 h2 h3 question text2 muted label caption ..."""

    def __init__(self, text: str = "", c: str = "", *, rich: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setProperty("c", c)
        self.setText(text)


class WrapLabel(Label):
    """Text that wraps and always asks for the height it needs, also inside nested layouts."""

    def __init__(self, text: str = "", c: str = "", *, rich: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, c, rich=rich, parent=parent)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        # Before the first layout the width says nothing yet; Qt's own guess stands until then.
        needed = self.heightForWidth(self.width()) if self.isVisible() else hint.height()
        return QSize(hint.width(), needed)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(60), self.sizeHint().height())


class ElideLabel(Label):
    """One line that shortens itself with an ellipsis; the whole text stays in tool tip and accessible name."""

    def __init__(self, text: str = "", c: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, c, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(40), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)


class KeyCap(QWidget):
    """A key as it stands on the keyboard, such as F1. Says nothing to a screen reader: the control it is for does."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(cap_width(self._text), theme().px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        key_cap(QPainter(self), 0, self.height() / 2, self._text)


class MarkLabel(QWidget):
    """A mark beside the word that says the same; `name` only where no word stands beside it."""

    def __init__(
        self,
        kind: MarkKind,
        colour: Token,
        *,
        px: float = 16,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._colour, self._px = kind, colour, px
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> MarkKind:
        """The mark shown."""
        return self._kind

    def set_mark(self, kind: MarkKind, colour: Token, name: str = "") -> None:
        self._kind, self._colour = kind, colour
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._px), theme().px(self._px))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_mark(QPainter(self), rect_f(self), self._kind, theme().colour(self._colour))


class IconLabel(QWidget):
    """An icon that goes with the text beside it."""

    def __init__(self, icon: str, colour: Token = "text2", *, px: float = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._colour, self._px = icon, colour, px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._px), theme().px(self._px))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_icon(QPainter(self), rect_f(self), self._icon, theme().colour(self._colour))


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline across, or downwards."""
    frame = QFrame()
    frame.setProperty("c", "rule-v" if vertical else "rule")
    return frame
