import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.domain.errors import WorkspaceError
from auditor.store import placement
from auditor.store.engines import open_raw
from auditor.store.keyfile import subkey
from auditor.store.layout import DATABASE_NAME, KEY_COPY_NAME, KEY_NAME, PAGE_BYTES
from auditor.store.recovery_key import RecoveryKey
from auditor.store.workspace import Workspace
from tests.store.workspace_kit import (
    CHEAP,
    PASSPHRASE,
    Desk,
    add_rows,
    everything_on_disk,
    plain_schema,
    refused,
    rows_in,
)


class TestLife:
    """Make, lock, unlock, look."""

    def test_what_was_recorded_is_there_after_locking_and_unlocking(self, desk: Desk) -> None:
        workspace, recovery_text = desk.create("Invented Council")
        with workspace.writer.begin() as connection:
            add_rows(connection, 3)
        known = (workspace.workspace_id, workspace.device_id, workspace.data_key)
        workspace.close()
        for secret in (PASSPHRASE, RecoveryKey.parse(recovery_text)):
            again = desk.unlock(secret=secret)
            assert (again.workspace_id, again.device_id, again.data_key) == known
            assert (rows_in(again), again.name) == (3, "Invented Council")
            again.close()

    def test_info_tells_what_a_person_may_want_to_know(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        before = workspace.info()
        assert (before.name, before.schema_version, before.backups, before.last_backup) == ("Sample", 1, 0, None)
        assert before.database_bytes > PAGE_BYTES
        backup = workspace.back_up()
        after = workspace.info()
        assert (after.backups, after.last_backup, after.notes) == (1, backup.made_at, ())
        workspace.close()

    def test_a_locked_workspace_gives_nothing_more(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        workspace.close()
        workspace.close()
        uses: tuple[Callable[[], object], ...] = (
            lambda: workspace.data_key,
            lambda: workspace.readers,
            lambda: workspace.writer,
            workspace.info,
            workspace.back_up,
        )
        for use in uses:
            with pytest.raises(WorkspaceError) as caught:
                use()
            assert caught.value.code == "workspace-locked"

    def test_everything_on_disk_is_encrypted_and_private(self, desk: Desk) -> None:
        workspace, _ = desk.create("Invented Council")
        with workspace.writer.begin() as connection:
            connection.exec_driver_sql("INSERT INTO workspace_meta VALUES ('secret', 'a very plain sentence')")
        workspace.back_up()
        found = everything_on_disk(desk.folder)
        workspace.close()
        for path, (content, _) in found.items():
            for clear in (b"plain sentence", b"Invented Council", b"SQLite format", PASSPHRASE.encode()):
                assert clear not in content, path
        if sys.platform != "win32":
            assert all(path.stat().st_mode & 0o077 == 0 for path in (desk.folder, *desk.folder.rglob("*")))

    def test_a_new_passphrase_replaces_the_old_one(self, desk: Desk) -> None:
        workspace, recovery_text = desk.create()
        with pytest.raises(WorkspaceError) as caught:
            workspace.change_passphrase("not it", "new words")
        assert caught.value.code == "wrong-passphrase"
        workspace.change_passphrase(PASSPHRASE, "new words")
        workspace.change_passphrase("new words", "newer words")
        workspace.close()
        with refused("wrong-passphrase", desk.folder):
            desk.unlock()
        desk.unlock(secret="newer words").close()
        forgotten = desk.unlock(secret=RecoveryKey.parse(recovery_text))
        forgotten.change_passphrase(RecoveryKey.parse(recovery_text), PASSPHRASE)
        forgotten.close()
        desk.unlock().close()

    @pytest.mark.parametrize("lost", [KEY_NAME, KEY_COPY_NAME])
    def test_a_lost_twin_of_the_key_file_is_written_anew(self, desk: Desk, lost: str) -> None:
        desk.made()
        (desk.folder / lost).unlink()
        with desk.open() as workspace:
            assert lost in workspace.info().notes[0]
        assert (desk.folder / KEY_NAME).read_bytes() == (desk.folder / KEY_COPY_NAME).read_bytes()
        with desk.open() as workspace:
            assert workspace.info().notes == ()


class TestMaking:
    """A half-made workspace never looks like one, and nothing is overwritten."""

    def test_an_empty_folder_may_be_used(self, desk: Desk) -> None:
        desk.folder.mkdir()
        desk.made()
        desk.unlock().close()

    @pytest.mark.parametrize("name", ["notes.txt", DATABASE_NAME])
    def test_a_folder_with_anything_in_it_is_left_alone(self, desk: Desk, name: str) -> None:
        desk.folder.mkdir()
        (desk.folder / name).write_bytes(b"mine")
        with refused("folder-not-empty", desk.root):
            desk.create()

    def test_an_existing_workspace_is_left_alone(self, desk: Desk) -> None:
        desk.made()
        with refused("folder-not-empty", desk.root):
            desk.create()

    def test_a_file_in_the_way_is_left_alone(self, desk: Desk) -> None:
        desk.folder.write_bytes(b"mine")
        with refused("folder-not-empty", desk.root):
            desk.create()

    @pytest.mark.parametrize(("number", "code"), [(28, "disk-full"), (30, "folder-not-writable"), (5, "disk-error")])
    def test_a_failure_leaves_nothing_behind(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, code: str
    ) -> None:
        def fail(path: Path, content: bytes) -> None:
            raise OSError(number, "no")

        monkeypatch.setattr("auditor.store.platform.replace_durably", fail)
        with pytest.raises(WorkspaceError) as caught:
            desk.create()
        assert caught.value.code == code
        assert list(desk.root.iterdir()) == []

    @pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody can write")
    def test_a_folder_that_nobody_can_write(self) -> None:
        with pytest.raises(WorkspaceError) as caught:
            Workspace.create(Path("/proc/1/casefile"), PASSPHRASE, name="n", cost=CHEAP)
        assert caught.value.code in {"folder-not-writable", "disk-error"}

    def test_an_empty_passphrase_makes_nothing(self, desk: Desk) -> None:
        with refused("empty-passphrase", desk.root):
            Workspace.create(desk.folder, "  ", name="n", cost=CHEAP)

    def test_the_default_place_is_local_and_not_documents(self) -> None:
        folder = placement.default_folder()
        assert folder.is_absolute()
        assert not {"documents", "my documents", "roaming"} & {part.casefold() for part in folder.parts}


def test_a_new_projection_version_drops_whatever_was_derived_and_fills_it_again(desk: Desk) -> None:
    desk.made(rows=2)
    filled = []
    schema = replace(
        plain_schema(), projection_version=7, refill=lambda connection, key, identity: filled.append(identity)
    )
    with desk.open(schema=plain_schema()) as workspace, workspace.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE derived_long_ago (a)")
    for _ in range(2):
        with desk.open(schema=schema) as workspace:
            assert rows_in(workspace) == 2
            with workspace.readers.connect() as connection:
                tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    assert "derived_long_ago" not in tables
    assert {table.name for table in schema.projections} <= set(tables)
    assert filled == [workspace.workspace_id]


def test_the_database_has_its_own_key(desk: Desk) -> None:
    workspace, _ = desk.create()
    scope_key = workspace.data_key
    workspace.close()
    wrong = open_raw(desk.folder / DATABASE_NAME, subkey(scope_key, "database"), "ro&immutable=1")
    with pytest.raises(Exception, match="not a database"):
        wrong.execute("SELECT count(*) FROM revision")
    wrong.close()
