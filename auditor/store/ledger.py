"""Appending to the ledger and reading it back: the only module that writes or selects rows of `revision`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from auditor.domain.canonical import Json, stored_json
from auditor.domain.errors import BadInput
from auditor.domain.revision import GENESIS, Entity, Kind, Revision, new_id, revision_hash, stream_of, why_not_next
from auditor.store.scope_keys import ScopeKeys
from auditor.store.tables import revision as table

_COLUMNS = tuple(column.name for column in table.columns if column.name != "arrival")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM revision"  # noqa: S608 - column names of our own table
_INSERT = f"INSERT INTO revision ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - as above
_TAIL = "SELECT stream_seq, lamport, hash FROM revision WHERE stream_id = ? ORDER BY stream_seq DESC LIMIT 1"
_TAILS = (
    "SELECT stream_id, stream_seq, hash FROM revision r WHERE stream_id >= ? AND stream_id < ? AND stream_seq ="
    " (SELECT MAX(stream_seq) FROM revision WHERE stream_id = r.stream_id) ORDER BY stream_id"
)
_HEAD = "SELECT head, other_heads, lamport, value FROM register WHERE entity_id = ? AND slot = ? AND key = ?"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be recorded: one value of one register. `scope_id` names whose key encrypts it."""

    entity: Entity
    entity_id: str
    key: str
    value: Json
    scope_id: str
    slot: str = ""
    kind: Kind = Kind.SET


@dataclass(frozen=True, slots=True)
class Recorded:
    """A revision together with its value in clear, as the projections need it; `text` is None once its key is gone."""

    revision: Revision
    text: str | None

    @property
    def value(self) -> Json:
        """The value in clear."""
        result: Json = json.loads(self.text) if self.text is not None else None
        return result


def utc_now() -> str:
    """The wall clock as it is recorded: shown to people, never used for order."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Ledger:
    """The ledger of one workspace on one device, within one connection."""

    def __init__(self, connection: Connection, keys: ScopeKeys, authority_id: str, device_id: str) -> None:
        self._connection = connection
        self._keys = keys
        self._authority_id = authority_id
        self.device_id = device_id

    def append(self, draft: Draft, author_id: str) -> Recorded | None:
        """Write the next revision of the draft's stream; its parents are all heads of the register.

        None where the register holds this very value already, so that nothing is said twice.
        """
        text = stored_json(draft.value)
        parents, head_lamport, standing = self._heads(draft)
        if standing == text and len(parents) == 1:
            return None
        stream_id = stream_of(draft.entity_id, draft.slot, self.device_id)
        seq, tail_lamport, prev_hash = self._tail(stream_id)
        rev_id = new_id()
        unhashed = Revision(
            rev_id=rev_id,
            authority_id=self._authority_id,
            entity=draft.entity.value,
            entity_id=draft.entity_id,
            scope_id=draft.scope_id,
            slot=draft.slot,
            key=draft.key,
            parents=parents,
            value=self._keys.seal(self._connection, draft.scope_id, rev_id, text),
            author_id=author_id,
            device_id=self.device_id,
            stream_id=stream_id,
            stream_seq=seq + 1,
            lamport=max(tail_lamport, head_lamport) + 1,
            wall_clock=utc_now(),
            kind=(Kind.RESOLVE if len(parents) > 1 and draft.kind is Kind.SET else draft.kind).value,
            prev_hash=prev_hash,
        )
        written = replace(unhashed, hash=revision_hash(unhashed))
        self._connection.exec_driver_sql(_INSERT, _row(written))
        return Recorded(written, text)

    def admit(self, revision: Revision) -> Recorded:
        """Write a revision that another device made, as it is; raises `BadInput` unless it is the next
        of its stream."""
        seq, _, tail = self._tail(revision.stream_id)
        problem = why_not_next(revision, seq, tail)
        if problem:
            raise BadInput("revision-refused", "Not the next change", problem, "Ask for the whole stream again.")
        self._connection.exec_driver_sql(_INSERT, _row(revision))
        return self._opened(revision)

    def all(self) -> Iterator[Recorded]:
        """Every revision in order of arrival, opened."""
        for row in self._connection.exec_driver_sql(f"{_SELECT} ORDER BY arrival"):
            yield self._opened(_revision(tuple(row)))

    def holds(self, stream_id: str, seq: int, last_hash: str) -> bool:
        """Whether that revision of the stream is here and has that hash (hex)."""
        row = self._connection.exec_driver_sql(
            "SELECT hash FROM revision WHERE stream_id = ? AND stream_seq = ?", (stream_id, seq)
        ).fetchone()
        return row is not None and bytes(row[0]).hex() == last_hash

    def destroy_key(self, scope_id: str) -> None:
        """Destroy the key of a scope: what was written under it can never be read again."""
        self._keys.destroy(self._connection, scope_id)

    def tails(self, entity_id: str, slots: Iterable[str]) -> list[tuple[str, int, str]]:
        """Stream, length and last hash (hex) of every stream of the slots: what a submission or sign-off binds."""
        found = []
        for slot in slots:
            start = stream_of(entity_id, slot, "")
            rows = self._connection.exec_driver_sql(_TAILS, (start, start + "\uffff"))
            found += [(stream_id, seq, bytes(tail).hex()) for stream_id, seq, tail in rows]
        return found

    def history(self, entity_id: str, slot: str, key: str) -> list[Recorded]:
        """Every revision of one register, oldest first."""
        start = stream_of(entity_id, slot, "")
        rows = self._connection.exec_driver_sql(
            f"{_SELECT} WHERE stream_id >= ? AND stream_id < ? AND key = ? ORDER BY lamport, rev_id",
            (start, start + "\uffff", key),
        )
        return [self._opened(_revision(tuple(row))) for row in rows]

    def _tail(self, stream_id: str) -> tuple[int, int, bytes]:
        row = self._connection.exec_driver_sql(_TAIL, (stream_id,)).fetchone()
        return (row[0], row[1], row[2]) if row else (0, 0, GENESIS)

    def _heads(self, draft: Draft) -> tuple[tuple[str, ...], int, str | None]:
        row = self._connection.exec_driver_sql(_HEAD, (draft.entity_id, draft.slot, draft.key)).fetchone()
        if row is None:
            return (), 0, None
        others = [other["rev"] for other in json.loads(row[1])] if row[1] else []
        return (row[0], *others), row[2], row[3]

    def _opened(self, item: Revision) -> Recorded:
        return Recorded(item, self._keys.unseal(self._connection, item.scope_id, item.rev_id, item.value))


def _row(item: Revision) -> tuple[object, ...]:
    return tuple(" ".join(item.parents) if name == "parents" else getattr(item, name) for name in _COLUMNS)


def _revision(row: tuple[object, ...]) -> Revision:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["parents"] = tuple(str(values["parents"]).split())
    return Revision(**values)  # type: ignore[arg-type]  # columns and fields carry the same names and types
