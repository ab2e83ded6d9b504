"""The badges of the rail: how many things wait on each page, counted in one place after acts that may change it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from auditor.desktop.operations import Operations
from auditor.desktop.shell.rail import Rail
from auditor.domain.changes import Changes

COUNTED = ("audit", "action", "cycle")
"""The kinds of `Changes` that may change how many things wait for a person."""
_REST = 150
"""Milliseconds without an act before counting: answers given one after the other are counted once."""


class Badges(QObject):
    """Asks `count`, which gives a number by page id: at first, and after every act that touched something counted."""

    def __init__(self, rail: Rail, operations: Operations, count: Callable[[], Mapping[str, int]]) -> None:
        super().__init__(rail)
        self._rail, self._operations, self._count = rail, operations, count
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._ask)
        operations.changed.connect(self._hear)
        # Not now, so that the page is painted first.
        self._soon.start(0)

    def _hear(self, changes: Changes) -> None:
        if changes.touches(*COUNTED):
            self._soon.start(_REST)

    def _ask(self) -> None:
        self._operations.run(self._count, quick=True, on_done=self._show)

    def _show(self, counts: Mapping[str, int]) -> None:
        for page_id in counts.keys() & self._rail.pages:
            self._rail.button(page_id).set_badge(counts[page_id])
