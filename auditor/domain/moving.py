"""Moving an audit to a newer version of its template: who said what, and which version is in force.

Nothing is stored but what each person said, register by register. Which version is in force follows from that, so that
two auditors who accept on two computers make the same move, in whatever order their words arrive.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from auditor.domain.audit import OWN_SLOTS, Slot
from auditor.domain.canonical import Json

MOVE = "move/"
"""Keys of these registers begin so: `move/A/<template hash>`."""

AFTER_MOVE = "move0"
"""The first key after all of them, for looking up a range."""

LEAD, UNDONE = "lead", "undone"

Values = Mapping[str, Json]


class Said(StrEnum):
    """What somebody said to a move."""

    YES = "yes"
    NO = "no"


def move_key(who: str, target: str) -> str:
    """The register in which `who` (a slot, the QA lead or the undoing) speaks of a move to that template."""
    return f"{MOVE}{who}/{target}"


@dataclass(frozen=True, slots=True)
class Move:
    """A move from the version in force that somebody proposed and that not all have accepted."""

    target: str
    accepted: frozenset[Slot]
    declined: frozenset[Slot]
    by_lead: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions an audit has gone through, from the one it was set up with to the one in force.

    `proposed` are moves that wait for somebody; `named` is every version that was ever spoken of; `turns` says how
    often the move to a version was undone.
    """

    path: tuple[str, ...]
    proposed: tuple[Move, ...] = ()
    named: tuple[str, ...] = ()
    turns: Mapping[str, int] | None = None

    @property
    def first(self) -> str:
        """The version the audit was set up with."""
        return self.path[0]

    @property
    def now(self) -> str:
        """The version in force."""
        return self.path[-1]

    @property
    def before(self) -> str:
        """The version an undo goes back to; empty where nothing was moved."""
        return self.path[-2] if len(self.path) > 1 else ""

    def turn(self, target: str) -> int:
        """The count that a new word on that move carries: what was said before an undo counts no more."""
        return (self.turns or {}).get(target, 0)


def versions_of(values: Values) -> Versions:
    """The versions of an audit, from its registers outside the slots.

    What was handed in or signed off under a version holds the audit there: of a move and a submission made on two
    computers unknown to one another, the submission counts.
    """
    setup = _plain(values.get("setup"))
    first = str(setup.get("template", ""))
    said: dict[str, dict[str, Mapping[str, Json]]] = defaultdict(dict)
    for key, value in values.items():
        if key.startswith(MOVE) and isinstance(value, dict):
            who, _, target = key.removeprefix(MOVE).partition("/")
            said[target][who] = value
    if not said:
        return Versions((first,))
    slots = frozenset(Slot(slot) for slot in _plain(values.get("pair")))
    closed = [values.get(key) for key in ("signoff", *(f"submitted/{slot.value}" for slot in OWN_SLOTS))]
    pins = {str(_plain(value).get("template", first)) for value in closed if value}
    turns = {target: _turn(words.get(UNDONE)) for target, words in said.items()}
    path = [first]
    while path[-1] not in pins:
        agreed = [
            target
            for target, words in said.items()
            if target not in path and _all_accept(words, path[-1], slots, None if target in pins else turns[target])
        ]
        if not agreed:
            break
        path.append(max(agreed))
    waiting = (_move(target, words, path[-1], turns[target]) for target, words in said.items() if target not in path)
    proposed = sorted((move for move in waiting if move), key=lambda move: move.target)
    return Versions(tuple(path), tuple(proposed), tuple(sorted(said)), turns)


def _all_accept(words: Mapping[str, Values], origin: str, slots: frozenset[Slot], turn: int | None) -> bool:
    return bool(slots) and all(_says(words.get(slot.value), origin, turn) is Said.YES for slot in slots)


def _move(target: str, words: Mapping[str, Values], origin: str, turn: int) -> Move | None:
    by_slot = {slot: _says(words.get(slot.value), origin, turn) for slot in OWN_SLOTS}
    accepted = frozenset(slot for slot, said in by_slot.items() if said is Said.YES)
    declined = frozenset(slot for slot, said in by_slot.items() if said is Said.NO)
    by_lead = _says(words.get(LEAD), origin, turn) is Said.YES
    return Move(target, accepted, declined, by_lead) if accepted or by_lead else None


def _says(word: Values | None, origin: str, turn: int | None) -> Said | None:
    """What a register says to the move from that version, in that turn (any turn where it is None)."""
    if word is None or word.get("from") != origin or turn not in (None, _turn(word)):
        return None
    return Said(str(word["said"]))


def _turn(word: Values | None) -> int:
    turn = (word or {}).get("turn", 0)
    return turn if isinstance(turn, int) else 0


def _plain(value: Json) -> Values:
    return value if isinstance(value, dict) else {}
