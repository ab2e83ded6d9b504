"""Under which version of its template a question was answered: kept beside the answer where versions differ over it."""

import json

from sqlalchemy import Connection

from auditor.domain.answers import Answer, Entry, Facet, question_key, split_key
from auditor.domain.audit import Slot
from auditor.domain.canonical import Json
from auditor.store.audit_setup import AuditSetups

_BESIDE = "SELECT key, value FROM register WHERE entity_id = ? AND slot = ? AND key IN (?, ?)"


def under_beside(
    connection: Connection, setups: AuditSetups, audit_id: str, slot: str, key: str, value: Json
) -> tuple[str, Json] | None:
    """The register and value that go with an answer about to be recorded; None where none is needed."""
    named = split_key(key)
    lens = setups.lens(connection, audit_id) if named and named[1] is Facet.ANSWER else None
    if lens is None or named is None or not lens.asks(Slot(slot), named[0]):
        return None
    where = question_key(named[0], Facet.UNDER)
    rows = connection.exec_driver_sql(_BESIDE, (audit_id, slot, key, where))
    standing: dict[str, Json] = {key: json.loads(text) for key, text in rows}
    before = Entry(Answer.from_plain(standing.get(key)))
    under = lens.under(Slot(slot), named[0], before, standing.get(where), Answer.from_plain(value))
    return None if under is None else (where, under)
