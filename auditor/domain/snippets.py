"""Comment snippets: phrases a person or the whole place keeps to write comments with, and the gaps left in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_SNIPPET = 1_000
"""Characters of a snippet; what is longer is a comment of its own."""

_GAP = re.compile(r"_{2,}")
"""What has to be said of this child alone: two or more low lines, as on a paper form."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A phrase to begin a comment with: one's own, or `shared` with everybody by the person `by`."""

    id: str
    text: str
    shared: bool = False
    by: str = ""


def next_gap(text: str, start: int = 0) -> tuple[int, int] | None:
    """Where the next gap stands that is still to be filled; None where there is none."""
    found = _GAP.search(text, start)
    return found.span() if found else None


def matching(snippets: Iterable[Snippet], typed: str) -> list[Snippet]:
    """The snippets that hold every word typed: those that begin with it first, own ones before shared ones."""
    typed = typed.strip().casefold()
    words = typed.split()
    found = [snippet for snippet in snippets if all(word in snippet.text.casefold() for word in words)]
    return sorted(
        found, key=lambda item: (not item.text.casefold().startswith(typed), item.shared, item.text.casefold())
    )


def same_words(snippet: str, comment: str) -> bool:
    """Whether one of the texts holds the other, whatever the case and the spacing."""
    shorter, longer = sorted((_plain(snippet), _plain(comment)), key=len)
    return bool(shorter) and shorter in longer


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
