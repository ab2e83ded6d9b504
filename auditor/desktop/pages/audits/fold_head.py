"""The head of a group of questions, which folds them together and opens them."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from auditor.desktop.icons import draw_icon
from auditor.desktop.pages.audits.row_painting import LEFT_EDGE
from auditor.desktop.theme import theme
from auditor.desktop.widgets.painting import PaintedButton, focus_box, hairline, rect_f, text_width, write


class FoldHead(PaintedButton):
    """The head of a group: folds and unfolds it."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._title, self._count = title, ""
        self.setCheckable(True)
        self.setProperty("ownFocus", True)

    @property
    def folded(self) -> bool:
        """Whether the group is hidden."""
        return self.isChecked()

    def set_count(self, done: int, total: int) -> None:
        self._count = f"{done} of {total}"
        self._say()

    def set_folded(self, folded: bool) -> None:
        self.setChecked(folded)
        self._say()

    def nextCheckState(self) -> None:
        return

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(34))

    def _say(self) -> None:
        self.setAccessibleName(f"{self._title}, {self._count} answered, {'folded' if self.folded else 'open'}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, px = QPainter(self), rect_f(self), theme().px
        side = px(14)
        arrow = QRectF(px(LEFT_EDGE), (rect.height() - side) / 2, side, side)
        draw_icon(painter, arrow, "chevron-right" if self.folded else "chevron-down", theme().colour("text2"))
        left = px(LEFT_EDGE) + side + px(10)
        words = QRectF(left, 0, rect.width() - left, rect.height())
        words.setLeft(left + write(painter, words, self._title, px=12, weight=600, colour="text2") + px(8))
        said = f"{self._count} · show them" if self.folded else self._count
        write(painter, words, said, px=12, colour="muted", tabular=True)
        if self.folded:
            hairline(painter, rect.bottomLeft(), rect.bottomRight())
        if self.hasFocus():
            focus_box(
                painter,
                QRectF(px(LEFT_EDGE) - 6, 3, text_width(self._title + said, 12, 600) + px(56), rect.height() - 6),
            )
