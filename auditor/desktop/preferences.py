"""What this person's computer remembers between starts: known workspaces, looks, the lock time, column widths.

Nothing of a workspace's content stands here, so the file is plain JSON; a damaged one counts as empty.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from auditor.desktop.theme import Mode

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

MOST_WORKSPACES = 8
LOCK_CHOICES = (2, 5, 10, 20, 30)
"""Minutes without a key or a click after which the workspace locks itself."""
TEXT_SIZES = (100, 125, 150, 200)
LETTERS = {
    "comment": "C",
    "evidence": "E",
    "good_practice": "G",
    "action": "A",
    "flag": "D",
    "blank": "N",
    "versions": "V",
    "unclear": "U",
}
"""The letters of the desk as they come, by what they do."""
_CAME_LATER = "unclear"
_WITH_OTHERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_MODES: tuple[Mode, ...] = ("light", "dark", "system")


@dataclass(frozen=True, slots=True)
class KnownWorkspace:
    """A workspace opened on this computer before; `person_id` signed in last."""

    path: Path
    name: str = ""
    person_id: str = ""


def pressed_alone(event: "QKeyEvent") -> bool:
    """Whether a key is pressed without Ctrl, Alt or Meta; Shift is needed to type some signs."""
    return not event.modifiers() & _WITH_OTHERS


class Preferences(QObject):
    """Kept in memory until `load` names a file; from then on every change is written to it.

    `changed` comes after every change of looks, keys or lock time. It is a `WidthMemory` for tables, too.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._file: Path | None = None
        self._workspaces: tuple[KnownWorkspace, ...] = ()
        self._mode: Mode = "system"
        self._text_size = TEXT_SIZES[0]
        self._single_keys = True
        self._letters = dict(LETTERS)
        self._lock_minutes = 10
        self._widths: dict[str, dict[str, int]] = {}
        # A column being dragged tells every pixel; only where it comes to rest is worth a file.
        self._later = QTimer(self, singleShot=True, interval=500)
        self._later.timeout.connect(self._save)

    def load(self, file: Path) -> None:
        """Take over what the file remembers; whatever in it makes no sense stays at its default."""
        self._file = file
        stored = _read(file)
        self._workspaces = tuple(_workspaces(stored.get("workspaces")))[:MOST_WORKSPACES]
        mode = stored.get("mode")
        self._mode = mode if mode in _MODES else "system"
        self._text_size = _one_of(stored.get("text_size"), TEXT_SIZES, self._text_size)
        self._lock_minutes = _one_of(stored.get("lock_minutes"), LOCK_CHOICES, self._lock_minutes)
        self._single_keys = stored.get("single_keys") is not False
        self._letters = _letters(stored.get("letters"))
        self._widths = _widths(stored.get("widths"))
        self.changed.emit()

    @property
    def workspaces(self) -> tuple[KnownWorkspace, ...]:
        """The known workspaces, the one used last first."""
        return self._workspaces

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def text_size(self) -> int:
        """Text size in per cent."""
        return self._text_size

    @property
    def single_keys(self) -> bool:
        """Whether single keys (digits, letters) act while a question has the focus."""
        return self._single_keys

    def mutes(self, event: "QKeyEvent") -> bool:
        """Whether a letter, digit or sign pressed alone is to do nothing, because single keys are switched off."""
        text = event.text()
        return not self._single_keys and pressed_alone(event) and text.isprintable() and bool(text.strip())

    def letter(self, act: str) -> str:
        """The letter that does this at the desk."""
        return self._letters[act]

    def act_of(self, letter: str) -> str:
        """What a letter does at the desk, or an empty string."""
        return next((act for act, own in self._letters.items() if own == letter), "")

    def set_letter(self, act: str, letter: str) -> None:
        """Give an act a letter; one that had it takes the act's former letter, so that each keeps one of its own."""
        other = self.act_of(letter)
        if other:
            self._letters[other] = self._letters[act]
        self._letters[act] = letter
        self._tell()

    def reset_letters(self) -> None:
        """Every letter as it comes."""
        self._letters = dict(LETTERS)
        self._tell()

    @property
    def lock_minutes(self) -> int:
        return self._lock_minutes

    def remember(self, workspace: KnownWorkspace) -> None:
        """Put a workspace first in the list."""
        others = tuple(known for known in self._workspaces if known.path != workspace.path)
        self._workspaces = (workspace, *others)[:MOST_WORKSPACES]
        self._save()

    def forget(self, path: Path) -> None:
        """Drop a workspace from the list; the workspace itself is left alone."""
        self._workspaces = tuple(known for known in self._workspaces if known.path != path)
        self._save()

    def set_looks(self, *, mode: Mode | None = None, text_size: int | None = None) -> None:
        self._mode, self._text_size = mode or self._mode, text_size or self._text_size
        self._tell()

    def set_single_keys(self, on: bool) -> None:
        self._single_keys = on
        self._tell()

    def set_lock_minutes(self, minutes: int) -> None:
        self._lock_minutes = minutes
        self._tell()

    def read(self, table: str) -> dict[str, int]:
        """The remembered column widths of a table."""
        return self._widths.get(table, {})

    def write(self, table: str, widths: dict[str, int]) -> None:
        """Remember the column widths of a table."""
        self._widths[table] = widths
        self._later.start()

    def _tell(self) -> None:
        self._save()
        self.changed.emit()

    def _save(self) -> None:
        if self._file is None:
            return
        stored = {
            "workspaces": [
                {"path": str(known.path), "name": known.name, "person": known.person_id} for known in self._workspaces
            ],
            "mode": self._mode,
            "text_size": self._text_size,
            "single_keys": self._single_keys,
            "letters": self._letters,
            "lock_minutes": self._lock_minutes,
            "widths": self._widths,
        }
        # Settings that cannot be written are no reason to stop working: they are asked for again next time.
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}.tmp")
            fresh.write_text(json.dumps(stored, indent=1), encoding="utf-8")
            fresh.replace(self._file)


