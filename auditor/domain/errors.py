"""What can go wrong, said so that a person can act on it: every error has a stable code, a place and a remedy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an outside document something was found: a line of a text file, or a row of a sheet."""

    file: str = ""
    line: int | None = None
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        inside = f"{self.sheet}!{self.column}{self.row or ''}".rstrip("!") if self.sheet else ""
        return ":".join(part for part in (self.file, str(self.line or ""), inside) if part)


class AuditorError(Exception):
    """The one root of everything the program refuses; shown to people by `messages` and by the command line only.

    `code` is stable and kebab-case (tests and scripts rely on it), `title` is a few words, `message` says what
    happened, `remedy` what to do next. None of them holds personal data.
    """

    def __init__(self, code: str, title: str, message: str, remedy: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.title = title
        self.message = message
        self.remedy = remedy
        self.place = place

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place and str(self.place) else ""
        return f"{where}{self.message} {self.remedy}".strip()


class WorkspaceError(AuditorError):
    """The workspace cannot be made, opened or trusted."""


class NotAllowed(AuditorError):
    """This person may not do or see this; nothing was changed and nothing was shown."""


class Refused(AuditorError):
    """The act does not fit the state things are in (not submitted yet, already verified, ...)."""


class BadInput(AuditorError):
    """A value, file or sheet that was handed in cannot be used as it is."""


class Missing(AuditorError):
    """Something named by its id or name is not in this workspace."""


class TemplateProblem(AuditorError):
    """An audit template cannot be used; the message names the first problem, `templates.problems` lists them all."""
