"""What the way in asks of the services; each is imported on first use, so that the first window is quick to stand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.services.session import Session
    from auditor.services.workspace import OpenedWorkspace, Strength

Report = Callable[[float], None]
SAMPLE_PARTS = 7
"""Building the sample says so many times what begins."""


def _load() -> None:
    """Import what unlocking and Home need; runs on the worker while somebody types the passphrase."""
    import auditor.desktop.main_window
    import auditor.desktop.pages.home
    import auditor.services.home
    import auditor.services.workspace  # noqa: F401 - the import is the work
    from auditor.services.asked import get_ready

    # Home counts only the questions a case needs answered.
    get_ready()


def _unlock(path: Path, passphrase: str, recovery_key: str) -> "OpenedWorkspace":
    from auditor.services.workspace import unlock_workspace

    return unlock_workspace(path, passphrase, recovery_key)


def _create(path: Path, passphrase: str, name: str) -> "tuple[OpenedWorkspace, str]":
    from auditor.services.workspace import create_workspace

    return create_workspace(path, passphrase, name)


def _require_suitable(path: Path) -> None:
    from auditor.services.workspace import require_suitable

    require_suitable(path)


def _strength(passphrase: str) -> "Strength":
    from auditor.services.workspace import passphrase_strength

    return passphrase_strength(passphrase)


def _default_folder() -> Path:
    from auditor.services.workspace import default_folder

    return default_folder()


def _sample(report: Report) -> "tuple[OpenedWorkspace, Session]":
    """Open the sample workspace built before, or build it; `report` gets the share done and may stop it."""
    from datetime import date

    from auditor.services.demo.build import build_demo, open_demo

    folder, told = _default_folder().parent / "sample", count(1)
    demo = open_demo(folder) or build_demo(folder, date.today(), lambda _words: report(next(told) / SAMPLE_PARTS))
    return demo.opened, demo.session


@dataclass(frozen=True)
class Door:
    """The acts of the way in. Tests put cheaper ones in their place."""

    load: Callable[[], None] = _load
    unlock: "Callable[[Path, str, str], OpenedWorkspace]" = _unlock
    create: "Callable[[Path, str, str], tuple[OpenedWorkspace, str]]" = _create
    require_suitable: Callable[[Path], None] = _require_suitable
    strength: "Callable[[str], Strength]" = _strength
    default_folder: Callable[[], Path] = _default_folder
    sample: "Callable[[Report], tuple[OpenedWorkspace, Session]]" = _sample

    def holding(self, hold: "Callable[[OpenedWorkspace], object]") -> "Door":
        """The same door; what it opens is handed to `hold` at once, in the thread that opened it.

        So it has an owner even where nobody waits for it any more, because the window was closed meanwhile.
        """

        def unlock(path: Path, passphrase: str, recovery_key: str) -> "OpenedWorkspace":
            opened = self.unlock(path, passphrase, recovery_key)
            hold(opened)
            return opened

        def create(path: Path, passphrase: str, name: str) -> "tuple[OpenedWorkspace, str]":
            made = self.create(path, passphrase, name)
            hold(made[0])
            return made

        def sample(report: Report) -> "tuple[OpenedWorkspace, Session]":
            made = self.sample(report)
            hold(made[0])
            return made

        return replace(self, unlock=unlock, create=create, sample=sample)
