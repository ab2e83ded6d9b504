"""Whether a sign-off still holds: what it bound against what is recorded now, and what a moderator made of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.domain.audit import Moderated, Slot, Void
from auditor.domain.canonical import Json
from auditor.store.unit_of_work import View

DONE = "moderation/done"
"""The register of the last moderation of an audit."""

BOUND_SLOTS = (Slot.A, Slot.B, Slot.FACTS, Slot.AGREED)
"""What a sign-off binds; a moderator's answers come after it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the sign-off of an audit stands."""

    void: Void | None = None
    returned_because: str = ""
    moderated: Moderated | None = None


def recorded(view: View) -> dict[str, dict[Slot, int]]:
    """How many revisions of its content each slot of every audit holds, by audit id."""
    found: dict[str, dict[Slot, int]] = defaultdict(dict)
    for audit_id, slot, count in view.connection.exec_driver_sql("SELECT audit_id, slot, revisions FROM slot_progress"):
        found[audit_id][Slot(slot)] = count
    return found


def recorded_in(view: View, audit_id: str) -> dict[Slot, int]:
    """The same of one audit."""
    rows = view.connection.exec_driver_sql("SELECT slot, revisions FROM slot_progress WHERE audit_id = ?", (audit_id,))
    return {Slot(slot): count for slot, count in rows}


def content(view: View, audit_id: str) -> dict[str, Json]:
    """What a sign-off says of the content it binds: revisions by slot."""
    now = recorded_in(view, audit_id)
    return {slot.value: now[slot] for slot in BOUND_SLOTS if slot in now}


def standing(signoff: Json, done: Json, now: Mapping[Slot, int]) -> Standing:
    """How the sign-off stands: void once a slot holds more than it bound, or once a moderator returned it."""
    moderation = done if isinstance(done, dict) else {}
    if not isinstance(signoff, dict):
        returned = moderation.get("outcome") == Moderated.RETURNED.value
        return Standing(Void.RETURNED, str(moderation.get("note", ""))) if returned else Standing()
    outcome = Moderated(str(moderation["outcome"])) if moderation.get("signoff") == signoff.get("at") else None
    bound = _bound(signoff)
    if any(now.get(slot, 0) > bound.get(slot, 0) for slot in BOUND_SLOTS):
        return Standing(Void.CHANGED)
    return Standing(moderated=outcome)


def _bound(signoff: Mapping[str, Json]) -> dict[Slot, int]:
    """Revisions by slot; sign-offs of earlier versions counted only the lengths of their streams."""
    counted = signoff.get("content")
    if isinstance(counted, dict):
        return {Slot(slot): count for slot, count in counted.items() if isinstance(count, int)}
    found: dict[Slot, int] = defaultdict(int)
    binds = signoff.get("binds")
    for tail in binds if isinstance(binds, list) else []:
        if isinstance(tail, list) and isinstance(tail[1], int):
            found[Slot(str(tail[0]).split("/")[1])] += tail[1]
    return found
