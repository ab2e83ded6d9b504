"""Which device a workspace is being used on: a copied, moved, restored or turned-back workspace is a new one.

Streams of the ledger are numbered per device: two folders that go on as one device would give a number twice.
"""

import contextlib
import hashlib
import json
import os
import secrets
from pathlib import Path

from platformdirs import user_config_path
from sqlalchemy import Engine

from auditor.domain.revision import new_id
from auditor.store import platform
from auditor.store.placement import APPLICATION
from auditor.store.schema import read_meta, write_meta

DEVICE = "device_id"
OPENING = "opening"
"""Changes at every unlock, in the database and on the machine: where they differ, one is not the latest."""


def default_settings_folder() -> Path:
    """Where this machine keeps which device it is for each workspace."""
    return user_config_path(APPLICATION, appauthor=False, roaming=False) / "devices"


def settle_device(writer: Engine, workspace_id: str, folder: Path, settings_folder: Path) -> str:
    """The device id to record under: a new one unless database and machine remember the same last unlock."""
    note = settings_folder / f"{_fingerprint(workspace_id, folder)}.json"
    with writer.begin() as connection:
        meta = read_meta(connection)
        remembered = {name: meta.get(name, "") for name in (DEVICE, OPENING)}
        known = all(remembered.values()) and _read(note) == remembered
        settled = {DEVICE: remembered[DEVICE] if known else new_id(), OPENING: secrets.token_hex(16)}
        write_meta(connection, settled)
    # a crash between the two, or settings that cannot be written, make the next unlock a new device: harmless
    with contextlib.suppress(OSError):
        settings_folder.mkdir(parents=True, exist_ok=True)
        platform.replace_durably(note, json.dumps(settled, sort_keys=True).encode("ascii"))
    return settled[DEVICE]


def _fingerprint(workspace_id: str, folder: Path) -> str:
    place = os.path.normcase(str(folder.resolve()))
    return hashlib.sha256(f"{workspace_id}\n{place}".encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _read(note: Path) -> object:
    try:
        return json.loads(note.read_bytes())
    except (OSError, ValueError):
        return None
