"""Backups in the workspace folder: made from the living database, verified, thinned, restored elsewhere."""

import secrets
import shutil
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from auditor.domain.errors import WorkspaceError
from auditor.store import faults, placement, platform
from auditor.store.device import OPENING
from auditor.store.engines import RawConnection, errors_in_words, is_encrypted, open_raw
from auditor.store.keyfile import read_key_file, write_key_file
from auditor.store.layout import (
    BACKUPS_NAME,
    DATABASE_NAME,
    KEY_NAME,
    PAGE_BYTES,
    SHARED_MEMORY_NAME,
    WAL_NAME,
    Backup,
    BackupKind,
    backup_folder,
    backups_of,
    move_into_place,
    new_workspace_folder,
)

KEEP_DAYS = 7
KEEP_WEEKS = 4
KEEP_PRE_MIGRATION = 3
LONGEST = timedelta(days=35)
"""No backup grows older: what was erased from a workspace must not live on in its backups."""

_UNFINISHED = ".unfinished-"


def make_backup(workspace: Path, key: bytes, ledger: Sequence[str], kind: BackupKind = BackupKind.ROUTINE) -> Backup:
    """Copy the database, still encrypted, and its key file into a new folder under `backups`.

    The copy counts only once it was opened and every page of it and its number of rows were checked. `ledger`
    names the tables that never shrink, `key` opens the database. Older backups are thinned out afterwards.
    """
    made_at = datetime.now(UTC).replace(microsecond=0)
    backup = Backup(backup_folder(workspace, made_at, kind), made_at, kind)
    with errors_in_words(workspace), _unfinished_folder(workspace) as making:
        copy = making / DATABASE_NAME
        _copy_database(workspace / DATABASE_NAME, copy, key, ledger)
        write_key_file(making, read_key_file(workspace).key_file, (KEY_NAME,))
        move_into_place(making, backup.folder)
        for old in superfluous(backups_of(workspace), made_at):
            _remove(old.folder)
    return backup


def is_due(workspace: Path, now: datetime) -> bool:
    """Whether no backup was made yet on this day (UTC)."""
    return not any(backup.made_at.date() == now.astimezone(UTC).date() for backup in backups_of(workspace))


def superfluous(backups: Sequence[Backup], now: datetime) -> list[Backup]:
    """What retention lets go: all but 7 daily, 4 weekly and 3 pre-migration ones; all over 35 days old."""
    recent = sorted(
        (backup for backup in backups if now - backup.made_at <= LONGEST),
        key=lambda backup: backup.made_at,
        reverse=True,
    )
    routine = [backup for backup in recent if backup.kind is BackupKind.ROUTINE]
    days = _newest_of_each(routine, lambda made_at: made_at.date())[:KEEP_DAYS]
    before = [backup for backup in routine if backup.made_at.date() < days[-1].made_at.date()]
    weeks = _newest_of_each(before, lambda made_at: made_at.isocalendar()[:2])[:KEEP_WEEKS]
    migrations = [backup for backup in recent if backup.kind is BackupKind.PRE_MIGRATION]
    kept = {*days, *weeks, *migrations[:KEEP_PRE_MIGRATION]}
    return [backup for backup in backups if backup not in kept]


def restore_to(backup: Path, new_folder: Path) -> None:
    """Make a workspace out of a backup folder, in a new or empty folder; the old workspace is left as it is.

    Its first unlock checks it and gives it a device id of its own.
    """
    placement.require_suitable(new_folder)
    database = backup / DATABASE_NAME
    if not database.is_file():
        raise WorkspaceError(
            "not-a-backup",
            "This folder is not a backup",
            f"{backup} holds no {DATABASE_NAME}.",
            "Choose one of the dated folders under 'backups'.",
        )
    if not database.stat().st_size:
        raise faults.empty_database(backup)
    if database.stat().st_size % PAGE_BYTES:
        raise faults.damaged_database(backup, "The file was cut off.")
    key_file = read_key_file(backup).key_file
    with errors_in_words(new_folder), new_workspace_folder(new_folder) as making:
        shutil.copyfile(database, making / DATABASE_NAME)
        platform.make_private(making / DATABASE_NAME)
        write_key_file(making, key_file)


def put_back(backup: Backup, workspace: Path) -> None:
    """Replace the database of a workspace that nobody has open by the one of a backup, in one step."""
    with errors_in_words(workspace):
        staged = workspace / f".{DATABASE_NAME}.{secrets.token_hex(4)}.tmp"
        shutil.copyfile(backup.folder / DATABASE_NAME, staged)
        platform.make_private(staged)
        platform.sync_file(staged)
        for name in (WAL_NAME, SHARED_MEMORY_NAME):
            (workspace / name).unlink(missing_ok=True)  # or it would be applied to the wrong database
        staged.replace(workspace / DATABASE_NAME)
        platform.sync_folder(workspace)


def count_rows(connection: RawConnection, tables: Sequence[str]) -> dict[str, int]:
    """The number of rows of those of the named tables that exist."""
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - our own names
        for table in tables
        if table in present
    }


def _copy_database(database: Path, copy: Path, key: bytes, ledger: Sequence[str]) -> None:
    source = open_raw(database, key, "rw")
    try:
        before = count_rows(source, ledger)
        source.execute("VACUUM INTO ?", (str(copy),))
        after = count_rows(source, ledger)
    finally:
        source.close()
    platform.make_private(copy)
    made = open_raw(copy, key, "rw")
    try:
        counts = count_rows(made, ledger)
        # without it a backup put back by hand would go on under the device id of the workspace it came from
        made.execute("DELETE FROM workspace_meta WHERE key = ?", (OPENING,))
        damaged = made.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        made.close()
    complete = all(before[table] <= counts.get(table, -1) <= after[table] for table in before)
    if damaged or not complete or not is_encrypted(copy):
        raise WorkspaceError(
            "backup-not-verified",
            "The backup could not be trusted",
            "The copy of the database did not pass its check and was thrown away.",
            "Check the disk and make a backup again; the workspace itself was not changed.",
        )


def _newest_of_each(newest_first: list[Backup], period: Callable[[datetime], Hashable]) -> list[Backup]:
    found: dict[Hashable, Backup] = {}
    for backup in newest_first:
        found.setdefault(period(backup.made_at), backup)
    return list(found.values())


@contextmanager
def _unfinished_folder(workspace: Path) -> Iterator[Path]:
    folder = workspace / BACKUPS_NAME
    folder.mkdir(exist_ok=True)
    for left_over in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    making = folder / f"{_UNFINISHED}{secrets.token_hex(4)}"
    making.mkdir()
    platform.make_private(making)
    try:
        yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _remove(folder: Path) -> None:
    # renamed first, so that a backup that is only half removed is never taken for a whole one
    condemned = folder.with_name(f"{_UNFINISHED}{folder.name}")
    folder.rename(condemned)
    shutil.rmtree(condemned, ignore_errors=True)
