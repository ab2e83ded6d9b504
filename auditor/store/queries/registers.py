"""Reading current values of registers; the other queries are built on these three."""

import json
from collections import defaultdict

from auditor.domain.canonical import Json
from auditor.domain.revision import Entity
from auditor.store.unit_of_work import View

Plain = dict[str, Json]


def value_of(view: View, entity_id: str, key: str, slot: str = "") -> Json:
    """The current value of one register; None where nothing is recorded."""
    row = view.connection.exec_driver_sql(
        "SELECT value FROM register WHERE entity_id = ? AND slot = ? AND key = ?", (entity_id, slot, key)
    ).fetchone()
    result: Json = json.loads(row[0]) if row else None
    return result


def values_in(view: View, entity_id: str, slot: str = "") -> Plain:
    """Every current value of one entity in one slot, by key."""
    rows = view.connection.exec_driver_sql(
        "SELECT key, value FROM register WHERE entity_id = ? AND slot = ?", (entity_id, slot)
    )
    return {key: json.loads(value) for key, value in rows}


def values_of_all(view: View, entity: Entity, *keys: str) -> dict[str, Plain]:
    """The named registers of every entity of a kind, by entity id (ids rise with time) and key."""
    found: dict[str, Plain] = defaultdict(dict)
    for key in keys:
        rows = view.connection.exec_driver_sql(
            "SELECT entity_id, value FROM register WHERE entity = ? AND key = ? AND slot = ''", (entity.value, key)
        )
        for entity_id, value in rows:
            found[entity_id][key] = json.loads(value)
    return dict(sorted(found.items()))
