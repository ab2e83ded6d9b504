"""The two doors to an open workspace: `View` to read from, `UnitOfWork` to write through. One act is
one transaction."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import Connection, Engine

from auditor.domain.audit import OWN_SLOTS
from auditor.domain.canonical import Json
from auditor.domain.revision import Entity, Kind
from auditor.domain.template import Template
from auditor.store.audit_setup import AuditSetups
from auditor.store.ledger import Draft, Ledger
from auditor.store.projections import Projections
from auditor.store.scope_keys import ScopeKeys
from auditor.store.under import under_beside

_OWN_KEY = frozenset({Entity.AUDIT, Entity.CASE, Entity.ACTION, Entity.DRAW})
"""Entities whose values are written under a key of their own, so that each can be erased alone."""


def scope_of(entity: Entity, entity_id: str, slot: str, workspace_id: str) -> str:
    """Whose key encrypts a value: the workspace's, the audit's, case's, action's or draw's own, and for slots
    A and B of an audit one key each, so that the holder of an audit's key still cannot read a sealed slot."""
    if entity not in _OWN_KEY:
        return workspace_id
    return f"{entity_id}/{slot}" if entity is Entity.AUDIT and slot in OWN_SLOTS else entity_id


class OpenWorkspace(Protocol):
    """What this module needs of an open workspace."""

    @property
    def workspace_id(self) -> str:
        """The workspace, also the authority its revisions belong to."""
        ...

    @property
    def device_id(self) -> str:
        """This computer, as the streams know it."""
        ...

    @property
    def data_key(self) -> bytes:
        """The key that wraps scope keys."""
        ...

    @property
    def writer(self) -> Engine:
        """The engine with the one writing connection."""
        ...

    @property
    def readers(self) -> Engine:
        """The engine whose connections only read."""
        ...


class View:
    """A steady look at the workspace; the query functions of `store.queries` take one."""

    def __init__(self, connection: Connection, setups: AuditSetups, ledger: Ledger, workspace_id: str) -> None:
        self.connection = connection
        self.setups = setups
        self.ledger = ledger
        self.workspace_id = workspace_id


class UnitOfWork(View):
    """A view that can also record. What it recorded is on disk when its `with` block has ended, or nothing of it is."""

    def __init__(self, connection: Connection, setups: AuditSetups, ledger: Ledger, workspace_id: str) -> None:
        super().__init__(connection, setups, ledger, workspace_id)
        self._projections = Projections(connection, setups, ledger)

    def record(
        self,
        author_id: str,
        entity: Entity,
        entity_id: str,
        key: str,
        value: Json,
        slot: str = "",
        kind: Kind = Kind.SET,
    ) -> bool:
        """Append one revision and bring the projections up to date; False where it changes nothing.

        With an answer of an audit that was moved to another version of its template goes under which it was given.
        """
        beside = None
        if entity is Entity.AUDIT and slot:
            beside = under_beside(self.connection, self.setups, entity_id, slot, key, value)
        kept = beside is not None and self._append(author_id, entity, entity_id, *beside, slot, Kind.SET)
        return self._append(author_id, entity, entity_id, key, value, slot, kind) or kept

    def _append(
        self, author_id: str, entity: Entity, entity_id: str, key: str, value: Json, slot: str, kind: Kind
    ) -> bool:
        scope_id = scope_of(entity, entity_id, slot, self.workspace_id)
        recorded = self.ledger.append(Draft(entity, entity_id, key, value, scope_id, slot, kind), author_id)
        if recorded:
            self._projections.apply(recorded)
        return recorded is not None

    def erase(self, entity_id: str) -> None:
        """Destroy the keys of an audit, case, action or draw: its values are gone for ever, and the chain still holds.
        What somebody left half-typed at a place that names it goes as well."""
        for scope_id in (entity_id, *(f"{entity_id}/{slot}" for slot in OWN_SLOTS)):
            self.ledger.destroy_key(scope_id)
        self._projections.purge(entity_id)
        self.connection.exec_driver_sql("DELETE FROM draft WHERE instr(place, ?) > 0", (entity_id,))


class Records:
    """Opens views and units of work on one workspace. Safe to share between threads: writers wait for one another."""

    def __init__(self, workspace: OpenWorkspace) -> None:
        self.workspace = workspace
        self._lock = threading.Lock()
        self._keys = ScopeKeys(workspace.data_key)
        self._setups = AuditSetups()
        self._templates_read: dict[str, Template] = {}

    @contextmanager
    def read(self) -> Iterator[View]:
        """A view of one moment; it never waits for a writer nor holds one up."""
        with self.workspace.readers.connect() as connection, connection.begin():
            yield View(
                connection,
                AuditSetups(self._templates_read),
                self._ledger(connection, ScopeKeys(self.workspace.data_key)),
                self.workspace.workspace_id,
            )

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """A unit of work: committed when the block ends, rolled back when it raises."""
        with self._lock:
            try:
                with self.workspace.writer.begin() as connection:
                    yield UnitOfWork(
                        connection, self._setups, self._ledger(connection, self._keys), self.workspace.workspace_id
                    )
            except BaseException:
                self._keys.forget()
                self._setups.forget()
                raise

    def forget(self) -> None:
        """Drop every key and template held in memory, on lock."""
        self._keys.forget()
        self._setups.forget()
        self._templates_read.clear()

    def _ledger(self, connection: Connection, keys: ScopeKeys) -> Ledger:
        return Ledger(connection, keys, self.workspace.workspace_id, self.workspace.device_id)
