"""The keys of reconciling. They touch the current question only while it has the focus, never from a field."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from auditor.desktop.preferences import preferences

if TYPE_CHECKING:
    from auditor.desktop.pages.reconcile.reconciling_desk import ReconcilingDesk

KEYS = [
    ("←", "take A"),
    ("→", "take B"),
    ("1–9", "choose the agreed answer; 0: N/A"),
    ("W", "why"),
    ("C", "comment to keep"),
    ("M", "merge both comments into it"),
    ("A", "raise an action"),
    ("Ctrl+Enter", "agree, and go to the next"),
    ("↑ ↓", "question before, after"),
    ("Ctrl+Z", "undo; Ctrl+Y: do again"),
    ("Esc", "out of a text"),
]
"""The same in words, for F1."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ReconcileKeys:
    """Turns key presses into what the desk does; `press` says whether a key was one of its own."""

    def __init__(self, desk: "ReconcilingDesk") -> None:
        self._desk = desk

    def press(self, event: QKeyEvent) -> bool:
        """Use a key of the page; False where it stands for nothing."""
        desk = self._desk
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _STEPS and not modifiers and _has_focus(desk.list, desk.shown, desk.decision):
            desk.step(_STEPS[key])
            return True
        return desk.view.may_agree and not preferences().mutes(event) and self._decide(key, modifiers)

    def _decide(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        desk, decision = self._desk, self._desk.decision
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            acts = {
                Qt.Key.Key_Return: decision.ask,
                Qt.Key.Key_Enter: decision.ask,
                Qt.Key.Key_Z: desk.agreements.undo,
                Qt.Key.Key_Y: desk.agreements.redo,
            }
        elif modifiers or not self._on_question:
            return False
        else:
            acts = {
                Qt.Key.Key_Left: partial(desk.take, "A"),
                Qt.Key.Key_Right: partial(desk.take, "B"),
                Qt.Key.Key_A: desk.forms.open_action,
                Qt.Key.Key_W: partial(decision.why.setFocus, Qt.FocusReason.OtherFocusReason),
                Qt.Key.Key_C: decision.open_comment,
                Qt.Key.Key_M: partial(decision.words.take, "both"),
                Qt.Key.Key_Return: decision.ask,
                Qt.Key.Key_Enter: decision.ask,
                Qt.Key.Key_0: desk.forms.open_na,
            }
            if decision.press_digit(key - Qt.Key.Key_0):
                return True
        act = acts.get(key)
        if act is not None:
            act()
        return act is not None

    @property
    def _on_question(self) -> bool:
        """Whether the current question, and no field of it, has the focus."""
        desk = self._desk
        in_field = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        return not in_field and _has_focus(*desk.list.current_row, desk.shown, desk.decision)


def _has_focus(*parts: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and any(part is focused or part.isAncestorOf(focused) for part in parts)
