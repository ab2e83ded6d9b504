"""Small workspaces for tests: cheap keys, a settings folder of their own, a look at every byte on disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Text, insert

from auditor.domain.errors import WorkspaceError
from auditor.store.keyfile import DerivationCost, Secret
from auditor.store.schema import Schema, current_schema
from auditor.store.tables import revision
from auditor.store.workspace import Workspace

PASSPHRASE = "plain words for a test"
CHEAP = DerivationCost(memory_kib=8, iterations=1, lanes=1)


@dataclass(frozen=True)
class Desk:
    """One invented computer: a place for workspaces and its own memory of devices."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "workspace"

    @property
    def settings(self) -> Path:
        return self.root / "settings"

    def create(self, name: str = "Sample", schema: Schema | None = None) -> tuple[Workspace, str]:
        return Workspace.create(
            self.folder, PASSPHRASE, name=name, cost=CHEAP, settings_folder=self.settings, schema=schema
        )

    def made(self, rows: int = 0, schema: Schema | None = None) -> Path:
        """A locked workspace with this many rows in its ledger."""
        workspace, _ = self.create(schema=schema)
        with workspace.writer.begin() as connection:
            add_rows(connection, rows)
        workspace.close()
        return self.folder

    def unlock(
        self, folder: Path | None = None, secret: Secret = PASSPHRASE, schema: Schema | None = None
    ) -> Workspace:
        return Workspace.unlock(folder or self.folder, secret, settings_folder=self.settings, schema=schema)

    @contextmanager
    def open(self, folder: Path | None = None, schema: Schema | None = None) -> Iterator[Workspace]:
        workspace = self.unlock(folder, schema=schema)
        try:
            yield workspace
        finally:
            workspace.close()


def add_rows(connection: Connection, count: int) -> None:
    """Rows in the shape of the ledger; what they say is of no matter here."""
    texts = {column.name: "x" for column in revision.columns if isinstance(column.type, Text)}
    for number in range(count):
        row = texts | {"rev_id": f"rev{number}", "stream_seq": number, "lamport": 1}
        blobs = {"value": bytes([number % 256]) * 600, "prev_hash": b"", "hash": b""}
        connection.execute(insert(revision), row | blobs)


def rows_in(workspace: Workspace) -> int:
    with workspace.readers.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM revision").scalar_one())


def no_projections(connection: Connection, data_key: bytes, workspace_id: str) -> None:
    """A refill for schemas whose ledger holds no real revisions."""


def plain_schema() -> Schema:
    """The current schema; its invented rows cannot be projected."""
    return replace(current_schema(), refill=no_projections)


def everything_on_disk(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of change of each file, and the time of change of each folder."""
    found = {}
    for path in (folder, *sorted(folder.rglob("*"))):
        content = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (content, path.stat().st_mtime_ns)
    return found


@contextmanager
def refused(code: str, untouched: Path) -> Iterator[None]:
    """The block must raise this error, in plain words, and leave every byte and time in the folder alone."""
    before = everything_on_disk(untouched)
    with pytest.raises(WorkspaceError) as caught:
        yield
    assert caught.value.code == code
    assert all((caught.value.title, caught.value.message, caught.value.remedy))
    assert everything_on_disk(untouched) == before
