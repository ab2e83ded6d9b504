"""When there is a newer version of the master a draft was made from: what changed, and taking it over.

The program may bring one with its update, and somebody may have published one in this workspace meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.domain.roles import Person
from auditor.domain.template_plain import template_hash
from auditor.services.local_masters import program_masters, shipped_versions
from auditor.services.newer_versions import branch_of, is_newer, latest
from auditor.services.template_drafts import open_draft
from auditor.store.queries import masters as stored
from auditor.store.queries.masters import MasterCard
from auditor.store.unit_of_work import View

if TYPE_CHECKING:
    from auditor.templates.drift import Change


@dataclass(frozen=True, slots=True)
class NewerBase:
    """The master as it is now: its hash and version, and what differs from what the draft was made from. `own` tells
    that it was published in this workspace."""

    hash: str
    version: str
    changes: tuple["Change", ...]
    own: bool = False


def newer_base(draft_id: str, actor: Person, view: View) -> NewerBase | None:
    """The program's master where the draft, or what it was made from, comes from another version of it; or else the
    latest version published here, where the draft was made from an earlier one."""
    card = open_draft(draft_id, actor, view)
    own = {one.hash: one for one in stored.master_cards(view) if one.id == card.base_id}
    root = own[card.base].base or card.base if card.base in own else card.base
    return _of_program(card.base_id, root, view) or _of_workspace(card.base, root, own, view)


def _of_program(master_id: str, root: str, view: View) -> NewerBase | None:
    from auditor.templates.drift import compare

    plain = stored.master_plain(view, root)
    if plain is None or shipped_versions().get(master_id, plain["version"]) == plain["version"]:
        return None
    for master in program_masters():
        if master.id == master_id:
            return NewerBase(template_hash(master.plain), master.form.version, compare(plain, master.plain))
    return None


def _of_workspace(base: str, root: str, own: Mapping[str, MasterCard], view: View) -> NewerBase | None:
    from auditor.templates.drift import compare

    before = stored.master_plain(view, base)
    # An overlay beside what the draft was made from is another branch, and none that takes its place.
    found = [one for one in latest(own.values()) if before and branch_of(one.version) == branch_of(before["version"])]
    if before is None or not found or not is_newer(found[0].version, before["version"]):
        return None
    # What was made from an earlier master of the program is behind a draft that took over a later one.
    if base not in own and found[0].base not in ("", root):
        return None
    after = stored.master_plain(view, found[0].hash)
    return NewerBase(found[0].hash, found[0].version, compare(before, after), own=True) if after else None
