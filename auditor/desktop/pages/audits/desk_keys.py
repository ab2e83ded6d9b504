"""The keys of the desk. Single keys work only while the current question has the focus, never in a field."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from auditor.desktop.preferences import preferences

KEYS: list[tuple[str, str]] = [
    ("1–9", "answer, and go to the next question"),
    ("0", "N/A, then the digit of its reason"),
    ("A B", "two letters choose in a list of more than nine"),
    ("← →", "look along the choices; Space chooses"),
    ("Delete", "clear the answer"),
    ("↑ ↓", "question before, after"),
    ("PgUp", "section before; PgDn: after"),
    ("N", "next blank; Shift+N: blank before"),
    ("Backspace", "back to the last answer"),
    ("C", "comment"),
    ("Ctrl+J", "comment from a snippet"),
    ("E", "evidence: where in the file"),
    ("G", "good practice"),
    ("A", "raise an action"),
    ("D", "flag for discussion with your partner, or take that back"),
    ("V", "newer version of the template, and what was carried"),
    ("Esc", "out of a text, back to the question"),
    ("Ctrl+Enter", "finish the text, next question"),
    ("Ctrl+0", "whole section N/A, with reason"),
    ("Ctrl+G", "go to a question by number or words"),
    ("Ctrl+Z", "undo; Ctrl+Y: do again"),
]
"""The same in words, for F1."""


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
            key.Key_N: lambda: desk.to_blank(1),
            key.Key_Backspace: desk.to_last_answer,
            key.Key_Delete: desk.clear_answer,
            key.Key_C: desk.open_comment,
            key.Key_E: desk.open_location,
            key.Key_G: desk.toggle_good_practice,
            key.Key_A: desk.open_action,
            key.Key_V: desk.open_versions,
            key.Key_D: desk.toggle_flag,
            key.Key_0: desk.open_na,
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
        if with_shift and key == Qt.Key.Key_N:
            return lambda: self._desk.to_blank(-1)
        if not alone:
            return None
        digit = key - Qt.Key.Key_0
        if 1 <= digit <= 9:
            return lambda: self._desk.press_digit(digit)
        return self._single.get(key)
