"""The program's own files are found in a checkout and in an installed package."""

from pathlib import Path

import pytest

from auditor import resources

ROOT = Path(__file__).parents[2]
FINDERS = {"forms": resources.forms_dir, "resources": resources.resources_dir}


@pytest.mark.parametrize("name", FINDERS)
def test_a_checkout_uses_its_own_folder(name: str) -> None:
    assert FINDERS[name]() == ROOT / name


@pytest.mark.parametrize("name", FINDERS)
def test_an_installed_package_uses_the_copy_inside_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A folder of the same name beside an installed package is somebody else's.
    (tmp_path / name).mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "auditor")
    assert FINDERS[name]() == tmp_path / "auditor" / f"_{name}"
