"""How the samples of a cycle were drawn, and when cases were audited last."""

from dataclasses import dataclass
from datetime import date

from auditor.domain.draw_record import DrawRecord
from auditor.domain.frame import reference_key
from auditor.domain.revision import Entity
from auditor.store.queries import plans, programme
from auditor.store.queries.registers import values_in, values_of_all
from auditor.store.queries.signed import signed_on
from auditor.store.unit_of_work import View

DRAWN = "drawn"
"""The register of a draw: the cycle it is for, and the record of it."""

_CAME_IN = "came_in/"


@dataclass(frozen=True, slots=True)
class KeptDraw:
    """A draw as it is kept: an entity of its own, so that it can be erased without the cycle. `came_in` are the cases
    that came in later, in place of one that was taken out."""

    id: str
    record: DrawRecord
    came_in: frozenset[str] = frozenset()


def came_in_key(case_id: str) -> str:
    """The register that says for which case this one came in: one each, so that two computers lose nothing."""
    return f"{_CAME_IN}{case_id}"


def draws(view: View, cycle_id: str) -> list[KeptDraw]:
    """Every draw of a cycle, the oldest first."""
    found = values_of_all(view, Entity.DRAW, DRAWN)
    plain = {draw_id: values[DRAWN] for draw_id, values in found.items()}
    return [
        KeptDraw(draw_id, DrawRecord.from_plain(kept["record"]), _came_in(view, draw_id))
        for draw_id, kept in plain.items()
        if isinstance(kept, dict) and kept["cycle"] == cycle_id
    ]


def audited_on(view: View, but: str = "") -> dict[str, date]:
    """When each case was audited last, by reference key: the day of the sign-off, else the day its cycle is due.
    The cycle `but` is left out."""
    signed = signed_on(view)
    due = {cycle.id: cycle.due for cycle in programme.cycles(view)}
    references = {case.id: reference_key(case.reference) for case in programme.cases(view)}
    out = plans.withdrawals(view)
    latest: dict[str, date] = {}
    for audit in programme.audits(view):
        if audit.cancelled or audit.case_id in out or audit.cycle_id == but:
            continue
        if audit.case_id in references and audit.cycle_id in due:
            key, day = references[audit.case_id], signed.get(audit.id) or due[audit.cycle_id]
            latest[key] = max(latest.get(key, day), day)
    return latest


def _came_in(view: View, draw_id: str) -> frozenset[str]:
    return frozenset(key.removeprefix(_CAME_IN) for key in values_in(view, draw_id) if key.startswith(_CAME_IN))
