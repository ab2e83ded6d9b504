"""A workspace on disk: made, unlocked by passphrase or recovery key, used by its engines, locked again."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine

from auditor.domain.errors import WorkspaceError
from auditor.domain.revision import new_id
from auditor.store import faults, placement
from auditor.store.backup import is_due, make_backup
from auditor.store.device import default_settings_folder, settle_device
from auditor.store.engines import (
    RawConnection,
    errors_in_words,
    is_encrypted,
    read_only,
    reader_engine,
    require_sqlite,
    writer_engine,
)
from auditor.store.instance_lock import InstanceLock
from auditor.store.keyfile import DerivationCost, KeyFile, Secret, read_key_file, subkey, write_key_file
from auditor.store.layout import (
    DATABASE_NAME,
    KEY_COPY_NAME,
    KEY_NAME,
    WAL_NAME,
    Backup,
    backups_of,
    new_workspace_folder,
)
from auditor.store.recovery_key import RecoveryKey
from auditor.store.schema import PROJECTED, Schema, current_schema, existing_tables, lay_out, read_meta, write_meta

_DATABASE = "database"


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """What a person may want to know about an open workspace; sizes in bytes, times in UTC."""

    path: Path
    workspace_id: str
    name: str
    created_at: datetime
    schema_version: int
    device_id: str
    database_bytes: int
    backup_bytes: int
    backups: int
    last_backup: datetime | None
    notes: tuple[str, ...]


class Workspace:
    """An open workspace. Only one instance may have it open; `close` locks it again.

    `workspace_id` is also the authority's id, `device_id` the one to record under.
    """

    def __init__(self, path: Path, key_file: KeyFile, data_key: bytes, lock: InstanceLock, schema: Schema) -> None:
        self.path = path
        self.workspace_id = key_file.workspace_id
        self.device_id = ""
        self.name = ""
        self._key_file = key_file
        self._data_key = bytearray(data_key)
        self._lock = lock
        self._schema = schema
        self._notes: list[str] = []
        self._writer = writer_engine(path, self._database_key)
        self._readers = reader_engine(path, self._database_key)

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        *,
        name: str,
        cost: DerivationCost | None = None,
        settings_folder: Path | None = None,
        schema: Schema | None = None,
    ) -> tuple[Self, str]:
        """Make a workspace in a new or empty folder and open it; also returns the recovery key to print.

        Nothing is left behind when it fails. `settings_folder` is where this machine keeps its device ids.
        """
        require_sqlite()
        path = path.absolute()
        placement.require_suitable(path)
        schema = schema or current_schema()
        recovery_key = RecoveryKey.generate()
        key_file, data_key = KeyFile.create(passphrase, recovery_key, new_id(), cost or DerivationCost())
        with errors_in_words(path), new_workspace_folder(path) as making:
            _make_database(making, subkey(data_key, _DATABASE), schema, key_file.workspace_id, name)
            write_key_file(making, key_file)
        workspace = cls.unlock(path, recovery_key, settings_folder=settings_folder, schema=schema)
        return workspace, recovery_key.text

    @classmethod
    def unlock(
        cls,
        path: Path,
        secret: Secret,
        *,
        settings_folder: Path | None = None,
        schema: Schema | None = None,
    ) -> Self:
        """Open a workspace with its passphrase (text) or its `RecoveryKey`, bringing an older one up to date.

        Nothing on disk is touched unless the secret is right and the database can be read; see `faults` and
        `keyfile` for the errors.
        """
        require_sqlite()
        path, schema = path.absolute(), schema or current_schema()
        _require_files(path)
        with errors_in_words(path), ExitStack() as undo:
            on_disk = read_key_file(path)
            lock = InstanceLock.acquire(path)
            undo.callback(lock.release)
            data_key = on_disk.key_file.unwrap(secret)
            found = read_only(
                path, subkey(data_key, _DATABASE), lambda raw: _probe(raw, path, schema, on_disk.key_file)
            )
            workspace = cls(path, on_disk.key_file, data_key, lock, schema)
            undo.callback(workspace.close)
            workspace._bring_up_to_date(found)
            workspace._settle(on_disk.to_repair, settings_folder or default_settings_folder())
            undo.pop_all()
        return workspace

    @property
    def writer(self) -> Engine:
        """The engine with the one connection that writes."""
        self._require_open()
        return self._writer

    @property
    def readers(self) -> Engine:
        """The engine whose connections read one consistent state and cannot write."""
        self._require_open()
        return self._readers

    @property
    def data_key(self) -> bytes:
        """The 32-byte key that wraps scope keys; derived from the key file's, never the database's own."""
        self._require_open()
        return subkey(self._data_key, "scope-keys")

    def info(self) -> WorkspaceInfo:
        """What is known about this workspace, read afresh."""
        self._require_open()
        backups = backups_of(self.path)
        return WorkspaceInfo(
            path=self.path,
            workspace_id=self.workspace_id,
            name=self.name,
            created_at=self._key_file.created_at,
            schema_version=self._schema.version,
            device_id=self.device_id,
            database_bytes=_bytes_of([self.path / DATABASE_NAME, self.path / WAL_NAME]),
            backup_bytes=_bytes_of(backup.folder / DATABASE_NAME for backup in backups),
            backups=len(backups),
            last_backup=backups[0].made_at if backups else None,
            notes=tuple(self._notes),
        )

    def change_passphrase(self, secret: Secret, new_passphrase: str) -> None:
        """Wrap the data key by a new passphrase; `secret` is the present one, or the recovery key.

        The database is not re-encrypted, and backups made before keep the passphrase they were made with.
        """
        self._require_open()
        data_key = self._key_file.unwrap(secret)
        changed = self._key_file.with_passphrase(data_key, new_passphrase)
        with errors_in_words(self.path):
            write_key_file(self.path, changed)
        self._key_file = changed

    def back_up(self) -> Backup:
        """Make a verified backup inside the workspace folder and thin out older ones."""
        self._require_open()
        return make_backup(self.path, self._database_key, self._schema.ledger)

    def back_up_if_due(self) -> Backup | None:
        """The same, unless a backup was made on this day already."""
        return self.back_up() if is_due(self.path, datetime.now(UTC)) else None

    def close(self) -> None:
        """Lock the workspace: close its connections, forget its key, let another instance open it."""
        self._readers.dispose()
        self._writer.dispose()
        for index in range(len(self._data_key)):
            self._data_key[index] = 0
        self._data_key.clear()
        self._lock.release()

    @property
    def _database_key(self) -> bytes:
        return subkey(self._data_key, _DATABASE)

    def _require_open(self) -> None:
        if not self._data_key:
            raise WorkspaceError(
                "workspace-locked", "The workspace is locked", "It was locked meanwhile.", "Unlock it again."
            )

    def _bring_up_to_date(self, found: int) -> None:
        if found < self._schema.version:
            from auditor.store.migrate import migrate

            migrate(self.path, self._database_key, self._schema, found)
        with self._writer.begin() as connection:
            if read_meta(connection).get(PROJECTED) != str(self._schema.projection_version):
                project_afresh(connection, self._schema, self.data_key, self.workspace_id)

    def _settle(self, to_repair: tuple[str, ...], settings_folder: Path) -> None:
        self.device_id = settle_device(self._writer, self.workspace_id, self.path, settings_folder)
        with self._readers.connect() as connection:
            self.name = read_meta(connection).get("name", "")
        if to_repair:
            write_key_file(self.path, self._key_file, to_repair)
            self._notes.append(f"{' and '.join(to_repair)} was missing, damaged or out of date and was written anew.")
        self._lock.note_holder()


def project_afresh(connection: Connection, schema: Schema, data_key: bytes, workspace_id: str) -> None:
    """Drop every derived table, whatever an earlier version called it, and fill new ones from the ledger."""
    for name in existing_tables(connection) - {table.name for table in schema.kept}:
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
    schema.metadata.create_all(connection)
    schema.refill(connection, data_key, workspace_id)
    write_meta(connection, {PROJECTED: str(schema.projection_version)})


def _make_database(folder: Path, key: bytes, schema: Schema, workspace_id: str, name: str) -> None:
    database = folder / DATABASE_NAME
    database.touch(mode=0o600)
    engine = writer_engine(folder, key)
    try:
        with engine.begin() as connection:
            lay_out(connection, schema)
            meta = {"workspace_id": workspace_id, "name": name, PROJECTED: str(schema.projection_version)}
            write_meta(connection, meta)
    finally:
        engine.dispose()
    if not is_encrypted(database):
        raise WorkspaceError(
            "no-encryption",
            "The database was not encrypted",
            "The new database does not begin with cipher text, so it was thrown away.",
            "Install the current release of Casefile Auditor.",
        )


def _require_files(path: Path) -> None:
    if not path.is_dir():
        raise faults.no_such_folder(path)
    placement.require_suitable(path)
    database = path / DATABASE_NAME
    if not database.exists():
        has_key = any((path / name).exists() for name in (KEY_NAME, KEY_COPY_NAME))
        raise faults.missing_database(path) if has_key else faults.not_a_workspace(path)
    if not database.stat().st_size:
        raise faults.empty_database(path)


def _probe(raw: RawConnection, path: Path, schema: Schema, key_file: KeyFile) -> int:
    version = int(raw.execute("PRAGMA user_version").fetchone()[0])
    if version > schema.version:
        raise faults.newer_workspace(version, schema.version)
    row = raw.execute("SELECT value FROM workspace_meta WHERE key = 'workspace_id'").fetchone()
    if row is None or row[0] != key_file.workspace_id:
        raise faults.damaged_database(path, "It names another workspace than the key file does.")
    return version


def _bytes_of(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.exists())
