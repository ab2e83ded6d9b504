"""Finds people of the workspace among the workers a list names. Only their ids leave this module, never a name."""

import re
from collections.abc import Sequence

from auditor.domain.frame import STAFF, Frame, value_key
from auditor.domain.roles import Person

_PARTED = re.compile(r"[;/\n|&]|\band\b")
_WORD = re.compile(r"\w+")


class StaffNames:
    """Looks names up whatever the order and writing of their parts: `Auditor, A.` is `A. Auditor`."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._ids: dict[tuple[str, ...], frozenset[str]] = {}
        self._seen: dict[str, frozenset[str]] = {"": frozenset()}
        for person in people:
            key = _key(person.name)
            self._ids[key] = self._ids.get(key, frozenset()) | {person.id}

    def in_cell(self, text: str) -> frozenset[str]:
        """The ids of the people a cell names; one cell may name several, parted by semicolons, lines or strokes."""
        if text not in self._seen:
            whole = self._ids.get(_key(text))
            parts = frozenset[str]().union(*(self._ids.get(_key(part), frozenset()) for part in _PARTED.split(text)))
            self._seen[text] = whole or parts
        return self._seen[text]

    def in_row(self, frame: Frame, row: int) -> frozenset[str]:
        """The ids of everybody who holds, held or manages the case."""
        if not self._ids:
            return frozenset()
        headings = [frame.fields[field] for field in STAFF if field in frame.fields]
        return frozenset[str]().union(*(self.in_cell(frame.columns[heading][row]) for heading in headings))


def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(_WORD.findall(value_key(name))))
