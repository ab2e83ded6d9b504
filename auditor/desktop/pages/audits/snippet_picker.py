"""Choosing a comment snippet: found by its words, read whole, and only then, by a second act, put into the comment."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from auditor.desktop.messages import Problem
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.domain.snippets import Snippet, matching
from auditor.services.snippets import KeepSnippet

_MOST_FOUND = 6
_NONE_YET = "No snippet yet. Write a comment, then keep it as one from here; two low lines (__) leave a gap to fill in."


class SnippetPicker(Panel):
    """Enter shows a snippet whole, Enter again asks for it with `taken(text)`; Esc goes one step back.

    `kept(KeepSnippet)` asks to keep the words of the comment as one; `tell` says in place what speaks against it.
    """

    taken = Signal(str)
    kept = Signal(object)
    cancelled = Signal()

    def __init__(self, number: str, snippets: Sequence[Snippet], comment: str) -> None:
        super().__init__(c="well", margins=(12, 10, 12, 12), spacing=8)
        self.setAccessibleName(f"Snippets for the comment on {number}")
        self._snippets, self._comment, self._sure = snippets, comment.strip(), False
        self._chosen: Snippet | None = None
        self.typed = LineEdit("Words of a snippet", hint="Words of a snippet")
        self.list = QListWidget()
        self.list.setAccessibleName("Snippets found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.whole = WrapLabel("")
        self.take = Button("Put into the comment", "small", name="Put into the comment, Enter")
        self.keep = Button("Keep the comment as a snippet", "small")
        self._said = WrapLabel("" if snippets else _NONE_YET, "caption2")
        self._lay_out()
        self.typed.textEdited.connect(self._look)
        self.typed.returnPressed.connect(self._show_whole)
        self.list.itemClicked.connect(lambda _item: self._show_whole())
        self.take.clicked.connect(self._take)
        self.keep.clicked.connect(lambda: self.kept.emit(KeepSnippet(self._comment, sure=self._sure)))
        self._look("")

    def take_focus(self) -> None:
        """Where words are typed, or where the snippet that is read is taken."""
        if self._chosen is not None:
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._snippets or self.keep.isHidden():
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, problem: Problem) -> None:
        """Say in place why the comment was not kept; what only warns can be kept by pressing again."""
        self._sure = problem.code == "names-somebody"
        self._say(f"{problem.message} {problem.remedy}")
        if self._sure:
            self.keep.set_text("Keep it all the same, for me")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self._step_back()
        elif step is not None and self.list.count() and self._chosen is None:
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
        # Nothing goes further: no key of the desk may work while a snippet is chosen.

    def _look(self, typed: str) -> None:
        found = matching(self._snippets, typed)[:_MOST_FOUND]
        self.list.clear()
        for snippet in found:
            item = QListWidgetItem(f"{' '.join(snippet.text.split())}{'  · shared' if snippet.shared else ''}")
            item.setData(Qt.ItemDataRole.UserRole, snippet)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(self.list.count() * max(self.list.sizeHintForRow(0), 1) + 6)
        if self._snippets:
            self._say("" if found else "No snippet holds these words.")
        self._settle()

    def _show_whole(self) -> None:
        """The first act: the snippet stands there to be read."""
        row = self.list.currentRow()
        self._chosen = self.list.item(row).data(Qt.ItemDataRole.UserRole) if row >= 0 else None
        if self._chosen is not None:
            self.whole.setText(self._chosen.text)
            self._say("Read it, then Enter puts it into the comment, marked, for you to make it say what you saw.")
            self._settle()
            self.take_focus()

    def _take(self) -> None:
        """The second act."""
        if self._chosen is not None:
            self.taken.emit(self._chosen.text)

    def _step_back(self) -> None:
        if self._chosen is None:
            self.cancelled.emit()
            return
        self._chosen = None
        self._look(self.typed.text())
        self.take_focus()

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self.take.setAccessibleDescription(self.whole.text())

    def _settle(self) -> None:
        reading = self._chosen is not None
        self.typed.setHidden(reading or not self._snippets)
        self.list.setHidden(reading or not self.list.count())
        self._reading.setHidden(not reading)
        self.take.setHidden(not reading)
        self.keep.setHidden(reading or not self._comment)

    def _lay_out(self) -> None:
        self._reading = Panel(margins=(12, 8, 12, 8))
        self._reading.body.addWidget(self.whole)
        cancel = Button("Cancel", "small", name="Cancel, Esc")
        cancel.clicked.connect(self._step_back)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.keep)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.take)
        self.body.addWidget(Label("Snippets", "h3"))
        for widget in (self.typed, self.list, self._reading, self._said):
            self.body.addWidget(widget)
        self.body.addLayout(buttons)
