"""Unfinished texts of one person on this computer: beside the ledger, because nobody has said them yet."""

import json

from auditor.domain.canonical import Json, stored_json
from auditor.store.unit_of_work import UnitOfWork, View


def keep_draft(unit: UnitOfWork, person_id: str, place: str, value: Json) -> None:
    """Keep what stands at a place; None forgets it."""
    if value is None:
        unit.connection.exec_driver_sql("DELETE FROM draft WHERE person_id = ? AND place = ?", (person_id, place))
        return
    unit.connection.exec_driver_sql(
        "INSERT INTO draft (person_id, place, value) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id, place) DO UPDATE SET value = excluded.value",
        (person_id, place, stored_json(value)),
    )


def draft(view: View, person_id: str, place: str) -> Json:
    """What the person left at the place; None where there is nothing."""
    row = view.connection.exec_driver_sql(
        "SELECT value FROM draft WHERE person_id = ? AND place = ?", (person_id, place)
    ).fetchone()
    result: Json = json.loads(row[0]) if row else None
    return result
