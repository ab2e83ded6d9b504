"""The walls between the rooms, as import-linter and the import graph see them."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def test_every_contract_is_kept() -> None:
    done = subprocess.run([LINT_IMPORTS, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", ["auditor.domain", "auditor.resources"])
def test_a_pure_room_imports_nothing_but_itself_and_the_standard_library(room: str) -> None:
    graph = grimp.build_graph("auditor", include_external_packages=True, cache_dir=None)
    modules = {room} | graph.find_descendants(room)
    imported = {target for module in modules for target in graph.find_modules_directly_imported_by(module)}
    allowed = sys.stdlib_module_names
    foreign = {target for target in imported - modules if target.partition(".")[0] not in allowed}
    assert not foreign
