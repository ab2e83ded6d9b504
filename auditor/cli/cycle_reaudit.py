"""`auditor cycle create --reaudit-of`: a cycle that reads the weak sections of an earlier one once more."""

from datetime import date
from typing import TYPE_CHECKING

from auditor.domain.errors import BadInput
from auditor.domain.programme import FactsBy

if TYPE_CHECKING:
    from auditor.services.session import Session


def require_one_source(template_id: str, reaudit_of: str, with_cases: bool) -> None:
    """Raise `BadInput` unless either a template or a cycle to read once more is named, the latter without a list."""
    if bool(template_id) == bool(reaudit_of) or (reaudit_of and with_cases):
        raise BadInput(
            "template-or-reaudit",
            "Template or re-audit",
            "A cycle has either --template, with its --cases, or --reaudit-of, which brings both.",
            "Name the one or the other.",
        )


def create_reaudit(
    session: "Session", first: str, title: str, period: tuple[date, date], due: date, facts_by: FactsBy
) -> tuple[dict[str, object], str]:
    """Start the re-audit; gives what to print as JSON, and as words."""
    from auditor.cli.cycle import find_cycle
    from auditor.services.reaudit import StartReaudit, reaudit_plan, start_reaudit

    earlier = find_cycle(session, first)
    plan = session.ask(reaudit_plan, earlier.id)
    made = session.do(start_reaudit, StartReaudit(earlier.id, title, *period, due, facts_by)).made
    plain: dict[str, object] = {
        "id": made,
        "title": title.strip(),
        "reaudit_of": earlier.id,
        "cases": [
            {"case": weak.case.reference, "sections": [section.id for section in weak.sections]} for weak in plan.cases
        ],
        "without_weak_sections": plan.sound,
        "not_signed_off": plan.open,
    }
    cases = "; ".join(weak.words for weak in plan.cases)
    return plain, f"Cycle {title.strip()} started with {len(plan.cases)} cases: {cases}. Its id is {made}"
