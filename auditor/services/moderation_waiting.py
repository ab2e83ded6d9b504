"""What moderation and the right of reply ask of a person: audits to read again, corrections of fact to decide on."""

from collections.abc import Iterator, Sequence

from auditor.domain.moderation import why_not_moderate
from auditor.domain.reply import may_decide
from auditor.domain.roles import Person, Role
from auditor.services.cycles import AuditLine
from auditor.services.waiting import Hat, Verb, Waiting
from auditor.store.queries import replies as stored
from auditor.store.unit_of_work import View

MOST_ROWS = 5
"""So many audits stand on Home one by one; the rest is a row of its own."""


def moderation_count(lines: Sequence[AuditLine], actor: Person, view: View) -> int:
    """How many audits and corrections wait for the person."""
    if not actor.has(Role.MODERATOR, Role.QA_LEAD):
        return 0
    return len(_mine(lines, actor)) + sum(1 for _row in _corrections(lines, actor, view))


def moderation_rows(lines: Sequence[AuditLine], actor: Person, view: View) -> list[Waiting]:
    """The rows of a moderator, and the corrections a moderator or QA lead decides on."""
    if not actor.has(Role.MODERATOR, Role.QA_LEAD):
        return []
    return [*_to_moderate(lines, actor), *_corrections(lines, actor, view)]


def _mine(lines: Sequence[AuditLine], actor: Person) -> list[AuditLine]:
    return [line for line in lines if line.moderation and not why_not_moderate(line.audit, actor)]


def _to_moderate(lines: Sequence[AuditLine], actor: Person) -> Iterator[Waiting]:
    mine = _mine(lines, actor)
    shown = mine if len(mine) <= MOST_ROWS + 1 else mine[:MOST_ROWS]
    for line in shown:
        why = ", ".join(f"{reason.words[:1].lower()}{reason.words[1:]}" for reason in line.moderation)
        detail = f"{' and '.join(line.auditor_names)} · {why}"
        yield _row(line, actor, Verb.MODERATE, f"{line.case.reference}: moderate", detail)
    if len(shown) < len(mine):
        rest = f"{len(mine) - len(shown)} more audits to moderate"
        yield Waiting(Hat.MODERATOR, Verb.MODERATE, "", rest, "The list says why each of them waits")


def _corrections(lines: Sequence[AuditLine], actor: Person, view: View) -> Iterator[Waiting]:
    asked = stored.open_corrections(view)
    for line in lines:
        if line.audit.id in asked and may_decide(line.audit, actor):
            title = f"{line.case.reference}: is a fact to be corrected?"
            yield _row(line, actor, Verb.ANSWER, title, "Asked for in a reply to the audit")


def _row(line: AuditLine, actor: Person, verb: Verb, title: str, detail: str) -> Waiting:
    hat = Hat.MODERATOR if actor.has(Role.MODERATOR) else Hat.QA_LEAD
    return Waiting(hat, verb, line.audit.id, title, detail, None, line.stage, sample=line.cycle.sample)
