"""The unit of the ledger: one recorded value, chained to the one before it in its stream, naming the values it
replaces."""

import hashlib
import secrets
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from auditor.domain.canonical import canonical_json

FORMAT = b"\x01"
"""First byte of what is hashed; a later layout of the columns gets another one."""

GENESIS = bytes(32)
"""`prev_hash` of the first revision of a stream."""


class Entity(StrEnum):
    """What a revision is about."""

    WORKSPACE = "workspace"
    PERSON = "person"
    TEMPLATE = "template"
    CYCLE = "cycle"
    CASE = "case"
    AUDIT = "audit"
    ACTION = "action"
    PLAN = "plan"
    DRAW = "draw"


class Kind(StrEnum):
    """Why a revision was written: an ordinary value, the resolution of a conflict, a submission or a sign-off."""

    SET = "set"
    RESOLVE = "resolve"
    SUBMIT = "submit"
    SIGNOFF = "signoff"


@dataclass(frozen=True, slots=True)
class Revision:
    """One row of the ledger, all columns that are hashed plus the hash.

    `value` is ciphertext under the key of `scope_id`. `wall_clock` (UTC ISO text) is shown and never decides order:
    order comes from `parents`, the revisions this one replaces.
    """

    rev_id: str
    authority_id: str
    entity: str
    entity_id: str
    scope_id: str
    slot: str
    key: str
    parents: tuple[str, ...]
    value: bytes
    author_id: str
    device_id: str
    stream_id: str
    stream_seq: int
    lamport: int
    wall_clock: str
    kind: str
    prev_hash: bytes
    hash: bytes = b""


_HASHED = tuple(field.name for field in fields(Revision) if field.name not in ("prev_hash", "hash"))


def revision_hash(revision: Revision) -> bytes:
    """SHA-256 over the previous hash and the canonical bytes of every other column, ciphertext and parents included."""
    columns: dict[str, object] = {name: getattr(revision, name) for name in _HASHED}
    columns["value"] = revision.value.hex()
    return hashlib.sha256(revision.prev_hash + FORMAT + canonical_json(columns)).digest()


def why_not_next(revision: Revision, seq: int, tail: bytes) -> str:
    """Why the revision cannot follow (seq, tail hash) in its stream, in one sentence; empty when it can."""
    if revision.stream_id != stream_of(revision.entity_id, revision.slot, revision.device_id):
        return f"Revision {revision.rev_id} stands in a stream it does not belong to."
    if revision.stream_seq != seq + 1:
        return f"Stream {revision.stream_id}: {seq + 1} is missing before {revision.stream_seq}."
    if revision.prev_hash != tail or revision.hash != revision_hash(revision):
        return f"Revision {revision.rev_id} was altered: its chain does not hold."
    return ""


def stream_of(entity_id: str, slot: str, device_id: str) -> str:
    """The stream a revision belongs to. One stream is delivered whole or not at all, so sealed slots leave no gaps."""
    return f"{entity_id}/{slot}/{device_id}"


def heads(revisions: Iterable[Revision]) -> list[Revision]:
    """The revisions of one register that no other names as parent; two or more with different values are a conflict."""
    items = list(revisions)
    replaced = {parent for item in items for parent in item.parents}
    return sorted((item for item in items if item.rev_id not in replaced), key=lambda item: item.rev_id)


def shown_head(candidates: Sequence[Revision]) -> Revision:
    """The head that every machine shows while a conflict stands: highest (lamport, device, id)."""
    return max(candidates, key=lambda item: (item.lamport, item.device_id, item.rev_id))


_last_ms = 0
_last_tail = 0


def new_id() -> str:
    """A uuid7 as 32 hex digits; ids made by one process rise, so that indexes grow at their end. Never
    used for order."""
    global _last_ms, _last_tail  # noqa: PLW0603 - the point of the function is to rise within the process
    now = time.time_ns() // 1_000_000
    if now > _last_ms:
        _last_ms, _last_tail = now, secrets.randbits(62)
    else:
        _last_tail = (_last_tail + 1 + secrets.randbits(16)) & ((1 << 74) - 1)
    tail = _last_tail & ((1 << 74) - 1)
    value = (_last_ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | (tail & ((1 << 62) - 1))
    return uuid.UUID(int=value).hex
