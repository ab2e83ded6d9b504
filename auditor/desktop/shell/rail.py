"""Navigation rail: 192 px with words and keys on Home, 76 px with the icon over the word on working pages."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.desktop.icons import draw_icon
from auditor.desktop.marks import MarkKind
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.labels import ElideLabel, Label, MarkLabel, rule
from auditor.desktop.widgets.painting import MIDDLE, RIGHT, PaintedButton, box, focus_box, rect_f, text_width, write
from auditor.desktop.widgets.panel import Surface

WIDE, NARROW = 192, 76


class RailButton(PaintedButton):
    """One page in the rail, with the number of things that wait there for the person signed in."""

    def __init__(self, title: str, icon: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._title, self._icon, self._keys = title, icon, keys
        self._badge, self._wide = 0, True
        self.setCheckable(True)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_badge(0)

    def nextCheckState(self) -> None:
        return

    @property
    def badge(self) -> int:
        return self._badge

    def set_badge(self, count: int) -> None:
        self._badge = count
        waiting = f", {count} waiting" if count else ""
        self.setAccessibleName(f"{self._title}{waiting}, {self._keys}")
        self.update()

    def set_wide(self, wide: bool) -> None:
        self._wide = wide
        self.setToolTip("" if wide else f"{self._title} ({self._keys})")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._wide:
            return QSize(theme().px(WIDE - 18), theme().px(32))
        return QSize(theme().px(NARROW - 10), theme().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect, current, px = rect_f(self), self.isChecked(), theme().px
        if current:
            box(painter, rect, fill=theme().colour("surface"))
            bar = QRectF(0, px(7), 3, rect.height() - 2 * px(7))
            box(painter, bar, fill=theme().colour("accent"), radius=1.5)
        elif self.underMouse():
            box(painter, rect, fill=theme().colour("bg"))
        colour = theme().colour("accent" if current else "text2")
        side = px(18 if not self._wide else 16)
        if self._wide:
            draw_icon(painter, QRectF(px(13), (rect.height() - side) / 2, side, side), self._icon, colour)
            self._paint_words(painter, rect, current)
        else:
            draw_icon(painter, QRectF((rect.width() - side) / 2, px(5), side, side), self._icon, colour)
            words = QRectF(0, px(25), rect.width(), px(16))
            tone: Token = "text" if current else "text2"
            write(painter, words, self._title, px=11, weight=600 if current else 400, colour=tone, align=MIDDLE)
            if self._badge:
                self._paint_badge(painter, rect.width() / 2 + px(6), px(12))
        if self.hasFocus():
            focus_box(painter, rect)

    def _paint_words(self, painter: QPainter, rect: QRectF, current: bool) -> None:
        px = theme().px
        words = rect.adjusted(px(40), 0, -px(10), 0)
        tone: Token = "text" if current else "text2"
        used = write(painter, words, self._title, weight=600 if current else 400, colour=tone)
        write(painter, words, self._keys, px=11, colour="muted", align=RIGHT)
        if self._badge:
            self._paint_badge(painter, words.left() + used + px(9), rect.height() / 2)

    def _paint_badge(self, painter: QPainter, left: float, middle: float) -> None:
        text = str(self._badge) if self._badge < 100 else "99+"
        high = theme().px(18)
        width = max(high, text_width(text, 12, 600) + theme().px(10))
        place = QRectF(left, round(middle - high / 2), width, high)
        box(painter, place, fill=theme().colour("badge"), radius=high / 2)
        write(painter, place, text, px=12, weight=600, colour="accent", align=MIDDLE)


class Rail(Surface):
    """The rail: name of the program, pages, the page set apart at the bottom, and who is signed in."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rail", margins=(8, 0, 9, 12), spacing=4, parent=parent)
        self._buttons: dict[str, RailButton] = {}
        self._wide = True
        self.setAccessibleName("Pages")
        self._brand = QWidget()
        line = QHBoxLayout(self._brand)
        line.setContentsMargins(10, 14, 0, 10)
        line.setSpacing(8)
        line.addWidget(MarkLabel(MarkKind.TICK_DISC, "accent", px=19))
        line.addWidget(Label("Casefile Auditor", "h3"), 1)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(4)
        self._apart = QVBoxLayout()
        self.hand_over = RailButton("Hand over", "people", "Ctrl+H")
        self.hand_over.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._identity = QWidget()
        who = QVBoxLayout(self._identity)
        who.setContentsMargins(0, 4, 0, 0)
        who.setSpacing(0)
        self._name = ElideLabel("", "h3")
        self._roles = ElideLabel("", "caption")
        who.addWidget(rule())
        who.addSpacing(8)
        for label in (self._name, self._roles):
            label.setContentsMargins(12, 0, 0, 0)
            who.addWidget(label)
        self.body.addWidget(self._brand)
        self.body.addLayout(self._pages)
        self.body.addStretch(1)
        self.body.addLayout(self._apart)
        self.body.addWidget(self.hand_over)
        self.body.addWidget(self._identity)
        theme().changed.connect(self._fit)
        self._fit()

    def add(self, page_id: str, title: str, icon: str, keys: str, *, apart: bool = False) -> RailButton:
        """Append a page; `apart` puts it at the bottom."""
        button = RailButton(title, icon, keys)
        button.clicked.connect(lambda: self.chosen.emit(page_id))
        self._buttons[page_id] = button
        (self._apart if apart else self._pages).addWidget(button)
        self._fit()
        return button

    @property
    def pages(self) -> frozenset[str]:
        """The ids of the pages in the rail; not everybody has every page."""
        return frozenset(self._buttons)

    def button(self, page_id: str) -> RailButton:
        return self._buttons[page_id]

    def set_current(self, page_id: str) -> None:
        for key, button in self._buttons.items():
            button.setChecked(key == page_id)
            only_stop = Qt.FocusPolicy.StrongFocus if key == page_id else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(only_stop)

    def set_wide(self, wide: bool) -> None:
        self._wide = wide
        self._fit()

    def set_identity(self, name: str, roles: str) -> None:
        """Who is signed in, and the hats worn."""
        self._name.setText(name)
        self._roles.setText(roles)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = [*self._buttons.values(), self.hand_over]
        focused = next((i for i, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
        else:
            buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self.setFixedWidth(theme().px(WIDE if self._wide else NARROW))
        side = 8 if self._wide else 4
        self.body.setContentsMargins(side, 0 if self._wide else 8, side + 2, 12 if self._wide else 6)
        self._brand.setVisible(self._wide)
        self._identity.setVisible(self._wide and bool(self._name.text()))
        for button in (*self._buttons.values(), self.hand_over):
            button.set_wide(self._wide)
