"""A list of panels to read one after the other: each takes the focus, Up and Down move, Ctrl+C copies all."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import Panel, Scrolled, clear
from auditor.desktop.widgets.table_model import harmless

_STEPS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class RowPanel(Panel):
    """One row. `stepped` by 1 or -1 on Down or Up, which the scroll area around it would otherwise take."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__(margins=(16, 12, 16, 12))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 0 if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else _STEPS.get(event.key(), 0)
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class RowList(QWidget):
    """The rows, and the lines that are copied for them, headings first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[RowPanel] = ()
        self._scrolled = Scrolled(margins=(16, 12, 16, 16), spacing=8)
        # A layout aligned to the top takes no more than its size hint, which is wrong for rows that wrap anew.
        self._scrolled.body.setAlignment(Qt.AlignmentFlag(0))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scrolled)

    def lines(self) -> list[tuple[str, ...]]:
        """What is copied."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[RowPanel], empty: str) -> None:
        """Show these rows, or the sentence `empty`."""
        clear(self._scrolled.body)
        self.rows = rows
        if not rows:
            self._scrolled.body.addWidget(WrapLabel(empty, "muted"))
        for at, row in enumerate(rows):
            row.stepped.connect(lambda step, at=at: self._step_to(at + step))
            self._scrolled.body.addWidget(row)
        self._scrolled.body.addStretch(1)
        if rows:
            self.setFocusProxy(rows[0])

    def copy(self) -> None:
        """Copy everything with headings."""
        text = "\n".join("\t".join(harmless(part) for part in line) for line in self.lines())
        QGuiApplication.clipboard().setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _step_to(self, at: int) -> None:
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self._scrolled.ensureWidgetVisible(self.rows[at])
