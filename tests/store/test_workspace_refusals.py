import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from auditor.domain.errors import WorkspaceError
from auditor.store import engines
from auditor.store.backup import restore_to
from auditor.store.engines import check_integrity, require_sqlite
from auditor.store.layout import DATABASE_NAME, KEY_COPY_NAME, KEY_NAME, LOCK_NAME, PAGE_BYTES
from auditor.store.recovery_key import RecoveryKey
from auditor.store.schema import set_version
from auditor.store.workspace import Workspace
from tests.store.workspace_kit import (
    CHEAP,
    PASSPHRASE,
    Desk,
    add_rows,
    everything_on_disk,
    plain_schema,
    refused,
)


class TestRefusals:
    """Each way in which a workspace cannot be opened has its own words, and nothing on disk is touched."""

    @pytest.fixture(autouse=True)
    def a_workspace_with_a_backup(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        with workspace.writer.begin() as connection:
            add_rows(connection, 40)
        self.backup = workspace.back_up().folder
        workspace.close()
        self.folder = desk.folder
        self.database = desk.folder / DATABASE_NAME

    def test_wrong_passphrase(self, desk: Desk) -> None:
        with refused("wrong-passphrase", self.folder):
            desk.unlock(secret="another one")

    def test_wrong_recovery_key(self, desk: Desk) -> None:
        with refused("wrong-recovery-key", self.folder):
            desk.unlock(secret=RecoveryKey.generate())

    @pytest.mark.parametrize("place", [0, 20, PAGE_BYTES - 1])
    def test_damaged_database_names_the_newest_backup(self, desk: Desk, place: int) -> None:
        content = bytearray(self.database.read_bytes())
        content[place] ^= 1
        self.database.write_bytes(content)
        with refused("damaged-database", self.folder):
            desk.unlock()
        with pytest.raises(WorkspaceError, match=self.backup.name):
            desk.unlock()

    def test_zero_byte_database(self, desk: Desk) -> None:
        self.database.write_bytes(b"")
        with refused("empty-database", self.folder):
            desk.unlock()

    def test_missing_key_file(self, desk: Desk) -> None:
        for name in (KEY_NAME, KEY_COPY_NAME):
            (self.folder / name).unlink()
        with refused("missing-key-file", self.folder):
            desk.unlock()

    def test_damaged_key_file(self, desk: Desk) -> None:
        for name in (KEY_NAME, KEY_COPY_NAME):
            (self.folder / name).write_bytes(b"\0" * 700)
        with refused("damaged-key-file", self.folder):
            desk.unlock()

    def test_newer_workspace(self, desk: Desk) -> None:
        with desk.open(schema=plain_schema()) as workspace, workspace.writer.begin() as connection:
            set_version(connection, 99)
        with refused("newer-workspace", self.folder):
            desk.unlock()

    def test_second_instance(self, desk: Desk) -> None:
        with desk.open(schema=plain_schema()), refused("workspace-in-use", self.folder):
            desk.unlock()
        desk.unlock(schema=plain_schema()).close()

    @pytest.mark.parametrize("network", [True, False])
    def test_network_share_or_synced_folder(self, desk: Desk, monkeypatch: pytest.MonkeyPatch, network: bool) -> None:
        if network:
            monkeypatch.setattr("auditor.store.platform.is_network_path", lambda path: True)
        else:
            monkeypatch.setenv("OneDrive", str(desk.root))
        with refused("workspace-on-share", self.folder):
            desk.unlock()
        with refused("workspace-on-share", desk.root):
            Workspace.create(desk.root / "new", PASSPHRASE, name="n", cost=CHEAP)
        with refused("workspace-on-share", desk.root):
            restore_to(self.backup, desk.root / "new")

    def test_the_database_of_another_workspace(self, desk: Desk) -> None:
        other = Desk(desk.root / "other")
        self.database.write_bytes((other.made() / DATABASE_NAME).read_bytes())
        with refused("damaged-database", self.folder):
            desk.unlock()

    def test_missing_database(self, desk: Desk) -> None:
        self.database.unlink()
        with refused("missing-database", self.folder):
            desk.unlock()

    def test_a_folder_that_is_no_workspace(self, desk: Desk) -> None:
        with refused("not-a-workspace", desk.root):
            desk.unlock(desk.root)
        with refused("no-such-folder", desk.root):
            desk.unlock(desk.root / "nowhere")

    def test_old_or_plain_sqlite(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        require_sqlite()
        monkeypatch.setattr(engines, "MINIMUM_SQLITE", (99, 0, 0))
        with refused("old-sqlite", self.folder):
            desk.unlock()

    def test_a_database_left_by_a_killed_program_is_refused_untouched_too(self, desk: Desk) -> None:
        workspace = desk.unlock(schema=plain_schema())
        with workspace.writer.begin() as connection:
            set_version(connection, 99)
        killed = Desk(desk.root / "copy of the disk at that moment")
        killed.folder.mkdir(parents=True)
        for path, (content, _) in everything_on_disk(self.folder).items():
            if Path(path).parent == self.folder and Path(path).is_file():
                (killed.folder / Path(path).name).write_bytes(content)
        workspace.close()
        (killed.folder / f"{DATABASE_NAME}-shm").unlink(missing_ok=True)
        before = everything_on_disk(killed.folder)
        with pytest.raises(WorkspaceError) as caught:
            killed.unlock()
        assert caught.value.code == "newer-workspace"
        after = everything_on_disk(killed.folder)
        kept = [path for path in before if not path.endswith(("-shm", killed.folder.name))]
        assert [after[path] for path in kept] == [before[path] for path in kept]


HOLDER = """
    import sys
    from pathlib import Path
    from tests.store.workspace_kit import PASSPHRASE
    from auditor.store.workspace import Workspace
    folder, settings = map(Path, sys.argv[1:])
    workspace = Workspace.unlock(folder, PASSPHRASE, settings_folder=settings)
    connection = workspace.writer.connect()
    connection.exec_driver_sql("UPDATE workspace_meta SET value = 'half done' WHERE key = 'name'")
    print("open", flush=True)
    sys.stdin.read()
"""


def test_another_process_is_named_and_its_death_frees_the_workspace_without_its_half_done_work(desk: Desk) -> None:
    desk.made()
    command = [sys.executable, "-c", textwrap.dedent(HOLDER), str(desk.folder), str(desk.settings)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(WorkspaceError, match=f"process {holder.pid} on ") as caught:
            desk.unlock()
        assert caught.value.code == "workspace-in-use"
        holder.kill()
    with desk.open() as workspace:
        assert workspace.name == "Sample"
        assert check_integrity(workspace.readers) == []


def test_a_copy_without_the_lock_file_can_be_opened(desk: Desk) -> None:
    desk.made()
    (desk.folder / LOCK_NAME).unlink()
    with desk.open(), pytest.raises(WorkspaceError, match="has it open"):
        desk.unlock()
