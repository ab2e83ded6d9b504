"""The keys of the desk. Single keys work only while the current question has the focus, never in a field."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from auditor.desktop.preferences import preferences

_LETTERS = {
    "blank": "next blank; with Shift: blank before",
    "comment": "comment",
    "evidence": "evidence: where in the file",
    "good_practice": "good practice",
    "action": "raise an action",
    "flag": "flag for discussion with your partner, or take that back",
    "versions": "newer version of the template, and what was carried",
    "unclear": "this question is unclear: tell the QA lead at the end",
}
_KEYS: list[tuple[str, str]] = [
    ("1–9", "answer, and go to the next question"),
    ("0", "N/A, then the digit of its reason"),
    ("A B", "two letters choose in a list of more than nine"),
    ("← →", "look along the choices; Space chooses"),
    ("Delete", "clear the answer"),
    ("↑ ↓", "question before, after"),
    ("PgUp", "section before; PgDn: after"),
    ("Backspace", "back to the last answer"),
    ("Ctrl+J", "comment from a snippet"),
    ("Esc", "out of a text, back to the question"),
    ("Ctrl+Enter", "finish the text, next question"),
    ("Ctrl+0", "whole section N/A, with reason"),
    ("Ctrl+G", "go to a question by number or words"),
    ("Ctrl+E", "answer sheet in Excel"),
    ("Ctrl+Z", "undo; Ctrl+Y: do again"),
]


def keys() -> list[tuple[str, str]]:
    """The same in words, for F1, with the letters this person has given them."""
    letters = [(preferences().letter(act), words) for act, words in _LETTERS.items()]
    return _KEYS[:8] + letters + _KEYS[8:]


class Moves(Protocol):
    """What keys can ask of the desk."""

    @property
    def in_question(self) -> bool: ...
    def step(self, by: int) -> None: ...
    def step_section(self, by: int) -> None: ...
    def to_blank(self, by: int) -> None: ...
    def to_last_answer(self) -> None: ...
    def finish_text(self) -> None: ...
    def to_question(self) -> None: ...
    def open_comment(self) -> None: ...
    def open_location(self) -> None: ...
    def toggle_good_practice(self) -> None: ...
    def open_action(self) -> None: ...
    def toggle_flag(self) -> None: ...
    def open_na(self) -> None: ...
    def open_section_na(self) -> None: ...
    def open_finder(self) -> None: ...
    def open_versions(self) -> None: ...
    def open_feedback(self) -> None: ...
    def open_snippets(self) -> None: ...
    def clear_answer(self) -> None: ...
    def press_digit(self, digit: int) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...


Acts = Mapping[Qt.Key, Callable[[], None]]


class DeskKeys:
    """Turns key presses into moves; `press` says whether a key was one of the desk's."""

    def __init__(self, desk: Moves) -> None:
        self._desk = desk
        key = Qt.Key
        self._anywhere: Acts = {
            key.Key_PageUp: lambda: desk.step_section(-1),
            key.Key_PageDown: lambda: desk.step_section(1),
            key.Key_Escape: desk.to_question,
        }
        self._in_question: Acts = {
            key.Key_Up: lambda: desk.step(-1),
            key.Key_Down: lambda: desk.step(1),
            key.Key_Return: lambda: desk.step(1),
            key.Key_Enter: lambda: desk.step(1),
        }
        self._single: Acts = {
            key.Key_Backspace: desk.to_last_answer,
            key.Key_Delete: desk.clear_answer,
            key.Key_0: desk.open_na,
        }
        self._letters: Mapping[str, Callable[[], None]] = {
            "blank": lambda: desk.to_blank(1),
            "comment": desk.open_comment,
            "evidence": desk.open_location,
            "good_practice": desk.toggle_good_practice,
            "action": desk.open_action,
            "flag": desk.toggle_flag,
            "versions": desk.open_versions,
            "unclear": desk.open_feedback,
        }
        self._control: Acts = {
            key.Key_Return: desk.finish_text,
            key.Key_Enter: desk.finish_text,
            key.Key_0: desk.open_section_na,
            key.Key_G: desk.open_finder,
            key.Key_J: desk.open_snippets,
            key.Key_Z: desk.undo,
            key.Key_Y: desk.redo,
        }

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key stands for here; False where it stands for nothing."""
        if preferences().mutes(event):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self._act(Qt.Key(event.key()), modifiers)
        if act is not None:
            act()
        return act is not None

    def _act(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Callable[[], None] | None:
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            return self._control.get(key)
        alone = modifiers == Qt.KeyboardModifier.NoModifier
        if alone and key in self._anywhere:
            return self._anywhere[key]
        if not self._desk.in_question:
            return None
        if alone and key in self._in_question:
            return self._in_question[key]
        if isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            return None
        return self._of_the_question(key, alone, modifiers == Qt.KeyboardModifier.ShiftModifier)

    def _of_the_question(self, key: Qt.Key, alone: bool, with_shift: bool) -> Callable[[], None] | None:
        act = preferences().act_of(chr(key)) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else ""
        if with_shift and act == "blank":
            return lambda: self._desk.to_blank(-1)
        if not alone:
            return None
        digit = key - Qt.Key.Key_0
        if 1 <= digit <= 9:
            return lambda: self._desk.press_digit(digit)
        return self._letters[act] if act else self._single.get(key)
