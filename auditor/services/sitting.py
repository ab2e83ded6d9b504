"""The time somebody sat at the sections of an audit, idle time left out, kept in their own slot."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.domain.audit import Audit, Slot, require_write
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, NotAllowed
from auditor.domain.revision import Entity
from auditor.domain.roles import Person, Role
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.queries.registers import value_of
from auditor.store.queries.times import time_key
from auditor.store.unit_of_work import UnitOfWork

LONGEST = 24 * 3600
"""Seconds that can be added at once; more than a day is a clock that jumped."""


@dataclass(frozen=True, slots=True)
class AddTime:
    """Seconds to add, by section id: what was spent there since it was last recorded."""

    audit_id: str
    seconds: Mapping[str, int]


def add_time(command: AddTime, actor: Person, unit: UnitOfWork) -> Changes:
    """Add to the time of each section: one register a section and computer, however often it is returned to.

    Nothing that is shown elsewhere changes by it, so nothing is asked to refresh.
    """
    audit = programme.audit_header(unit, command.audit_id)
    slot = _slot(audit, actor)
    require_write(audit, actor, slot)
    known = {section.id for section in stored_people.template(unit, audit.template_hash).sections}
    for section_id, seconds in command.seconds.items():
        if section_id not in known or not 0 < seconds <= LONGEST:
            raise BadInput("time-does-not-fit", "Time", "That is no time spent in a section.", "Leave it out.")
        key = time_key(section_id, slot, actor.id, unit.ledger.device_id)
        before = value_of(unit, audit.id, key, slot.value)
        value: Json = seconds + (before if isinstance(before, int) else 0)
        unit.record(actor.id, Entity.AUDIT, audit.id, key, value, slot.value)
    return Changes()


def _slot(audit: Audit, actor: Person) -> Slot:
    mine = audit.slot_of(actor.id) or (Slot.FACTS if actor.has(Role.BUSINESS_SUPPORT) else None)
    if mine is None:
        raise NotAllowed("not-your-slot", "Not yours", "You record nothing in this audit.", "Open one of yours.")
    return mine