@lru_cache(maxsize=1)
def preferences() -> Preferences:
    """The one Preferences of the process."""
    return Preferences()


def _read(file: Path) -> Mapping[str, Any]:
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _workspaces(stored: object) -> list[KnownWorkspace]:
    found = []
    for item in stored if isinstance(stored, list) else []:
        if isinstance(item, dict) and isinstance(item.get("path"), str) and item["path"]:
            name, person = item.get("name"), item.get("person")
            found.append(
                KnownWorkspace(
                    Path(item["path"]), name if isinstance(name, str) else "", person if isinstance(person, str) else ""
                )
            )
    return found


def _letters(stored: object) -> dict[str, str]:
    """What is stored, where every act has a letter of its own; else the letters as they come."""
    found = {act: stored.get(act) for act in LETTERS} if isinstance(stored, dict) else {}
    letters = {act: own for act, own in found.items() if isinstance(own, str) and own in tuple(ascii_uppercase)}
    if LETTERS.keys() - letters.keys() == {_CAME_LATER}:
        # Letters chosen before this act was there stay as they are.
        letters[_CAME_LATER] = next(own for own in "U" + ascii_uppercase if own not in letters.values())
    return letters if len(set(letters.values())) == len(LETTERS) else dict(LETTERS)


def _one_of(value: object, allowed: tuple[int, ...], otherwise: int) -> int:
    return value if isinstance(value, int) and value in allowed else otherwise


def _widths(stored: object) -> dict[str, dict[str, int]]:
    if not isinstance(stored, dict):
        return {}
    return {
        str(table): {str(column): width for column, width in widths.items() if isinstance(width, int) and width > 0}
        for table, widths in stored.items()
        if isinstance(widths, dict)
    }
