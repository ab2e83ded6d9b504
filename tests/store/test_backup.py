import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.errors import WorkspaceError
from auditor.store import backup as backup_module
from auditor.store.backup import LONGEST, is_due, restore_to, superfluous
from auditor.store.engines import check_integrity, is_encrypted
from auditor.store.layout import BACKUPS_NAME, DATABASE_NAME, KEY_NAME, Backup, BackupKind, backup_folder, backups_of
from auditor.store.recovery_key import RecoveryKey
from tests.store.workspace_kit import PASSPHRASE, Desk, add_rows, plain_schema, refused, rows_in

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def kept(backups: list[Backup], now: datetime = NOON) -> list[Backup]:
    gone = superfluous(backups, now)
    return [backup for backup in backups if backup not in gone]


def made(days_ago: float, kind: BackupKind = BackupKind.ROUTINE) -> Backup:
    return Backup(Path(f"{days_ago}-{kind}"), NOON - timedelta(days=days_ago), kind)


class TestMaking:
    """A backup is verified, encrypted, complete, and made while work goes on."""

    def test_what_was_committed_before_is_in_it_and_stays_encrypted(self, desk: Desk) -> None:
        workspace, recovery_text = desk.create(schema=plain_schema())
        with workspace.writer.begin() as connection:
            add_rows(connection, 30)
        with workspace.readers.connect() as reader:  # somebody is looking meanwhile
            reader.exec_driver_sql("SELECT count(*) FROM revision").scalar()
            backup = workspace.back_up()
        workspace.close()
        assert sorted(path.name for path in backup.folder.iterdir()) == [DATABASE_NAME, KEY_NAME]
        assert is_encrypted(backup.folder / DATABASE_NAME)
        restore_to(backup.folder, desk.root / "restored")
        for secret in (PASSPHRASE, RecoveryKey.parse(recovery_text)):
            restored = desk.unlock(desk.root / "restored", secret, plain_schema())
            assert (rows_in(restored), check_integrity(restored.readers)) == (30, [])
            restored.close()

    def test_one_a_day_is_enough(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        assert workspace.back_up_if_due() is not None
        assert workspace.back_up_if_due() is None
        workspace.close()
        assert not is_due(desk.folder, datetime.now(UTC))
        assert is_due(desk.folder, datetime.now(UTC) + timedelta(days=1))

    def test_two_in_one_second_do_not_meet(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        folders = {workspace.back_up().folder for _ in range(2)}
        assert len(folders) == 2
        assert {backup.folder for backup in backups_of(desk.folder)} <= folders
        workspace.close()

    def test_a_copy_that_is_short_of_rows_is_thrown_away(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        workspace, _ = desk.create()
        counts = iter([{"revision": 3}, {"revision": 3}, {"revision": 2}])
        monkeypatch.setattr(backup_module, "count_rows", lambda connection, tables: next(counts))
        with pytest.raises(WorkspaceError) as caught:
            workspace.back_up()
        assert caught.value.code == "backup-not-verified"
        assert list((desk.folder / BACKUPS_NAME).iterdir()) == []
        workspace.close()

    def test_a_damaged_workspace_gives_no_backup(self, desk: Desk) -> None:
        desk.made(rows=200)
        workspace = desk.unlock(schema=plain_schema())
        database = desk.folder / DATABASE_NAME
        content = bytearray(database.read_bytes())
        for page in range(8, len(content) // 4096):
            content[page * 4096 + 9] ^= 1
        database.write_bytes(content)
        with pytest.raises(WorkspaceError) as caught:
            workspace.back_up()
        assert caught.value.code == "damaged-database"
        assert list((desk.folder / BACKUPS_NAME).iterdir()) == []
        workspace.close()

    def test_a_full_disk_leaves_no_half_backup_and_no_older_one_goes(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        workspace, _ = desk.create()
        first = workspace.back_up()

        def full(*where: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(backup_module, "move_into_place", full)
        with pytest.raises(WorkspaceError) as caught:
            workspace.back_up()
        assert caught.value.code == "disk-full"
        assert list((desk.folder / BACKUPS_NAME).iterdir()) == [first.folder]
        workspace.close()

    def test_what_a_killed_program_left_is_swept_and_other_peoples_folders_are_not(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        backups = desk.folder / BACKUPS_NAME
        for name in (".unfinished-abc", "my own copy"):
            (backups / name).mkdir()
            (backups / name / DATABASE_NAME).write_bytes(b"x")
        workspace.back_up()
        workspace.close()
        names = {path.name for path in backups.iterdir()}
        assert "my own copy" in names
        assert not any(name.startswith(".unfinished") for name in names)
        assert len(backups_of(desk.folder)) == 1

    def test_old_ones_are_removed_when_a_new_one_is_there(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        recent = workspace.back_up()
        old = backup_folder(desk.folder, datetime.now(UTC) - timedelta(days=40), BackupKind.ROUTINE)
        shutil.copytree(recent.folder, old)
        newest = workspace.back_up()
        workspace.close()
        assert [backup.folder for backup in backups_of(desk.folder)] == [newest.folder]


class TestRetention:
    """Seven days, four weeks before them, three before migrations, nothing older than 35 days."""

    def test_a_backup_each_day_for_two_months(self) -> None:
        left: list[Backup] = []
        for age in range(60, -1, -1):
            left = kept([made(age), *left], NOON - timedelta(days=age))
        ages = [(NOON - backup.made_at).days for backup in left]
        assert ages[:7] == list(range(7))
        assert len(ages) == 11
        assert 26 <= ages[-1] <= LONGEST.days
        assert all(older - newer <= 7 for newer, older in pairwise(ages))

    def test_of_one_day_the_newest_stays(self) -> None:
        assert kept([made(0.0), made(0.1), made(0.2)]) == [made(0.0)]

    def test_pre_migration_ones_count_apart(self) -> None:
        migrations = [made(day, BackupKind.PRE_MIGRATION) for day in (1, 2, 3, 4, 36)]
        assert kept([made(0), *migrations]) == [made(0), *migrations[:3]]

    def test_seven_days_with_a_backup_count_not_seven_on_the_calendar(self) -> None:
        sparse = [made(day) for day in (0, 3, 6, 9, 12, 15, 18)]
        assert kept(sparse) == sparse

    @given(
        st.lists(
            st.builds(made, st.floats(0, 50, allow_nan=False), st.sampled_from(list(BackupKind))),
            unique=True,
            max_size=40,
        )
    )
    def test_limits_hold_and_thinning_twice_changes_nothing(self, backups: list[Backup]) -> None:
        left = kept(backups)
        assert all(NOON - backup.made_at <= LONGEST for backup in left)
        assert sum(backup.kind is BackupKind.ROUTINE for backup in left) <= 11
        assert sum(backup.kind is BackupKind.PRE_MIGRATION for backup in left) <= 3
        assert kept(left) == left
        young = [backup for backup in backups if NOON - backup.made_at <= LONGEST]
        assert not young or max(backup.made_at for backup in young) in {backup.made_at for backup in left}


class TestRestoring:
    """A backup becomes a workspace of its own; nothing is overwritten."""

    @pytest.fixture
    def backup(self, desk: Desk) -> Path:
        workspace, _ = desk.create()
        folder = workspace.back_up().folder
        workspace.close()
        return folder

    def test_the_old_workspace_is_left_as_it_is(self, desk: Desk, backup: Path) -> None:
        with refused("folder-not-empty", desk.root):
            restore_to(backup, desk.folder)

    def test_old_and_restored_one_may_be_open_side_by_side(self, desk: Desk, backup: Path) -> None:
        restore_to(backup, desk.root / "restored")
        with desk.open() as old, desk.open(desk.root / "restored") as restored:
            assert old.workspace_id == restored.workspace_id
            assert old.device_id != restored.device_id

    def test_a_backup_keeps_the_passphrase_it_was_made_with(self, desk: Desk, backup: Path) -> None:
        with desk.open() as workspace:
            workspace.change_passphrase(PASSPHRASE, "new words")
        restore_to(backup, desk.root / "restored")
        with desk.open(desk.root / "restored") as restored:
            assert restored.name == "Sample"

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            (DATABASE_NAME, b"", "empty-database"),
            (DATABASE_NAME, b"cut off", "damaged-database"),
            (KEY_NAME, b"cut off", "damaged-key-file"),
        ],
    )
    def test_a_useless_backup_makes_no_workspace(
        self, desk: Desk, backup: Path, name: str, content: bytes, code: str
    ) -> None:
        (backup / name).write_bytes(content)
        with refused(code, desk.root):
            restore_to(backup, desk.root / "restored")

    def test_a_folder_that_is_no_backup(self, desk: Desk, backup: Path) -> None:
        with refused("not-a-backup", desk.root):
            restore_to(desk.root, desk.root / "restored")
