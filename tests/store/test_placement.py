from pathlib import Path

import pytest

from auditor.store.placement import synced_by
from auditor.store.platform import (
    NETWORK_FILE_SYSTEMS,
    file_system_of,
    is_network_path,
    is_windows_network,
    parse_mount_command,
    parse_proc_mounts,
)

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//files/teams /mnt/team\\040share cifs rw 0 0
server:/home /home/p nfs4 rw 0 0
/dev/sdb1 /home/p/local ext4 rw 0 0
me@host:/ /home/p/far fuse.sshfs rw 0 0
short line
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only)
//me@files/teams on /Volumes/team share (smbfs, nodev, mounted by me)
not a mount
"""
HOME = Path("/home/p")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/x", ""),
        ("/mnt/team share/audits", "cifs"),
        ("/mnt/team shares", ""),
        ("/home/p/work", "nfs4"),
        ("/home/p/local/work", "ext4"),
        ("/home/p/far", "fuse.sshfs"),
    ],
)
def test_the_innermost_mount_decides(path: str, kind: str) -> None:
    assert file_system_of(Path(path), parse_proc_mounts(MOUNTS)) == kind


def test_a_later_mount_at_the_same_place_covers_the_earlier_one() -> None:
    assert file_system_of(Path("/a/b"), [("/a", "nfs"), ("/a", "ext4")]) == "ext4"


def test_shares_on_a_mac_are_seen() -> None:
    mounts = parse_mount_command(MAC)
    assert file_system_of(Path("/Volumes/team share/x"), mounts) in NETWORK_FILE_SYSTEMS
    assert file_system_of(Path("/Users/p"), mounts) == ""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("C:\\Users\\p", False),
        ("T:\\audits", True),
        ("t:\\audits", True),
        ("\\\\files\\teams", True),
        ("\\\\?\\UNC\\files\\teams", True),
        ("\\\\?\\C:\\Users", False),
        ("\\\\?\\T:\\audits", True),
    ],
)
def test_shares_on_windows_are_seen(path: str, network: bool) -> None:
    remote = {"T:\\": 4, "t:\\": 4}
    assert is_windows_network(path, lambda root: remote.get(root, 3)) is network


def test_this_computers_own_temporary_folder_is_local(tmp_path: Path) -> None:
    assert not is_network_path(tmp_path)
    assert not is_network_path(tmp_path / "not" / "made" / "yet")


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("OneDrive/audits", "OneDrive"),
        ("OneDrive - Invented Council/audits", "OneDrive"),
        ("Dropbox/x", "Dropbox"),
        ("Dropbox (Team)/x", "Dropbox"),
        ("Google Drive/x", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-me/x", "a cloud service"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("iCloudDrive/x", "iCloud"),
        ("NEXTCLOUD/x", "Nextcloud"),
        ("Box/x", "Box"),
        ("Box Sync/x", "Box"),
        (".local/share/casefile-auditor/workspace", ""),
        ("archive/box/x", ""),
        ("dropboxes/x", ""),
        ("work/onedriver", ""),
    ],
)
def test_synced_folders_are_known_by_name(path: str, service: str) -> None:
    assert synced_by(HOME / path, {}, HOME) == service


def test_synced_folders_are_known_by_the_systems_own_word(tmp_path: Path) -> None:
    environment = {"OneDriveCommercial": str(tmp_path / "firm"), "OneDrive": ""}
    assert synced_by(tmp_path / "firm" / "audits", environment, HOME) == "OneDrive"
    assert synced_by(tmp_path / "farm", environment, HOME) == ""


@pytest.mark.parametrize(
    ("marker", "content", "service"),
    [
        (".dropbox", b"{}", "Dropbox"),
        (".dropbox.cache/", b"", "Dropbox"),
        (".stfolder/", b"", "Syncthing"),
        ("._sync_0123.db", b"x", "Nextcloud"),
        (".tmp.drivedownload/", b"", "Google Drive"),
        ("desktop.ini", "[.ShellClassInfo]\r\nIconResource=OneDrive.exe,1".encode("utf-16"), "OneDrive"),
        ("desktop.ini", b"[.ShellClassInfo]\r\nIconResource=shell32.dll,1", ""),
        (".dropbox/", b"", ""),
    ],
)
def test_synced_folders_are_known_by_what_lies_in_them(
    tmp_path: Path, marker: str, content: bytes, service: str
) -> None:
    if marker.endswith("/"):
        (tmp_path / marker).mkdir()
    else:
        (tmp_path / marker).write_bytes(content)
    assert synced_by(tmp_path / "deep" / "inside", {}, HOME) == service


def test_a_link_into_a_synced_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    link = tmp_path / "harmless"
    link.symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    assert synced_by(link / "workspace", {}, HOME) == "Dropbox"
