"""What goes wrong with a workspace on disk, in words that a person can act on."""

import errno
from pathlib import Path

from auditor.domain.errors import WorkspaceError
from auditor.store.layout import DATABASE_NAME, KEY_NAME, backups_of

_DISK_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def damaged_database(folder: Path, detail: str) -> WorkspaceError:
    """The database is there and its key is right, but its bytes cannot be trusted."""
    return WorkspaceError(
        "damaged-database",
        "The database is damaged",
        f"The key is right, but {DATABASE_NAME} in {folder} is damaged or is another workspace's. {detail}",
        f"Keep the folder as it is and restore a backup into a new folder. {_newest_backup(folder)}",
    )


def empty_database(folder: Path) -> WorkspaceError:
    """The database file has no bytes; opening it would pass for a fresh workspace."""
    return WorkspaceError(
        "empty-database",
        "The database file is empty",
        f"{DATABASE_NAME} in {folder} has no content: copying was cut off, or a tool emptied it.",
        f"Keep the folder as it is and restore a backup into a new folder. {_newest_backup(folder)}",
    )


def missing_database(folder: Path) -> WorkspaceError:
    """The key file is there and the database is not."""
    return WorkspaceError(
        "missing-database",
        "The database is missing",
        f"The workspace {folder} has a key file but no {DATABASE_NAME}.",
        f"Put {DATABASE_NAME} back, or restore a backup into a new folder. {_newest_backup(folder)}",
    )


def wrong_passphrase() -> WorkspaceError:
    """The passphrase does not unwrap the data key."""
    return WorkspaceError(
        "wrong-passphrase",
        "Wrong passphrase",
        "The passphrase is not the one of this workspace. Nothing is damaged.",
        "Check Caps Lock and the keyboard language and try again, or use the printed recovery key.",
    )


def wrong_recovery_key() -> WorkspaceError:
    """The recovery key is well formed and does not unwrap the data key."""
    return WorkspaceError(
        "wrong-recovery-key",
        "This recovery key opens another workspace",
        "The recovery key was typed without a mistake but does not belong to this workspace.",
        "Look for the printout that was made when this workspace was created.",
    )


def missing_key_file(folder: Path) -> WorkspaceError:
    """The database is there, its key file and the copy of it are not."""
    return WorkspaceError(
        "missing-key-file",
        "The key file is missing",
        f"The workspace {folder} has a database but no {KEY_NAME}; without it nobody can open the database.",
        f"Copy {KEY_NAME} back into the folder. {_newest_backup(folder)}",
    )


def damaged_key_file(detail: str) -> WorkspaceError:
    """A key file is there, and neither it nor its copy can be trusted."""
    return WorkspaceError(
        "damaged-key-file",
        "The key file is damaged",
        f"The file {KEY_NAME} of this workspace and its copy cannot be used. {detail}",
        f"Copy {KEY_NAME} from the newest folder under 'backups' into the workspace, then unlock again. "
        "The passphrase is the one that was in use when that backup was made.",
    )


def newer_key_file() -> WorkspaceError:
    """A later version of the program wrote the key file."""
    return WorkspaceError(
        "newer-workspace",
        "This workspace is newer than the program",
        "Its key file was written by a later version of Casefile Auditor.",
        "Update the program on this computer. Nothing was changed.",
    )


def newer_workspace(found: int, known: int) -> WorkspaceError:
    """A later version of the program wrote the workspace."""
    return WorkspaceError(
        "newer-workspace",
        "This workspace is newer than the program",
        f"It has format {found}; this version of Casefile Auditor knows formats up to {known}.",
        "Update the program on this computer. Nothing was changed.",
    )


def no_such_folder(folder: Path) -> WorkspaceError:
    """Nothing lies at the path."""
    return WorkspaceError(
        "no-such-folder",
        "There is no such folder",
        f"{folder} does not exist or is not a folder.",
        "Check the path; if the workspace lies on a removable disk, plug it in.",
    )


def not_a_workspace(folder: Path) -> WorkspaceError:
    """A folder without database and key file."""
    return WorkspaceError(
        "not-a-workspace",
        "This folder is not a workspace",
        f"{folder} holds neither a database nor a key file of Casefile Auditor.",
        "Choose the folder that holds workspace.db, or create a new workspace.",
    )


def from_os_error(error: OSError, folder: Path) -> WorkspaceError:
    """Convert an error of the operating system met while reading or writing below a folder."""
    if error.errno in _DISK_FULL:
        return disk_full(folder)
    if error.errno in _FORBIDDEN:
        return WorkspaceError(
            "folder-not-writable",
            "The folder cannot be written",
            f"The system does not allow this account to write in {folder}.",
            "Choose another folder, or ask for write access to this one.",
        )
    return _disk_error(folder, error.strerror or type(error).__name__)


def from_database_error(name: str, folder: Path) -> WorkspaceError | None:
    """Convert an SQLite error by its name (`SQLITE_FULL`); None for one that says nothing about the disk."""
    primary = "_".join(name.split("_")[:2])
    if primary in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
        return damaged_database(folder, "A page of it does not pass its check.")
    if primary == "SQLITE_FULL":
        return disk_full(folder)
    if primary in ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"):
        return WorkspaceError(
            "folder-not-writable",
            "The workspace cannot be written",
            f"The system does not allow this account to write the files in {folder}.",
            "Check the rights on the folder; nothing of what was confirmed as saved is lost.",
        )
    return _disk_error(folder, name) if primary == "SQLITE_IOERR" else None


def disk_full(folder: Path) -> WorkspaceError:
    """There is no room left on the disk of a folder."""
    return WorkspaceError(
        "disk-full",
        "The disk is full",
        f"There is no room left on the disk that holds {folder}. The last change was not saved.",
        "Free some space and repeat the last step; everything saved before is safe.",
    )


def _disk_error(folder: Path, detail: str) -> WorkspaceError:
    return WorkspaceError(
        "disk-error",
        "The disk could not be read or written",
        f"The system reports a fault below {folder} ({detail}). The last change was not saved.",
        "Check that the disk is connected and healthy, then lock the workspace and unlock it again.",
    )


def _newest_backup(folder: Path) -> str:
    newest = next(iter(backups_of(folder)), None)
    return f"The newest backup is {newest.folder}." if newest else "There is no backup in this folder."
