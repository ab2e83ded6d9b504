"""Where a workspace may lie: on this computer's own disk, never on a network share or in a synced folder."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from platformdirs import user_data_path

from auditor.domain.errors import WorkspaceError
from auditor.store import platform

APPLICATION = "casefile-auditor"

_FOLDER_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "my drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "cloudstorage": "a cloud service",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "sharepoint": "SharePoint",
    "synology drive": "Synology Drive",
    "synologydrive": "Synology Drive",
}
_ONLY_DIRECTLY_AT_HOME = {"box": "Box", "sync": "a cloud service"}
_MARKER_FILES = {".dropbox": "Dropbox", ".nextcloudsync.log": "Nextcloud", ".owncloudsync.log": "ownCloud"}
_MARKER_FOLDERS = {
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".stfolder": "Syncthing",
}
_MARKER_PATTERNS = {"._sync_*.db": "Nextcloud", ".sync_*.db": "Nextcloud"}
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_DESKTOP_INI_LIMIT = 64 * 1024


def default_folder() -> Path:
    """The folder proposed for a new workspace: local application data, which nothing copies to the cloud."""
    return user_data_path(APPLICATION, appauthor=False, roaming=False) / "workspace"


def require_suitable(path: Path) -> None:
    """Raise `workspace-on-share` when a workspace at this path would lie on a share or in a synced folder."""
    service = synced_by(path, os.environ, Path.home())
    if service:
        where = f"in a folder that is kept in step by {service}"
    elif platform.is_network_path(path):
        where = "on a network share"
    else:
        return
    raise WorkspaceError(
        "workspace-on-share",
        "A workspace cannot lie here",
        f"The folder {path} is {where}. Copying while the program writes damages a workspace.",
        f"Choose a folder on this computer's own disk, for example {default_folder()}. "
        "Finished exports and packs may lie on a share.",
    )


def synced_by(path: Path, environ: Mapping[str, str], home: Path) -> str:
    """The name of the service that keeps this path's folder in step with a cloud; empty when none shows."""
    for candidate in {path.absolute(), path.resolve()}:
        service = _by_name(candidate, home) or _by_variable(candidate, environ) or _by_marker(candidate)
        if service:
            return service
    return ""


def _by_name(path: Path, home: Path) -> str:
    for part in path.parts:
        name = part.casefold()
        for folder, service in _FOLDER_NAMES.items():
            # the services themselves name folders "OneDrive - Council", "Dropbox (Team)", "GoogleDrive-name"
            if name == folder or name.startswith((f"{folder} -", f"{folder} (", f"{folder}-")):
                return service
    if path.is_relative_to(home) and path != home:
        return _ONLY_DIRECTLY_AT_HOME.get(path.relative_to(home).parts[0].casefold(), "")
    return ""


def _by_variable(path: Path, environ: Mapping[str, str]) -> str:
    roots = (environ.get(name) for name in _ONEDRIVE_VARIABLES)
    return "OneDrive" if any(root and path.is_relative_to(Path(root)) for root in roots) else ""


def _by_marker(path: Path) -> str:
    return next((service for folder in (path, *path.parents) for service in _markers_in(folder)), "")


def _markers_in(folder: Path) -> Iterator[str]:
    try:
        # as a file: Dropbox also keeps a settings folder of the same name in every person's home
        yield from (service for name, service in _MARKER_FILES.items() if (folder / name).is_file())
        yield from (service for name, service in _MARKER_FOLDERS.items() if (folder / name).exists())
        yield from (service for glob, service in _MARKER_PATTERNS.items() if any(folder.glob(glob)))
        settings = folder / "desktop.ini"
        if settings.is_file() and settings.stat().st_size <= _DESKTOP_INI_LIMIT:
            text = settings.read_bytes().replace(b"\0", b"").lower()  # UTF-16 or ANSI, the name is ASCII
            if b"onedrive" in text:
                yield "OneDrive"
    except OSError:
        return  # a folder we may not look into says nothing
