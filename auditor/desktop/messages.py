"""The one place of the desktop that speaks of what went wrong: refusals with their remedy, and bugs as bugs."""

import platform
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QObject, Signal

from auditor import __version__
from auditor.desktop.widgets.status_line import StatusLine
from auditor.domain.errors import AuditorError


@dataclass(frozen=True)
class Problem:
    """Something to tell a person. `details` is only there for a bug: technical lines to copy, no personal data."""

    code: str
    title: str
    message: str
    remedy: str
    place: str = ""
    details: str = ""


def problem_of(error: BaseException) -> Problem:
    """What to tell about an error: an AuditorError speaks for itself, everything else is a bug of the program."""
    if isinstance(error, AuditorError):
        place = str(error.place) if error.place else ""
        return Problem(error.code, error.title, error.message, error.remedy, place)
    return Problem(
        code="program-fault",
        title="The program made a mistake",
        message="Something went wrong inside the program. What was saved before is safe.",
        remedy="Try again. If it happens twice, copy the details and send them to whoever looks after the program.",
        details=_details(error),
    )


def _details(error: BaseException) -> str:
    """Names of types, files and functions only: the words of an exception may hold what somebody typed."""
    lines = [
        f"Casefile Auditor {__version__}, Python {platform.python_version()}, Qt {qt_version}",
        f"{platform.system()} {platform.release()}",
    ]
    at: BaseException | None = error
    while at is not None:
        lines.append(type(at).__qualname__)
        frames = traceback.extract_tb(at.__traceback__)
        lines += [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        at = at.__cause__ or at.__context__
    return "\n".join(lines)


def _short(filename: str) -> str:
    """The file without the folders above the package, which may hold a user's name."""
    parts = Path(filename).parts
    for root in ("auditor", "site-packages"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1] if parts else filename


class Messages(QObject):
    """Puts what was done and what went wrong on the status line; `opened` asks the window to show a problem whole."""

    opened = Signal(object)
    """A `Problem` the user wants to see whole."""

    def __init__(self, status: StatusLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._status = status

    @property
    def status(self) -> StatusLine:
        return self._status

    def done(self, text: str, detail: str = "", *, offer: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say what was just done, and how to undo it; `offer` is a button, such as ("Open folder", open_it)."""
        self._status.say(text, detail, offer=offer)

    def busy(self, text: str, share: float | None = None, on_cancel: Callable[[], None] | None = None) -> None:
        """Say what is at work."""
        self._status.busy(text, share, on_cancel)

    def failed(self, error: BaseException, show: Callable[[], None] | None = None) -> Problem:
        """Say what went wrong. "Show" leads to `show` where the caller shows it in its place, else to the strip."""
        problem = problem_of(error)
        line = problem.title if problem.details else f"{problem.title}: {problem.message}"
        self._status.fault(line, show or (lambda: self.opened.emit(problem)))
        return problem
