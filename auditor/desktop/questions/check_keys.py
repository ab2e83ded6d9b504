"""Several answers at once: check rows in columns, each with its digit or two letters."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.desktop.preferences import preferences
from auditor.desktop.theme import theme
from auditor.desktop.widgets.answer_keys import Choice, caps_for
from auditor.desktop.widgets.fields import CheckRow
from auditor.desktop.widgets.painting import cap_width, key_cap

_GAP = 4
_MOST_COLUMNS = 3


class _Check(CheckRow):
    """A check row that asks before it ticks, with its key at the right end of its words."""

    def __init__(self, choice: Choice, cap: str, parent: QWidget) -> None:
        super().__init__(choice.word, parent=parent)
        self.code, self.cap = choice.code, cap

    def nextCheckState(self) -> None:
        return

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(cap_width(self.cap) + theme().px(12), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        left = super().sizeHint().width()
        key_cap(QPainter(self), min(left, self.width() - cap_width(self.cap) - 2), self.height() / 2, self.cap)


class CheckKeys(QWidget):
    """Tick what applies: digits or two letters, arrows and Space, or the mouse. It only asks; `set_chosen` shows."""

    toggled = Signal(str)
    """The code to tick or untick."""
    clear_requested = Signal()

    def __init__(self, name: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows = [_Check(choice, cap, self) for choice, cap in zip(choices, caps_for(choices), strict=True)]
        self._letters = ""
        for row in self._rows:
            row.clicked.connect(lambda _on=False, code=row.code: self.toggled.emit(code))
        self.setFocusProxy(self._rows[0])

    def set_chosen(self, codes: Sequence[str]) -> None:
        """Show these as ticked."""
        for row in self._rows:
            row.setChecked(row.code in codes)

    def sizeHint(self) -> QSize:
        lines = -(-len(self._rows) // self._columns())
        return QSize(theme().px(300), lines * (theme().px(30) + _GAP))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        columns = self._columns()
        wide, high = self.width() // columns, theme().px(30)
        for number, row in enumerate(self._rows):
            line, column = divmod(number, columns)
            row.setGeometry(column * wide, line * (high + _GAP), wide - _GAP, high)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if step is not None:
            at = next((number for number, row in enumerate(self._rows) if row.hasFocus()), 0)
            self._rows[(at + step) % len(self._rows)].setFocus(Qt.FocusReason.OtherFocusReason)
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.clear_requested.emit()
        elif preferences().mutes(event) or not (plain and self._press(event.text().upper())):
            super().keyPressEvent(event)

    def _columns(self) -> int:
        widest = max(row.sizeHint().width() for row in self._rows) + _GAP
        return max(1, min(_MOST_COLUMNS, self.width() // max(widest, 1), len(self._rows)))

    def _press(self, typed: str) -> bool:
        for sought in (self._letters + typed, typed):
            beginning = [row for row in self._rows if typed.isalnum() and row.cap.startswith(sought)]
            if beginning:
                whole = beginning[0].cap == sought
                self._letters = "" if whole else sought
                if whole:
                    beginning[0].setFocus(Qt.FocusReason.OtherFocusReason)
                    self.toggled.emit(beginning[0].code)
                return True
        self._letters = ""
        return False
