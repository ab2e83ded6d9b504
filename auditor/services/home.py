"""Home: what this person can do next, by the hat they wear, and how the latest cycle stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from auditor.domain.action import Status
from auditor.domain.audit import OWN_SLOTS, Mode, Slot, Stage
from auditor.domain.programme import Cycle, not_given
from auditor.domain.reconciliation import Likeness
from auditor.domain.roles import Duty, Person, Role, may
from auditor.services.actions import ActionLine, ActionQuery, list_actions
from auditor.services.cycles import AuditLine, CycleView, cycle_view, newest_with_audits
from auditor.services.cycles import audit_lines as lines_of
from auditor.services.facts_in import facts_rows
from auditor.services.feedback_waiting import heard_rows, remark_rows
from auditor.services.moderation_waiting import moderation_count, moderation_rows
from auditor.services.move_waiting import move_rows
from auditor.services.plan_waiting import plan_rows
from auditor.services.programme_waiting import gap_rows, round_rows
from auditor.services.reconciling import reconcile_view
from auditor.services.scoring import DeskView, desk
from auditor.services.waiting import Hat, Verb, Waiting
from auditor.store.queries import plans, programme
from auditor.store.unit_of_work import View


@dataclass(frozen=True)
class HomeView:
    """Everything Home shows. `resume` is the desk of the audit worked on last."""

    resume: DeskView | None
    waiting: tuple[Waiting, ...]
    cycle: CycleView | None
    next_due: Cycle | None
    empty: bool


def home(today: date, actor: Person, view: View) -> HomeView:
    """What waits for the person as of today."""
    cycles = programme.cycles(view)
    lines = lines_of("", actor, view)
    actions = list_actions(ActionQuery(today), actor, view)
    mine = [line for line in lines if line.mine and not line.audit.is_over]
    resume = _resume(mine, actor, view)
    audits = [
        row
        for line in mine
        if not (resume and resume.audit.id == line.audit.id)
        for row in _audit_row(line, actor, view)
    ]
    leading = (*move_rows(mine, actor, view), *plan_rows(lines, actor, view), *_lead_rows(cycles, lines, actor, view))
    waiting = (
        *audits,
        *facts_rows(lines, actor, view),
        *leading,
        *round_rows(today, lines, actor, view),
        *gap_rows(today, actor, view),
        *moderation_rows(lines, actor, view),
        *remark_rows(actor, view),
        *heard_rows(actor, view),
        *_action_rows(actions, actor),
    )
    upcoming = [cycle for cycle in cycles if any(line.cycle.id == cycle.id for line in mine)]
    shown = newest_with_audits(cycles, lines) or next(iter(cycles), None)
    return HomeView(
        resume=resume,
        waiting=waiting,
        cycle=cycle_view(shown.id, actor, view) if shown else None,
        next_due=min(upcoming, key=lambda cycle: cycle.due, default=None),
        empty=not cycles,
    )


def _resume(mine: list[AuditLine], actor: Person, view: View) -> DeskView | None:
    """The desk of the audit this person recorded something in last and has not finished."""
    begun = []
    for line in mine:
        slot = line.mine
        if slot and slot in line.audit.started and slot not in line.audit.submitted:
            opened = desk(line.audit.id, actor, view)
            if opened.left and not opened.locked:
                begun.append((programme.last_touched(view, line.audit.id, slot), opened))
    return max(begun, key=lambda pair: pair[0])[1] if begun else None


def _audit_row(line: AuditLine, actor: Person, view: View) -> list[Waiting]:
    audit, reference = line.audit, line.case.reference
    partner = next(
        (name for person, name in zip(audit.auditors.values(), line.auditor_names, strict=True) if person != actor.id),
        "",
    )
    if audit.stage is Stage.TO_RECONCILE:
        comparisons = reconcile_view(audit.id, actor, view).comparisons
        differ = [item for item in comparisons if item.likeness is Likeness.DIFFER]
        wide = sum(1 for item in differ if item.distance >= 2)
        answers = f"{len(comparisons)} answer{'' if len(comparisons) == 1 else 's'}"
        verb = "differs" if len(differ) == 1 else "differ"
        stands = audit.void.words if audit.void else "Both finished"
        detail = f"{stands} · {len(differ)} of {answers} {verb}, {wide} by two steps or more"
        return [_waiting(line, Verb.RECONCILE, f"{reference}: agree answers with {partner}", detail)]
    if line.mine in OWN_SLOTS and line.mine in audit.submitted:
        return []
    opened = desk(audit.id, actor, view)
    done, asked = opened.progress
    beside = f"{audit.void.words} · " if audit.void else f"With {partner} · " if partner else ""
    if line.mine is Slot.AGREED and not opened.left:
        return [_waiting(line, Verb.SIGN_OFF, f"{reference}: sign off", f"{beside}all {asked} questions answered")]
    if line.mine is Slot.AGREED and audit.mode is not Mode.BLIND and done:
        return [_waiting(line, Verb.CONTINUE, f"{reference}: continue", f"{beside}{done} of {asked} questions")]
    if line.mine in audit.started:
        return [_waiting(line, Verb.CONTINUE, f"{reference}: continue", f"{beside}{done} of {asked} questions")]
    plan = f"{line.case.plan_type} · " if line.case.plan_type else ""
    period = f"{line.cycle.period_start:%d/%m} to {line.cycle.period_end:%d/%m/%Y}"
    return [_waiting(line, Verb.START, f"{reference}: not started", f"{beside}{plan}period {period}")]


def _waiting(line: AuditLine, verb: Verb, title: str, detail: str) -> Waiting:
    return Waiting(Hat.AUDITOR, verb, line.audit.id, title, detail, line.due, line.stage, sample=line.cycle.sample)


def _lead_rows(cycles: list[Cycle], lines: list[AuditLine], actor: Person, view: View) -> list[Waiting]:
    if not may(actor, Duty.RUN_CYCLES):
        return []
    rows, to_give = [], _to_give_out(lines, view)
    for cycle in cycles:
        left = to_give[cycle.id]
        going = [line for line in lines if line.cycle.id == cycle.id and not line.audit.cancelled]
        agreed = sum(1 for line in going if line.stage is Stage.SIGNED_OFF)
        if left:
            what = f"{left} case{'' if left == 1 else 's'} without auditors"
            title, verb = f"{cycle.title}: make the pairs", Verb.GIVE_OUT
            rows.append(Waiting(Hat.QA_LEAD, verb, cycle.id, title, what, cycle.due, sample=cycle.sample))
        elif going and agreed == len(going):
            what = f"All {agreed} audits agreed" if agreed > 1 else "The one audit is agreed"
            rows.append(Waiting(Hat.QA_LEAD, Verb.OPEN, cycle.id, f"{cycle.title}: read the findings", what, cycle.due))
    return rows


def _to_give_out(lines: list[AuditLine], view: View) -> Counter[str]:
    """How many cases of each cycle have no auditors."""
    left = not_given(programme.cases(view), {line.case.id for line in lines}, plans.withdrawals(view))
    return Counter(case.cycle_id for case in left)


def _action_rows(lines: list[ActionLine], actor: Person) -> list[Waiting]:
    rows = []
    for line in lines:
        action, verb = line.action, _asked_of(actor, line)
        if verb is not None:
            detail = f"Action {action.number} · owner {line.owner_name}"
            title = f"Verify: {action.text}" if verb is Verb.VERIFY else action.text
            rows.append(Waiting(Hat.MANAGER, verb, action.id, title, detail, action.due, None, line.status))
    return rows


def _asked_of(actor: Person, line: ActionLine) -> Verb | None:
    """What an action asks of this person now."""
    if line.status is Status.AWAITING and not line.why_not_verify:
        return Verb.VERIFY
    if line.action.owner_id == actor.id and line.status in (Status.BEHIND, Status.ON_SCHEDULE):
        return Verb.UPDATE
    return None


def badges(today: date, actor: Person, view: View) -> Mapping[str, int]:
    """How many things wait for the person on each page, by page id: as many as Home has rows, without its details."""
    lines = lines_of("", actor, view)
    mine = [line for line in lines if line.mine and not line.audit.is_over]
    to_reconcile = [line for line in mine if line.stage is Stage.TO_RECONCILE]
    partners_turn = [line for line in mine if line.mine in OWN_SLOTS and line.mine in line.audit.submitted]
    waiting_elsewhere = {line.audit.id for line in (*to_reconcile, *partners_turn)}
    return {
        "audits": sum(1 for line in mine if line.audit.id not in waiting_elsewhere)
        + len(facts_rows(lines, actor, view))
        + len(plan_rows(lines, actor, view))
        + len(move_rows(mine, actor, view))
        + len(heard_rows(actor, view)),
        "reconcile": len(to_reconcile),
        "moderation": moderation_count(lines, actor, view),
        "actions": sum(1 for line in list_actions(ActionQuery(today), actor, view) if _asked_of(actor, line)),
        "templates": len(remark_rows(actor, view)),
        "cycles": (len(_to_give_out(lines, view)) if may(actor, Duty.RUN_CYCLES) else 0)
        + len(round_rows(today, lines, actor, view))
        + len(gap_rows(today, actor, view)),
    }


def hats(actor: Person) -> tuple[Hat, ...]:
    """The hats this person can have rows under."""
    worn = {
        Hat.AUDITOR: Role.AUDITOR,
        Hat.SUPPORT: Role.BUSINESS_SUPPORT,
        Hat.QA_LEAD: Role.QA_LEAD,
        Hat.MODERATOR: Role.MODERATOR,
        Hat.MANAGER: Role.MANAGER,
    }
    return tuple(hat for hat, role in worn.items() if actor.has(role))
