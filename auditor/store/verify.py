"""Proves a workspace: guards and pages, every stream's chain, what hand-ins and sign-offs bind, every value's
readability, and projections equal to a rebuild from the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, Table, create_engine, select
from sqlalchemy.pool import StaticPool

from auditor.domain.errors import WorkspaceError
from auditor.domain.revision import GENESIS, Kind, why_not_next
from auditor.store.audit_setup import AuditSetups
from auditor.store.engines import check_integrity
from auditor.store.ledger import Ledger, Recorded
from auditor.store.projections import Projections
from auditor.store.schema import current_schema, missing_triggers
from auditor.store.tables import PROJECTION_TABLES, metadata
from auditor.store.unit_of_work import Records, View

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked and what was found; `problems` is empty for a sound workspace."""

    revisions: int
    streams: int
    problems: tuple[str, ...]


def verify(records: Records) -> Verified:
    """Check the whole workspace; answers can be recorded meanwhile, since nothing but readers is used."""
    problems = list(check_integrity(records.workspace.readers))
    chain, engine = _Chain(), _scratch()
    try:
        with records.read() as view, engine.begin() as scratch:
            if missing_triggers(view.connection, current_schema()):
                problems.append("The guards of the ledger were taken away.")
            Projections(scratch, AuditSetups(), _Watched(view.ledger, chain)).rebuild()
            problems += chain.found(view.ledger)
            problems += _differences(view, scratch)
    except WorkspaceError as error:
        problems.append(error.message)
    finally:
        engine.dispose()
    return Verified(chain.revisions, len(chain.tails), tuple(problems[:_MOST_NAMED]))


class _Chain:
    """Follows every stream as the revisions pass by."""

    def __init__(self) -> None:
        self.revisions = 0
        self.tails: dict[str, tuple[int, bytes]] = {}
        self._problems: list[str] = []
        self._seen: set[str] = set()
        self._parents: set[str] = set()
        self._bound: list[tuple[str, int, str]] = []

    def watch(self, recorded: Recorded) -> None:
        """Check one revision against the tail of its stream."""
        item = recorded.revision
        self.revisions += 1
        problem = why_not_next(item, *self.tails.get(item.stream_id, (0, GENESIS)))
        if problem:
            self._problems.append(problem)
        self.tails[item.stream_id] = (item.stream_seq, item.hash)
        self._seen.add(item.rev_id)
        self._parents.update(item.parents)
        if item.kind in (Kind.SUBMIT, Kind.SIGNOFF) and isinstance(recorded.value, dict):
            bound = recorded.value.get("binds")
            for tail in bound if isinstance(bound, list) else ():
                stream_id, seq, last_hash = tail if isinstance(tail, list) else ("", 0, "")
                self._bound.append((str(stream_id), int(str(seq)), str(last_hash)))

    def found(self, ledger: Ledger) -> list[str]:
        """Everything wrong with the streams that passed by."""
        unknown = [f"A revision names the unknown parent {parent}." for parent in sorted(self._parents - self._seen)]
        cut = [
            f"Stream {bound[0]} no longer holds what was handed in or signed off."
            for bound in self._bound
            if not ledger.holds(*bound)
        ]
        return [*self._problems, *unknown, *cut]


class _Watched:
    """The ledger, with the chain looked at as the revisions go by."""

    def __init__(self, ledger: Ledger, chain: _Chain) -> None:
        self._read, self._chain = ledger, chain

    def all(self) -> Iterator[Recorded]:
        """Every revision in order of arrival."""
        for recorded in self._read.all():
            self._chain.watch(recorded)
            yield recorded

    def history(self, entity_id: str, slot: str, key: str) -> list[Recorded]:
        """Every revision of one register."""
        return self._read.history(entity_id, slot, key)


def _scratch() -> Engine:
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2, poolclass=StaticPool)
    metadata.create_all(engine, tables=PROJECTION_TABLES)
    return engine


def _differences(view: View, scratch: Connection) -> Iterator[str]:
    for table in PROJECTION_TABLES:
        kept, rebuilt = _rows(view.connection, table), _rows(scratch, table)
        if any(left != right for left, right in _paired(kept, rebuilt)):
            yield f"The table {table.name} differs from what the ledger says; unlock again to rebuild it."


def _rows(connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
    return (tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns)))


def _paired(left: Iterator[tuple[object, ...]], right: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, object]]:
    while True:
        pair = next(left, None), next(right, None)
        if pair == (None, None):
            return
        yield pair
