"""A table of questions in which Space or a click on the first column leaves one out, or asks it again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from auditor.desktop.widgets.data_table import DataTable
from auditor.domain.burden import QuestionBurden


class QuestionList(DataTable[QuestionBurden]):
    """`flipped(id)` for the row of the cursor."""

    flipped = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and self.current is not None:
            self.flipped.emit(self.current.question.id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at.column() == 0 and self.current is not None:
            self.flipped.emit(self.current.question.id)
