"""The foot of the editor: how the draft stands, undo, dropping it, and publishing it under a new version."""

import re
from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from auditor.desktop.pages.templates.editor.check_pane import stops_words
from auditor.desktop.pages.templates.editor.state import DraftState
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import LineEdit
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.words import many
from auditor.services.local_masters import local_masters


class PublishBar(Surface):
    """`published(version)` and `dropped` ask for it; nothing is dropped at the first press."""

    published = Signal(str)
    dropped = Signal()

    def __init__(self, state: DraftState, parent: QWidget | None = None) -> None:
        super().__init__("foot", margins=(20, 8, 20, 8), spacing=6, parent=parent)
        self._state = state
        self.stand = WrapLabel("", "caption2")
        self.undo, self.redo = Button("Undo", "small"), Button("Do again", "small")
        self.drop = Button("Drop the draft", "quiet")
        self.keep = Button("Keep it", "small")
        self.version = LineEdit("Version to publish as")
        card = state.form.card
        taken = {one.version for one in state.session.ask(local_masters, None) if one.id == card.base_id}
        self.version.setText(proposed_version(card.base_version, taken))
        self.publish = Button("Publish", "p")
        self.problem = InlineProblem()
        self._label = Label("Version", "label")
        self._label.setBuddy(self.version)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._left, self._right = (
            self._line(self.undo, self.redo, self.drop, self.keep),
            self._line(self._label, self.version, self.publish),
        )
        self.body.addWidget(self.problem)
        self.body.addLayout(self._grid)
        self.undo.clicked.connect(state.undo)
        self.redo.clicked.connect(state.redo)
        self.drop.clicked.connect(self._drop)
        self.keep.clicked.connect(lambda: self._sure(False))
        self.publish.clicked.connect(lambda: self.published.emit(self.version.text()))
        self.version.returnPressed.connect(self.publish.click)
        theme().changed.connect(self._fit)
        self._sure(False)
        self.set_narrow(False)
        self._fit()
        self.show_state()

    def show_state(self) -> None:
        """Say how the draft stands, and whether it can be published."""
        form, stops = self._state.form, stops_words(self._state.found)
        changes = many(len(form.edits), "change")
        self.stand.setText(f"{changes} since version {form.card.base_version}" + (f" · {stops}" if stops else ""))
        reason = stops or ("" if form.edits else "nothing is changed yet")
        if reason:
            self.publish.block(reason)
        else:
            self.publish.unblock()
        for button, can, why in (
            (self.undo, self._state.can_undo, "nothing to undo"),
            (self.redo, self._state.can_redo, "nothing was undone"),
        ):
            if can:
                button.unblock()
            else:
                button.block(why)

    def set_narrow(self, narrow: bool) -> None:
        """How it stands beside the buttons, or above them."""
        for item in (self.stand, self._left, self._right):
            self._grid.removeWidget(item)
        row = 1 if narrow else 0
        self._grid.addWidget(self.stand, 0, 0 if narrow else 1, 1, 3 if narrow else 1)
        self._grid.addWidget(self._left, row, 0)
        self._grid.addWidget(self._right, row, 2)
        self._grid.setColumnStretch(1, 1)

    def _drop(self) -> None:
        if self.keep.isHidden():
            self._sure(True)
        else:
            self.dropped.emit()

    def _sure(self, asking: bool) -> None:
        self.drop.set_text("Yes, drop it" if asking else "Drop the draft")
        self.keep.setVisible(asking)

    def _fit(self) -> None:
        self.version.setFixedWidth(theme().px(150))

    @staticmethod
    def _line(*widgets: QWidget) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(4, 4, 4, 4)
        line.setSpacing(8)
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch(1)
        return holder


def proposed_version(base: str, taken: Collection[str] = ()) -> str:
    """The next version after another and after those taken, so that audits under any of these see a newer one: the
    last number higher, or `-2` behind its words."""
    numbered = re.fullmatch(r"(.*?)(\d+)", base)
    before, number = (numbered[1], int(numbered[2])) if numbered else (f"{base}-", 1)
    counted = [int(match[1]) for one in taken if (match := re.fullmatch(re.escape(before) + r"(\d+)", one))]
    return f"{before}{max(number, *counted, 0) + 1}"
