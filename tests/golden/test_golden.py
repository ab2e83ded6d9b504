import shutil
from pathlib import Path

import pytest

from auditor.store.schema import current_schema
from auditor.store.unit_of_work import Records
from auditor.store.verify import verify
from auditor.store.workspace import Workspace
from tests.golden.make_golden import GOLDEN, PARTS, Expected, ledger_digest, make
from tests.kit import PASSPHRASE


def require_opens(golden: Path, copy: Path, settings: Path) -> None:
    """A golden workspace opens, is brought up to date, proves itself, and holds what it held."""
    copy.mkdir()
    for part in PARTS:
        shutil.copyfile(golden / part, copy / part)
    expected = Expected.read(golden)
    for _ in range(2):
        workspace = Workspace.unlock(copy, PASSPHRASE, settings_folder=settings)
        try:
            verified = verify(Records(workspace))
            found = (workspace.workspace_id, workspace.name, verified.revisions, verified.streams)
            assert verified.problems == ()
            assert Expected(*found, ledger_digest(workspace.readers)) == expected
        finally:
            workspace.close()


def test_every_golden_workspace_opens(tmp_path: Path) -> None:
    goldens = {folder.name: folder for folder in GOLDEN.glob("v*") if folder.is_dir()}
    wanted = {f"v{version}" for version in range(1, current_schema().version + 1)}
    assert set(goldens) == wanted, "run python -m tests.golden.make_golden and commit the folder"
    for name, folder in goldens.items():
        require_opens(folder, tmp_path / name, tmp_path / "settings")


def test_a_golden_workspace_made_now_opens(tmp_path: Path) -> None:
    made = make(tmp_path / "made")
    assert made.revisions > 20
    require_opens(tmp_path / "made", tmp_path / "copy", tmp_path / "settings")


def test_a_golden_workspace_that_lost_something_is_noticed(tmp_path: Path) -> None:
    made = make(tmp_path / "made", fill=lambda house: None)
    Expected(**(vars(made) | {"revisions": made.revisions + 1})).write(tmp_path / "made")
    with pytest.raises(AssertionError):
        require_opens(tmp_path / "made", tmp_path / "copy", tmp_path / "settings")
