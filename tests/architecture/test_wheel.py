"""What an installed copy of the program holds."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from auditor import resources

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The names of the files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.mark.parametrize("folder", [resources.forms_dir(), resources.resources_dir()], ids=lambda path: path.name)
def test_forms_and_resources_travel_inside(folder: Path, packed: frozenset[str]) -> None:
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert files
    assert {f"auditor/_{folder.name}/{name}" for name in files} <= packed


def test_the_types_travel_inside_and_the_tests_do_not(packed: frozenset[str]) -> None:
    assert "auditor/py.typed" in packed
    assert not {name for name in packed if name.startswith(("tests/", "forms/", "resources/"))}
