"""When audits were signed off; whether a sign-off still holds, the audit says."""

from datetime import date

from auditor.domain.canonical import Json
from auditor.domain.revision import Entity
from auditor.store.queries.programme import SIGNOFF
from auditor.store.queries.registers import value_of, values_of_all
from auditor.store.unit_of_work import View


def signed_at(view: View, audit_id: str) -> str:
    """When the audit was signed off last (UTC ISO text); empty where it was not."""
    return _at(value_of(view, audit_id, SIGNOFF))


def all_signed_at(view: View) -> dict[str, str]:
    """When each audit was signed off last (UTC ISO text), by audit id; without those that were not."""
    found = values_of_all(view, Entity.AUDIT, SIGNOFF)
    return {audit_id: at for audit_id, values in found.items() if (at := _at(values[SIGNOFF]))}


def signed_on(view: View) -> dict[str, date]:
    """The day on which each audit was signed off last, by audit id."""
    return {audit_id: date.fromisoformat(at[:10]) for audit_id, at in all_signed_at(view).items()}


def _at(signoff: Json) -> str:
    return str(signoff["at"]) if isinstance(signoff, dict) else ""
