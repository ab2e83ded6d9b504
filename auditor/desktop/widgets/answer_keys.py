"""The segmented answer: joined keys with marks, digits or letters on the current question, N/A where it is allowed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from auditor.desktop.marks import ANSWERS, MarkKind, Meaning, draw_mark
from auditor.desktop.preferences import preferences
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.joined import Join, JoinedKey, JoinedKeys, draw_key_ground
from auditor.desktop.widgets.letter_caps import letter_caps
from auditor.desktop.widgets.painting import cap_width, key_cap, rect_f, text_width, write

NA = "na"
MOST_DIGITS = 9
_LONG_WORD = 30
_PLAIN = Meaning(MarkKind.RING, "", "accent", "soft")
_PAD, _GAP, _MARK = 10, 6, 14
_DIGITS = {Qt.Key(Qt.Key.Key_0 + digit): digit for digit in range(10)}


@dataclass(frozen=True)
class Choice:
    """One possible answer. `meaning` gives mark and colours; without one the key has a ring and the accent."""

    code: str
    word: str
    meaning: Meaning | None = None


NOT_APPLICABLE = Choice(NA, "N/A", ANSWERS[NA])


def caps_for(choices: Sequence[Choice]) -> list[str]:
    """The keys that choose: digits for up to nine choices, two letters each for more."""
    if len(choices) > MOST_DIGITS:
        return letter_caps([choice.word for choice in choices])
    return [str(number) for number in range(1, len(choices) + 1)]


def resting_width(choice: Choice) -> int:
    """The width of a key that is not on the current question."""
    return theme().px(2 * _PAD + _MARK + _GAP) + text_width(choice.word, 13, 600)


def draw_resting_key(
    painter: QPainter, rect: QRectF, choice: Choice, join: Join, *, chosen: bool, hovered: bool = False
) -> None:
    """Paint a key of a question that is not the current one, for rows that only paint their keys."""
    meaning = choice.meaning or _PLAIN
    colour = theme().colour(meaning.colour)
    ground = (meaning.tint, colour) if chosen else None
    draw_key_ground(painter, rect, join, edge="line2", chosen=ground, hovered=hovered)
    _draw_inside(painter, rect, choice, chosen, "line2", rect.left() + theme().px(_PAD))


def _draw_inside(painter: QPainter, rect: QRectF, choice: Choice, chosen: bool, resting: Token, left: float) -> None:
    """The mark, grey until chosen, and the word."""
    meaning = choice.meaning or _PLAIN
    colour = theme().colour(meaning.colour)
    side = theme().px(_MARK)
    place = QRectF(left, round(rect.center().y() - side / 2), side, side)
    draw_mark(painter, place, meaning.mark, colour if chosen else theme().colour(resting))
    words = QRectF(rect)
    words.setLeft(left + side + theme().px(_GAP))
    if chosen:
        write(painter, words, choice.word, weight=600, colour=colour)
    else:
        write(painter, words, choice.word, colour="text2")


class AnswerKey(JoinedKey):
    """A key of an answer: always its mark (grey until chosen), its word, and its digit while current."""

    def __init__(self, choice: Choice, cap: str, parent: QWidget) -> None:
        super().__init__(choice.code, choice.word, parent)
        if len(choice.word) > _LONG_WORD:
            self.setToolTip(choice.word)
        self._choice, self._cap = choice, cap
        self._current = False

    def set_current(self, current: bool) -> None:
        self._current = current
        self.updateGeometry()
        self.update()

    def widest(self) -> int:
        return resting_width(self._choice) + (cap_width(self._cap) + theme().px(_GAP - 2) if self._cap else 0)

    def sizeHint(self) -> QSize:
        width = self.widest() if self._current else resting_width(self._choice)
        return QSize(width, theme().px(34 if self._current else 28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        meaning = self._choice.meaning or _PLAIN
        colour = theme().colour(meaning.colour)
        resting: Token = "ctl" if self._current else "line2"
        self.paint_ground(painter, edge=resting, tint=meaning.tint, colour=colour)
        chosen = self.isChecked()
        left = float(theme().px(_PAD))
        if self._current and self._cap:
            left = theme().px(_PAD - 1)
            cap_colour = colour if chosen else None
            left += key_cap(painter, left, self.height() / 2, self._cap, cap_colour) + theme().px(_GAP - 1)
        _draw_inside(painter, rect_f(self), self._choice, chosen, resting, left)


class AnswerKeys(JoinedKeys):
    """Answer one question. Shows what `set_chosen` says; a press only asks, so the tick never comes before the disk.

    Digits 1 to 9 ask for a choice (two letters where there are more than nine), 0 for N/A, Delete to clear, arrows
    look along, Space asks for the focused key.
    """

    answered = Signal(str)
    """The code of the choice asked for."""
    typed_through = Signal()
    """After `answered`, where it came from a digit or letters: the hands are ready for the next question."""
    na_requested = Signal()
    clear_requested = Signal()

    def __init__(
        self, name: str, choices: Sequence[Choice], *, na_allowed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._na_allowed = na_allowed
        self._current = False
        self._letters = ""
        caps = caps_for(choices)
        self._by_cap = {cap: choice.code for cap, choice in zip(caps, choices, strict=True)}
        for choice, cap in zip(choices, caps, strict=True):
            self.add_key(AnswerKey(choice, cap, self))
        if na_allowed:
            self.add_key(AnswerKey(NOT_APPLICABLE, "0", self), apart=True)
        self.relay()
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
        return self._press_cap(str(digit))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if preferences().mutes(event):
            super().keyPressEvent(event)
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.isAutoRepeat() and event.text().isalnum():
            # A key held down a moment too long must not answer the next questions.
            return
        digit = _DIGITS.get(Qt.Key(event.key()))
        if plain and digit is not None and self.press_digit(digit):
            return
        if plain and self._press_letter(event.text().upper()):
            return
        if plain and event.key() == Qt.Key.Key_Delete:
            self.clear_requested.emit()
            return
        super().keyPressEvent(event)

    def _press_letter(self, letter: str) -> bool:
        """Take a letter of a two-letter choice; False where no choice has letters or none begins so."""
        for typed in (self._letters + letter, letter):
            if letter.isalpha() and any(cap.startswith(typed) for cap in self._by_cap):
                self._letters = "" if self._press_cap(typed) else typed
                return True
        self._letters = ""
        return False

    def _press_cap(self, cap: str) -> bool:
        code = self._by_cap.get(cap)
        if code is None:
            return False
        self.asked.emit(code)
        self.typed_through.emit()
        return True

    def _pass_on(self, code: str) -> None:
        if code == NA:
            self.na_requested.emit()
        else:
            self.answered.emit(code)
