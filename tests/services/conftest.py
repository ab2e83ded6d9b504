"""The sample workspace, built once by its command for all tests of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli.root import auditor
from auditor.services import cycles
from auditor.services.demo.build import Demo, open_demo


@dataclass(frozen=True)
class Built:
    """The sample, open, with what its command printed."""

    demo: Demo
    folder: Path
    printed: str

    def cycle(self, word: str) -> cycles.CycleView:
        """The one cycle whose title holds the word."""
        listed = self.demo.session.ask(cycles.all_cycles, None)
        (found,) = (cycle for cycle in listed if word in cycle.title)
        return self.demo.session.ask(cycles.cycle_view, found.id)


@pytest.fixture
def home_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program keeps for the user of this machine goes elsewhere."""
    _away_from_home(tmp_path_factory, monkeypatch)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The sample as its command leaves it."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    with pytest.MonkeyPatch.context() as patch:
        _away_from_home(tmp_path_factory, patch)
        result = CliRunner().invoke(auditor, ["demo", "--out", str(folder), "--no-window"])
        assert result.exit_code == 0, result.stderr
        demo = open_demo(folder)
    assert demo is not None
    yield Built(demo, folder, result.stdout)
    demo.lock()


def _away_from_home(folders: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        patch.setenv(variable, str(folders.mktemp(variable)))
