"""A problem shown whole: what happened, where, what to do next, and for a bug the details to copy. No pop-up."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from auditor.desktop.marks import MarkKind
from auditor.desktop.messages import Problem
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import MarkLabel, WrapLabel
from auditor.desktop.widgets.panel import Surface


class ProblemStrip(Surface):
    """Stands above the status line, or in a page right where a problem arose. Esc closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("foot", horizontal=True, margins=(20, 12, 16, 12), spacing=12, parent=parent)
        self.setAccessibleName("What went wrong")
        self._problem: Problem | None = None
        words = QVBoxLayout()
        words.setSpacing(4)
        self._title = WrapLabel("", "h2")
        self._message = WrapLabel("")
        self._remedy = WrapLabel("", "text2")
        self._place = WrapLabel("", "caption")
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName("Details to copy")
        for widget in (self._title, self._message, self._remedy, self._place, self._details):
            words.addWidget(widget)
        buttons = QHBoxLayout()
        self._copy = Button("Copy details", "small", icon="copy")
        self._copy.clicked.connect(self.copy)
        self._close = Button("Close", "icon", icon="close", name="Close, Esc")
        self._close.clicked.connect(self.dismiss)
        buttons.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        buttons.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(MarkLabel(MarkKind.WARNING, "inadequate", px=20), 0, Qt.AlignmentFlag.AlignTop)
        assert isinstance(self.body, QHBoxLayout)
        self.body.addLayout(words, 1)
        self.body.addLayout(buttons)
        self.hide()

    def show_problem(self, problem: Problem) -> None:
        """Show a problem and take the focus, so that the keyboard and a screen reader are there."""
        self._problem = problem
        self._title.setText(problem.title)
        self._message.setText(problem.message)
        self._remedy.setText(problem.remedy)
        self._place.setText(problem.place)
        self._place.setVisible(bool(problem.place))
        self._details.setPlainText(problem.details)
        self._details.setVisible(bool(problem.details))
        self._details.setFixedHeight(theme().px(120))
        self._copy.setVisible(bool(problem.details))
        self.show()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def problem(self) -> Problem | None:
        """What is shown, or None."""
        return self._problem

    def copy(self) -> None:
        """Put code and details on the clipboard."""
        if self._problem is not None:
            QGuiApplication.clipboard().setText(f"{self._problem.code}\n{self._problem.details}")

    def dismiss(self) -> None:
        """Close it."""
        self._problem = None
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
