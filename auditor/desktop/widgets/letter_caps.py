"""Two letters for each choice of a long list, so that a list of more than nine is still answered without a mouse."""

from collections.abc import Iterator, Sequence
from itertools import product

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def letter_caps(words: Sequence[str]) -> list[str]:
    """Two different letters for every word, in capitals, each pair given once: `Health visitor` is HV, `Police` PO."""
    taken: set[str] = set()
    caps: list[str] = []
    for word in words:
        cap = next(pair for pair in _pairs(word) if pair not in taken)
        taken.add(cap)
        caps.append(cap.upper())
    return caps


def _pairs(text: str) -> Iterator[str]:
    """Pairs that remind of the text: initials, the beginning, its first letter with a later one, then any."""
    words = ["".join(letter for letter in part.lower() if letter in _LETTERS) for part in text.split()]
    words = [word for word in words if word]
    initials = [word[0] for word in words]
    letters = "".join(words)
    yield from (initials[0] + initial for initial in initials[1:])
    yield from (letters[0] + letter for letter in letters[1:])
    yield from map("".join, product(_LETTERS, repeat=2))
