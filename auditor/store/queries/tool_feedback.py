"""What auditors said of the tool, audit by audit, and what was done about it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.domain.revision import Entity
from auditor.store.unit_of_work import View

_PREFIX, _SETTLED, _HEARD = "toolfeedback/", "toolfeedback-settled/", "toolfeedback-heard/"
_ALL = "SELECT entity_id, key, value FROM register WHERE entity = ? AND slot = '' AND key >= ? AND key < ?"


@dataclass(frozen=True, slots=True)
class Said:
    """One person's words after one audit; `unclear` by question id, `settled` empty while nobody dealt with them;
    `heard` once that person has read what was done."""

    audit_id: str
    person_id: str
    at: str
    unclear: Mapping[str, str]
    faults: str
    words: str
    settled: str
    heard: bool


def said_key(person_id: str) -> str:
    """The register of what a person said."""
    return f"{_PREFIX}{person_id}"


def settled_key(person_id: str) -> str:
    """The register of what was done about it."""
    return f"{_SETTLED}{person_id}"


def heard_key(person_id: str) -> str:
    """The register of when they read it."""
    return f"{_HEARD}{person_id}"


def said(view: View, audit_id: str = "") -> list[Said]:
    """Everything said after one audit, or after any where none is named."""
    kept, done = _under(view, _PREFIX, audit_id), _under(view, _SETTLED, audit_id)
    heard = _under(view, _HEARD, audit_id)
    return [
        Said(
            audit_id=of,
            person_id=person_id,
            at=str(value["at"]),
            unclear=value["unclear"],
            faults=str(value["faults"]),
            words=str(value["words"]),
            settled=_done_since(done.get((of, person_id)), str(value["at"])),
            heard=_heard_since(heard.get((of, person_id)), done.get((of, person_id))),
        )
        for (of, person_id), value in kept.items()
    ]


def _done_since(done: Mapping[str, str] | None, said_at: str) -> str:
    """What was done, unless more was said after that."""
    return done["done"] if done and done["at"] >= said_at else ""


def _heard_since(heard: Mapping[str, str] | None, done: Mapping[str, str] | None) -> bool:
    """Whether it was read after it was done."""
    return bool(heard and done and heard["at"] >= done["at"])


def _under(view: View, prefix: str, audit_id: str) -> dict[tuple[str, str], dict[str, Any]]:
    rows = view.connection.exec_driver_sql(_ALL, (Entity.AUDIT.value, prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)))
    found = ((of, key.removeprefix(prefix), json.loads(value)) for of, key, value in rows)
    return {(of, person): value for of, person, value in found if value and (not audit_id or of == audit_id)}
