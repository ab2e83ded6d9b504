"""Proves a workspace: every stream's chain, every value's readability, and projections equal to a rebuild from the
ledger."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, Table, create_engine, select
from sqlalchemy.pool import StaticPool

from auditor.domain.revision import GENESIS, revision_hash
from auditor.store.audit_setup import AuditSetups
from auditor.store.engines import check_integrity
from auditor.store.ledger import Recorded
from auditor.store.projections import Projections
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
    """Check pages, chains, parents and keys, then rebuild all projections in memory and compare them row by row."""
    problems = list(check_integrity(records.workspace.writer))
    chain = _Chain()
    engine = _scratch()
    try:
        with records.read() as view, engine.begin() as scratch:
            Projections(scratch, AuditSetups()).rebuild(chain.watch(view.ledger.all()))
            problems += chain.problems
            problems += _differences(view, scratch)
    finally:
        engine.dispose()
    return Verified(chain.revisions, len(chain.tails), tuple(problems[:_MOST_NAMED]))


class _Chain:
    """Follows every stream as the revisions pass by."""

    def __init__(self) -> None:
        self.revisions = 0
        self.tails: dict[str, tuple[int, bytes]] = {}
        self.problems: list[str] = []
        self._seen: set[str] = set()

    def watch(self, ledger: Iterator[Recorded]) -> Iterator[Recorded]:
        for recorded in ledger:
            self._check(recorded)
            yield recorded

    def _check(self, recorded: Recorded) -> None:
        item = recorded.revision
        self.revisions += 1
        seq, tail = self.tails.get(item.stream_id, (0, GENESIS))
        if item.stream_seq != seq + 1:
            self.problems.append(f"Stream {item.stream_id}: {seq + 1} is missing before {item.stream_seq}.")
        if item.prev_hash != tail or item.hash != revision_hash(item):
            self.problems.append(f"Revision {item.rev_id} was altered: its chain does not hold.")
        self.problems += [
            f"Revision {item.rev_id} names an unknown parent." for p in item.parents if p not in self._seen
        ]
        self._seen.add(item.rev_id)
        self.tails[item.stream_id] = (item.stream_seq, item.hash)


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
