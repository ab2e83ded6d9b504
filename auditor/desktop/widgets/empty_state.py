"""Empty state: what a place is for in one sentence, then two or three ways to begin; digits choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.preferences import preferences
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import IconLabel, KeyCap, WrapLabel, rule
from auditor.desktop.widgets.panel import Panel, Scrolled


@dataclass(frozen=True)
class Way:
    """One way to begin: what I am, what will happen and how long it takes, and the word on the button."""

    icon: str
    title: str
    note: str
    button: str


class EmptyState(QWidget):
    """Says what to do where there is nothing yet. The first way is the filled button; `chosen(index)` from 0."""

    chosen = Signal(int)

    def __init__(
        self, title: str, sentence: str, ways: Sequence[Way] = (), *, foot: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._buttons: list[Button] = []
        scrolled = Scrolled(margins=(24, 24, 24, 24), spacing=0)
        outer = scrolled.body
        outer.setAlignment(Qt.AlignmentFlag(0))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled)
        self._column = column = QWidget()
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(WrapLabel(title, "h1"))
        lines.addWidget(WrapLabel(sentence, "text2"))
        lines.addSpacing(8)
        if ways:
            lines.addWidget(self._panel(ways))
        if foot:
            lines.addSpacing(6)
            lines.addLayout(_foot(foot))
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column, 100)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._column.setMaximumWidth(theme().px(780))

    @property
    def buttons(self) -> Sequence[Button]:
        """The buttons of the ways, to block one or to give the first the focus."""
        return self._buttons

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_0.value
        if 1 <= digit <= len(self._buttons) and not preferences().mutes(event):
            self._buttons[digit - 1].click()
        else:
            super().keyPressEvent(event)

    def _panel(self, ways: Sequence[Way]) -> Panel:
        panel = Panel(margins=(0, 0, 0, 0), spacing=0)
        for index, way in enumerate(ways):
            if index:
                panel.body.addWidget(rule())
            panel.body.addLayout(self._row(index, way))
        width = max(button.sizeHint().width() for button in self._buttons)
        for button in self._buttons:
            button.setMinimumWidth(width)
        return panel

    def _row(self, index: int, way: Way) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 14, 16, 14)
        row.setSpacing(16)
        row.addWidget(IconLabel(way.icon, "accent", px=20))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(WrapLabel(way.title, "question-now"))
        words.addWidget(WrapLabel(way.note, "caption"))
        row.addLayout(words, 1)
        row.addWidget(KeyCap(str(index + 1)))
        button = Button(way.button, "p" if index == 0 else "", name=f"{way.title}: {way.button}, key {index + 1}")
        button.clicked.connect(lambda: self.chosen.emit(index))
        self._buttons.append(button)
        row.addWidget(button)
        return row


def _foot(text: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(IconLabel("lock", "muted", px=14), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(WrapLabel(text, "caption"), 1)
    return line
