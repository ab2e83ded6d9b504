"""When the program brings another version of the master a draft was made from: what changed, and taking it over."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.domain.roles import Person
from auditor.domain.template_plain import template_hash
from auditor.services.local_masters import program_masters, shipped_versions
from auditor.services.template_drafts import open_draft
from auditor.store.queries import masters as stored
from auditor.store.unit_of_work import View

if TYPE_CHECKING:
    from auditor.templates.drift import Change


@dataclass(frozen=True, slots=True)
class NewerBase:
    """The program's master as it is now: its hash and version, and what differs from what the draft was made from."""

    hash: str
    version: str
    changes: tuple["Change", ...]


def newer_base(draft_id: str, actor: Person, view: View) -> NewerBase | None:
    """The program's master where the draft, or what it was made from, comes from another version of it; else None."""
    from auditor.templates.drift import compare

    card = open_draft(draft_id, actor, view)
    roots = {one.hash: one.base for one in stored.master_cards(view)}
    root = stored.master_plain(view, roots.get(card.base, "") or card.base)
    if root is None or shipped_versions().get(card.base_id, root["version"]) == root["version"]:
        return None
    for master in program_masters():
        if master.id == card.base_id:
            return NewerBase(template_hash(master.plain), master.form.version, compare(root, master.plain))
    return None
