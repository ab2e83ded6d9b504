"""Which version of a template is newer than another: the one place that decides it, by the words of versions.

A version behind a plus is an authority's overlay on the version before it: `2026.1+our-council.2` stands on 2026.1. An
overlay is a branch of its own. On different versions the version below decides; on the same one an overlay is newer
than what it stands on, and two overlays stand side by side.
"""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

from auditor.store.queries.people import TemplateCard

Words = tuple[tuple[int, str], ...]


class Versioned(Protocol):
    """A master or template with its id and version."""

    @property
    def id(self) -> str:
        """What its versions have in common."""

    @property
    def version(self) -> str:
        """The words of its version."""


One = TypeVar("One", bound=Versioned)


def newer(template_hash: str, cards: Iterable[TemplateCard]) -> tuple[TemplateCard, ...]:
    """The newer versions of the same template (a variant: of the same master), the newest first."""
    listed = list(cards)
    now = next((card for card in listed if card.hash == template_hash), None)
    same = [card for card in listed if now and (card.id, card.master) == (now.id, now.master)]
    found = [card for card in same if now and is_newer(card.version, now.version)]
    return tuple(sorted(found, key=lambda card: (version_order(card.version), card.hash), reverse=True))


def latest(items: Iterable[One]) -> list[One]:
    """The newest version under each id; of branches that stand side by side, the newest of each."""
    newest: dict[tuple[str, str], One] = {}
    for item in items:
        key = item.id, branch_of(item.version)
        if key not in newest or is_newer(item.version, newest[key].version):
            newest[key] = item
    return list(newest.values())


def is_newer(version: str, other: str) -> bool:
    """Whether one version of a template is newer than another."""
    if branch_of(version) == branch_of(other):
        return version_order(version) > version_order(other)
    below, other_below = _below(version), _below(other)
    return below > other_below or (below == other_below and not branch_of(other))


def branch_of(version: str) -> str:
    """The overlay that a version is one of; empty where it is none."""
    return version.partition("+")[2].partition(".")[0].casefold()


def version_order(version: str) -> Words:
    """Versions as people count: 10 comes after 9, and 2.1 after 2."""
    parts = re.findall(r"[0-9]+|[a-z]+", version.casefold())
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _below(version: str) -> Words:
    return version_order(version.partition("+")[0])
