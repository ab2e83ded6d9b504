"""Section row: number, short title, progress and marks of one section of an audit, 54 px high."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from auditor.desktop.marks import Meaning, draw_mark
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.painting import LEFT, RIGHT, PaintedButton, focus_box, rect_f, write
from auditor.desktop.widgets.progress import draw_bar

_LEFT, _TITLE, _RIGHT = 12, 38, 12


class SectionRow(PaintedButton):
    """One section in the list at the left of the desk; `clicked` opens it."""

    stepped = Signal(int)
    """Down (1) or Up (-1) was pressed: to the row after or before."""

    def __init__(self, number: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Section {number}, {title}", parent)
        self._number, self._title = number, title
        self._done, self._total = 0, 0
        self._reason = ""
        self._marks: Sequence[Meaning] = ()
        self.setCheckable(True)
        self.setProperty("ownFocus", True)

    def nextCheckState(self) -> None:
        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Told by the row itself: the scrolled column around it would take the arrows for scrolling.
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def set_progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self._say()

    def set_reason(self, reason: str) -> None:
        """Why the section is not for this case, in the place of its progress; empty where it is."""
        self._reason = reason
        self.setToolTip(reason)
        self._say()

    def set_marks(self, marks: Sequence[Meaning]) -> None:
        """Marks at the right: a grade given, checks that warn, everything answered."""
        self._marks = marks
        self._say()

    def set_current(self, current: bool) -> None:
        self.setChecked(current)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(54))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(54))

    def _say(self) -> None:
        words = "".join(f", {mark.word}" for mark in self._marks)
        count = f"{self._done} of {self._total}"
        far = f"does not apply: {self._reason}, {count}" if self._reason else count
        said = f"Section {self._number}, {self._title}, {far}{words}"
        # The name says all that is painted: a row that says the same need not be painted again.
        if said != self.accessibleName():
            self.setAccessibleName(said)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, rect, current = theme().px, rect_f(self), self.isChecked()
        if current or self.underMouse():
            painter.fillRect(rect, theme().colour("sel"))
        if current:
            painter.fillRect(QRectF(0, 0, 3, rect.height()), theme().colour("accent"))
        line = QRectF(px(_LEFT), px(4), rect.width() - px(_LEFT + _RIGHT), px(24))
        number: Token = "accent" if current else "text2"
        write(painter, line, self._number, px=12, weight=600, colour=number, tabular=True)
        right, side = line.right(), px(14)
        for mark in reversed(self._marks):
            right -= side
            place = QRectF(right, line.center().y() - side / 2, side, side)
            draw_mark(painter, place, mark.mark, theme().colour(mark.colour))
            right -= px(6)
        title = QRectF(px(_TITLE), line.top(), right - px(_TITLE), line.height())
        write(painter, title, self._title, weight=600 if current else 400, align=LEFT)
        self._paint_progress(painter, rect)
        if self.hasFocus():
            focus_box(painter, rect.adjusted(2, 2, -2, -2))

    def _paint_progress(self, painter: QPainter, rect: QRectF) -> None:
        px = theme().px
        below = QRectF(px(_TITLE), px(28), rect.width() - px(_TITLE + _RIGHT), px(16))
        if self._reason:
            write(painter, below, self._reason, px=11, colour="muted", align=LEFT)
            return
        count = f"{self._done} of {self._total}"
        used = write(painter, below, count, px=11, colour="muted", align=RIGHT, tabular=True)
        bar = QRectF(below.left(), px(34), below.width() - max(used, px(48)) - px(8), px(4))
        complete = self._total > 0 and self._done == self._total
        share = self._done / self._total if self._total else 0.0
        draw_bar(painter, bar, share, "muted" if complete else "accent")
