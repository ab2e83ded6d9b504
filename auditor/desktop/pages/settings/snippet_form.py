"""The words of one comment snippet, and whether everybody may use it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.messages import problem_of
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.fields import CheckRow, Field
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.snippets import Snippet
from auditor.services.snippets import KeepSnippet

_KEEP, _SURE = "Keep", "Keep it all the same"


class SnippetForm(Drawer):
    """Asks with `kept(KeepSnippet)` or `removed(id)`; `tell` says under the words what speaks against it."""

    kept = Signal(object)
    removed = Signal(str)

    def __init__(self, may_share: bool, parent: QWidget | None = None) -> None:
        super().__init__("Snippet", parent=parent)
        self._snippet: Snippet | None = None
        self._sure = False
        self.text = GrowingText("Words of the snippet", hint="Seen alone on __ of __ visits", fewest_lines=4)
        self.share = CheckRow("Share it with everybody")
        self.share.setVisible(may_share)
        self._problem = WrapLabel("", "late")
        self.keep, self.remove = Button(_KEEP, "p"), Button("Remove", "quiet", name="Remove this snippet")
        for widget in (Field("Words", self.text, hint="No names: a snippet is used for other children"),
                       self.share, self._problem):  # fmt: skip
            self.body.addWidget(widget)
        line = QHBoxLayout()
        line.addWidget(self.remove)
        line.addStretch(1)
        line.addWidget(self.keep)
        self.foot.addLayout(line)
        self.keep.clicked.connect(self.ask)
        self.text.finished.connect(self.ask)
        self.text.left.connect(self.close_drawer)
        self.text.textChanged.connect(self._clear)
        self.remove.clicked.connect(lambda: self.removed.emit(self._snippet_id))

    @property
    def drafted(self) -> dict[str, QWidget]:
        """What a draft keeps of it."""
        return {"text": self.text, "share": self.share}

    def show_snippet(self, snippet: Snippet | None) -> None:
        """Fill the form: with a snippet to change, or empty for a new one."""
        self._snippet = snippet
        self.text.load(snippet.text if snippet else "")
        self.share.setChecked(snippet is not None and snippet.shared)
        self.remove.setVisible(snippet is not None)
        self._clear()

    def arrive(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Ask to keep what is written."""
        self.kept.emit(KeepSnippet(self.text.toPlainText(), self._snippet_id, self.share.isChecked(), self._sure))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ask()
        else:
            super().keyPressEvent(event)

    def tell(self, error: Exception) -> None:
        """Say why it was not kept; what only warns is kept by pressing again."""
        problem = problem_of(error)
        self._problem.setText(f"{problem.message} {problem.remedy}")
        self._problem.show()
        self._sure = problem.code == "names-somebody" and not self.share.isChecked()
        self.keep.set_text(_SURE if self._sure else _KEEP)
        self.arrive()

    @property
    def _snippet_id(self) -> str:
        return self._snippet.id if self._snippet else ""

    def _clear(self) -> None:
        self._problem.hide()
        self._sure = False
        self.keep.set_text(_KEEP)
