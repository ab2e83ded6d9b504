"""Re-audits: the cases of an earlier cycle read once more, each with the sections that were graded 3 or 4."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.domain.audit import Audit
from auditor.domain.changes import Changes
from auditor.domain.errors import Missing, Refused
from auditor.domain.programme import Case, Cycle, FactsBy
from auditor.domain.reaudit import sections_to_reaudit
from auditor.domain.roles import Duty, Person, require
from auditor.domain.template import Section, Template
from auditor.services.cycles import CreateCycle, NewCase, create_cycle
from auditor.services.local_masters import local_master, program_masters
from auditor.services.newer_versions import branch_of, latest
from auditor.services.templates import KeepTemplate, keep_template
from auditor.store.queries import entries as stored
from auditor.store.queries import masters as stored_masters
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import UnitOfWork, View

if TYPE_CHECKING:
    from auditor.templates.masters import Master

VARIANT = "re-audit"


@dataclass(frozen=True, slots=True)
class WeakCase:
    """A case of the first cycle with the sections that were graded 3 or 4, in the order of the form."""

    case: Case
    audit_id: str
    sections: tuple[Section, ...]

    @property
    def words(self) -> str:
        """The case and its sections by number."""
        numbers = ", ".join(section.number for section in self.sections)
        return f"{self.case.reference} (section{'s' if len(self.sections) > 1 else ''} {numbers})"


@dataclass(frozen=True, slots=True)
class ReauditPlan:
    """What a re-audit of a cycle would read. `sound` cases had no such section; `open` audits are not signed off, so
    that nothing is known of them yet."""

    first: Cycle
    cases: tuple[WeakCase, ...]
    sound: int
    open: int


@dataclass(frozen=True, slots=True)
class StartReaudit:
    """A new cycle that reads the weak sections of an earlier one once more."""

    first_cycle: str
    title: str
    period_start: date
    period_end: date
    due: date
    facts_by: FactsBy = FactsBy.SHARED


def reaudit_plan(cycle_id: str, actor: Person, view: View) -> ReauditPlan:
    """The cases and sections a re-audit of this cycle takes, from audits that are signed off."""
    require(actor, Duty.RUN_CYCLES)
    require(actor, Duty.SEE_FINDINGS)
    cases = {case.id: case for case in programme.cases(view, cycle_id)}
    audits = [one for one in programme.audits(view, cycle_id) if one.case_id in cases and not one.cancelled]
    signed = [one for one in audits if one.signed_off]
    found = [WeakCase(cases[one.case_id], one.id, _weak(one, view)) for one in signed]
    weak = sorted((one for one in found if one.sections), key=lambda one: one.case.reference)
    return ReauditPlan(programme.cycle(view, cycle_id), tuple(weak), len(signed) - len(weak), len(audits) - len(signed))


def start_reaudit(command: StartReaudit, actor: Person, unit: UnitOfWork) -> Changes:
    """Make the cycle: its cases, each with a template of its own, and all templates kept; `made` is its id."""
    plan = reaudit_plan(command.first_cycle, actor, unit)
    if not plan.cases:
        raise Refused(
            "nothing-to-reaudit",
            "Nothing to read once more",
            "No section of this cycle's signed-off audits was graded 3 or 4.",
            "Wait until its audits are signed off, or start a cycle of another kind.",
        )
    master = _master_of(stored_people.template(unit, plan.first.template_hash), actor, unit)
    every = {section.id for one in plan.cases for section in one.sections}
    whole = keep_template(KeepTemplate(_plain(master, every)), actor, unit)
    cases = tuple(_once_more(one, master, actor, unit) for one in plan.cases)
    made = create_cycle(
        CreateCycle(
            title=command.title,
            template_hash=whole.made,
            period_start=command.period_start,
            period_end=command.period_end,
            due=command.due,
            facts_by=command.facts_by,
            sample=plan.first.sample,
            cases=cases,
            reaudit_of=plan.first.id,
        ),
        actor,
        unit,
    )
    return whole | made


def _once_more(weak: WeakCase, master: "Master", actor: Person, unit: UnitOfWork) -> NewCase:
    case = weak.case
    kept = keep_template(KeepTemplate(_plain(master, {section.id for section in weak.sections})), actor, unit)
    return NewCase(
        case.reference,
        case.team,
        case.plan_type,
        case.age_band,
        case.extra,
        tuple(sorted(case.conflicts)),
        template_hash=kept.made,
        first_audit=weak.audit_id,
    )


def _weak(audit: Audit, view: View) -> tuple[Section, ...]:
    template = stored_people.template(view, audit.template_hash)
    weak = sections_to_reaudit(template, stored.effective_answers(view, audit.id))
    return tuple(section for section in template.sections if section.id in weak)


def _plain(master: "Master", sections: set[str]) -> dict[str, Any]:
    """The re-audit with these sections as well, as far as the master still has them; its title says which."""
    from auditor.templates.variants import resolve

    known = [section.id for section in master.form.sections if section.id in sections]
    plain = dict(resolve(master, VARIANT, known).plain)
    numbers = [one.removeprefix("S").lstrip("0") or "0" for one in known]
    return plain | {"title": f"{plain['title']}: {', '.join(numbers)}"} if numbers else plain


def _master_of(first: Template, actor: Person, view: View) -> "Master":
    """The master that the first cycle's template was taken from, as it is now: the workspace's own before the
    program's, and of those the branch that the first cycle went by."""
    cards = latest(card for card in stored_masters.master_cards(view) if card.id == first.master)
    cards.sort(key=lambda card: branch_of(card.version) != branch_of(first.version))
    own = (local_master(card.hash, actor, view) for card in cards)
    for master in (*own, *program_masters()):
        if master.id == first.master and any(variant.id == VARIANT for variant in master.variants):
            return master
    raise Missing(
        "no-reaudit-variant",
        "No re-audit in this template",
        "The template of that cycle is from a form without a variant re-audit.",
        "Add the variant re-audit to the form, or start a cycle of another kind.",
    )
