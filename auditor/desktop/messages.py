"""The one place of the desktop that speaks of what went wrong: refusals with their remedy, and bugs as bugs."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, qVersion

from auditor.desktop.marks import MarkKind
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
    # Only a bug needs it, and a window is on the screen sooner without.
    from auditor.services.fault_report import fault_report

    return fault_report(error, f"Qt {qVersion()}")


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

    def refused(self, text: str, why: str = "") -> None:
        """Say that something asked for was not done, and why."""
        self._status.say(text, why, mark=MarkKind.WARNING, colour="requires")

    def busy(self, text: str, share: float | None = None, on_cancel: Callable[[], None] | None = None) -> None:
        """Say what is at work."""
        self._status.busy(text, share, on_cancel)

    def failed(self, error: BaseException, show: Callable[[], None] | None = None) -> Problem:
        """Say what went wrong. "Show" leads to `show` where the caller shows it in its place, else to the strip."""
        problem = problem_of(error)
        line = problem.title if problem.details else f"{problem.title}: {problem.message}"
        self._status.fault(line, show or (lambda: self.opened.emit(problem)))
        return problem
