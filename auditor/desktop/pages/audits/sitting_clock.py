"""How long somebody has been at a desk, counting only while it was in sight."""

import time


class SittingClock:
    """Runs between `start` and `stop`."""

    def __init__(self) -> None:
        self._worked, self._since = 0.0, 0.0

    @property
    def minutes(self) -> int:
        """Whole minutes so far."""
        now = time.monotonic() - self._since if self._since else 0.0
        return round((self._worked + now) // 60)

    def start(self) -> None:
        self._since = time.monotonic()

    def stop(self) -> None:
        if self._since:
            self._worked += time.monotonic() - self._since
            self._since = 0.0
