"""Views and filters: underlined tabs with counts, joined view keys, drop-down slicers, and on-off toggles."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QTabBar, QWidget

from auditor.desktop.icons import draw_icon
from auditor.desktop.marks import MarkKind, mark_pixmap
from auditor.desktop.theme import theme
from auditor.desktop.widgets.joined import JoinedKey, JoinedKeys
from auditor.desktop.widgets.painting import (
    MIDDLE,
    PaintedButton,
    box,
    cap_width,
    focus_box,
    key_cap,
    leaves_to_list,
    presses,
    rect_f,
    text_width,
    write,
)


class Tabs(QTabBar):
    """Underlined tabs with counts. `chosen(id)` comes when the user or `choose` changes the tab."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[str, tuple[str, int | None]] = {}
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(lambda index: self.chosen.emit(self.tabData(index) or ""))

    def add(self, tab_id: str, title: str, count: int | None = None) -> None:
        """Append a tab."""
        self._titles[tab_id] = (title, count)
        was = self.blockSignals(True)
        index = self.addTab(_spoken(title, count))
        self.setTabData(index, tab_id)
        self.blockSignals(was)

    def set_count(self, tab_id: str, count: int | None) -> None:
        title = self._titles[tab_id][0]
        self._titles[tab_id] = (title, count)
        self.setTabText(self._index(tab_id), _spoken(title, count))

    @property
    def current(self) -> str:
        """The id of the tab shown."""
        return str(self.tabData(self.currentIndex()) or "")

    def choose(self, tab_id: str) -> None:
        self.setCurrentIndex(self._index(tab_id))

    def _index(self, tab_id: str) -> int:
        return next(index for index in range(self.count()) if self.tabData(index) == tab_id)

    def tabSizeHint(self, index: int) -> QSize:
        title, count = self._titles.get(self.tabData(index), (self.tabText(index), None))
        width = text_width(title, 13, 600) + theme().px(20)
        if count is not None:
            width += theme().px(6) + text_width(str(count), 12, 600)
        return QSize(width, theme().px(34))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            current = index == self.currentIndex()
            rect = QRectF(self.tabRect(index))
            title, count = self._titles[self.tabData(index)]
            inner = rect.adjusted(0, 0, -theme().px(20), 0)
            write(painter, inner, title, weight=600 if current else 400, colour="text" if current else "text2")
            if count is not None:
                shift = text_width(title, 13, 600 if current else 400) + theme().px(6)
                write(painter, rect.adjusted(shift, 0, 0, 0), str(count), px=12, weight=600, colour="muted")
            if current:
                width = inner.width()
                painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, width, 2), theme().colour("accent"))
                if self.hasFocus():
                    reach = theme().px(4)
                    focus_box(painter, QRectF(rect.left(), 2, width + reach, rect.height() - 6))


def _spoken(title: str, count: int | None) -> str:
    return title if count is None else f"{title}, {count}"


class SegmentKey(JoinedKey):
    """One view of a `Segments` row."""

    def __init__(self, code: str, word: str, parent: QWidget) -> None:
        super().__init__(code, word, parent)
        self._word = word

    def sizeHint(self) -> QSize:
        return QSize(text_width(self._word, 13, 600) + theme().px(22), theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter, edge="line2", tint="soft", colour=theme().colour("accent"))
        chosen = self.isChecked()
        colour = theme().colour("accent" if chosen else "text2")
        write(painter, rect_f(self), self._word, weight=600 if chosen else 400, colour=colour, align=MIDDLE)


class Segments(JoinedKeys):
    """Joined keys that switch between views of one thing, such as "Theme x case"; one is always chosen."""

    changed = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        for code, word in options:
            self.add_key(SegmentKey(code, word, self))
        self.relay()
        self.set_chosen(options[0][0])
        self.asked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = next((key for key in self.keys if key.hasFocus()), None)
        if focused is not None and presses(event):
            self._choose(focused.code)
        else:
            super().keyPressEvent(event)

    def _choose(self, code: str) -> None:
        if code != self.chosen:
            self.set_chosen(code)
            self.changed.emit(code)


