"""The one place for differences between systems: locks, durable writing, permissions, kinds of storage."""

import contextlib
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

NETWORK_FILE_SYSTEMS = frozenset(
    {
        "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone",
        "fuse.sshfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb", "smb2", "smb3", "smbfs", "webdav",
    }
)  # fmt: skip
_WINDOWS_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_PATIENCE_SECONDS = 2
_LOCKED_BYTE = 1 << 30  # beyond any text in the file: a locked byte cannot be read by others on Windows


def lock_exclusively(file: IO[bytes]) -> bool:
    """Take the operating system's lock on an open file; False when another holder has it.

    The lock belongs to the open file: it ends when the file is closed or the process dies, however it dies.
    """
    if sys.platform == "win32":
        import msvcrt

        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, so that a rename survives a power cut."""
    # Windows opens no folders for fsync; its file system journals the rename itself
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_file(path: Path) -> None:
    """Make the bytes of a finished file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def replace_durably(path: Path, content: bytes) -> None:
    """Write a file, for its owner only, so that after a crash it holds all of the old or all of the new."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def make_private(path: Path) -> None:
    """Only the owner may read a file or enter a folder."""
    # on Windows the folder inherits the access list of the person's own profile
    if sys.platform != "win32":
        path.chmod(0o700 if path.is_dir() else 0o600)


def has_display() -> bool:
    """Whether a window can be shown to somebody: elsewhere always, on Linux where a display server answers. Qt ends the
    whole process where it does not."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return False
    return bool(os.environ.get("WAYLAND_DISPLAY")) or _answers(os.environ.get("DISPLAY", ""))


def _answers(display: str) -> bool:
    """Whether an X server listens at a display such as `:0`, `:99.0` or `host:10.0`."""
    import socket

    host, colon, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not (colon and number.isdigit()):
        return False
    try:
        if host in ("", "unix") and sys.platform != "win32":
            with socket.socket(socket.AF_UNIX) as local:
                local.settimeout(_PATIENCE_SECONDS)
                local.connect(f"/tmp/.X11-unix/X{number}")  # noqa: S108 - where every X server listens
        else:
            socket.create_connection((host, 6000 + int(number)), _PATIENCE_SECONDS).close()
    except (OSError, OverflowError):
        return False
    return True


def is_network_path(path: Path) -> bool:
    """Whether a path (its nearest existing folder, links followed) lies on another computer's disk."""
    resolved = path.resolve()
    if sys.platform == "win32":
        return is_windows_network(str(resolved), _windows_drive_type)
    else:
        return file_system_of(resolved, _mounts()) in NETWORK_FILE_SYSTEMS


def _mounts() -> list[tuple[str, str]]:
    if sys.platform == "darwin":
        listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        return parse_mount_command(listing)
    else:
        try:
            return parse_proc_mounts(Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape"))
        except OSError:
            return []  # no list of mounts, as in some containers: nothing speaks for a share


def parse_proc_mounts(text: str) -> list[tuple[str, str]]:
    """Mount points and file-system types from the text of /proc/mounts, in mounting order."""
    found = []
    for line in text.splitlines():
        fields = line.split(" ")
        if len(fields) >= 3:
            found.append((_unescape(fields[1]), fields[2]))
    return found


def parse_mount_command(text: str) -> list[tuple[str, str]]:
    """Mount points and file-system types as macOS's `mount` prints them: `//x on /Volumes/y (smbfs, ...)`."""
    found = []
    for line in text.splitlines():
        before, opening, options = line.rpartition(" (")
        _, separator, mount_point = before.partition(" on ")
        if opening and separator:
            found.append((mount_point, options.partition(",")[0].rstrip(")").strip()))
    return found


def file_system_of(path: Path, mounts: Iterable[tuple[str, str]]) -> str:
    """The file-system type of the innermost mount that holds a path; a root file system counts as local."""
    best, kind = Path("/"), ""
    for mount_point, file_system in mounts:
        point = Path(mount_point)
        if point != Path("/") and path.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, file_system
    return kind


def _unescape(field: str) -> str:
    for escaped, plain in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(escaped, plain)
    return field


def is_windows_network(path: str, drive_type: Callable[[str], int]) -> bool:
    """Whether a Windows path is a UNC path or lies on a drive that `drive_type` calls remote."""
    local = path.removeprefix("\\\\?\\").removeprefix("\\\\.\\")
    if local.startswith("\\\\") or local.upper().startswith("UNC\\"):
        return True
    return len(local) > 1 and local[1] == ":" and drive_type(f"{local[0]}:\\") == _WINDOWS_REMOTE_DRIVE


def _windows_drive_type(root: str) -> int:
    import ctypes

    windows = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
    return int(windows.kernel32.GetDriveTypeW(root))
