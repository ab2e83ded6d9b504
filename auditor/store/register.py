"""The register projection: for every recorded thing its current value, its head, and any other head that conflicts."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from auditor.domain.canonical import Json
from auditor.domain.revision import heads
from auditor.store.ledger import Recorded

History = Callable[[str, str, str], Iterable[Recorded]]
"""Every known revision of a register (entity id, slot, key)."""

_COLUMNS = "value, head, other_heads, lamport, device_id, author_id, wall_clock"
_CURRENT = f"SELECT {_COLUMNS} FROM register WHERE entity_id = ? AND slot = ? AND key = ?"  # noqa: S608 - our columns
_PUT = (
    "INSERT INTO register"
    " (entity_id, slot, key, entity, value, head, other_heads, author_id, wall_clock, lamport, device_id)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (entity_id, slot, key) DO UPDATE SET value=excluded.value,"
    " head=excluded.head, other_heads=excluded.other_heads, author_id=excluded.author_id,"
    " wall_clock=excluded.wall_clock, lamport=excluded.lamport, device_id=excluded.device_id"
)


@dataclass(frozen=True, slots=True)
class Head:
    """One current revision of a register, as the projection keeps it."""

    rev: str
    value: str
    lamport: int
    device: str
    author: str
    at: str

    @property
    def order(self) -> tuple[int, str, str]:
        """Every machine shows the head that is highest in this order while a conflict stands."""
        return (self.lamport, self.device, self.rev)

    def to_plain(self) -> dict[str, Json]:
        """The form kept in `other_heads`."""
        return {name: getattr(self, name) for name in ("rev", "value", "lamport", "device", "author", "at")}


@dataclass(frozen=True, slots=True)
class Applied:
    """What a revision did to its register: the value shown before (None: nothing was recorded) and the
    one shown now."""

    before: str | None
    after: str


def apply_to_register(connection: Connection, recorded: Recorded, history: History) -> Applied:
    """Bring the register of the revision up to date. Heads with equal values join silently, others conflict.

    Ordinarily the revision replaces everything that stands. Where it does not (written elsewhere, or
    arriving after what replaced it) the heads are worked out from the whole history, so that the order
    of arrival never matters."""
    item = recorded.revision
    where = (item.entity_id, item.slot, item.key)
    row = connection.exec_driver_sql(_CURRENT, where).fetchone()
    standing = _heads(row) if row else []
    if all(head.rev in item.parents for head in standing):
        ranked = [_head(recorded)]
    else:
        known = {found.revision.rev_id: found for found in history(*where) if found.text is not None}
        current = heads(found.revision for found in known.values())
        ranked = sorted((_head(known[one.rev_id]) for one in current), key=lambda head: head.order, reverse=True)
    shown, others = ranked[0], ranked[1:]
    connection.exec_driver_sql(
        _PUT,
        (
            *where,
            item.entity,
            shown.value,
            shown.rev,
            json.dumps([head.to_plain() for head in others]) if others else None,
            shown.author,
            shown.at,
            shown.lamport,
            shown.device,
        ),
    )
    return Applied(row[0] if row else None, shown.value)


def conflicting(connection: Connection, entity_id: str) -> dict[tuple[str, str], list[Head]]:
    """Every register of the entity whose heads hold different values, by slot and key, with all its heads."""
    rows = connection.exec_driver_sql(
        f"SELECT slot, key, {_COLUMNS} FROM register WHERE entity_id = ? AND other_heads IS NOT NULL",  # noqa: S608
        (entity_id,),
    ).fetchall()
    found = {(row.slot, row.key): _heads(row) for row in rows}
    return {place: standing for place, standing in found.items() if len({head.value for head in standing}) > 1}


def _head(recorded: Recorded) -> Head:
    item = recorded.revision
    assert recorded.text is not None
    return Head(item.rev_id, recorded.text, item.lamport, item.device_id, item.author_id, item.wall_clock)


def _heads(row: Row[Any]) -> list[Head]:
    first = Head(row.head, row.value, row.lamport, row.device_id, row.author_id, row.wall_clock)
    return [first, *(Head(**other) for other in json.loads(row.other_heads))] if row.other_heads else [first]
