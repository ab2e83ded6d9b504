"""What was said of moving audits to another version of their template."""

import json
from collections import defaultdict

from auditor.domain.moving import AFTER_MOVE, MOVE, Versions, versions_of
from auditor.domain.revision import Entity
from auditor.domain.standing import Lens
from auditor.store.queries.registers import Plain, values_in
from auditor.store.unit_of_work import View


def versions(view: View, audit_id: str) -> Versions:
    """The versions an audit has gone through, and the moves proposed for it."""
    return versions_of(values_in(view, audit_id))


def said_of_all(view: View) -> dict[str, Plain]:
    """The registers of moves of every audit, by audit id."""
    rows = view.connection.exec_driver_sql(
        "SELECT entity_id, key, value FROM register WHERE entity = ? AND key >= ? AND key < ? AND slot = ''",
        (Entity.AUDIT.value, MOVE, AFTER_MOVE),
    )
    found: dict[str, Plain] = defaultdict(dict)
    for audit_id, key, value in rows:
        found[audit_id][key] = json.loads(value)
    return dict(found)


def lens(view: View, audit_id: str) -> Lens | None:
    """How the answers of an audit are read under the version in force; None where no move was ever spoken of."""
    return view.setups.lens(view.connection, audit_id)
