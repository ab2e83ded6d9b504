"""The lock file, pyproject.toml and the imports of the code tell one story."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import auditor

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Parts of PySide6 and pydantic, published under names of their own and pinned by them.
PARTS = {"shiboken6", "pydantic_core"}
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][^ ]*)(?: ; (?P<marker>.+?))? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def locked_versions() -> dict[str, Version]:
    """Return what the lock installs on this machine, by canonical name."""
    pins = (found for line in LOCK.splitlines() if (found := PIN.fullmatch(line)))
    return {
        found["name"]: Version(found["version"])
        for found in pins
        if found["marker"] is None or Marker(found["marker"]).evaluate()
    }


def requirements(group: str) -> list[Requirement]:
    """Return what pyproject.toml asks for, at run time or for development."""
    written = PROJECT["dependencies"] if group == "run" else PROJECT["optional-dependencies"][group]
    return [Requirement(line) for line in written]


def test_the_lock_holds_names_versions_and_hashes_only() -> None:
    lines = LOCK.splitlines()
    foreign = [line for line in lines if not (PIN.fullmatch(line) or HASH.fullmatch(line))]
    assert not foreign
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert not PIN.fullmatch(line) or HASH.fullmatch(following), f"no hash: {line}"


@pytest.mark.parametrize("requirement", requirements("run") + requirements("dev"), ids=str)
def test_the_lock_meets_every_requirement(requirement: Requirement) -> None:
    version = locked_versions().get(canonicalize_name(requirement.name))
    assert version is not None, "not in the lock: run `make lock`"
    assert version in requirement.specifier, "the lock is out of date: run `make lock`"


def imported_packages() -> set[str]:
    """Return the third-party packages that the code of the program imports, wherever in a file it does so."""
    names = set()
    for path in (ROOT / "auditor").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"auditor"}


def test_the_program_imports_only_what_it_declares() -> None:
    declared = {canonicalize_name(requirement.name) for requirement in requirements("run")}
    provided_by = packages_distributions()
    undeclared = {
        name
        for name in imported_packages()
        if not declared & {canonicalize_name(distribution) for distribution in provided_by.get(name, [])}
    }
    assert undeclared <= PARTS


def test_every_dependency_says_in_one_line_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    for requirement in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]:
        assert re.search(rf'^    "{re.escape(requirement)}", # \w.+$', text, re.MULTILINE), requirement


def test_the_version_is_the_newest_in_the_changelog_or_still_to_be_released() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert len(headings) == 1 or Version(headings[1]) <= Version(auditor.__version__)
