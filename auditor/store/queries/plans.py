"""What has changed of the plan of an audit: who took over, whether it is cancelled, how much time it was given."""

from collections.abc import Iterable

from auditor.domain.audit import OWN_SLOTS, Slot
from auditor.domain.canonical import Json
from auditor.domain.plans import Decision, Extension, MoreTime, Plans, Replacement, Said, Withdrawal
from auditor.domain.revision import Entity
from auditor.store.queries.registers import Plain, value_of, values_in, values_of_all
from auditor.store.unit_of_work import View

CANCELLED, WITHDRAWN = "cancelled", "withdrawn"
ASKED, DECIDED = "extension/asked", "extension/decided"
"""A request and the decision stand apart, so that neither is lost where both are recorded at once."""


def replaced_key(slot: Slot) -> str:
    """The register that holds every replacement of a slot's auditor."""
    return f"replaced/{slot.value}"


KEYS = (CANCELLED, ASKED, DECIDED, *map(replaced_key, OWN_SLOTS))
"""The registers of an audit that say what changed of its plan."""


def plans(view: View, audit_id: str, case_id: str) -> Plans:
    """All that changed of the plan of one audit."""
    values = values_in(view, audit_id)
    return Plans(
        cancelled=Said.from_plain(values.get(CANCELLED)),
        withdrawn=Withdrawal.from_plain(value_of(view, case_id, WITHDRAWN)),
        replaced=replacements(values),
        extension=extension(values),
    )


def replacements(values: Plain) -> dict[Slot, tuple[Replacement, ...]]:
    """The replacements among the values of one audit, by slot, the oldest first."""
    found = {slot: _listed(values.get(replaced_key(slot))) for slot in OWN_SLOTS}
    return {slot: tuple(map(Replacement.from_plain, items)) for slot, items in found.items() if items}


def extension(values: Plain) -> Extension:
    """The more time among the values of one audit."""
    return Extension(MoreTime.from_plain(values.get(ASKED)), Decision.from_plain(values.get(DECIDED)))


def extensions(view: View) -> dict[str, Extension]:
    """Every extension that was asked for or decided on, by audit id."""
    return {
        audit_id: extension(values) for audit_id, values in values_of_all(view, Entity.AUDIT, ASKED, DECIDED).items()
    }


def cancelled_audits(view: View) -> frozenset[str]:
    """The ids of audits that were cancelled themselves."""
    found = values_of_all(view, Entity.AUDIT, CANCELLED)
    return frozenset(audit_id for audit_id, values in found.items() if values[CANCELLED])


def withdrawals(view: View) -> dict[str, Withdrawal]:
    """The cases that were taken out of their cycle, by case id."""
    found = values_of_all(view, Entity.CASE, WITHDRAWN)
    return {case_id: out for case_id, values in found.items() if (out := Withdrawal.from_plain(values[WITHDRAWN]))}


def is_withdrawn(view: View, case_id: str) -> bool:
    """Whether the case was taken out of its cycle."""
    return bool(value_of(view, case_id, WITHDRAWN))


def _listed(value: Json) -> Iterable[Json]:
    return value if isinstance(value, list) else []
