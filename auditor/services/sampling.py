"""Drawing the sample of a cycle: what is left out and why, the draw itself, and the next case in place of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from auditor.domain.changes import Changes
from auditor.domain.draw_record import (
    DrawnCase,
    DrawRecord,
    Reserve,
    Rules,
    in_reserve,
    next_in_order,
)
from auditor.domain.errors import BadInput, Refused
from auditor.domain.frame import Frame, reference_key
from auditor.domain.programme import Case
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, Role, require
from auditor.domain.sampling import Draw, Exclusion, Plan, draw
from auditor.services.case_list import CaseList, FrameFile, every_case, new_case
from auditor.services.cycles import AddCases, NewCase, add_cases
from auditor.services.staff_names import StaffNames
from auditor.store.queries import draws as stored_draws
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme as stored
from auditor.store.unit_of_work import UnitOfWork, View

MOST_MONTHS = 120
LONGEST_REASON = 500


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


@dataclass(frozen=True, slots=True)
class ReplaceCase:
    """Take a drawn case out of its cycle for a reason, and put the next of its stratum in."""

    case_id: str
    reason: str
    today: date


def draw_sample(query: SampleQuery, actor: Person, view: View) -> Drawing:
    """Draw the sample; nothing is recorded."""
    require(actor, Duty.RUN_CYCLES)
    staff = StaffNames([person for person in stored_people.people(view) if person.active and person.has(Role.AUDITOR)])
    return _drawing(query, _exclusions(query, staff, view), staff, actor.id)


def draw_alone(query: SampleQuery) -> Drawing:
    """Draw a sample without a workspace: nobody's conflicts and no earlier audits are known."""
    return _drawing(query, {}, StaffNames(()), "")


def listed_cases(read: FrameFile, actor: Person, view: View) -> CaseList:
    """Every case of a list, with the auditors who should not be given it."""
    require(actor, Duty.RUN_CYCLES)
    return every_case(read, [person for person in stored_people.people(view) if person.has(Role.AUDITOR)])


def replace_case(command: ReplaceCase, actor: Person, unit: UnitOfWork) -> Changes:
    """Replace a case by the next in the order of the same stratum; both stay on record with the reason."""
    require(actor, Duty.RUN_CYCLES)
    reason = _checked_reason(command.reason)
    case = stored.case(unit, command.case_id)
    _require_replaceable(case, unit)
    record, stratum = _place_in_draw(case, unit)
    reserve = _next(record, stratum, case, command.today, unit)
    new = _as_case(reserve)
    added = add_cases(AddCases(case.cycle_id, (new,)), actor, unit)
    key = reference_key(reserve.reference)
    made = next(other.id for other in stored.cases(unit, case.cycle_id) if reference_key(other.reference) == key)
    said = stored_draws.Withdrawal(reason, actor.id, datetime.now(UTC).isoformat(timespec="seconds"), made)
    unit.record(actor.id, Entity.CASE, case.id, stored_draws.WITHDRAWN, said.to_plain())
    touched = added.touched | {("case", case.id), ("audit", "")}
    return Changes(touched, f"{case.reference} replaced by {reserve.reference}", made)


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
    recent = _recent(query.rules.exclude_months, query.today, query.cycle_id, view)
    out |= {key: Exclusion.RECENT for key in keys if key in recent}
    if query.cycle_id:
        here = {reference_key(case.reference) for case in stored.cases(view, query.cycle_id)}
        out |= {key: Exclusion.IN_CYCLE for key in keys if key in here}
    return out


def _recent(months: int, today: date, cycle_id: str, view: View) -> frozenset[str]:
    if not 0 <= months <= MOST_MONTHS:
        raise BadInput(
            "months-out-of-range", "Months", f"Cases are left out for 0 to {MOST_MONTHS} months.", "Choose 12, or none."
        )
    if not months:
        return frozenset()
    since = months_before(today, months)
    return frozenset(key for key, day in stored_draws.audited_on(view, cycle_id).items() if day > since)


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


def _checked_reason(reason: str) -> str:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Refused(
            "reason-needed",
            "Why?",
            f"Replacing a case needs a reason of up to {LONGEST_REASON} characters.",
            "Say in a sentence why; it is kept with the draw.",
        )
    return reason.strip()


def _require_replaceable(case: Case, unit: UnitOfWork) -> None:
    if case.id in stored_draws.withdrawals(unit):
        raise Refused("case-withdrawn", "Taken out already", "This case is no longer in the cycle.", "Choose another.")
    if any(audit.case_id == case.id and audit.signed_off for audit in stored.audits(unit, case.cycle_id)):
        raise Refused("signed-off", "Signed off", "The audit of this case is signed off.", "Leave it in the sample.")


def _place_in_draw(case: Case, unit: UnitOfWork) -> tuple[DrawRecord, str]:
    """The draw the case belongs to, drawn or come in later, and its stratum."""
    key = reference_key(case.reference)
    for record in reversed(stored_draws.draws(unit, case.cycle_id)):
        drawn = next((one for one in record.drawn if one.case == case.id), None)
        came_in = next((one for one in record.reserve if reference_key(one.reference) == key), None)
        if drawn or came_in:
            if not record.strata_kept:
                raise Refused(
                    "stratum-not-kept",
                    "Its group is not known",
                    "The sample was drawn by special-category data that was not kept with the cases.",
                    "Take the case out, and draw one more from the list with the same seed.",
                )
            return record, (drawn or came_in).stratum  # type: ignore[union-attr]  # one of them is there
    raise Refused(
        "not-drawn",
        "Not drawn",
        "This case was not drawn as a sample, so nothing says which comes next.",
        "Take it out with a reason and add another.",
    )


def _next(record: DrawRecord, stratum: str, case: Case, today: date, unit: UnitOfWork) -> Reserve:
    here = frozenset(reference_key(other.reference) for other in stored.cases(unit, case.cycle_id))
    recent = _recent(record.rules.exclude_months, today, case.cycle_id, unit)
    found = next_in_order(record.reserve, stratum, here | recent)
    if found is None:
        raise Refused(
            "no-replacement-left",
            "Nobody left in this group",
            "No further case of the same group was held in reserve.",
            "Draw one more from the list with the same seed.",
        )
    return found


def _as_case(reserve: Reserve) -> NewCase:
    details = reserve.details
    return NewCase(
        reserve.reference,
        details.get("team", ""),
        details.get("plan_type", ""),
        details.get("age_band", ""),
        conflicts=reserve.conflicts,
    )
