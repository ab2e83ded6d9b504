"""What lies where in a workspace folder: the names of its files, and its backups by age."""

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from auditor.domain.errors import WorkspaceError
from auditor.store import platform

DATABASE_NAME = "workspace.db"
WAL_NAME = f"{DATABASE_NAME}-wal"
SHARED_MEMORY_NAME = f"{DATABASE_NAME}-shm"
KEY_NAME = "workspace.key"
KEY_COPY_NAME = "workspace.key.copy"
LOCK_NAME = "workspace.lock"
BACKUPS_NAME = "backups"
PAGE_BYTES = 4096

_STAMP = "%Y%m%dT%H%M%SZ"
_FOLDER = re.compile(r"(\d{8}T\d{6}Z)(-pre-migration)?(?:-\d+)?")


class BackupKind(StrEnum):
    """Why a backup was made; the two kinds are kept for different times."""

    ROUTINE = "routine"
    PRE_MIGRATION = "pre-migration"


@dataclass(frozen=True, slots=True)
class Backup:
    """One finished backup: a folder with a database and its key file; `made_at` in UTC."""

    folder: Path
    made_at: datetime
    kind: BackupKind


def backup_folder(workspace: Path, made_at: datetime, kind: BackupKind) -> Path:
    """A folder name that is still free for a backup made at this moment."""
    suffix = "-pre-migration" if kind is BackupKind.PRE_MIGRATION else ""
    name = f"{made_at.astimezone(UTC):{_STAMP}}{suffix}"
    return next(path for path in _numbered(workspace / BACKUPS_NAME, name) if not path.exists())


def backups_of(workspace: Path) -> tuple[Backup, ...]:
    """All finished backups of a workspace, newest first; folders with other names are not ours."""
    found = []
    folder = workspace / BACKUPS_NAME
    for entry in folder.iterdir() if folder.is_dir() else ():
        match = _FOLDER.fullmatch(entry.name)
        if match and (entry / DATABASE_NAME).is_file():
            made_at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            kind = BackupKind.PRE_MIGRATION if match[2] else BackupKind.ROUTINE
            found.append(Backup(entry, made_at, kind))
    return tuple(sorted(found, key=lambda backup: (backup.made_at, backup.folder.name), reverse=True))


@contextmanager
def new_workspace_folder(path: Path) -> Iterator[Path]:
    """A folder under a temporary name to build a workspace in; it gets its own name when the block succeeds.

    Raises `folder-not-empty` where the path holds anything already: nothing is ever overwritten.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise WorkspaceError(
            "folder-not-empty",
            "The folder is not empty",
            f"{path} exists and holds something. A workspace is never written over anything.",
            "Choose a new or an empty folder.",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_name(f".{path.name}.making-{secrets.token_hex(4)}")
    making.mkdir()
    try:
        platform.make_private(making)
        (making / LOCK_NAME).touch(mode=0o600)
        (making / BACKUPS_NAME).mkdir(mode=0o700)
        yield making
        move_into_place(making, path)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def move_into_place(folder: Path, destination: Path) -> None:
    """Make a finished folder durable, files first, and give it its name in one step."""
    for file in folder.iterdir():
        if file.is_file():
            platform.sync_file(file)
    platform.sync_folder(folder)
    if destination.exists():
        destination.rmdir()  # empty; Windows renames onto nothing that exists
    folder.rename(destination)
    platform.sync_folder(destination.parent)


def _numbered(parent: Path, name: str) -> Iterator[Path]:
    yield parent / name
    number = 2
    while True:
        yield parent / f"{name}-{number}"
        number += 1
