"""Why a question or a whole section does not apply: the numbered reasons of the template, or own words."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from auditor.desktop.preferences import preferences
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import CheckRow, LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.painting import PaintedButton, box, cap_width, key_cap, rect_f, text_width, write
from auditor.desktop.widgets.panel import Panel

MOST_NUMBERED = 9


class _Reason(PaintedButton):
    """One reason with its digit."""

    def __init__(self, digit: str, reason: str) -> None:
        super().__init__(f"{digit}: {reason}")
        self._digit, self.reason = digit, reason

    def sizeHint(self) -> QSize:
        return QSize(cap_width(self._digit) + text_width(self.reason) + theme().px(34), theme().px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), rect_f(self)
        if self.underMouse():
            box(painter, rect, fill=theme().colour("sel"))
        used = key_cap(painter, theme().px(6), self.height() / 2, self._digit)
        left = theme().px(6) + used + theme().px(8)
        write(painter, QRectF(left, 0, rect.width() - left, rect.height()), self.reason)


class Reasons(Panel):
    """Stands in place under the question. A digit takes a reason, a letter begins own words, Esc puts it away.

    `also` is something more that can be ticked, with its check row of that name.
    """

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, title: str, reasons: Sequence[str], *, columns: int = 2, note: str = "", also: str = "") -> None:
        super().__init__(c="well", margins=(12, 10, 12, 12), spacing=8)
        self.setAccessibleName(title)
        self._reasons = [_Reason(str(number), text) for number, text in enumerate(reasons[:MOST_NUMBERED], start=1)]
        self.body.addWidget(WrapLabel(title, "h3"))
        if note:
            self.body.addWidget(WrapLabel(note, "caption2"))
        grid = QGridLayout()
        grid.setSpacing(4)
        lines = -(-len(self._reasons) // columns)
        for number, reason in enumerate(self._reasons):
            grid.addWidget(reason, number % lines, number // lines)
            reason.clicked.connect(lambda _on=False, text=reason.reason: self.chosen.emit(text))
        self.body.addLayout(grid)
        self.also = CheckRow(also, parent=self)
        self.also.setHidden(not also)
        self.body.addWidget(self.also)
        self.own = LineEdit("Reason in your own words", hint="or in your own words, then Enter")
        self.own.returnPressed.connect(self._take_own)
        self.throw_away = Button("Throw away", "small", name="Throw away what is written")
        cancel = Button("Cancel", "small", name="Cancel, Esc")
        cancel.clicked.connect(self.cancelled)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.own, 1)
        line.addWidget(self.throw_away)
        line.addWidget(cancel)
        self.body.addLayout(line)
        self._missing = Label("", "late")
        self._missing.hide()
        self.body.addWidget(self._missing)

    @property
    def fields(self) -> dict[str, QWidget]:
        """What a draft keeps of it."""
        return {"own": self.own, "also": self.also}

    def take_focus(self) -> None:
        """Where the digits work; without numbered reasons straight to the own words."""
        begun = bool(self.own.text()) or not self._reasons
        first = self.own if begun else self._reasons[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit, text = event.key() - Qt.Key.Key_0.value, event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif preferences().mutes(event):
            return
        elif 1 <= digit <= len(self._reasons):
            self._reasons[digit - 1].click()
        elif text.isalpha() and not self.own.hasFocus():
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)
            self.own.insert(text)
        # Nothing goes further: no key of the desk may work while a reason is asked for.

    def _take_own(self) -> None:
        reason = self.own.text().strip()
        if reason:
            self.chosen.emit(reason)
        else:
            self._missing.setText("Say in a few words why it does not apply.")
            self._missing.show()
