"""One instance a workspace: an operating-system lock on a file in the folder, which dies with the process."""

import contextlib
import os
import socket
from datetime import datetime
from pathlib import Path
from typing import IO, Self

from auditor.domain.errors import WorkspaceError
from auditor.store import platform
from auditor.store.layout import LOCK_NAME

_NOTE_LIMIT = 200


class InstanceLock:
    """The right to be the one program with a workspace open, until `release` or the end of the process."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @classmethod
    def acquire(cls, folder: Path) -> Self:
        """Take the lock, changing nothing in the file. Raises `workspace-in-use` while another holds it."""
        path = folder / LOCK_NAME
        # made with the workspace; made again only where a copied workspace came without it
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        file = os.fdopen(handle, "rb+", buffering=0)
        if platform.lock_exclusively(file):
            return cls(file)
        file.seek(0)
        holder = file.read(_NOTE_LIMIT).decode("utf-8", "replace").strip()
        file.close()
        raise _in_use(holder)

    def note_holder(self) -> None:
        """Write down who holds the lock, for the message that a second instance shows."""
        now = datetime.now().astimezone()
        note = f"process {os.getpid()} on {socket.gethostname()} since {now:%d/%m/%Y %H:%M}\n"
        with contextlib.suppress(OSError):  # the lock holds without its note
            self._file.seek(0)
            self._file.truncate()
            self._file.write(note.encode("utf-8"))

    def release(self) -> None:
        """Give the lock back; doing so twice does no harm."""
        self._file.close()


def _in_use(holder: str) -> WorkspaceError:
    by = f" ({holder})" if holder else ""
    return WorkspaceError(
        "workspace-in-use",
        "The workspace is already open",
        f"Another window, or another person signed in to this computer, has it open{by}.",
        "Go on in that window, or lock the workspace there first.",
    )
