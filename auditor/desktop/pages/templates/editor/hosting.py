"""The place of the editor on the Templates page: opens it over the page's own content, and closes it again."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.templates.editor.editor import KEYS, TemplateEditor
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.header import PageHeader
from auditor.domain.roles import Duty, may
from auditor.domain.template import Template
from auditor.services.draft_opening import ChangeTemplate, change_template
from auditor.services.session import Session
from auditor.services.template_drafts import drafts


class Editing(QObject):
    """Puts the editor into `stack` while a draft is open; `button` is what begins it.

    `opened` and `closed(hash)` tell the page to withhold its own buttons and to offer them again."""

    opened = Signal()
    closed = Signal(str)

    def __init__(
        self, session: Session, operations: Operations, stack: QStackedWidget, header: PageHeader, button: Button
    ) -> None:
        super().__init__(stack)
        self._session, self._operations, self._stack, self._header = session, operations, stack, header
        self._arrangement = Arrangement.WIDE
        self._before: QWidget | None = None
        self._head = ("", "")
        self._button = button
        self.editor: TemplateEditor | None = None

    @property
    def is_open(self) -> bool:
        """Whether a draft is open."""
        return self.editor is not None

    def offer(self, template: Template) -> None:
        """Say on the button whether it starts a draft of this template or goes on with one."""
        if may(self._session.actor, Duty.KEEP_TEMPLATES):
            begun = {card.base_id for card in self._session.ask(drafts, None)}
            self._button.set_text("Go on with the draft" if template.master in begun else "Change…")

    def show_below(self, widget: QWidget) -> None:
        """Show the page's own content, at once or when the draft is closed."""
        if self.is_open:
            self._before = widget
        else:
            self._stack.setCurrentWidget(widget)

    def set_facts_below(self, facts: str) -> None:
        """Say the page's own facts, at once or when the draft is closed."""
        if self.is_open:
            self._head = (self._head[0], facts)
        else:
            self._header.set_facts(facts)

    def arrive(self) -> bool:
        """Put the focus where work goes on; False where no draft is open."""
        if self.editor is not None:
            self.editor.arrive()
        return self.is_open

    def change(self, template: Template) -> None:
        """Go on with the open draft of the master behind a template, or start one."""
        command = ChangeTemplate(template.master, template.version)
        self._operations.run(
            lambda: self._session.do(change_template, command),
            on_done=lambda changes: self.open(changes.made),
            busy_text="Opening the draft",
            key=f"draft/{template.master}",
        )

    def open(self, draft_id: str) -> None:
        """Show a draft."""
        if self.editor is not None:
            return
        editors: list[TemplateEditor] = []
        self._operations.run(
            lambda: TemplateEditor(self._session, self._operations, draft_id), quick=True, on_done=editors.append
        )
        if not editors:
            return
        self.editor = editors[0]
        self._before = self._stack.currentWidget()
        self._head = (self._header.title.text(), self._header.facts.text())
        card = self.editor.state.form.card
        self._header.set_title(
            self.editor.title, f"made from version {card.base_version} · every change is saved at once"
        )
        self._stack.addWidget(self.editor)
        self._stack.setCurrentWidget(self.editor)
        self.editor.closed.connect(self.close)
        self.editor.arrange(self._arrangement)
        self.opened.emit()
        self.editor.arrive()

    def close(self, published: str = "") -> None:
        """Show the page's own content again."""
        if self.editor is None:
            return
        editor, self.editor = self.editor, None
        editor.close_editor()
        self._stack.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        if self._before is not None:
            self._stack.setCurrentWidget(self._before)
        self._header.set_title(*self._head)
        self.closed.emit(published)

    def arrange(self, arrangement: Arrangement) -> None:
        """Fit the editor to the room there is."""
        self._arrangement = arrangement
        if self.editor is not None:
            self.editor.arrange(arrangement)

    def go_back(self) -> bool:
        """Within the editor, or out of it; False where none is open."""
        if self.editor is None:
            return False
        if not self.editor.go_back():
            self.close()
        return True

    def press(self, key: str) -> bool:
        """Single keys of the editor."""
        return self.editor is not None and self.editor.press(key)

    def leave(self) -> None:
        """Put on disk what is being typed."""
        if self.editor is not None:
            self.editor.leave()

    def keys(self) -> list[tuple[str, str]]:
        """The keys, while the editor is open."""
        return KEYS if self.editor is not None else []

    def panes(self) -> list[QWidget]:
        """What F6 moves between, while the editor is open."""
        return self.editor.panes() if self.editor is not None else []
