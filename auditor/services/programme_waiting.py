"""What the programme asks of people: of a lead to hold the rounds that are due, of a manager to close a gap."""

from collections.abc import Sequence
from datetime import date

from auditor.domain.programme_plan import Month, RoundLine, RoundState
from auditor.domain.roles import Duty, Person, Role, may
from auditor.services.cycles import AuditLine
from auditor.services.programme_plan import ProgrammeQuery, rounds_between
from auditor.services.qa_framework import FrameworkQuery, framework_view
from auditor.services.waiting import Hat, Verb, Waiting
from auditor.store.queries import plan as stored
from auditor.store.unit_of_work import View

_A_YEAR = 12


def round_target(line: RoundLine) -> str:
    """Where a round is found on the Cycles page."""
    return f"round/{line.round.rhythm.id}/{line.round.month}"


def round_rows(today: date, lines: Sequence[AuditLine], actor: Person, view: View) -> list[Waiting]:
    """A row for each rhythm with a round that is due or late, looking back a year; the oldest round is named."""
    if not may(actor, Duty.RUN_CYCLES):
        return []
    query = ProgrammeQuery(Month.of(today).plus(-_A_YEAR), _A_YEAR + 1, today)
    waiting: dict[str, list[RoundLine]] = {}
    for line in rounds_between(query, lines, view):
        if line.state in (RoundState.DUE, RoundState.LATE):
            waiting.setdefault(line.round.rhythm.id, []).append(line)
    return [_round_row(found) for found in waiting.values()]


def _round_row(found: Sequence[RoundLine]) -> Waiting:
    line, more = found[0], len(found) - 1
    standing = f"{line.cycle.agreed} of {line.cycle.audits} audits agreed" if line.cycle else "No cycle started for it"
    others = f" · {more} more round{'' if more == 1 else 's'} after it" if more else ""
    title = f"{line.round.rhythm.title} of {line.round.month.words}"
    due = line.cycle.due if line.cycle else line.round.due
    return Waiting(Hat.QA_LEAD, Verb.ROUND, round_target(line), title, standing + others, due)


def gap_rows(today: date, actor: Person, view: View) -> list[Waiting]:
    """A row for a manager whose service area lacks something of the month before."""
    own = {area.id for area in stored.areas(view) if actor.team and actor.team in area.teams}
    if not own or not actor.has(Role.MANAGER):
        return []
    month = Month.of(today).plus(-1)
    found = framework_view(FrameworkQuery(month, 1), actor, view)
    titles = {activity.id: activity.title for activity in found.activities}
    rows = []
    for area, (cell,) in zip(found.areas, found.cells, strict=True):
        if area.id in own and cell.gap:
            missing = [titles[one] for one, count in cell.expected.items() if cell.evidenced.get(one, 0) < count]
            title = f"{area.title}: {cell.gap} of {cell.wanted} not evidenced in {month.words}"
            rows.append(Waiting(Hat.MANAGER, Verb.GAP, f"gap/{area.id}/{month}", title, ", ".join(missing)))
    return rows
