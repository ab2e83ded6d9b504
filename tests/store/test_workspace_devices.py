from pathlib import Path

from auditor.store.backup import restore_to
from auditor.store.layout import DATABASE_NAME
from tests.store.workspace_kit import (
    Desk,
)


class TestDevices:
    """Streams are numbered per device: whatever is copied or turned back goes on as a new one."""

    def test_the_same_workspace_on_the_same_machine_keeps_its_device(self, desk: Desk) -> None:
        seen = []
        desk.made()
        for _ in range(3):
            with desk.open() as workspace:
                seen.append(workspace.device_id)
        assert len(set(seen)) == 1

    def _copy(self, source: Path, target: Path) -> None:
        target.mkdir(parents=True)
        for file in source.iterdir():
            if file.is_file():
                (target / file.name).write_bytes(file.read_bytes())

    def test_a_copy_beside_it_and_a_copy_on_another_machine_are_new_devices(self, desk: Desk) -> None:
        desk.made()
        beside, away = desk.root / "copy", Desk(desk.root / "another machine")
        self._copy(desk.folder, beside)
        self._copy(desk.folder, away.folder)
        devices = []
        for owner, folder in ((desk, desk.folder), (desk, beside), (away, away.folder)):
            with owner.open(folder) as workspace:
                devices.append(workspace.device_id)
        assert len(set(devices)) == 3

    def test_a_restored_backup_is_a_new_device(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        backup = workspace.back_up()
        device, identity = workspace.device_id, workspace.workspace_id
        workspace.close()
        restore_to(backup.folder, desk.root / "restored")
        with desk.open(desk.root / "restored") as restored:
            assert restored.device_id != device
            assert restored.workspace_id == identity

    def test_an_old_database_put_back_by_hand_is_a_new_device(self, desk: Desk) -> None:
        desk.made()
        old = (desk.folder / DATABASE_NAME).read_bytes()
        with desk.open() as workspace:
            device = workspace.device_id
        (desk.folder / DATABASE_NAME).write_bytes(old)
        with desk.open() as workspace:
            assert workspace.device_id != device

    def test_a_backup_of_the_same_session_put_back_by_hand_is_a_new_device(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        backup, device = workspace.back_up(), workspace.device_id
        workspace.close()
        (desk.folder / DATABASE_NAME).write_bytes((backup.folder / DATABASE_NAME).read_bytes())
        with desk.open() as again:
            assert again.device_id != device

    def test_a_machine_that_forgot_and_one_that_cannot_remember_are_new_devices(self, desk: Desk) -> None:
        workspace, _ = desk.create()
        seen = {workspace.device_id}
        workspace.close()
        next(desk.settings.iterdir()).write_bytes(b"{broken")
        with desk.open() as workspace:
            seen.add(workspace.device_id)
        next(desk.settings.iterdir()).unlink()
        desk.settings.rmdir()
        desk.settings.write_bytes(b"a file where the folder should be")
        for _ in range(2):
            with desk.open() as workspace:
                seen.add(workspace.device_id)
        assert len(seen) == 4
