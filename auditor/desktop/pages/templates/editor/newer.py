"""There is a newer version of the master a draft was made from: what changed, and taking it over."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.pages.templates.editor.state import DraftState
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import Note
from auditor.desktop.words import many
from auditor.services.newer_base import NewerBase, newer_base
from auditor.services.template_drafts import MoveDraft, move_draft

MOST = 60


class NewerNote(QWidget):
    """Nothing to see unless there is a newer master."""

    def __init__(self, state: DraftState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(8)
        self.show_changes, self.take = Button("Show what changed", "small"), Button("Take it over", "small")
        self.changes = WrapLabel("", "caption2")
        self.changes.hide()
        self.hide()
        state.operations.run(lambda: state.session.ask(newer_base, state.draft_id), on_done=self._tell)

    def _tell(self, found: NewerBase | None) -> None:
        # The editor may have been closed meanwhile.
        if found is None or not self._state.active:
            return
        has = "This workspace has its own" if found.own else "The program now has"
        loss = " Published without it, the draft leaves out what changed there." if found.own else ""
        words = (
            f"{has} version {found.version} of this template.{loss} "
            f"Taking it over puts {many(len(self._state.form.edits), 'change')} of the draft on it."
        )
        self._column.addWidget(Note("A newer version to start from", words, icon="templates"))
        line = QHBoxLayout()
        line.setContentsMargins(4, 0, 4, 0)
        line.setSpacing(8)
        line.addWidget(self.show_changes)
        line.addWidget(self.take)
        line.addStretch(1)
        self._column.addLayout(line)
        said = [str(change) for change in found.changes[:MOST]]
        said += [f"and {len(found.changes) - MOST} more"] if len(found.changes) > MOST else []
        self.changes.setText("\n".join(said))
        self._column.addWidget(self.changes)
        self.show_changes.clicked.connect(self._show)
        self.take.clicked.connect(lambda: self._take(found))
        self.show()

    def _show(self) -> None:
        self.changes.setVisible(self.changes.isHidden())
        self.show_changes.set_text("Show what changed" if self.changes.isHidden() else "Hide what changed")

    def _take(self, found: NewerBase) -> None:
        command = MoveDraft(self._state.draft_id, found.hash)
        self._state.operations.run(
            lambda: self._state.session.do(move_draft, command), quick=True, on_done=lambda _done: self._took()
        )

    def _took(self) -> None:
        self.hide()
        self._state.read_again()
