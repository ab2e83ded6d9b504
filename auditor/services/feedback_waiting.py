"""What auditors said of the tool, as it waits: for the QA lead to deal with, and for whoever said it to read what was
done."""

from dataclasses import dataclass

from auditor.domain.audit import OWN_SLOTS
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import Missing
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, may
from auditor.services.tool_feedback import FeedbackLine, feedback
from auditor.services.waiting import Hat, Verb, Waiting
from auditor.store.ledger import utc_now
from auditor.store.queries import programme
from auditor.store.queries import tool_feedback as stored
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class OwnFeedback:
    """Whether the asker can say something of the tool after this audit, now or later, and what they said."""

    of_pair: bool
    finished: bool
    said: FeedbackLine | None


def own_feedback(audit_id: str, actor: Person, view: View) -> OwnFeedback:
    """How one's own words on the tool stand after one audit."""
    audit = programme.audit(view, audit_id)
    mine = audit.slot_of(actor.id)
    if mine is None:
        return OwnFeedback(False, False, None)
    finished = mine in audit.submitted if mine in OWN_SLOTS else bool(audit.signed_off_by)
    own = next((line for line in feedback(audit_id, actor, view) if line.person_id == actor.id), None)
    return OwnFeedback(True, finished, own)


def mark_heard(audit_id: str, actor: Person, unit: UnitOfWork) -> Changes:
    """Whoever said something has read what was done about it."""
    own = own_feedback(audit_id, actor, unit).said
    if own is None or not own.settled:
        raise Missing("nothing-done-yet", "Nothing to read", "Nothing was done about it yet.", "Wait for the QA lead.")
    value: dict[str, Json] = {"at": utc_now()}
    unit.record(actor.id, Entity.AUDIT, audit_id, stored.heard_key(actor.id), value)
    return Changes(frozenset({("audit", audit_id)}), "Read")


def remarks_of(family: str, actor: Person, view: View) -> list[FeedbackLine]:
    """What was said of a template, its variants and its other versions, what waits first."""
    return [line for line in feedback("", actor, view) if line.family == family]


def remark_rows(actor: Person, view: View) -> list[Waiting]:
    """A row for each template of which something was said that nobody dealt with."""
    if not may(actor, Duty.KEEP_TEMPLATES):
        return []
    open_ones: dict[str, list[FeedbackLine]] = {}
    for line in feedback("", actor, view):
        if not line.settled:
            open_ones.setdefault(line.family, []).append(line)
    rows = []
    for lines in open_ones.values():
        last, count, audits = lines[-1], sum(line.remarks for line in lines), len({line.audit_id for line in lines})
        title = f"{count} remark{'' if count == 1 else 's'} on the tool: {last.template_title}"
        detail = f"After {audits} audit{'' if audits == 1 else 's'} · say what was done about them"
        rows.append(Waiting(Hat.QA_LEAD, Verb.REMARKS, last.template_hash, title, detail))
    return rows


def heard_rows(actor: Person, view: View) -> list[Waiting]:
    """A row for each audit of which something this person said was dealt with, until they have read how."""
    return [
        Waiting(Hat.AUDITOR, Verb.HEARD, line.audit_id, f"{line.case_reference}: your words on the tool", line.settled)
        for line in feedback("", actor, view)
        if line.person_id == actor.id and line.settled and not line.heard
    ]