class Slicer(QPushButton):
    """A filter: a grey name, a bold value, a list to choose from. Tinted while it is not at its first option."""

    changed = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._options: list[tuple[str, str]] = []
        self._value = ""
        self._always = False
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_options(options)
        theme().changed.connect(self._mark_chosen)

    @property
    def value(self) -> str:
        """The id of the option in force."""
        return self._value

    def set_options(self, options: Sequence[tuple[str, str]], value: str | None = None) -> None:
        """Replace the options (id, word); keeps the value where it still exists, else takes the first."""
        self._options = list(options)
        self._menu.clear()
        for option_id, word in options:
            action = QAction(word, self._menu)
            action.setData(option_id)
            action.triggered.connect(lambda _checked=False, chosen=option_id: self._pick(chosen))
            self._menu.addAction(action)
        known = [option_id for option_id, _ in options]
        wanted = self._value if value is None else value
        self.set_value(wanted if wanted in known else (known[0] if known else ""))

    def set_value(self, value: str) -> None:
        """Show an option as chosen, without `changed`."""
        self._value = value
        self.setAccessibleName(f"{self._name}: {self._word()}")
        self.setToolTip(self._word())
        self._mark_chosen()
        self.updateGeometry()
        self.update()

    def set_always_tinted(self, always: bool) -> None:
        """Tint it at every value: for the one slicer that says what the page is about."""
        self._always = always
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if leaves_to_list(event):
            event.ignore()
        elif presses(event):
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def _pick(self, value: str) -> None:
        if value != self._value:
            self.set_value(value)
            self.changed.emit(value)

    def _word(self) -> str:
        return next((word for option_id, word in self._options if option_id == self._value), "")

    def _mark_chosen(self) -> None:
        tick = QIcon(mark_pixmap(MarkKind.TICK, theme().px(14), theme().colour("accent")))
        for action in self._menu.actions():
            action.setIcon(tick if action.data() == self._value else QIcon())

    def sizeHint(self) -> QSize:
        words = text_width(self._name, 12) + text_width(self._word(), 12, 600)
        return QSize(words + theme().px(10 + 5 + 8 + 14 + 8), theme().px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        first = not self._options or self._value == self._options[0][0]
        tinted = self._always or not first
        ground = theme().colour("soft" if tinted else "sel" if self.underMouse() else "surface")
        box(painter, rect_f(self), fill=ground, edge=theme().colour("accent" if tinted else "ctl"))
        rect = rect_f(self).adjusted(theme().px(10), 0, -theme().px(26), 0)
        used = write(painter, rect, self._name, px=12, colour="text2")
        rect.setLeft(rect.left() + used + theme().px(5))
        rect.setRight(self.width() - theme().px(24))
        write(painter, rect, self._word(), px=12, weight=600)
        side = theme().px(12)
        arrow = QRectF(self.width() - side - theme().px(7), (self.height() - side) / 2, side, side)
        draw_icon(painter, arrow, "chevron-down", theme().colour("text2"))


class Toggle(PaintedButton):
    """On or off: an icon, a word and a key cap on a hairline box; with `compact` the icon alone on a tint.

    Like every answer it does not switch itself: listen to `clicked` and call `set_on` when it is so.
    """

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        cap: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._text, self._icon, self._cap, self._compact = text, icon, cap, compact
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if compact:
            self.setToolTip(text)

    def nextCheckState(self) -> None:
        return

    def set_on(self, on: bool) -> None:
        self.setChecked(on)

    def sizeHint(self) -> QSize:
        if self._compact:
            return QSize(theme().px(26), theme().px(26))
        width = theme().px(20) + text_width(self._text, 12, 600)
        width += theme().px(22) if self._icon else 0
        width += cap_width(self._cap) + theme().px(9) if self._cap else 0
        return QSize(width, theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        rect = rect_f(self)
        ground = theme().colour("soft" if on or self.underMouse() else "surface")
        if not self._compact:
            box(painter, rect, fill=ground, edge=theme().colour("accent" if on else "line"))
        elif on or self.underMouse():
            box(painter, rect, fill=ground)
        colour = theme().colour("accent" if on else "text2")
        side, middle = theme().px(16), self.height() / 2
        left = (self.width() - side) / 2 if self._compact else theme().px(8 if self._icon else 10)
        if self._icon:
            draw_icon(painter, QRectF(left, middle - side / 2, side, side), self._icon, colour)
            left += side + theme().px(6)
        if not self._compact:
            words = QRectF(left, 0, self.width() - left, self.height())
            write(painter, words, self._text, px=12, weight=600 if on else 400, colour="text" if on else "text2")
        if self._cap and not self._compact:
            key_cap(painter, self.width() - cap_width(self._cap) - theme().px(7), middle, self._cap)
