"""What the projections need to know about an audit and its template, read once and kept while the connection lives."""

import json

from sqlalchemy import Connection

from auditor.domain.template import Template
from auditor.domain.template_plain import template_from_plain

SETUP_KEY = "setup"
CONTENT_KEY = "content"


class AuditSetups:
    """The cycle and template of each audit. Templates are immutable; an audit's set-up is forgotten when it is
    rewritten."""

    def __init__(self, templates: dict[str, Template] | None = None) -> None:
        self._audits: dict[str, tuple[str, str]] = {}
        self._templates: dict[str, Template] = {} if templates is None else templates

    def cycle_and_template(self, connection: Connection, audit_id: str) -> tuple[str, Template] | None:
        """The cycle id and template of the audit; None while its set-up has not arrived."""
        known = self._audits.get(audit_id)
        if known is None:
            setup = _value(connection, audit_id, SETUP_KEY)
            if setup is None:
                return None
            known = self._audits[audit_id] = (str(setup["cycle"]), str(setup["template"]))
        template = self.template(connection, known[1])
        return (known[0], template) if template else None

    def template(self, connection: Connection, template_hash: str) -> Template | None:
        """The template of that content hash, or None where this workspace does not hold it."""
        if template_hash not in self._templates:
            plain = _value(connection, template_hash, CONTENT_KEY)
            if plain is None:
                return None
            self._templates[template_hash] = template_from_plain(plain)
        return self._templates[template_hash]

    def forget(self, audit_id: str = "") -> None:
        """Forget one audit's set-up, or everything (after a rollback)."""
        if audit_id:
            self._audits.pop(audit_id, None)
        else:
            self._audits.clear()
            self._templates.clear()


def _value(connection: Connection, entity_id: str, key: str) -> dict[str, object] | None:
    row = connection.exec_driver_sql(
        "SELECT value FROM register WHERE entity_id = ? AND slot = '' AND key = ?", (entity_id, key)
    ).fetchone()
    result: dict[str, object] | None = json.loads(row[0]) if row else None
    return result
