"""The templates a round can be planned with: read on the worker, because reading all of them takes a second."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from auditor.desktop.forms.inline_form import Options
from auditor.desktop.operations import Operations
from auditor.domain.changes import Changes
from auditor.services.local_masters import offered_templates
from auditor.services.session import Session
from auditor.services.templates import Shipped


class Offers(QObject):
    """Kept until a template is changed."""

    def __init__(self, session: Session, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._operations = session, operations
        self._waiting: list[Callable[[], None]] = []
        self._reading = self._again = False
        self.there = False
        self.options: Options = ()
        operations.changed.connect(self._forget)

    def when_there(self, act: Callable[[], None]) -> None:
        """Do something that needs the templates: now, or as soon as they are read."""
        if self.there:
            act()
            return
        self._waiting.append(act)
        if not self._reading:
            self._read()

    def _read(self) -> None:
        self._reading, self._again = True, False
        self._operations.run(
            lambda: self._session.ask(offered_templates, None),
            on_done=self._take,
            on_failed=self._drop,
        )

    def _take(self, offered: list[Shipped]) -> None:
        if self._again:
            self._read()
            return
        self._reading, self.there = False, True
        self.options = tuple({one.template.id: one.template.title for one in offered}.items())
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def _drop(self, _error: Exception) -> None:
        self._reading, self._waiting = False, []

    def _forget(self, changes: Changes) -> None:
        if changes.touches("template"):
            self.there, self._again = False, self._reading
