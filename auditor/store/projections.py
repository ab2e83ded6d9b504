"""Keeps every projection in step with the ledger, one revision at a time, and can build them all again from nothing."""

import json
from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import Connection, delete

from auditor.domain.answers import CONTENT, Facet, split_key
from auditor.domain.audit import OWN_SLOTS
from auditor.domain.moving import AFTER_MOVE, MOVE
from auditor.domain.revision import Entity
from auditor.store.audit_setup import CONTENT_KEY, DECIDING, SETUP_KEY, AuditSetups
from auditor.store.ledger import Recorded
from auditor.store.register import Applied, apply_to_register
from auditor.store.rollup import update_effective
from auditor.store.tables import PROJECTION_TABLES

_COUNT = (
    "INSERT INTO slot_progress (audit_id, slot, answered, revisions) VALUES (?,?,?,?) ON CONFLICT (audit_id, slot)"
    " DO UPDATE SET answered = answered + excluded.answered, revisions = revisions + excluded.revisions"
)
_BLANK = (None, "null")


class Source(Protocol):
    """The revisions to project: in order of arrival, and of one register alone."""

    def all(self) -> Iterable[Recorded]:
        """Every revision in order of arrival."""
        ...

    def history(self, entity_id: str, slot: str, key: str) -> Iterable[Recorded]:
        """Every revision of one register."""
        ...


class Projections:
    """Applies revisions to the projection tables of one connection; the ledger is asked where order is in doubt."""

    def __init__(self, connection: Connection, setups: AuditSetups, ledger: Source) -> None:
        self._connection = connection
        self._setups = setups
        self._ledger = ledger

    def apply(self, recorded: Recorded) -> None:
        """Bring every projection up to date with one revision; one whose key is gone or not here yet shows nothing."""
        if recorded.text is None:
            return
        item = recorded.revision
        applied = apply_to_register(self._connection, recorded, self._ledger.history)
        if item.entity == Entity.TEMPLATE and item.key == CONTENT_KEY:
            self._template_arrived(item.entity_id)
        if item.entity == Entity.AUDIT:
            if item.slot:
                self._apply_facet(recorded, applied)
            elif item.key in DECIDING or item.key.startswith(MOVE):
                self._decided(item.entity_id, afresh=item.key == SETUP_KEY)

    def rebuild(self) -> None:
        """Empty the projections and apply the whole ledger to them."""
        self._setups.forget()
        for table in PROJECTION_TABLES:
            self._connection.execute(delete(table))
        for recorded in self._ledger.all():
            self.apply(recorded)

    def purge(self, entity_id: str) -> None:
        """Take everything shown of an entity away, once its keys are destroyed."""
        self._setups.forget(entity_id)
        self._connection.exec_driver_sql("DELETE FROM register WHERE entity_id = ?", (entity_id,))
        for table in ("effective", "theme_cell", "slot_progress"):
            self._connection.exec_driver_sql(f"DELETE FROM {table} WHERE audit_id = ?", (entity_id,))  # noqa: S608

    def _apply_facet(self, recorded: Recorded, applied: Applied) -> None:
        item = recorded.revision
        named = split_key(item.key)
        if named is None:
            return
        question_id, facet = named
        self._count(item.entity_id, item.slot, facet, applied)
        if facet in (Facet.ANSWER, Facet.GOOD_PRACTICE, Facet.UNDER) and item.slot not in OWN_SLOTS:
            update_effective(self._connection, self._setups, item.entity_id, question_id)

    def _count(self, audit_id: str, slot: str, facet: Facet, applied: Applied) -> None:
        """Count answers, and revisions of the content, so that a sign-off shows whether it still binds all of it."""
        step = (applied.before in _BLANK) - (applied.after in _BLANK) if facet is Facet.ANSWER else 0
        self._connection.exec_driver_sql(_COUNT, (audit_id, slot, step, int(facet in CONTENT)))

    def _template_arrived(self, template_hash: str) -> None:
        """Count the audits that were set up with a template, or moved to it, before it was here."""
        rows = self._connection.exec_driver_sql(
            "SELECT entity_id, key, value FROM register WHERE entity = ? AND slot = ''"
            " AND (key = ? OR (key >= ? AND key < ?))",
            (Entity.AUDIT.value, SETUP_KEY, MOVE, AFTER_MOVE),
        ).fetchall()
        found = dict.fromkeys(
            audit_id
            for audit_id, key, value in rows
            if template_hash in (key.rpartition("/")[2], json.loads(value)["template"] if key == SETUP_KEY else "")
        )
        for audit_id in found:
            self._set_up_again(audit_id)

    def _decided(self, audit_id: str, afresh: bool) -> None:
        """Something was recorded that may decide on the version in force: count afresh where it did."""
        before = self._setups.forget(audit_id)
        if afresh or before is None or before != self._setups.of(self._connection, audit_id):
            self._set_up_again(audit_id)

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
