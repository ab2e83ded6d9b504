"""What the projections need to know about an audit and its template, read once and kept while the connection lives."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from auditor.domain.audit import Mode
from auditor.domain.moving import AFTER_MOVE, MOVE, Versions, versions_of
from auditor.domain.programme import FactsBy
from auditor.domain.standing import Lens
from auditor.domain.template import Template
from auditor.domain.template_plain import template_from_plain

SETUP_KEY = "setup"
CONTENT_KEY = "content"

DECIDING = (SETUP_KEY, "pair", "signoff", "submitted/A", "submitted/B")
"""The registers of an audit that say, beside those of its moves, which version of its template is in force."""

_DECIDING = (
    "SELECT key, value FROM register WHERE entity_id = ? AND slot = ''"
    " AND (key IN (?, ?, ?, ?, ?) OR (key >= ? AND key < ?))"
)


@dataclass(frozen=True, slots=True)
class AuditSetup:
    """How an audit was set up, and the versions of its template."""

    cycle_id: str
    mode: Mode
    facts_by: FactsBy
    versions: Versions


class AuditSetups:
    """The set-up of each audit and the templates. Templates are immutable; an audit's set-up is forgotten when
    anything that decides on it is recorded."""

    def __init__(self, templates: dict[str, Template] | None = None) -> None:
        self._audits: dict[str, AuditSetup] = {}
        self._lenses: dict[str, Lens] = {}
        self._templates: dict[str, Template] = {} if templates is None else templates

    def cycle_and_template(self, connection: Connection, audit_id: str) -> tuple[str, Template] | None:
        """The cycle id and the template in force of the audit; None while its set-up has not arrived."""
        known = self.of(connection, audit_id)
        template = self.template(connection, known.versions.now) if known else None
        return (known.cycle_id, template) if known and template else None

    def of(self, connection: Connection, audit_id: str) -> AuditSetup | None:
        """The set-up of the audit; None while it has not arrived."""
        known = self._audits.get(audit_id)
        if known is None:
            rows = connection.exec_driver_sql(_DECIDING, (audit_id, *DECIDING, MOVE, AFTER_MOVE))
            values = {key: json.loads(value) for key, value in rows}
            setup = values.get(SETUP_KEY)
            if setup is None:
                return None
            mode, facts = Mode(setup.get("mode", Mode.BLIND)), FactsBy(setup.get("facts_by", FactsBy.SHARED))
            known = self._audits[audit_id] = AuditSetup(str(setup["cycle"]), mode, facts, versions_of(values))
        return known

    def lens(self, connection: Connection, audit_id: str) -> Lens | None:
        """How the answers of an audit are read under the version in force; None where no move was ever spoken of."""
        known = self.of(connection, audit_id)
        if known is None or not known.versions.named:
            return None
        if audit_id not in self._lenses:
            named = dict.fromkeys((*known.versions.path, *known.versions.named))
            here = {one: template for one in named if (template := self.template(connection, one))}
            if known.versions.now not in here:
                return None
            first = known.versions.first
            lens = Lens(here[known.versions.now], first, here, known.mode, known.facts_by)
            self._lenses[audit_id] = lens
        return self._lenses[audit_id]

    def template(self, connection: Connection, template_hash: str) -> Template | None:
        """The template of that content hash, or None where this workspace does not hold it."""
        if template_hash not in self._templates:
            plain = _value(connection, template_hash, CONTENT_KEY)
            if plain is None:
                return None
            self._templates[template_hash] = template_from_plain(plain)
        return self._templates[template_hash]

    def forget(self, audit_id: str = "") -> AuditSetup | None:
        """Forget one audit's set-up, which is given back where it was known, or everything (after a rollback)."""
        if audit_id:
            self._lenses.pop(audit_id, None)
            return self._audits.pop(audit_id, None)
        self._audits.clear()
        self._lenses.clear()
        self._templates.clear()
        return None


def _value(connection: Connection, entity_id: str, key: str) -> dict[str, object] | None:
    row = connection.exec_driver_sql(
        "SELECT value FROM register WHERE entity_id = ? AND slot = '' AND key = ?", (entity_id, key)
    ).fetchone()
    result: dict[str, object] | None = json.loads(row[0]) if row else None
    return result
