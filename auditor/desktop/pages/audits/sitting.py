"""Keeps the time at the desk by section: counted while it is in sight and somebody is there, recorded on leaving."""

import time
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from shiboken6 import isValid

from auditor.desktop.pages.audits.sitting_clock import SittingClock
from auditor.domain.changes import Changes
from auditor.domain.errors import NotAllowed, Refused
from auditor.services.sitting import AddTime, add_time

if TYPE_CHECKING:
    from auditor.desktop.pages.audits.desk import Desk

_SIGNS_OF_LIFE = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)
_SELDOM = 60.0
"""Seconds between two recordings while sections are turned, so that leafing through them writes next to nothing."""
_LONG_STAY_MS = 600_000
"""A long stay in one section is recorded this often: a crash loses no more."""


class Sitting(QObject):
    """The sitting of one person at one desk."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self.clock = SittingClock()
        self._recorded: Counter[str] = Counter(desk.state.view.seconds)
        self._written = time.monotonic()
        self._window: QWindow | None = None
        self._long_stay = QTimer(self)
        self._long_stay.setInterval(_LONG_STAY_MS)
        self._long_stay.timeout.connect(self.record)

    @property
    def seconds(self) -> Mapping[str, int]:
        """Seconds by section, of this sitting and those before."""
        return self._recorded + Counter(self.clock.seconds)

    @property
    def minutes(self) -> int:
        """Whole minutes of the audit so far."""
        return sum(self.seconds.values()) // 60

    def show_minutes(self) -> None:
        """Say over the questions how long one has been at this section."""
        self._desk.head.show_minutes(self.seconds.get(self._desk.section_id, 0) // 60)

    def begin(self) -> None:
        """The desk is in sight: count, and hear every key and click once, at the native window."""
        if not self._is_open:
            return
        self.clock.start(self._desk.section_id)
        self._hear(self._desk.window().windowHandle())
        self._long_stay.start()

    def turn_to(self, section_id: str) -> None:
        """Another section is shown."""
        self.clock.turn_to(section_id)
        self.show_minutes()
        if time.monotonic() - self._written >= _SELDOM:
            self.record()

    def end(self) -> None:
        """The desk is out of sight."""
        self.clock.stop()
        self._hear(None)
        self._long_stay.stop()
        self.record()

    def record(self) -> None:
        """Put on disk what was counted; where nothing can be recorded any more it is let go."""
        taken = self.clock.take()
        self._written = time.monotonic()
        if not taken or not self._is_open:
            return
        self._desk.operations.run(lambda: self._add(taken), quick=True, on_done=lambda _changes: self._keep(taken))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self.clock.touch()
        return False

    @property
    def _is_open(self) -> bool:
        return not self._desk.state.why_closed and bool(self._desk.state.view.slots)

    def _add(self, taken: Mapping[str, int]) -> Changes:
        try:
            return self._desk.session.do(add_time, AddTime(self._desk.state.view.audit.id, taken))
        except (Refused, NotAllowed):
            # Handed in or given to somebody else meanwhile: there is no slot left to keep it in.
            return Changes()

    def _keep(self, taken: Mapping[str, int]) -> None:
        self._recorded += Counter(taken)

    def _hear(self, window: QWindow | None) -> None:
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)
