"""Every act of the desktop goes through here: quick ones at once, long ones on the worker, errors to `messages`."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from auditor.desktop.messages import Messages
from auditor.domain.changes import Changes

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Cancelled(Exception):
    """The user stopped a long act; nothing is said about it but that it was stopped."""


class Progress:
    """Handed to a long act: it reports how far it is and stops where the user asked for it."""

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self._stop = Event()

    def report(self, share: float) -> None:
        """Say how far the act is, 0 to 1. Raises `Cancelled` when the user wants to stop: let it pass."""
        if self._stop.is_set():
            raise Cancelled
        self._tell(share)

    def cancel(self) -> None:
        """Ask the act to stop at its next report."""
        self._stop.set()


@dataclass
class _Work:
    act: Callable[[Progress], Any]
    progress: Progress
    busy_text: str
    on_done: Callable[[Any], None] | None
    on_failed: Failed | None


class _Relay(QObject):
    """Brings word from the worker thread to the thread of the window."""

    reported = Signal(object, float)
    ended = Signal(object, object, object)


class _Job(QRunnable):
    def __init__(self, work: _Work, relay: _Relay) -> None:
        super().__init__()
        self._work, self._relay = work, relay

    def run(self) -> None:
        result: Any = None
        error: Exception | None = None
        try:
            result = self._work.act(self._work.progress)
        except Exception as raised:  # noqa: BLE001 - told to a person in the window's thread
            error = raised
        self._relay.ended.emit(self._work, result, error)


class Operations(QObject):
    """Runs acts and spreads what they changed. An act is a call of a service without arguments left to give."""

    changed = Signal(object)
    """The `Changes` of an act that came to its end; pages that show those kinds ask again."""

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.messages = messages
        # One worker: long acts keep their order, and a second click waits for the first.
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._relay = _Relay(self)
        self._relay.reported.connect(self._show_progress)
        self._relay.ended.connect(self._end)
        self._waiting: list[_Work] = []

    def run(
        self,
        act: Callable[[], T],
        *,
        on_done: Callable[[T], None] | None = None,
        on_failed: Failed | None = None,
        busy_text: str | None = None,
        quick: bool = False,
    ) -> None:
        """Run `act`; `on_done` gets its result, in the window's thread.

        `quick` runs it now, before this returns: for reads and for answers, which must be on disk before their tick.
        Otherwise the worker runs it while the status line says `busy_text`. An error goes to `messages` and then to
        `on_failed`, which may show it where it arose.
        """
        if quick:
            self._run_now(act, on_done, on_failed)
        else:
            self.run_long(lambda _progress: act(), busy_text or "", on_done=on_done, on_failed=on_failed)

    def run_long(
        self,
        act: Callable[[Progress], T],
        busy_text: str,
        *,
        on_done: Callable[[T], None] | None = None,
        on_failed: Failed | None = None,
    ) -> Progress:
        """Run an act that reports its progress and can be cancelled on the worker; returns its Progress."""
        work: _Work
        progress = Progress(lambda share: self._relay.reported.emit(work, share))
        work = _Work(act, progress, busy_text, on_done, on_failed)
        self._waiting.append(work)
        if busy_text:
            self.messages.busy(busy_text, None, progress.cancel)
        self._pool.start(_Job(work, self._relay))
        return progress

    @property
    def busy(self) -> bool:
        """Whether a long act is at work."""
        return bool(self._waiting)

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Cancel what can be cancelled and wait for the worker; False where it did not end in time."""
        for work in self._waiting:
            work.progress.cancel()
        return self._pool.waitForDone(milliseconds)

    def _run_now(self, act: Callable[[], T], on_done: Callable[[T], None] | None, on_failed: Failed | None) -> None:
        try:
            result = act()
        except Exception as error:  # noqa: BLE001 - messages tells a refusal from a bug
            self._fail(error, on_failed)
            return
        self._succeed(result, on_done)

    def _show_progress(self, work: _Work, share: float) -> None:
        if work in self._waiting and work.busy_text:
            self.messages.busy(work.busy_text, share, work.progress.cancel)

    def _end(self, work: _Work, result: Any, error: Exception | None) -> None:
        self._waiting.remove(work)
        if isinstance(error, Cancelled):
            self.messages.done("Stopped", work.busy_text)
        elif error is not None:
            self._fail(error, work.on_failed)
        else:
            if work.busy_text and not isinstance(result, Changes):
                self.messages.done("")
            self._succeed(result, work.on_done)

    def _succeed(self, result: T, on_done: Callable[[T], None] | None) -> None:
        if isinstance(result, Changes):
            if result.sentence:
                self.messages.done(result.sentence)
            self.changed.emit(result)
        if on_done is not None:
            on_done(result)

    def _fail(self, error: Exception, on_failed: Failed | None) -> None:
        self.messages.failed(error)
        if on_failed is not None:
            on_failed(error)
