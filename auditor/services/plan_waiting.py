"""What changed plans ask of a lead: to decide on more time, and to find somebody for those who have left."""

from collections.abc import Iterator, Sequence

from auditor.domain.roles import Duty, Person, may
from auditor.services.cycles import AuditLine
from auditor.services.waiting import Hat, Verb, Waiting
from auditor.store.queries import people as stored_people
from auditor.store.queries import plans as stored
from auditor.store.unit_of_work import View


def plan_rows(lines: Sequence[AuditLine], actor: Person, view: View) -> list[Waiting]:
    """The rows of a lead: requests for more time first, then auditors who are here no more."""
    if not may(actor, Duty.RUN_CYCLES):
        return []
    going = [line for line in lines if not line.audit.is_over]
    return [*_requests(going, actor, view), *_who_left(going, view)]


def _requests(lines: Sequence[AuditLine], actor: Person, view: View) -> Iterator[Waiting]:
    extensions, names = stored.extensions(view), stored_people.names(view)
    for line in lines:
        extension = extensions.get(line.audit.id)
        asked = extension.asked if extension else None
        if asked is None or asked.said.by == actor.id:
            continue
        name = names.get(asked.said.by, "")
        title = f"{line.case.reference}: more time until {asked.until:%d/%m/%Y}?"
        yield _row(line, Verb.DECIDE, title, f"{name} asks: {asked.said.reason}")


def _who_left(lines: Sequence[AuditLine], view: View) -> Iterator[Waiting]:
    left = {person.id: person.name for person in stored_people.people(view) if not person.active}
    for line in lines:
        gone = [left[person] for person in line.audit.auditors.values() if person in left]
        if gone:
            title = f"{line.case.reference}: {' and '.join(gone)} {'has' if len(gone) == 1 else 'have'} left"
            yield _row(line, Verb.REPLACE, title, "Somebody has to take over; what is recorded stays")


def _row(line: AuditLine, verb: Verb, title: str, detail: str) -> Waiting:
    return Waiting(Hat.QA_LEAD, verb, line.audit.id, title, detail, line.due, line.stage, sample=line.cycle.sample)
