"""The segmented answer: joined keys with marks, digits on the current question, N/A apart where it is allowed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from auditor.desktop.marks import ANSWERS, MarkKind, Meaning, draw_mark
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.joined import JoinedKey, JoinedKeys
from auditor.desktop.widgets.painting import cap_width, key_cap, rect_f, text_width, write

NA = "na"
_PLAIN = Meaning(MarkKind.RING, "", "accent", "soft")
_PAD, _GAP, _MARK = 10, 6, 14
_DIGITS = {Qt.Key(Qt.Key.Key_0 + digit): digit for digit in range(10)}


@dataclass(frozen=True)
class Choice:
    """One possible answer. `meaning` gives mark and colours; without one the key has a ring and the accent."""

    code: str
    word: str
    meaning: Meaning | None = None


class AnswerKey(JoinedKey):
    """A key of an answer: always its mark (grey until chosen), its word, and its digit while current."""

    def __init__(self, choice: Choice, digit: str, parent: QWidget) -> None:
        super().__init__(choice.code, choice.word, parent)
        self._word, self._digit = choice.word, digit
        self._meaning = choice.meaning or _PLAIN
        self._current = False

    def set_current(self, current: bool) -> None:
        self._current = current
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = theme().px(2 * _PAD + _MARK + _GAP) + text_width(self._word, 13, 600)
        if self._current and self._digit:
            width += cap_width(self._digit) + theme().px(_GAP - 2)
        return QSize(width, theme().px(34 if self._current else 28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = theme().colour(self._meaning.colour)
        resting: Token = "ctl" if self._current else "line2"
        self.paint_ground(painter, edge=resting, tint=self._meaning.tint, colour=colour)
        chosen = self.isChecked()
        left, middle = float(theme().px(_PAD)), self.height() / 2
        if self._current and self._digit:
            cap_colour = colour if chosen else None
            left = theme().px(_PAD - 1)
            left += key_cap(painter, left, middle, self._digit, cap_colour) + theme().px(_GAP - 1)
        side = theme().px(_MARK)
        place = QRectF(left, round(middle - side / 2), side, side)
        draw_mark(painter, place, self._meaning.mark, colour if chosen else theme().colour(resting))
        words = rect_f(self).adjusted(left + side + theme().px(_GAP), 0, 0, 0)
        if chosen:
            write(painter, words, self._word, weight=600, colour=colour)
        else:
            write(painter, words, self._word, colour="text2")


class AnswerKeys(JoinedKeys):
    """Answer one question. Shows what `set_chosen` says; a press only asks, so the tick never comes before the disk.

    Digits 1 to 9 ask for a choice, 0 for N/A, Delete to clear, arrows look along, Space asks for the focused key.
    """

    answered = Signal(str)
    """The code of the choice asked for."""
    na_requested = Signal()
    clear_requested = Signal()

    def __init__(
        self, name: str, choices: Sequence[Choice], *, na_allowed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._na_allowed = na_allowed
        self._current = False
        for number, choice in enumerate(choices, start=1):
            self.add_key(AnswerKey(choice, str(number) if number <= 9 else "", self))
        if na_allowed:
            self.add_key(AnswerKey(Choice(NA, "N/A", ANSWERS[NA]), "0", self), apart=True)
        self.asked.connect(self._pass_on)

    @property
    def na_allowed(self) -> bool:
        return self._na_allowed

    @property
    def current(self) -> bool:
        return self._current

    def set_current(self, current: bool) -> None:
        """Larger keys with digits while this is the question being answered."""
        if current != self._current:
            self._current = current
            for key in self.keys:
                assert isinstance(key, AnswerKey)
                key.set_current(current)
            self.relay()

    def press_digit(self, digit: int) -> bool:
        """Ask for what the digit stands for; False where it stands for nothing."""
        if digit == 0 and self._na_allowed:
            self.na_requested.emit()
            return True
        choices = [key for key in self.keys if key.code != NA]
        if 1 <= digit <= len(choices):
            self.asked.emit(choices[digit - 1].code)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        digit = _DIGITS.get(Qt.Key(event.key()))
        if plain and digit is not None and self.press_digit(digit):
            return
        if plain and event.key() == Qt.Key.Key_Delete:
            self.clear_requested.emit()
            return
        super().keyPressEvent(event)

    def _pass_on(self, code: str) -> None:
        if code == NA:
            self.na_requested.emit()
        else:
            self.answered.emit(code)
