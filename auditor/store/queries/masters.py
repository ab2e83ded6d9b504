"""The masters a workspace holds beside the program's own, and the drafts that are being made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.domain.canonical import Json
from auditor.domain.errors import Missing
from auditor.domain.revision import Entity
from auditor.store.queries.registers import value_of, values_in, values_of_all
from auditor.store.unit_of_work import View

MASTER, KEPT = "master", "kept"
"""The plain form of a master under its content hash; and, where it is offered, since when and why."""
DRAFT, EDIT = "draft", "edit/"


@dataclass(frozen=True, slots=True)
class MasterCard:
    """A master the workspace offers. `base` is the hash of the master it was made from, and `source` the draft or file
    it came from; `number` counts the versions kept under one id."""

    hash: str
    id: str
    title: str
    version: str
    number: int
    base: str
    source: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A template that is being changed. `published` is the hash of what became of it."""

    id: str
    title: str
    base: str
    base_id: str
    base_version: str
    by: str
    at: str
    published: str = ""
    discarded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can be changed."""
        return not self.published and not self.discarded

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "id"}


def master_cards(view: View) -> list[MasterCard]:
    """Every master the workspace offers, by title, the latest version first."""
    found = values_of_all(view, Entity.TEMPLATE, KEPT)
    cards = [MasterCard(one, **_strict(values[KEPT])) for one, values in found.items()]
    return sorted(sorted(cards, key=lambda card: (card.number, card.at), reverse=True), key=lambda card: card.title)


def master_plain(view: View, master_hash: str) -> dict[str, Any] | None:
    """The plain form of a master that the workspace holds; None where it holds no such one."""
    found = value_of(view, master_hash, MASTER)
    return found if isinstance(found, dict) else None


def every_master(view: View) -> list[dict[str, Any]]:
    """The plain form of every master ever offered or changed here."""
    found = values_of_all(view, Entity.TEMPLATE, MASTER).values()
    return [master for values in found if isinstance(master := values[MASTER], dict)]


def draft_cards(view: View) -> list[DraftCard]:
    """Every draft, the newest first, with those that are closed."""
    found = values_of_all(view, Entity.TEMPLATE, DRAFT)
    return [DraftCard(one, **_strict(values[DRAFT])) for one, values in reversed(found.items())]


def draft_card(view: View, draft_id: str) -> DraftCard:
    """One draft; raises `Missing` (no-such-draft)."""
    found = value_of(view, draft_id, DRAFT)
    if found is None:
        raise Missing("no-such-draft", "No such draft", "There is no such draft here.", "Choose one of those listed.")
    return DraftCard(draft_id, **_strict(found))


def draft_edits(view: View, draft_id: str) -> dict[str, Json]:
    """Every change ever made in a draft by its key; None for one that was taken back."""
    found = values_in(view, draft_id)
    return {key.removeprefix(EDIT): value for key, value in found.items() if key.startswith(EDIT)}


def _strict(value: Json) -> Mapping[str, Any]:
    assert isinstance(value, dict)
    return value
