"""Taking a case out of its cycle with the reason, and the next of its group in where it was drawn."""

from dataclasses import dataclass
from datetime import date

from auditor.domain.changes import Changes
from auditor.domain.draw_record import DrawRecord, Reserve, next_in_order
from auditor.domain.errors import BadInput, Refused
from auditor.domain.frame import Frame, frame_hash, reference_key
from auditor.domain.plans import Withdrawal, checked_reason
from auditor.domain.programme import Case
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, require
from auditor.domain.sampling import Plan, draw
from auditor.services.case_list import new_case
from auditor.services.cycles import AddCases, NewCase, add_cases
from auditor.services.sampling import audited_lately
from auditor.services.staff_names import StaffNames
from auditor.store.ledger import utc_now
from auditor.store.queries import draws as stored_draws
from auditor.store.queries import people as stored_people
from auditor.store.queries import plans as stored_plans
from auditor.store.queries import programme as stored
from auditor.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReplaceCase:
    """Take a drawn case out of its cycle for a reason, and put the next of its group in.

    `frame` is the list it was drawn from: only needed where the groups were not kept, or the reserve is used up.
    """

    case_id: str
    reason: str
    today: date
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    """Take a case out of its cycle for a reason, with nothing in its place."""

    case_id: str
    reason: str


def replace_case(command: ReplaceCase, actor: Person, unit: UnitOfWork) -> Changes:
    """Replace a case by the next in the order of the same group; both stay on record with the reason."""
    case, reason = _to_take_out(command.case_id, command.reason, actor, unit)
    kept = _draw_of(case, unit)
    record = kept.record
    lately = audited_lately(record.rules.exclude_months, command.today, case.cycle_id, unit)
    here = (reference_key(other.reference) for other in stored.cases(unit, case.cycle_id))
    taken = frozenset(here) | lately
    if command.frame is not None:
        new = _next_in_frame(record, case, command.frame, taken, unit)
    else:
        new = _next_in_reserve(record, case, taken)
    added = add_cases(AddCases(case.cycle_id, (new,)), actor, unit)
    key = reference_key(new.reference)
    made = next(other.id for other in stored.cases(unit, case.cycle_id) if reference_key(other.reference) == key)
    unit.record(actor.id, Entity.DRAW, kept.id, stored_draws.came_in_key(made), case.id)
    taken_out = _take_out(case, reason, actor, unit, made)
    return Changes(added.touched | taken_out, f"{case.reference} replaced by {new.reference}", made)


def withdraw_case(command: WithdrawCase, actor: Person, unit: UnitOfWork) -> Changes:
    """Take a case out of its cycle; it stays on record with the reason, and its audit is cancelled."""
    case, reason = _to_take_out(command.case_id, command.reason, actor, unit)
    return Changes(_take_out(case, reason, actor, unit), f"{case.reference} taken out")


def _to_take_out(case_id: str, reason: str, actor: Person, unit: UnitOfWork) -> tuple[Case, str]:
    """The case and the reason, checked."""
    require(actor, Duty.RUN_CYCLES)
    said = checked_reason(reason)
    case = stored.case(unit, case_id)
    if stored_plans.is_withdrawn(unit, case.id):
        raise Refused("case-withdrawn", "Taken out already", "This case is no longer in the cycle.", "Choose another.")
    if any(audit.case_id == case.id and audit.signed_off for audit in stored.audits(unit, case.cycle_id)):
        raise Refused("signed-off", "Signed off", "The audit of this case is signed off.", "Leave it in the cycle.")
    return case, said


def _take_out(
    case: Case, reason: str, actor: Person, unit: UnitOfWork, replaced_by: str = ""
) -> frozenset[tuple[str, str]]:
    said = Withdrawal(reason, actor.id, utc_now(), replaced_by)
    unit.record(actor.id, Entity.CASE, case.id, stored_plans.WITHDRAWN, said.to_plain())
    touched = {("case", case.id), ("cycle", case.cycle_id)}
    touched |= {("audit", audit.id) for audit in stored.audits(unit, case.cycle_id) if audit.case_id == case.id}
    return frozenset(touched)


def _draw_of(case: Case, unit: UnitOfWork) -> stored_draws.KeptDraw:
    """The draw the case belongs to: drawn, or come in for another."""
    for kept in stored_draws.draws(unit, case.cycle_id):
        if case.id in kept.came_in or any(one.case == case.id for one in kept.record.drawn):
            return kept
    raise Refused(
        "not-drawn",
        "Not drawn",
        "This case was not drawn as a sample, so nothing says which comes next.",
        "Take it out with a reason, and add another.",
    )


def _next_in_reserve(record: DrawRecord, case: Case, taken: frozenset[str]) -> NewCase:
    if not record.strata_kept:
        raise Refused(
            "stratum-not-kept",
            "Its group is not known",
            "The sample was drawn by special-category data that was not kept with the cases.",
            "Choose the list it was drawn from, and replace the case again.",
        )
    key = reference_key(case.reference)
    groups = [one.stratum for one in record.drawn if one.case == case.id]
    groups += [one.stratum for one in record.reserve if reference_key(one.reference) == key]
    found = next_in_order(record.reserve, groups[0], taken) if groups else None
    if found is None:
        raise _nobody_left("Choose the list it was drawn from, and replace the case again.")
    return _as_case(found)


def _next_in_frame(record: DrawRecord, case: Case, frame: Frame, taken: frozenset[str], unit: UnitOfWork) -> NewCase:
    """The next of the same group in the list the sample was drawn from."""
    if frame_hash(frame) != record.frame_hash:
        raise BadInput(
            "another-list",
            "Another list",
            "This is not the list the sample was drawn from: its fingerprint differs.",
            "Choose the list as it was on the day of the draw.",
        )
    staff, key = StaffNames(stored_people.active_auditors(unit)), reference_key(case.reference)
    lines = draw(frame, Plan(1, record.plan.seed, record.plan.strata)).lines
    stratum = next((line.stratum for line in lines if line.key == key), None)
    for line in lines:
        held = record.rules.exclude_conflicts and staff.in_row(frame, line.row)
        if line.stratum == stratum and line.key not in taken and not held:
            kept = tuple(filter(frame.is_sensitive, frame.columns)) if record.rules.keep_sensitive else ()
            return new_case(frame, line.row, staff, kept)
    raise _nobody_left("Take it out with a reason instead.")


def _nobody_left(remedy: str) -> Refused:
    return Refused("no-replacement-left", "Nobody left in this group", "No further case of the group is known.", remedy)


def _as_case(reserve: Reserve) -> NewCase:
    team, plan_type, age_band = (reserve.details.get(name, "") for name in ("team", "plan_type", "age_band"))
    return NewCase(reserve.reference, team, plan_type, age_band, conflicts=reserve.conflicts)
