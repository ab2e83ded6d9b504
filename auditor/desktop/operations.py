"""Every act of the desktop goes through here: quick ones at once, long ones on the worker, errors to `messages`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal

from auditor.desktop.messages import Messages
from auditor.domain.changes import Changes

T = TypeVar("T")
Failed = Callable[[Exception], None]
_NOTHING = Changes()


class Cancelled(Exception):
    """The user stopped a long act; nothing is said about it but that it was stopped."""


class Progress:
    """Handed to a long act: it reports how far it is and stops where the user asked for it."""

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self._stop = Event()
        self.so_far = Changes()
        """What the act has put on disk by now; it is spread even where the act ends early."""

    def report(self, share: float, so_far: Changes = _NOTHING) -> None:
        """Say how far the act is, 0 to 1, and all it has put on disk by now.

        Raises `Cancelled` when the user wants to stop: let it pass.
        """
        self.so_far = so_far
        if self._stop.is_set():
            raise Cancelled
        self._tell(share)

    def cancel(self) -> None:
        """Ask the act to stop at its next report."""
        self._stop.set()


@dataclass(eq=False)
class _Work:
    act: Callable[[Progress], Any]
    progress: Progress
    busy_text: str
    listens: bool
    key: str
    on_done: Callable[[Any], None] | None
    on_failed: Failed | None
    ended: Event = field(default_factory=Event)


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
        self._work.ended.set()


class Operations(QObject):
    """Runs acts and spreads what they changed. An act is a call of a service without arguments left to give.

    What an act gives is handed to `on_done` as long as the window lives; after `close` nobody hears of it any more.
    """

    changed = Signal(object)
    """The `Changes` of an act that came to its end; pages that show those kinds ask again."""
    held = Signal(bool)
    """Whether acts with a key are at work: until they end, what began them should not be left."""

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
        self._closed = False

    def run(
        self,
        act: Callable[[], T],
        *,
        on_done: Callable[[T], None] | None = None,
        on_failed: Failed | None = None,
        busy_text: str = "",
        quick: bool = False,
        key: str = "",
    ) -> None:
        """Run `act`; `on_done` gets its result, in the window's thread.

        `quick` runs it now, before this returns: for reads and for answers, which must be on disk before their tick.
        Otherwise the worker runs it while the status line says `busy_text`; an act of the same `key` is not begun
        again before it ended. An error goes to `messages` and then to `on_failed`, which may show it where it arose.
        """
        if quick:
            self._run_now(act, on_done, on_failed)
        else:
            self._start(lambda _progress: act(), busy_text, False, key, on_done, on_failed)

    def run_long(
        self,
        act: Callable[[Progress], T],
        busy_text: str,
        *,
        on_done: Callable[[T], None] | None = None,
        on_failed: Failed | None = None,
        key: str = "",
    ) -> Progress:
        """Run an act that reports its progress and can be cancelled on the worker; returns its Progress."""
        return self._start(act, busy_text, True, key, on_done, on_failed)

    @property
    def busy(self) -> bool:
        """Whether a long act is at work."""
        return bool(self._waiting)

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Cancel what can be cancelled and wait for the worker; False where it did not end in time."""
        until = monotonic() + milliseconds / 1000
        for work in self._waiting:
            work.progress.cancel()
        return all(work.ended.wait(max(0.0, until - monotonic())) for work in self._waiting)

    def close(self) -> Callable[[], None]:
        """The window goes: begin nothing more, cancel what can be cancelled, tell nobody how the rest ends.

        Returns what waits, in whichever thread, until the act at work has ended. The worker outlives the window till
        then, so that no window stays on the screen for its sake.
        """
        left = tuple(self._waiting)
        if not self._closed and left:
            self.setParent(QCoreApplication.instance())
        self._closed = True
        for work in left:
            work.progress.cancel()

        def finish() -> None:
            for work in left:
                work.ended.wait()

        return finish

    def _start(
        self,
        act: Callable[[Progress], T],
        busy_text: str,
        listens: bool,
        key: str,
        on_done: Callable[[T], None] | None,
        on_failed: Failed | None,
    ) -> Progress:
        standing = next((work.progress for work in self._waiting if key and work.key == key), None)
        if standing is not None:
            return standing
        work: _Work
        progress = Progress(lambda share: self._relay.reported.emit(work, share))
        if self._closed:
            return progress
        work = _Work(act, progress, busy_text, listens, key, on_done, on_failed)
        self._waiting.append(work)
        if key:
            self.held.emit(True)
        if busy_text:
            self._say_busy(work)
        self._pool.start(_Job(work, self._relay))
        return progress

    def _run_now(self, act: Callable[[], T], on_done: Callable[[T], None] | None, on_failed: Failed | None) -> None:
        if self._closed:
            return
        try:
            result = act()
        except Exception as error:  # noqa: BLE001 - messages tells a refusal from a bug
            self._fail(error, on_failed)
            return
        self._succeed(result, on_done)

    def _say_busy(self, work: _Work, share: float | None = None) -> None:
        self.messages.busy(work.busy_text, share, work.progress.cancel if work.listens else None)

    def _show_progress(self, work: _Work, share: float) -> None:
        if work in self._waiting and work.busy_text and not self._closed:
            self._say_busy(work, share)

    def _end(self, work: _Work, result: Any, error: Exception | None) -> None:
        self._waiting.remove(work)
        if self._closed:
            if not self._waiting:
                self.deleteLater()
            return
        if work.busy_text:
            self._say_what_goes_on()
        if work.key and not any(other.key for other in self._waiting):
            self.held.emit(False)
        if error is None:
            self._succeed(result, work.on_done)
            return
        if work.progress.so_far.touched:
            self.changed.emit(work.progress.so_far)
        if isinstance(error, Cancelled):
            self.messages.done("Stopped", work.busy_text)
        else:
            self._fail(error, work.on_failed)

    def _say_what_goes_on(self) -> None:
        following = next((work for work in self._waiting if work.busy_text), None)
        if following is not None:
            self._say_busy(following)
        else:
            self.messages.done("")

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
