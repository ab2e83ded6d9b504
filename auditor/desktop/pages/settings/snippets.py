"""Comment snippets: one's own and the shared ones in a table, and beside it the words of one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Draft
from auditor.desktop.operations import Operations
from auditor.desktop.pages.settings.snippet_form import SnippetForm
from auditor.desktop.preferences import preferences
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import polish
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.desktop.widgets.labels import WrapLabel, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.table_model import Column
from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, may
from auditor.domain.snippets import Snippet, matching
from auditor.services.session import Session
from auditor.services.snippets import KeepSnippet, keep_snippet, may_keep, remove_snippet, snippets

_WHAT_FOR = (
    "Phrases to begin a comment with. At the desk Ctrl+J finds one, shows it whole, and puts it in marked. Two low "
    "lines (__) leave a gap that has to be filled in."
)


class Snippets(QWidget):
    """Write, change, share with everybody, remove."""

    def __init__(self, session: Session, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._operations = session, operations
        self._draft: Draft | None = None
        self.table = DataTable[Snippet](
            "Snippets", _COLUMNS, table_id="snippets", memory=preferences(), key=lambda snippet: snippet.id
        )
        self.table.opened.connect(self._open)
        self.add = Button("Write a snippet…", "p")
        self.add.clicked.connect(self.begin_adding)
        self.form = SnippetForm(may(session.actor, Duty.SHARE_SNIPPETS))
        self.form.kept.connect(self._keep)
        self.form.removed.connect(self._remove)
        self.form.closed.connect(self._settle)
        main = Surface("surface")
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(WrapLabel(_WHAT_FOR, "caption"), 1)
        head.addWidget(self.add)
        main.body.addLayout(head)
        main.body.addWidget(rule())
        main.body.addWidget(self.table)
        self._split = WithDrawer(main, self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)

    def refresh(self) -> None:
        """Ask again which there are."""
        self._operations.run(lambda: self._session.ask(snippets, None), on_done=self._show, quick=True)

    def arrive(self) -> None:
        """The cursor goes to the snippets, or to writing the first one."""
        (self.table if self.table.rows.rowCount() else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, arrangement: Arrangement) -> None:
        """Where there is no room for both the form takes the place of the table."""
        self._split.set_stacked(arrangement is not Arrangement.WIDE)

    def go_back(self) -> bool:
        """Close the form first."""
        if not self.form.isVisibleTo(self):
            return False
        self.form.close_drawer()
        return True

    def begin_adding(self) -> None:
        """Open the form for a new one."""
        self._show_form(None)

    def _show(self, found: Sequence[Snippet]) -> None:
        self.table.set_rows(matching(found, ""))
        if self.table.current is None:
            self.table.select_first()

    def _open(self, snippet: Snippet) -> None:
        if may_keep(snippet, self._session.actor):
            self._show_form(snippet)
        else:
            self._operations.messages.refused("Only for reading here", "whoever shared it or a QA lead changes it")

    def _show_form(self, snippet: Snippet | None) -> None:
        if self._draft is not None:
            self._draft.let_go()
        self.form.show_snippet(snippet)
        place = f"snippet/{snippet.id if snippet else 'new'}"
        self._draft = Draft(self._session, self._operations, place, self.form, self.form.drafted)
        self._split.open("Change the snippet" if snippet else "Write a snippet", with_foot=True)
        self._settle()
        self.form.arrive()

    def _settle(self) -> None:
        """One filled button: the form's while it is open."""
        polish(self.add, k="" if self.form.isVisibleTo(self) else "p")

    def _keep(self, command: KeepSnippet) -> None:
        self._send(lambda: self._session.do(keep_snippet, command))

    def _remove(self, snippet_id: str) -> None:
        self._send(lambda: self._session.do(remove_snippet, snippet_id))

    def _send(self, act: Callable[[], Changes]) -> None:
        def sent(_changes: Changes) -> None:
            if self._draft is not None:
                self._draft.forget()
            self.form.close_drawer()
            self.refresh()
            self.arrive()

        self._operations.run(act, quick=True, on_done=sent, on_failed=self.form.tell)


_COLUMNS = [
    Column[Snippet]("text", "Snippet", text=lambda snippet: " ".join(snippet.text.split()), stretch=True),
    Column[Snippet]("whose", "For", text=lambda snippet: "Everybody" if snippet.shared else "You", width=120),
]
