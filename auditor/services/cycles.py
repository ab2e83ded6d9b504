"""Cycles: one round of audits. Taking the cases from a list, giving each to a pair, and how the round stands."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from auditor.domain.audit import Audit, Mode, Slot, Stage, as_told_to
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.draw_record import DrawRecord
from auditor.domain.errors import BadInput, Refused
from auditor.domain.facts_in import FactsIn
from auditor.domain.frame import reference_key
from auditor.domain.moderation import Why
from auditor.domain.plans import Withdrawal, require_may_give_anew, require_open
from auditor.domain.programme import Case, Cycle, FactsBy, not_given
from auditor.domain.revision import Entity, new_id
from auditor.domain.roles import Duty, Person, require
from auditor.services.given_to import pair_of
from auditor.services.moderation_choice import waiting
from auditor.services.prefilled import prefill_period
from auditor.store.queries import draws as stored_draws
from auditor.store.queries import people as stored_people
from auditor.store.queries import plans as stored_plans
from auditor.store.queries import programme as stored
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case as a list names it; `extra` keeps the columns the program does not know, `conflicts` the ids of people
    who hold, held or manage the case."""

    reference: str
    team: str = ""
    plan_type: str = ""
    age_band: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    template_hash: str = ""
    first_audit: str = ""


@dataclass(frozen=True, slots=True)
class CreateCycle:
    """A new round: which template (content hash), which part of the files is read, when pairs have agreed, and its
    cases, as far as they are known; `draw` says how they were drawn, where they are a sample."""

    title: str
    template_hash: str
    period_start: date
    period_end: date
    due: date
    facts_by: FactsBy = FactsBy.SHARED
    sample: bool = False
    cases: tuple[NewCase, ...] = ()
    draw: DrawRecord | None = None
    reaudit_of: str = ""


@dataclass(frozen=True, slots=True)
class AddCases:
    """Cases to add to a cycle; `draw` says how they were drawn, where they are a sample."""

    cycle_id: str
    cases: tuple[NewCase, ...]
    draw: DrawRecord | None = None


@dataclass(frozen=True, slots=True)
class GiveAudit:
    """Give the audit of a case to a pair (blind, joint) or to one auditor (single). `second` is empty for single."""

    case_id: str
    mode: Mode
    first: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One audit as lists show it. Nothing here tells what anybody answered; `mine` is the viewer's own part in it,
    `moderation` why it waits for a moderator, `facts` how far the shared facts are, where that was asked for."""

    audit: Audit
    case: Case
    cycle: Cycle
    auditor_names: tuple[str, ...]
    mine: Slot | None
    moderation: tuple[Why, ...] = ()
    facts: FactsIn | None = None

    @property
    def stage(self) -> Stage:
        """Where the audit stands."""
        return self.audit.stage

    @property
    def standing(self) -> str:
        """Where it stands in words: the stage, or what moderation and later changes have made of it."""
        if self.audit.void and not self.audit.cancelled:
            return self.audit.void.words
        if self.moderation:
            return "Waiting for moderation"
        return self.audit.moderated.words if self.audit.moderated else self.stage.words

    @property
    def due(self) -> date:
        """When the pair has agreed it: the cycle's day, or a later one that was granted."""
        return self.audit.extended_to or self.cycle.due


