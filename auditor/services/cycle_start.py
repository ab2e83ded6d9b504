"""Starting a cycle in one act: its template kept, the cycle made and its cases added, or nothing of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from auditor.domain.changes import Changes
from auditor.domain.draw_record import DrawRecord
from auditor.domain.programme import FactsBy
from auditor.domain.roles import Person
from auditor.services.cycles import CreateCycle, NewCase, create_cycle
from auditor.services.templates import KeepTemplate, keep_template
from auditor.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StartCycle:
    """A new cycle with its template in plain form and the cases of a list."""

    template: Mapping[str, Any]
    title: str
    period_start: date
    period_end: date
    due: date
    facts_by: FactsBy = FactsBy.SHARED
    cases: tuple[NewCase, ...] = ()
    sample: bool = False
    draw: DrawRecord | None = None


def start_cycle(command: StartCycle, actor: Person, unit: UnitOfWork) -> Changes:
    """Keep the template, make the cycle, add the cases; `made` is the cycle's id."""
    kept = keep_template(KeepTemplate(command.template), actor, unit)
    made = create_cycle(
        CreateCycle(
            title=command.title,
            template_hash=kept.made,
            period_start=command.period_start,
            period_end=command.period_end,
            due=command.due,
            facts_by=command.facts_by,
            sample=command.sample,
            cases=command.cases,
            draw=command.draw,
        ),
        actor,
        unit,
    )
    return kept | made
