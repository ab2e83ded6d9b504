"""How long somebody has been at the sections of a desk, leaving out the time in which nobody touched it."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping

IDLE = 60.0
"""Seconds of a pause that count; what is longer without a key, a click or a movement is idle time."""


class SittingClock:
    """Runs between `start` and `stop`, for one section at a time. `touch` says that somebody is there."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._section = ""
        self._touched: float | None = None
        self._spent: defaultdict[str, float] = defaultdict(float)

    def start(self, section_id: str) -> None:
        """Somebody sits down at this section."""
        self.stop()
        self._section, self._touched = section_id, self._now()

    def turn_to(self, section_id: str) -> None:
        """Another section is in front of them; nothing happens while the clock stands."""
        self.touch()
        self._section = section_id

    def touch(self) -> None:
        """Somebody is there: the pause since the last time counts, as far as it was no idling."""
        if self._touched is not None:
            self._spent[self._section] += self._since
            self._touched = self._now()

    def stop(self) -> None:
        """The desk is out of sight."""
        self.touch()
        self._touched = None

    @property
    def seconds(self) -> Mapping[str, int]:
        """Whole seconds by section that were not taken yet, up to this moment."""
        spent = dict(self._spent)
        if self._touched is not None:
            spent[self._section] = spent.get(self._section, 0.0) + self._since
        return {section_id: int(found) for section_id, found in spent.items() if found >= 1}

    def take(self) -> Mapping[str, int]:
        """Hand the whole seconds over; what is less than one stays."""
        if self._touched is not None:
            self.touch()
        taken = self.seconds
        for section_id, found in taken.items():
            self._spent[section_id] -= found
        return taken

    @property
    def _since(self) -> float:
        return min(self._now() - self._touched, IDLE) if self._touched is not None else 0.0
