"""Drawing the sample of a cycle: what is left out and why, the draw itself, and the next case in place of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.domain.draw_record import (
    DrawnCase,
    DrawRecord,
    Reserve,
    Rules,
    in_reserve,
)
from auditor.domain.errors import BadInput
from auditor.domain.frame import Frame, reference_key
from auditor.domain.roles import Duty, Person, Role, require
from auditor.domain.sampling import Draw, Exclusion, Plan, draw
from auditor.services.case_list import CaseList, FrameFile, every_case, new_case
from auditor.services.cycles import NewCase
from auditor.services.staff_names import StaffNames
from auditor.store.queries import draws as stored_draws
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme as stored
from auditor.store.unit_of_work import View

MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class SampleQuery:
    """A sample to draw from a frame, for a cycle that stands or (`cycle_id` empty) for one to be made."""

    frame: Frame
    plan: Plan
    today: date
    rules: Rules = field(default_factory=Rules)
    cycle_id: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sample that was drawn: what became of every case, the cases to add, and what the ledger is to keep of it."""

    draw: Draw
    cases: tuple[NewCase, ...]
    record: DrawRecord


def draw_sample(query: SampleQuery, actor: Person, view: View) -> Drawing:
    """Draw the sample; nothing is recorded."""
    require(actor, Duty.RUN_CYCLES)
    staff = StaffNames(stored_people.active_auditors(view))
    return _drawing(query, _exclusions(query, staff, view), staff, actor.id)


def draw_alone(query: SampleQuery) -> Drawing:
    """Draw a sample without a workspace: nobody's conflicts and no earlier audits are known."""
    return _drawing(query, {}, StaffNames(()), "")


def listed_cases(read: FrameFile, actor: Person, view: View) -> CaseList:
    """Every case of a list, with the auditors who should not be given it."""
    require(actor, Duty.RUN_CYCLES)
    return every_case(read, [person for person in stored_people.people(view) if person.has(Role.AUDITOR)])


def audited_lately(months: int, today: date, cycle_id: str, view: View) -> frozenset[str]:
    """The reference keys of cases audited in other cycles within so many months."""
    if not 0 <= months <= MOST_MONTHS:
        raise BadInput(
            "months-out-of-range", "Months", f"Cases are left out for 0 to {MOST_MONTHS} months.", "Choose 12, or none."
        )
    if not months:
        return frozenset()
    since = months_before(today, months)
    return frozenset(key for key, day in stored_draws.audited_on(view, cycle_id).items() if day > since)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    month = day.year * 12 + day.month - 1 - months
    year, number = divmod(month, 12)
    last = (date(year + (number == 11), (number + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, number + 1, min(day.day, last))


def _exclusions(query: SampleQuery, staff: StaffNames, view: View) -> dict[str, Exclusion]:
    """The cases of the frame that cannot be drawn, by reference key; where several reasons apply, the last here."""
    keys = [reference_key(reference) for reference in query.frame.references]
    out: dict[str, Exclusion] = {}
    if query.rules.exclude_conflicts:
        held = (row for row in range(len(keys)) if staff.in_row(query.frame, row))
        out |= {keys[row]: Exclusion.CONFLICT for row in held}
    recent = audited_lately(query.rules.exclude_months, query.today, query.cycle_id, view)
    out |= {key: Exclusion.RECENT for key in keys if key in recent}
    if query.cycle_id:
        here = {reference_key(case.reference) for case in stored.cases(view, query.cycle_id)}
        out |= {key: Exclusion.IN_CYCLE for key in keys if key in here}
    return out


def _drawing(query: SampleQuery, out: Mapping[str, Exclusion], staff: StaffNames, by: str) -> Drawing:
    _check(query)
    drawn = draw(query.frame, query.plan, out)
    kept = () if not query.rules.keep_sensitive else tuple(filter(query.frame.is_sensitive, query.frame.columns))
    cases = tuple(new_case(query.frame, line.row, staff, kept) for line in drawn.drawn)
    strata_kept = query.rules.keep_sensitive or not any(map(query.frame.is_sensitive, query.plan.strata))
    record = DrawRecord(
        plan=query.plan,
        rules=query.rules,
        frame_hash=drawn.frame_hash,
        frame_size=len(query.frame),
        on=query.today,
        by=by,
        drawn=tuple(
            DrawnCase(line.key, line.rank, line.stratum if strata_kept else "", line.why) for line in drawn.drawn
        ),
        strata=drawn.strata,
        quotas=drawn.quotas,
        excluded=drawn.excluded,
        reserve=_reserve(query.frame, drawn, staff) if strata_kept else (),
        strata_kept=strata_kept,
    )
    return Drawing(drawn, cases, record)


def _reserve(frame: Frame, drawn: Draw, staff: StaffNames) -> tuple[Reserve, ...]:
    found = []
    for line in in_reserve(drawn):
        case = new_case(frame, line.row, staff)
        details = {"team": case.team, "plan_type": case.plan_type, "age_band": case.age_band}
        found.append(Reserve(case.reference, line.rank, line.stratum, details, case.conflicts))
    return tuple(found)


def _check(query: SampleQuery) -> None:
    if query.plan.n < 1:
        raise BadInput("sample-size", "How many?", "A sample has at least one case.", "Say how many cases to draw.")
    named = (*query.plan.strata, *(quota.column for quota in query.plan.quotas))
    if any(heading not in query.frame.columns for heading in named):
        raise BadInput(
            "no-such-column",
            "No such column",
            "The list has no column of that name.",
            f"Its columns are: {', '.join(query.frame.columns)}.",
        )
    if any(quota.least < 1 or not quota.values for quota in query.plan.quotas):
        raise BadInput(
            "quota-incomplete", "The quota", "A quota names values and at least one case.", "Fill it in or drop it."
        )
