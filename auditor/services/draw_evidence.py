"""The evidence of how the samples of a cycle were drawn, to look at and as a workbook."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from auditor.domain.draw_evidence import GONE, Evidence, Replaced, evidence_of
from auditor.domain.draw_record import DrawRecord
from auditor.domain.errors import Missing
from auditor.domain.roles import Duty, Person, require
from auditor.services.sampling import Drawing
from auditor.store.queries import draws as stored_draws
from auditor.store.queries import people as stored_people
from auditor.store.queries import plans as stored_plans
from auditor.store.queries import programme as stored
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class ExportEvidence:
    """The evidence of every draw of a cycle, to be written to `path` (.xlsx)."""

    cycle_id: str
    path: Path


def evidence(cycle_id: str, actor: Person, view: View) -> tuple[Evidence, ...]:
    """How each sample of a cycle was drawn, the oldest first; empty where its cases came from a list."""
    require(actor, Duty.RUN_CYCLES)
    cycle = stored.cycle(view, cycle_id)
    references = {case.id: case.reference for case in stored.cases(view, cycle_id)}
    names = stored_people.names(view)
    found = []
    for kept in stored_draws.draws(view, cycle_id):
        found.append(
            evidence_of(
                kept.record,
                references,
                title=cycle.title,
                by=names.get(kept.record.by, ""),
                replaced=_replaced(kept.record, references, view),
                sample=cycle.sample,
            )
        )
    return tuple(found)


def evidence_alone(drawing: Drawing, title: str) -> Evidence:
    """The evidence of a draw that is in no cycle."""
    references = {line.key: line.reference for line in drawing.draw.drawn}
    return evidence_of(drawing.record, references, title=title)


def export_evidence(command: ExportEvidence, actor: Person, view: View) -> Path:
    """Write the evidence of a cycle as a workbook and give its path; raises `Missing` (no-draw)."""
    found = evidence(command.cycle_id, actor, view)
    if not found:
        raise Missing(
            "no-draw", "Not a sample", "No sample was drawn for this cycle.", "Draw one from a list of cases."
        )
    return write_alone(found, command.path)


def write_alone(found: tuple[Evidence, ...], path: Path) -> Path:
    """Write evidence as a workbook and give its path."""
    from auditor.reports.draw_evidence import write_evidence

    return write_evidence(found, path)


def _replaced(record: DrawRecord, references: dict[str, str], view: View) -> list[Replaced]:
    """The cases of this draw that were replaced, and those that came in and were replaced again."""
    names, out = stored_people.names(view), stored_plans.withdrawals(view)
    found = []
    # A case that came in may be replaced in its turn.
    waiting = [one.case for one in record.drawn]
    while waiting:
        case_id = waiting.pop()
        one = out.get(case_id)
        if one is None or case_id not in references:
            continue
        waiting.append(one.replaced_by)
        found.append(
            Replaced(
                reference=references[case_id],
                replaced_by=references.get(one.replaced_by, GONE) if one.replaced_by else "nobody",
                reason=one.reason,
                by=names.get(one.by, ""),
                on=datetime.fromisoformat(one.at).astimezone().date(),
            )
        )
    return sorted(found, key=lambda one: (one.on, one.reference))
