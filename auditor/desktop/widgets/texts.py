"""Longer and stricter typing: text that grows with what is written, and dates typed as dd/mm/yyyy."""

import math
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QElapsedTimer, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from auditor.desktop.dates import read_date, show_date
from auditor.desktop.theme import polish, theme
from auditor.desktop.widgets.fields import LineEdit, nothing_to_undo

FEWEST_LINES, MOST_LINES = 2, 8
SAVE_AFTER_MS = 2000
"""How long after the last keystroke text is put on disk by itself."""


SAVE_AT_LATEST_MS = 10_000
"""How long after the first keystroke that is not on disk the pause in typing is no longer waited for."""


class SavingTimer(QTimer):
    """`touch` it at every keystroke: it is put off by the next one, but not for ever."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner, singleShot=True, interval=SAVE_AFTER_MS)
        self._typing = QElapsedTimer()

    def touch(self) -> None:
        """Something was typed."""
        if not self.isActive():
            self._typing.start()
        if self._typing.elapsed() < SAVE_AT_LATEST_MS:
            self.start()


def saving_later(owner: QObject, save: Callable[[], None]) -> SavingTimer:
    """A timer that saves once typing has rested, or has gone on for long."""
    timer = SavingTimer(owner)
    timer.timeout.connect(save)
    return timer


class GrowingText(QPlainTextEdit):
    """Text of several lines that grows from two to eight before it scrolls.

    `committed(text)` comes when the focus leaves or on Ctrl+Enter, and only if the text changed since `load`;
    `finished` comes on Ctrl+Enter (go on), `left` on Esc (back to the question).
    """

    committed = Signal(str)
    finished = Signal()
    left = Signal()

    def __init__(
        self, name: str, *, hint: str = "", fewest_lines: int = FEWEST_LINES, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fewest = fewest_lines
        self._loaded = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        theme().changed.connect(self._grow)
        self._grow()

    def load(self, text: str) -> None:
        """Show stored text; it is not committed again unless it is changed."""
        self._loaded = text
        if text != self.toPlainText():
            self.setPlainText(text)

    def commit(self) -> None:
        """Emit `committed` now if something was changed."""
        text = self.toPlainText()
        if text != self._loaded:
            self._loaded = text
            self.committed.emit(text)

    @property
    def unsaved(self) -> bool:
        """Whether it holds words that were not committed."""
        return self.toPlainText() != self._loaded

    def revert(self) -> None:
        """Show again what was loaded or committed last."""
        self.setPlainText(self._loaded)

    def keep_unsaved(self, stored: str) -> None:
        """After a failed save: `stored` is what is on disk, the words stay and are committed again when asked."""
        self._loaded = stored

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter, history = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter), self.document()
        if nothing_to_undo(event, undo=history.isUndoAvailable(), redo=history.isRedoAvailable()):
            event.ignore()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.commit()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        # A QPlainTextEdit measures its document in lines, not in pixels, and scrolls unless one pixel is to spare.
        lines = max(self._fewest, min(MOST_LINES, round(self.document().size().height())))
        frame = self.contentsMargins()
        around = 2 * round(self.document().documentMargin()) + frame.top() + frame.bottom() + 1
        height = math.ceil(lines * self._line_height()) + around
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()

    def _line_height(self) -> float:
        laid_out = self.document().firstBlock().layout()
        return laid_out.lineAt(0).height() if laid_out.lineCount() else float(self.fontMetrics().lineSpacing())


class DateField(LineEdit):
    """A date typed as dd/mm/yyyy or `3/6`, whose year then comes from the audited period.

    `changed(iso)` gives the ISO text (empty when cleared); `fault(text)` what is wrong, empty when it is right again.
    A form must not go on while it is `faulty`.
    """

    changed = Signal(str)
    fault = Signal(str)

    def __init__(self, name: str, *, period: tuple[date, date] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(f"{name}, day/month/year", hint="dd/mm/yyyy", parent=parent)
        self._period = period
        self._iso = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._take)

    @property
    def iso(self) -> str:
        """The date as ISO text, or an empty string."""
        return self._iso

    @property
    def faulty(self) -> bool:
        """Whether something stands in it that cannot be read; `iso` is then no longer what the user sees."""
        text = self.text().strip()
        return bool(text) and read_date(text, self._period) is None

    def commit(self) -> None:
        """Read what is typed now, as when the focus leaves."""
        self._take()

    def set_iso(self, iso: str) -> None:
        """Show a stored date, without `changed`."""
        self._iso = iso
        self.setText(show_date(date.fromisoformat(iso)) if iso else "")
        self._tell("")

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance("00/00/0000") + theme().px(34)
        return QSize(wide, super().sizeHint().height())

    def _take(self) -> None:
        text = self.text().strip()
        found = read_date(text, self._period)
        if text and found is None:
            self._tell(f"“{text}” is not a date. Type day/month/year, such as 03/06/2026 or 3/6.")
            return
        iso = found.isoformat() if found else ""
        self.setText(show_date(found))
        self._tell("")
        if iso != self._iso:
            self._iso = iso
            self.changed.emit(iso)

    def _tell(self, text: str) -> None:
        polish(self, fault="true" if text else "false")
        self.setAccessibleDescription(text)
        self.fault.emit(text)
