"""How the samples of a cycle were drawn, which cases were taken out of it, and when cases were audited last."""

from dataclasses import dataclass
from datetime import date

from auditor.domain.canonical import Json
from auditor.domain.draw_record import DrawRecord
from auditor.domain.frame import reference_key
from auditor.domain.revision import Entity
from auditor.store.queries import programme
from auditor.store.queries.registers import value_of, values_of_all
from auditor.store.queries.signed import signed_on
from auditor.store.unit_of_work import View

DRAW, WITHDRAWN = "draw", "withdrawn"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A case that was taken out of its cycle: why, who said so and when (UTC ISO text), and which case came in."""

    reason: str
    by: str
    at: str
    replaced_by: str = ""

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        return {"reason": self.reason, "by": self.by, "at": self.at, "replaced_by": self.replaced_by}


def draws(view: View, cycle_id: str) -> list[DrawRecord]:
    """Every draw of a cycle, the oldest first."""
    kept = value_of(view, cycle_id, DRAW)
    return [DrawRecord.from_plain(plain) for plain in kept] if isinstance(kept, list) else []


def withdrawals(view: View) -> dict[str, Withdrawal]:
    """The cases taken out of their cycle, by case id."""
    found = {case_id: values[WITHDRAWN] for case_id, values in values_of_all(view, Entity.CASE, WITHDRAWN).items()}
    return {case_id: _withdrawal(plain) for case_id, plain in found.items() if isinstance(plain, dict)}


def audited_on(view: View, but: str = "") -> dict[str, date]:
    """When each case was audited last, by reference key: the day of the sign-off, else the day its cycle is due.
    The cycle `but` is left out."""
    signed = signed_on(view)
    due = {cycle.id: cycle.due for cycle in programme.cycles(view)}
    references = {case.id: reference_key(case.reference) for case in programme.cases(view)}
    out = withdrawals(view)
    latest: dict[str, date] = {}
    for audit in programme.audits(view):
        if audit.cancelled or audit.case_id in out or audit.cycle_id == but:
            continue
        if audit.case_id in references and audit.cycle_id in due:
            key, day = references[audit.case_id], signed.get(audit.id) or due[audit.cycle_id]
            latest[key] = max(latest.get(key, day), day)
    return latest


def _withdrawal(plain: dict[str, Json]) -> Withdrawal:
    return Withdrawal(*(str(plain.get(name, "")) for name in ("reason", "by", "at", "replaced_by")))