@dataclass(frozen=True, slots=True)
class CycleView:
    """A cycle with its cases (given out or not), its audits, how many are at each stage, and the cases taken out."""

    cycle: Cycle
    template_title: str
    cases: tuple[Case, ...]
    audits: tuple[AuditLine, ...]
    stages: Mapping[Stage, int]
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many cases are in it; those taken out are not."""
        return len(self.cases) - len(self.withdrawn)

    @property
    def not_given(self) -> tuple[Case, ...]:
        """The cases that nobody audits yet."""
        return not_given(self.cases, {line.case.id for line in self.audits}, self.withdrawn)


def create_cycle(command: CreateCycle, actor: Person, unit: UnitOfWork) -> Changes:
    """Start a cycle; its template is pinned by content hash from now on."""
    require(actor, Duty.RUN_CYCLES)
    stored_people.template(unit, command.template_hash)
    title = command.title.strip()
    if not title or len(title) > 120:
        raise BadInput("title-needed", "Title", "A cycle needs a title of up to 120 characters.", "Name it.")
    if title.casefold() in {cycle.title.casefold() for cycle in stored.cycles(unit)}:
        raise BadInput("title-taken", "Title in use", "A cycle of that title is here already.", "Choose another title.")
    if command.period_start > command.period_end:
        raise BadInput("period-reversed", "Period", "The period read starts after it ends.", "Exchange the two dates.")
    details: dict[str, Json] = {
        "title": title,
        "template": command.template_hash,
        "period_start": command.period_start.isoformat(),
        "period_end": command.period_end.isoformat(),
        "due": command.due.isoformat(),
        "facts_by": command.facts_by.value,
        "sample": command.sample,
    }
    if command.reaudit_of:
        details["reaudit_of"] = command.reaudit_of
    cycle_id = new_id()
    unit.record(actor.id, Entity.CYCLE, cycle_id, stored.DETAILS, details)
    made = Changes(frozenset({("cycle", cycle_id)}), f"Cycle {title} created", cycle_id)
    if not command.cases:
        return made
    return add_cases(AddCases(cycle_id, command.cases, command.draw), actor, unit) | made


def add_cases(command: AddCases, actor: Person, unit: UnitOfWork) -> Changes:
    """Add cases to a cycle: all of them or, where a reference is empty or there already, none."""
    require(actor, Duty.RUN_CYCLES)
    stored.cycle(unit, command.cycle_id)
    known = {reference_key(case.reference): case.id for case in stored.cases(unit, command.cycle_id)}
    touched = {("cycle", command.cycle_id)}
    for case in command.cases:
        reference = case.reference.strip()
        if not reference or len(reference) > 60:
            raise BadInput(
                "case-reference",
                "Case reference",
                "Every case needs a reference of up to 60 characters.",
                "Fill it in.",
            )
        if reference_key(reference) in known:
            raise BadInput(
                "case-twice", "Case twice", f"Case {reference} is in this cycle already.", "Remove it from the list."
            )
        case_id = known[reference_key(reference)] = new_id()
        unit.record(actor.id, Entity.CASE, case_id, stored.DETAILS, _case_details(command.cycle_id, reference, case))
        touched.add(("case", case_id))
    if command.draw is not None:
        kept: dict[str, Json] = {"cycle": command.cycle_id, "record": command.draw.with_cases(known).to_plain()}
        unit.record(actor.id, Entity.DRAW, new_id(), stored_draws.DRAWN, kept)
    return Changes(frozenset(touched), f"{len(command.cases)} cases added")


def give_audit(command: GiveAudit, actor: Person, unit: UnitOfWork) -> Changes:
    """Give a case to its auditors; while no auditor has recorded anything the pair can still be changed."""
    require(actor, Duty.RUN_CYCLES)
    case = stored.case(unit, command.case_id)
    cycle = stored.cycle(unit, case.cycle_id)
    template_hash = case.template_hash or cycle.template_hash
    template = stored_people.template(unit, template_hash)
    pair = pair_of(command.mode, command.first, command.second, template, unit)
    standing = next((item for item in stored.audits(unit, cycle.id) if item.case_id == case.id), None)
    if stored_plans.is_withdrawn(unit, case.id):
        raise Refused("case-withdrawn", "Taken out", "This case is no longer in the cycle.", "Choose another.")
    if standing:
        require_open(standing)
        require_may_give_anew(standing, actor)
    if standing and (standing.started - {Slot.FACTS} or standing.submitted):
        raise Refused("already-started", "Already begun", "This audit has answers already.", "Let the pair finish it.")
    audit_id = audit_id_of(case.id)
    setup: dict[str, Json] = {
        "cycle": cycle.id,
        "case": case.id,
        "template": template_hash,
        "mode": command.mode.value,
        "facts_by": cycle.facts_by.value,
        "prefilled": prefill_period(audit_id, command.mode, cycle, template, actor, unit),
    }
    unit.record(actor.id, Entity.AUDIT, audit_id, stored.SETUP, setup)
    unit.record(actor.id, Entity.AUDIT, audit_id, stored.PAIR, {slot.value: person for slot, person in pair.items()})
    for slot in standing.formers if standing else ():
        unit.record(actor.id, Entity.AUDIT, audit_id, stored_plans.replaced_key(slot), None)
    return Changes(frozenset({("audit", audit_id), ("cycle", cycle.id)}), f"{case.reference} given out", audit_id)


def audit_id_of(case_id: str) -> str:
    """The id of the audit of a case: made from the case's, so that giving it out on two computers makes one audit."""
    return hashlib.sha256(f"audit of {case_id}".encode("ascii")).hexdigest()[:32]


