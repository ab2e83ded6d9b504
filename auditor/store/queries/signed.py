"""On which day audits were signed off."""

from datetime import date

from auditor.domain.revision import Entity
from auditor.store.queries.programme import SIGNOFF
from auditor.store.queries.registers import values_of_all
from auditor.store.unit_of_work import View


def signed_on(view: View) -> dict[str, date]:
    """The day of the sign-off that was recorded last, by audit id; whether it still holds, the audit says."""
    found = values_of_all(view, Entity.AUDIT, SIGNOFF)
    plain = {audit_id: values[SIGNOFF] for audit_id, values in found.items()}
    return {
        audit_id: date.fromisoformat(str(signoff["at"])[:10])
        for audit_id, signoff in plain.items()
        if isinstance(signoff, dict)
    }
