"""Joined keys: a row (or grid) of keys of which one at most is chosen; base of answers and of view toggles."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.painting import box, focus_box, hairline, rect_f

GRID_GAP = 10
APART_GAP = 4
_LEFT_TO_THE_ROW = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
}


class Join(Enum):
    """How a key meets its neighbours."""

    ALONE = "alone"
    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"


def draw_key_ground(
    painter: QPainter,
    rect: QRectF,
    join: Join,
    *,
    edge: Token,
    chosen: tuple[Token, QColor] | None = None,
    hovered: bool = False,
) -> None:
    """The box of one key; `chosen` gives the tint and the colour of the edge. Also for keys that are only painted."""
    if chosen is not None:
        box(painter, rect, fill=theme().colour("surface"))
        box(painter, rect, fill=theme().colour(chosen[0]), edge=chosen[1], width=1.5)
        return
    painter.save()
    painter.setClipRect(rect)
    reach = 10.0
    left = 0.0 if join in (Join.ALONE, Join.FIRST) else -reach
    right = 0.0 if join in (Join.ALONE, Join.LAST) else reach
    ground = theme().colour("sel" if hovered else "surface")
    box(painter, rect.adjusted(left, 0, right, 0), fill=ground, edge=theme().colour(edge))
    if left:
        hairline(painter, rect.topLeft(), rect.bottomLeft(), edge)
    painter.restore()


class JoinedKey(QRadioButton):
    """One key. It never chooses itself: a press asks, and whoever owns the answer calls `set_on`."""

    pressed_by_user = Signal()

    def __init__(self, code: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = code
        self.join = Join.ALONE
        self.setAccessibleName(name)
        self.setProperty("ownFocus", True)
        self.clicked.connect(self.pressed_by_user)

    def set_on(self, on: bool) -> None:
        """Show the key as chosen or not."""
        # A screen reader says "radio button" only of exclusive keys, but Qt keeps the last of those from being cleared.
        self.setAutoExclusive(False)
        self.setChecked(on)
        self.setAutoExclusive(True)

    def nextCheckState(self) -> None:
        return

    def hitButton(self, pos: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEFT_TO_THE_ROW:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paint_ground(self, painter: QPainter, *, edge: Token, tint: Token, colour: QColor) -> None:
        """The box of the key: joined and plain, or whole with tint and a 1.5 px edge when chosen."""
        rect = rect_f(self)
        chosen = (tint, colour) if self.isChecked() else None
        draw_key_ground(painter, rect, self.join, edge=edge, chosen=chosen, hovered=self.underMouse())
        if self.hasFocus():
            focus_box(painter, rect.adjusted(2, 2, -2, -2))

    def widest(self) -> int:
        """The width the key may come to take, whatever it shows now."""
        return self.sizeHint().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        raise NotImplementedError("a joined key paints itself")


class JoinedKeys(QWidget):
    """Lays keys out in one row or in `columns`, and moves the focus along them with the arrows and Space."""

    asked = Signal(str)
    """The user pressed the key of this code; nothing is chosen until `set_chosen` says so."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[JoinedKey] = []
        self._apart: set[str] = set()
        self._columns = 0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.relay)

    @property
    def keys(self) -> Sequence[JoinedKey]:
        return self._keys

    @property
    def chosen(self) -> str:
        """The code of the chosen key, or an empty string."""
        return next((key.code for key in self._keys if key.isChecked()), "")

    def set_chosen(self, code: str) -> None:
        """Show `code` as chosen (empty: none) and tell assistive technology."""
        for key in self._keys:
            key.set_on(key.code == code)
        if self._keys:
            self._rove(self._key(code) or self._keys[0])

    @property
    def columns(self) -> int:
        """How many columns the keys stand in; 0 for one joined row."""
        return self._columns

    def set_columns(self, columns: int) -> None:
        """0: one joined row. Otherwise separate keys of equal width in so many columns, for large text."""
        self._columns = columns
        horizontal = QSizePolicy.Policy.Expanding if columns else QSizePolicy.Policy.Fixed
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self.relay()

    def fit(self, width: int, columns: int = 0) -> None:
        """Take the room of `width`: one row where it holds the keys at their widest, else the columns that fit.

        `columns` asks for so many columns at most, whether a row would fit or not.
        """
        widest = max((key.widest() for key in self._keys), default=1)
        row = sum(key.widest() for key in self._keys) + APART_GAP * len(self._apart)
        if columns or row > width:
            fitting = max(1, (width + GRID_GAP) // (widest + GRID_GAP))
            self._set_columns(min(columns or 3, fitting, len(self._keys)))
        else:
            self._set_columns(0)

    def _set_columns(self, columns: int) -> None:
        if columns != self._columns:
            self.set_columns(columns)

    def add_key(self, key: JoinedKey, *, apart: bool = False) -> None:
        """Append a key; `apart` sets it off from the joined ones."""
        self._keys.append(key)
        if apart:
            self._apart.add(key.code)
        key.pressed_by_user.connect(lambda: self.asked.emit(key.code))
        self._rove(self._keys[0])

    def relay(self) -> None:
        """Measure and place the keys again."""
        joined = [key for key in self._keys if key.code not in self._apart]
        for key in self._keys:
            key.join = Join.ALONE
        if not self._columns and len(joined) > 1:
            for key in joined:
                key.join = Join.MIDDLE
            joined[0].join, joined[-1].join = Join.FIRST, Join.LAST
        self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:
        heights = [key.sizeHint().height() for key in self._keys] or [0]
        if self._columns:
            rows = -(-len(self._keys) // self._columns)
            return QSize(theme().px(200), rows * max(heights) + max(rows - 1, 0) * GRID_GAP)
        width = sum(key.sizeHint().width() for key in self._keys)
        return QSize(width + APART_GAP * len(self._apart), max(heights))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        if not self._keys:
            return
        height = self._keys[0].sizeHint().height()
        if self._columns:
            width = (self.width() - GRID_GAP * (self._columns - 1)) // self._columns
            for index, key in enumerate(self._keys):
                row, column = divmod(index, self._columns)
                key.setGeometry(column * (width + GRID_GAP), row * (height + GRID_GAP), width, height)
            return
        left = 0
        for key in self._keys:
            left += APART_GAP if key.code in self._apart else 0
            key.setGeometry(left, 0, key.sizeHint().width(), height)
            left += key.width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        focused = next((i for i, key in enumerate(self._keys) if key.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        key = self._keys[(focused + step) % len(self._keys)]
        self._rove(key)
        key.setFocus(Qt.FocusReason.OtherFocusReason)

    def _key(self, code: str) -> JoinedKey | None:
        return next((key for key in self._keys if key.code == code), None)

    def _rove(self, stop: JoinedKey) -> None:
        """One stop for Tab in the whole group: the chosen key, else the one last looked at."""
        for key in self._keys:
            key.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)
