"""How a command gets into a workspace: where it lies, its passphrase, who acts, their PIN; no secret is an argument."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.domain.errors import BadInput, Place

if TYPE_CHECKING:
    from auditor.services.session import Session
    from auditor.services.workspace import OpenedWorkspace

WORKSPACE_VARIABLE = "AUDITOR_WORKSPACE"
_LONGEST_SECRET = 10_000


@dataclass(frozen=True, slots=True)
class Secret:
    """A passphrase or PIN: read from a file where one is named, else from the environment, else from a prompt."""

    name: str
    variable: str
    file: Path | None = None

    def read(self, confirm: bool = False) -> str:
        """The secret; `confirm` asks twice where it is a new one. Raises `BadInput` where nobody can be asked."""
        if self.file:
            return self._from_file(self.file)
        if self.variable in os.environ:
            return os.environ[self.variable]
        if not sys.stdin.isatty():
            raise BadInput(
                f"{self.name.lower().replace(' ', '-')}-needed",
                f"{self.name} needed",
                f"There is no {self.name} and nobody to ask for it.",
                f"Set {self.variable}, name a file, or call the command from a terminal.",
            )
        typed: str = click.prompt(self.name, hide_input=True, confirmation_prompt=confirm, err=True)
        return typed

    def _from_file(self, path: Path) -> str:
        try:
            with path.open(encoding="utf-8-sig") as file:
                return file.read(_LONGEST_SECRET).removesuffix("\n")
        except UnicodeDecodeError as problem:
            raise BadInput(
                "secret-file",
                "Not a text file",
                f"The {self.name} cannot be read from this file.",
                "Save it as plain text (UTF-8), with nothing else in the file.",
                Place(str(path)),
            ) from problem


@dataclass(frozen=True, slots=True)
class Access:
    """The way into a workspace, as the options of a command describe it."""

    workspace: Path | None
    person: str
    passphrase: Secret
    pin: Secret

    @property
    def folder(self) -> Path:
        """The workspace named, else the one the window proposes."""
        if self.workspace:
            return self.workspace
        from auditor.services.workspace import default_folder

        return default_folder()

    @property
    def can_open(self) -> bool:
        """Whether there is a workspace, and somebody or something to say its passphrase."""
        secret = self.passphrase
        told = secret.file is not None or secret.variable in os.environ or sys.stdin.isatty()
        return told and (self.workspace is not None or self.folder.is_dir())

    @contextmanager
    def opened(self) -> Iterator["OpenedWorkspace"]:
        """The workspace, unlocked until the block ends."""
        from auditor.services.workspace import unlock_workspace

        opened = unlock_workspace(self.folder, self.passphrase.read())
        try:
            yield opened
        finally:
            lock(opened)

    @contextmanager
    def signed_in(self) -> Iterator["Session"]:
        """The session of the person named; of the only one, where a workspace has but one."""
        with self.opened() as opened:
            name = self.person
            if not name:
                people = opened.people()
                if len(people) != 1:
                    raise BadInput("person-needed", "Who?", "Nobody is named to act.", "Name somebody with --as.")
                name = people[0].id
            yield opened.sign_in_by_name(name, self.pin.read)


def lock(opened: "OpenedWorkspace") -> None:
    """Lock a workspace; a backup that could not be made is a warning on stderr, for what was asked for is done."""
    warning = opened.lock().warning
    if warning is not None:
        click.echo(f"warning: {warning.code}: {warning}", err=True)


def with_access(person: bool = True, pin: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that lead into a workspace, as far as it needs them; it gets them as `access`."""

    asked = (*_OPENING, *((_AS,) if person else ()), *((_PIN_FILE,) if pin else ()))

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def called(**values: Any) -> None:
            chosen = values.pop("workspace") or click.get_current_context().find_root().obj
            access = Access(
                workspace=chosen,
                person=values.pop("acting", ""),
                passphrase=Secret("Passphrase", "AUDITOR_PASSPHRASE", values.pop("passphrase_file")),
                pin=Secret("PIN", "AUDITOR_PIN", values.pop("pin_file", None)),
            )
            command(access=access, **values)

        for option in reversed(asked):
            called = option(called)
        return called

    return decorate


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OPENING = (
    click.option(
        "--workspace",
        type=click.Path(path_type=Path),
        help=f"The workspace folder; else {WORKSPACE_VARIABLE}, else the one the window proposes.",
    ),
    click.option(
        "--passphrase-file", type=_FILE, help="A file with the passphrase; else AUDITOR_PASSPHRASE or a prompt."
    ),
)
_AS = click.option("--as", "acting", default="", envvar="AUDITOR_AS", help="Who acts: name or id; else AUDITOR_AS.")
_PIN_FILE = click.option("--pin-file", type=_FILE, help="A file with that person's PIN; else AUDITOR_PIN or a prompt.")
