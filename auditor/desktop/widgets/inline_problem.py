"""A problem said right where it arose, for forms: what happened, what to do next, and the place in a file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import MarkKind
from auditor.desktop.widgets.labels import MarkLabel, WrapLabel


class InlineProblem(QFrame):
    """What went wrong and what to do next, right where it happened; the focus stays in the field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("c", "well")
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 10, 12, 10)
        line.setSpacing(10)
        line.addWidget(MarkLabel(MarkKind.WARNING, "inadequate"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        self._title, self._message, self._remedy = WrapLabel("", "h3"), WrapLabel(""), WrapLabel("", "text2")
        self._place = WrapLabel("", "caption")
        for label in (self._title, self._message, self._remedy, self._place):
            words.addWidget(label)
        line.addLayout(words, 1)
        self.code = ""
        self.hide()

    def tell(self, error: BaseException) -> None:
        """Show an error in plain words; a bug is shown as a bug."""
        # Seldom needed, and slow to import before the first window.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        from auditor.desktop.messages import problem_of

        problem = problem_of(error)
        self.code = problem.code
        self._title.setText(problem.title)
        self._message.setText(problem.message)
        self._remedy.setText("\n\n".join(part for part in (problem.remedy, problem.details) if part))
        self._place.setText(problem.place)
        self._place.setVisible(bool(problem.place))
        self.show()
        said = f"{problem.title}. {problem.message} {problem.remedy}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    @property
    def words(self) -> str:
        """Everything it says now; empty while it is hidden."""
        labels = (self._title, self._message, self._remedy, self._place)
        return "\n".join(label.text() for label in labels if label.text()) if self.code else ""

    def clear(self) -> None:
        """Say nothing."""
        self.code = ""
        self.hide()
