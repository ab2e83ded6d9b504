"""`auditor audit reopen|replace|cancel|extend`: what changes of the plan of an audit that is under way."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from auditor.cli.access import Access, with_access
from auditor.cli.output import DAY, json_option, one_of, show

if TYPE_CHECKING:
    from auditor.domain.changes import Changes
    from auditor.services.plans import PlanView

_AUDIT = click.option("--audit", "audit_id", required=True, help="The id of the audit.")


@click.command()
@_AUDIT
@json_option
@with_access()
def reopen(access: Access, audit_id: str, as_json: bool) -> None:
    """Open one's own finished answers again, while the partner has not finished."""
    from auditor.services.plans import Reopen
    from auditor.services.plans import reopen as act

    _carry_out(access, audit_id, act, Reopen(audit_id), as_json)


@click.command()
@_AUDIT
@click.option("--former", required=True, help="Who gives the audit up, by name or id.")
@click.option("--new", required=True, help="Who takes over, by name or id.")
@click.option("--reason", required=True, help="Why, in a sentence; it is kept. Nothing about anybody's health.")
@json_option
@with_access()
def replace(access: Access, audit_id: str, former: str, new: str, reason: str, as_json: bool) -> None:
    """Let somebody take over from an auditor; who recorded what stays as it is."""
    from auditor.services.people import everybody
    from auditor.services.plans import ReplaceAuditor, replace_auditor

    with access.signed_in() as session:
        people = session.ask(everybody, None)
        ids = [one_of(people, name, lambda item: (item.id, item.name), "person").id for name in (former, new)]
        changes = session.do(replace_auditor, ReplaceAuditor(audit_id, ids[0], ids[1], reason))
        _tell(changes, _plain(session.ask(_plan(), audit_id)), as_json)


@click.command()
@_AUDIT
@click.option("--reason", default="", help="Why, in a sentence; it is kept.")
@click.option("--undo", is_flag=True, help="Take the cancellation back.")
@json_option
@with_access()
def cancel(access: Access, audit_id: str, reason: str, undo: bool, as_json: bool) -> None:
    """Cancel an audit, so that it waits for nobody and is counted nowhere; or take that back."""
    from auditor.services import plans

    if undo:
        _carry_out(access, audit_id, plans.restore, plans.RestoreAudit(audit_id), as_json)
    else:
        _carry_out(access, audit_id, plans.cancel, plans.CancelAudit(audit_id, reason), as_json)


@click.command()
@_AUDIT
@click.option("--until", type=DAY, help="The day asked for, or given.")
@click.option("--reason", default="", help="Why, in a sentence; it is kept.")
@click.option("--grant", "decision", flag_value="grant", help="As the lead: give the time, asked for or not.")
@click.option("--decline", "decision", flag_value="decline", help="As the lead: say no, with the reason.")
@json_option
@with_access()
def extend(access: Access, audit_id: str, until: date | None, reason: str, decision: str | None, as_json: bool) -> None:
    """Ask for more time for an audit; the lead grants it or declines it."""
    from auditor.services import plans

    if decision is not None:
        command = plans.DecideTime(audit_id, decision == "grant", until, reason)
        _carry_out(access, audit_id, plans.decide_time, command, as_json)
    elif until is None:
        raise click.UsageError("Name the day that is asked for with --until.")
    else:
        _carry_out(access, audit_id, plans.ask_for_time, plans.AskForTime(audit_id, until, reason), as_json)


VERBS = (reopen, replace, cancel, extend)


def _plan() -> "Callable[..., PlanView]":
    from auditor.services.plans import plan

    return plan


def _carry_out(access: Access, audit_id: str, act: Callable[..., "Changes"], command: object, as_json: bool) -> None:
    with access.signed_in() as session:
        changes = session.do(act, command)
        _tell(changes, _plain(session.ask(_plan(), audit_id)), as_json)


def _tell(changes: "Changes", plain: dict[str, Any], as_json: bool) -> None:
    show(plain, as_json, lambda: f"{changes.sentence}.")


def _plain(view: "PlanView") -> dict[str, Any]:
    audit, extension = view.audit, view.plans.extension
    return {
        "id": audit.id,
        "case": view.case.reference,
        "stage": audit.stage.value,
        "auditors": [view.names.get(person, "") for person in audit.auditors.values()],
        "due": view.due.isoformat(),
        "asked_until": extension.asked.until.isoformat() if extension.asked else None,
        "changed": list(view.news),
    }
