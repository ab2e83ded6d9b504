"""Keeps every projection in step with the ledger, one revision at a time, and can build them all again from nothing."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, delete

from auditor.domain.answers import Facet, split_key
from auditor.domain.audit import OWN_SLOTS
from auditor.domain.revision import Entity
from auditor.store.audit_setup import SETUP_KEY, AuditSetups
from auditor.store.ledger import Recorded
from auditor.store.register import Applied, apply_to_register
from auditor.store.rollup import update_effective
from auditor.store.tables import PROJECTION_TABLES

_COUNT = (
    "INSERT INTO slot_progress (audit_id, slot, answered) VALUES (?,?,?)"
    " ON CONFLICT (audit_id, slot) DO UPDATE SET answered = answered + excluded.answered"
)
_BLANK = (None, "null")


class Projections:
    """Applies revisions to the projection tables of one connection."""

    def __init__(self, connection: Connection, setups: AuditSetups) -> None:
        self._connection = connection
        self._setups = setups

    def apply(self, recorded: Recorded) -> None:
        """Bring every projection up to date with one revision."""
        item = recorded.revision
        applied = apply_to_register(self._connection, recorded)
        if item.entity != Entity.AUDIT:
            return
        named = split_key(item.key) if item.slot else None
        if named is None:
            if item.key == SETUP_KEY:
                self._set_up_again(item.entity_id)
            return
        question_id, facet = named
        if facet is Facet.ANSWER:
            self._count_answer(item.entity_id, item.slot, applied)
        if facet in (Facet.ANSWER, Facet.GOOD_PRACTICE) and item.slot not in OWN_SLOTS:
            update_effective(self._connection, self._setups, item.entity_id, question_id)

    def rebuild(self, ledger: Iterable[Recorded]) -> None:
        """Empty the projections and apply the whole ledger to them."""
        self._setups.forget()
        for table in PROJECTION_TABLES:
            self._connection.execute(delete(table))
        for recorded in ledger:
            self.apply(recorded)

    def _count_answer(self, audit_id: str, slot: str, applied: Applied) -> None:
        step = (applied.before in _BLANK) - (applied.after in _BLANK)
        if step:
            self._connection.exec_driver_sql(_COUNT, (audit_id, slot, step))

    def _set_up_again(self, audit_id: str) -> None:
        """Answers may be there before the set-up, or the set-up may name another template: count the audit afresh."""
        self._setups.forget(audit_id)
        keys = self._connection.exec_driver_sql(
            "SELECT DISTINCT key FROM register WHERE entity_id = ? AND slot IN ('moderated', 'agreed', 'facts')",
            (audit_id,),
        ).fetchall()
        if not keys:
            return
        self._connection.exec_driver_sql("DELETE FROM theme_cell WHERE audit_id = ?", (audit_id,))
        self._connection.exec_driver_sql("DELETE FROM effective WHERE audit_id = ?", (audit_id,))
        for (key,) in keys:
            named = split_key(key)
            if named and named[1] is Facet.ANSWER:
                update_effective(self._connection, self._setups, audit_id, named[0])


def conflicting_keys(connection: Connection, entity_id: str) -> list[tuple[str, str]]:
    """Slot and key of every register of the entity whose heads hold different values."""
    rows = connection.exec_driver_sql(
        "SELECT slot, key, value, other_heads FROM register WHERE entity_id = ? AND other_heads IS NOT NULL",
        (entity_id,),
    ).fetchall()
    return [
        (slot, key) for slot, key, value, others in rows if any(other["value"] != value for other in json.loads(others))
    ]
