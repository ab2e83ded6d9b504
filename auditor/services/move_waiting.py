"""Moves to a newer version of a template that wait for this person's word, as rows of Home."""

from collections.abc import Sequence

from auditor.domain.roles import Person
from auditor.services.cycles import AuditLine
from auditor.services.moving import waiting_for
from auditor.services.waiting import Hat, Verb, Waiting
from auditor.store.queries import moves
from auditor.store.queries import people as stored_people
from auditor.store.unit_of_work import View


def move_rows(lines: Sequence[AuditLine], actor: Person, view: View) -> list[Waiting]:
    """One row for each of the person's own audits whose move waits for them."""
    spoken_of = moves.said_of_all(view)
    rows = []
    for line in lines:
        move = waiting_for(line.audit, actor, view) if line.audit.id in spoken_of else None
        if move is not None:
            version = stored_people.template(view, move.target).version
            names = zip(line.audit.auditors.items(), line.auditor_names, strict=True)
            others = [name for (slot, _), name in names if slot in move.accepted]
            said = f"{others[0]} has accepted" if others else "The QA lead proposes it"
            title = f"{line.case.reference}: move to version {version} of its template?"
            detail = f"{said} · see first what is different"
            audit = line.audit
            rows.append(Waiting(Hat.AUDITOR, Verb.MOVE, audit.id, title, detail, line.due, line.stage))
    return rows
