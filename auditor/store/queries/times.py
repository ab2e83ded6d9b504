"""How long somebody sat at each section. Callers ask `domain.audit.may_read_slot` first: times tell of sealed work."""

import json
from collections import Counter
from collections.abc import Mapping

from auditor.domain.audit import OWN_SLOTS, Slot
from auditor.store.unit_of_work import View

_KEY = "time/"


def time_key(section_id: str, slot: Slot, person_id: str, device_id: str) -> str:
    """The register of the seconds spent in a section: one a computer, since a sum that two add to would lose one of
    them, and one a person where the slot is shared."""
    whose = device_id if slot in OWN_SLOTS else f"{person_id}/{device_id}"
    return f"{_KEY}{section_id}/{whose}"


def seconds(view: View, audit_id: str, slot: Slot) -> Mapping[str, int]:
    """Seconds spent at the desk, idle time left out, by section id; of everybody who shares the slot together."""
    rows = view.connection.exec_driver_sql(
        "SELECT key, value FROM register WHERE entity_id = ? AND slot = ? AND key >= ? AND key < 'time0'",
        (audit_id, slot.value, _KEY),
    )
    found: Counter[str] = Counter()
    for key, value in rows:
        found[key.removeprefix(_KEY).partition("/")[0]] += json.loads(value) or 0
    return dict(found)
