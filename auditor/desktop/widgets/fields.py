"""Fields: a label over a control with its hint or fault below, one-line text, lists, check rows."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from auditor.desktop.icons import draw_icon
from auditor.desktop.marks import MarkKind, draw_mark
from auditor.desktop.theme import polish, theme
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.painting import box, rect_f, text_width, write


def nothing_to_undo(event: QKeyEvent, *, undo: bool, redo: bool) -> bool:
    """Whether Ctrl+Z or Ctrl+Y is pressed in a field that holds nothing to undo or do again: then the page may."""
    standard = QKeySequence.StandardKey
    return (event.matches(standard.Undo) and not undo) or (event.matches(standard.Redo) and not redo)


class LineEdit(QLineEdit):
    """One line of text; `name` is what a screen reader says."""

    def __init__(self, name: str, *, hint: str = "", secret: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if nothing_to_undo(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Combo(QComboBox):
    """A list to choose one of; `options` are (id, word). `picked(id)` when the user chose."""

    picked = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        # Qt's own policy gives the focus to a list that is only scrolled past.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_options(options)
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        self.clear()
        for option_id, word in options:
            self.addItem(word, option_id)

    def fill_room(self) -> None:
        """Take the room there is, however long the words of its options are."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        """The id of what is chosen, or an empty string."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme().px(14)
        place = QRectF(self.width() - side - theme().px(8), (self.height() - side) / 2, side, side)
        draw_icon(QPainter(self), place, "chevron-down", theme().colour("text2"))


class Field(QWidget):
    """A control with its label above and a hint below; `fault(text)` says under it what is missing."""

    def __init__(self, label: str, control: QWidget, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._hint = hint
        self._column = column = QVBoxLayout(self)
        # The focus ring reaches 4 px beyond the control.
        column.setContentsMargins(4, 0, 4, 4)
        column.setSpacing(5)
        self.label = Label(label, "label")
        self.label.setBuddy(control)
        self._below = WrapLabel(hint, "caption", parent=self)
        self._below.setVisible(bool(hint))
        column.addWidget(self.label)
        column.addWidget(control)
        column.addWidget(self._below)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        if not control.accessibleName():
            control.setAccessibleName(label)
        control.setAccessibleDescription(hint)

    def add_below(self, widget: QWidget) -> None:
        """Put something more below the control."""
        self._column.addWidget(widget)

    def set_words(self, label: str, hint: str = "") -> None:
        """Ask for something else in the same place."""
        self.label.setText(label)
        self.control.setAccessibleName(label)
        self._hint = hint
        self.fault("")

    def fault(self, text: str) -> None:
        """Say what is wrong right under the control, or show the hint again when `text` is empty."""
        polish(self.control, fault="true" if text else "false")
        polish(self._below, c="late" if text else "caption")
        self._below.setText(text or self._hint)
        self._below.setVisible(bool(text or self._hint))
        self.control.setAccessibleDescription(text or self._hint)


class CheckRow(QCheckBox):
    """A check box clicked by its whole row, with a note in grey behind its text."""

    def __init__(self, text: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._note = note
        self.setAccessibleName(f"{text}, {note}" if note else text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        words = text_width(self.text()) + (text_width(self._note, 12) + theme().px(10) if self._note else 0)
        return QSize(words + theme().px(34), theme().px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side, middle = theme().px(18), self.height() / 2
        square = QRectF(2, round(middle - side / 2), side, side)
        enabled = self.isEnabled()
        if self.isChecked():
            box(painter, square, fill=theme().colour("accent" if enabled else "muted"))
            inner = square.adjusted(3, 3, -3, -3)
            draw_mark(painter, inner, MarkKind.TICK, theme().colour("on_accent" if enabled else "surface"))
        else:
            ground = theme().colour("sel" if self.underMouse() else "surface")
            box(painter, square, fill=ground, edge=theme().colour("ctl"), width=1.25)
        words = rect_f(self).adjusted(square.right() + theme().px(10), 0, 0, 0)
        used = write(painter, words, self.text(), colour="text" if enabled else "muted")
        if self._note:
            words.setLeft(words.left() + used + theme().px(10))
            write(painter, words, self._note, px=12, colour="muted")
