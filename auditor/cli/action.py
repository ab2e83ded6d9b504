"""`auditor action`: the follow-up actions a person may see, the longest overdue first."""

from datetime import date
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.cycle import find_cycle
from auditor.cli.output import dmy, json_option, show, table
from auditor.domain.action import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.services.actions import ActionLine


@click.group()
def action() -> None:
    """List follow-up actions."""


@action.command("list")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Only actions that stand so.")
@click.option("--cycle", "cycle_id", default="", help="Only actions of this cycle, by id or title.")
@json_option
@with_access()
def list_actions(access: Access, status: str | None, cycle_id: str, as_json: bool) -> None:
    """List actions, overdue first. An action is complete only when another person has verified it."""
    from auditor.services.actions import ActionQuery
    from auditor.services.actions import list_actions as ask_actions

    with access.signed_in() as session:
        cycle = find_cycle(session, cycle_id).id if cycle_id else ""
        query = ActionQuery(date.today(), cycle_id=cycle, status=Status(status) if status else None)
        found = session.ask(ask_actions, query)
    show([_plain(line) for line in found], as_json, lambda: action_table(found))


def action_table(lines: "Sequence[ActionLine]") -> str:
    """Actions as a text table."""
    rows = [
        (
            line.action.number,
            line.status.words,
            dmy(line.action.due),
            line.days_late,
            line.owner_name,
            line.action.case_reference,
            line.theme_title,
            _short(line.action.text),
        )
        for line in lines
    ]
    headings = ("Number", "Status", "Due", "Days late", "Owner", "Case", "Theme", "Action")
    return table(headings, rows, "No actions.")


def _plain(line: "ActionLine") -> dict[str, object]:
    action = line.action
    steps = [
        {
            "step": taken.step.value,
            "by": name,
            "on": taken.on.isoformat(),
            "note": taken.note,
            "evidence": taken.evidence,
        }
        for taken, name in zip(action.steps, line.step_names, strict=True)
    ]
    return {
        "id": action.id,
        "number": action.number,
        "text": action.text,
        "intended_outcome": action.intended_outcome,
        "status": line.status.value,
        "status_words": line.status.words,
        "owner": line.owner_name,
        "raised": action.raised_on.isoformat(),
        "due": action.due.isoformat(),
        "days_late": line.days_late,
        "cycle": action.cycle_id,
        "audit": action.audit_id,
        "case": action.case_reference,
        "section": action.section_id,
        "question": action.question_id,
        "theme": action.theme,
        "steps": steps,
    }


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
