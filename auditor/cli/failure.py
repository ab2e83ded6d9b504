"""How the command line tells that something went wrong: one line with a code, what happened and what to do next."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click

from auditor.domain.errors import AuditorError


class Failure(click.ClickException):
    """A refusal or fault as the command line tells it; ends the command with exit code 1."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(f"{code}: {words}")

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the line on stderr."""
        click.echo(self.message, file=file, err=file is None)


@contextmanager
def told() -> Iterator[None]:
    """Turn whatever the block raises into a `Failure`; click's other endings, and a closed pipe, pass by."""
    try:
        yield
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "auditor"
        raise Failure("usage", f"{error.format_message()} See `{command} --help`.") from error
    except (click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except AuditorError as error:
        raise Failure(error.code, str(error)) from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        place = f"{error.filename}: " if error.filename else ""
        raise Failure("file-trouble", f"{place}{error.strerror or 'cannot be used'}. Check the path.") from error
    except Exception as error:
        raise Failure("bug", _bug(error)) from error


def _bug(error: Exception) -> str:
    """A bug is called one. Its details go to a file and hold no values, which may be what somebody typed."""
    from auditor.services.fault_report import fault_report

    what = f"Something went wrong inside the program ({type(error).__name__}). What was saved before is safe."
    kept = _keep(fault_report(error))
    where = f"are in {kept}" if kept else "could not be written to a file"
    return f"{what} Details to send to whoever looks after the program {where}."


def _keep(details: str) -> Path | None:
    from platformdirs import user_log_path

    try:
        folder = user_log_path("casefile-auditor", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"bug-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
        path.write_text(details + "\n", encoding="utf-8")
    except OSError:
        return None
    return path
