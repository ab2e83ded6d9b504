"""How the sample of the cycle that runs now was drawn: from a list, with a seed, and one case replaced."""

from dataclasses import dataclass
from datetime import date

from auditor.domain.draw_record import Rules
from auditor.domain.frame import Frame
from auditor.domain.sampling import Plan, Quota
from auditor.resources import resources_dir
from auditor.services.case_list import read_frame
from auditor.services.cycles import cycle_view
from auditor.services.replacing import ReplaceCase, replace_case
from auditor.services.sampling import Drawing, SampleQuery, draw_sample
from auditor.services.session import Session

_MONTHS = 12
_BY_TEAM = "team"


@dataclass(frozen=True, slots=True)
class DrawPlan:
    """A sample to draw: how many from which list with which seed, and the case that is replaced and why."""

    file: str
    n: int
    seed: int
    replaced: str
    reason: str


def draw_cases(plan: DrawPlan, lead: Session, today: date) -> Drawing:
    """Draw by team, leaving out what was audited lately and what an auditor holds, held or manages."""
    frame = read_frame(resources_dir() / "demo" / plan.file).frame
    rules = Rules(exclude_months=_MONTHS, exclude_conflicts=True)
    drawn = Plan(plan.n, plan.seed, (frame.heading(_BY_TEAM),), (_quota(frame),))
    return lead.ask(draw_sample, SampleQuery(frame, drawn, today, rules))


def replace_one(plan: DrawPlan, cycle_id: str, lead: Session, today: date) -> None:
    """Take one drawn case out with the reason; the next of its team comes in."""
    cases = lead.ask(cycle_view, cycle_id).cases
    case_id = next(case.id for case in cases if case.reference == plan.replaced)
    lead.do(replace_case, ReplaceCase(case_id, plan.reason, today))


def _quota(frame: Frame) -> Quota:
    """At least two children of minority ethnic communities."""
    column = frame.heading("ethnicity")
    minority = {value for value in frame.columns[column] if value and not value.startswith("White: English")}
    return Quota(column, tuple(sorted(minority)), 2)