def all_cycles(_query: None, _actor: Person, view: View) -> list[Cycle]:
    """Every cycle, the newest first."""
    return stored.cycles(view)


def newest_with_audits(
    cycles: Sequence[Cycle], lines: Sequence[AuditLine], stages: Collection[Stage] = tuple(Stage)
) -> Cycle | None:
    """The first of `cycles` (the newest comes first) that has an audit at one of these stages."""
    held = {line.cycle.id for line in lines if line.stage in stages}
    return next((cycle for cycle in cycles if cycle.id in held), None)


def cycle_view(cycle_id: str, actor: Person, view: View) -> CycleView:
    """One cycle with its cases and audits."""
    cycle = stored.cycle(view, cycle_id)
    lines = audit_lines(cycle_id, actor, view)
    cases = stored.cases(view, cycle_id)
    here = {case.id for case in cases}
    return CycleView(
        cycle=cycle,
        template_title=stored_people.template(view, cycle.template_hash).title,
        cases=tuple(cases),
        audits=tuple(lines),
        stages=Counter(line.stage for line in lines),
        withdrawn={case_id: one for case_id, one in stored_plans.withdrawals(view).items() if case_id in here},
    )


def audit_lines(cycle_id: str, actor: Person, view: View) -> list[AuditLine]:
    """The audits of a cycle (of all cycles where `cycle_id` is empty), by cycle and case reference."""
    names = stored_people.names(view)
    cycles = {cycle.id: cycle for cycle in stored.cycles(view)}
    cases = {case.id: case for case in stored.cases(view, cycle_id)}
    audits = stored.audits(view)
    waits = waiting(audits, view)
    lines = [
        AuditLine(
            audit=as_told_to(audit, actor),
            case=cases[audit.case_id],
            cycle=cycles[audit.cycle_id],
            auditor_names=tuple(names.get(person, "somebody") for person in audit.auditors.values()),
            mine=audit.slot_of(actor.id),
            moderation=waits.get(audit.id, ()),
        )
        for audit in audits
        if audit.case_id in cases and audit.cycle_id in cycles
    ]
    return sorted(lines, key=lambda line: (-line.cycle.due.toordinal(), line.cycle.title, line.case.reference))


def _case_details(cycle_id: str, reference: str, case: NewCase) -> dict[str, Json]:
    return {
        "cycle": cycle_id,
        "reference": reference,
        "team": case.team.strip(),
        "plan_type": case.plan_type.strip(),
        "age_band": case.age_band.strip(),
        "extra": dict(case.extra),
        "conflicts": [*sorted(case.conflicts)],
        **({"template": case.template_hash} if case.template_hash else {}),
        **({"first_audit": case.first_audit} if case.first_audit else {}),
    }
