"""The Settings page: its parts, one at a time."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.settings.appearance import Appearance
from auditor.desktop.pages.settings.people import People
from auditor.desktop.pages.settings.snippets import Snippets
from auditor.desktop.pages.settings.workspace import WorkspacePart
from auditor.desktop.preferences import preferences
from auditor.desktop.shell.page import Arrangement, Page
from auditor.desktop.theme import theme
from auditor.desktop.widgets.labels import rule
from auditor.desktop.widgets.panel import Scrolled, Surface
from auditor.desktop.widgets.toggles import Tabs
from auditor.domain.changes import Changes
from auditor.services.session import Session

if TYPE_CHECKING:
    from auditor.services.workspace import OpenedWorkspace

APPEARANCE, SNIPPETS, PEOPLE, WORKSPACE = PARTS = "appearance", "snippets", "people", "workspace"
_COLUMN = 780


class SettingsPage(Page):
    """`arrive` takes the id of a part: appearance, snippets, people or workspace."""

    page_id, title, icon = "settings", "Settings", "settings"
    kinds = ("person", "snippet")

    def __init__(
        self,
        session: Session,
        operations: Operations,
        *,
        opened: "OpenedWorkspace",
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(operations, parent)
        self.tabs = Tabs("Parts of the settings")
        for part in PARTS:
            self.tabs.add(part, part.capitalize())
        self.tabs.chosen.connect(self._show)
        self.appearance = Appearance(preferences())
        self.snippets = Snippets(session, operations)
        self.people = People(session, operations)
        self.workspace = WorkspacePart(opened, session.actor, operations, preferences())
        self._stack = QStackedWidget()
        self._columns: list[QWidget] = []
        for widget in (self._column(self.appearance), self.snippets, self.people, self._column(self.workspace)):
            self._stack.addWidget(widget)
        bar = Surface("surface", horizontal=True, margins=(20, 0, 20, 0))
        bar.body.addWidget(self.tabs)
        self.content.addWidget(bar)
        self.content.addWidget(rule())
        self.content.addWidget(self._stack, 1)
        theme().changed.connect(self._fit)
        self._fit()
        self.header.set_facts(f"Signed in as {session.actor.name} · looks are kept on this computer")

    def refresh(self, changes: Changes | None) -> None:
        self.snippets.refresh()
        self.people.refresh()
        self.workspace.refresh()

    def arrive(self, target: object) -> None:
        if isinstance(target, str) and target:
            self.tabs.choose(target)
        self._part().arrive()

    def arrange(self, arrangement: Arrangement) -> None:
        self.snippets.arrange(arrangement)
        self.people.arrange(arrangement)

    def panes(self) -> list[QWidget]:
        if self.tabs.current == PEOPLE:
            return [self.tabs, self.people.table, self.people.form]
        if self.tabs.current == SNIPPETS:
            return [self.tabs, self.snippets.table, self.snippets.form]
        return [self.tabs, self._stack]

    def keys(self) -> list[tuple[str, str]]:
        if self.tabs.current == PEOPLE:
            return [("Enter", "change the person"), ("Esc", "close the form")]
        if self.tabs.current == SNIPPETS:
            return [("Enter", "change the snippet"), ("Ctrl+Enter", "keep it"), ("Esc", "close the form")]
        return [("Left", "and Right: along a choice"), ("Space", "choose")]

    def go_back(self) -> bool:
        part = self._part()
        return isinstance(part, People | Snippets) and part.go_back()

    def _show(self, part: str) -> None:
        self._stack.setCurrentIndex(PARTS.index(part))

    def _part(self) -> Appearance | Snippets | People | WorkspacePart:
        parts = (self.appearance, self.snippets, self.people, self.workspace)
        return parts[PARTS.index(self.tabs.current)]

    def _column(self, part: QWidget) -> QWidget:
        scrolled = Scrolled(margins=(20, 16, 20, 16), spacing=0)
        line = QHBoxLayout()
        line.addWidget(part, 100)
        line.addStretch(1)
        scrolled.body.addLayout(line)
        self._columns.append(part)
        return scrolled

    def _fit(self) -> None:
        for part in self._columns:
            part.setMaximumWidth(theme().px(_COLUMN))
