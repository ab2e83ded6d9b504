"""`auditor audit move`: what is different in a newer version of an audit's template, and moving to it or back."""

from typing import TYPE_CHECKING, Any

import click

from auditor.cli.access import Access, with_access
from auditor.cli.cycle import find_cycle
from auditor.cli.output import json_option, one_of, show
from auditor.domain.errors import BadInput
from auditor.domain.template_difference import Act

if TYPE_CHECKING:
    from auditor.services.carried import Carried
    from auditor.services.moving import MoveView
    from auditor.services.session import Session


@click.command()
@click.option("--cycle", "cycle_id", required=True, help="The id or title of the cycle.")
@click.option("--case", "reference", default="", help="The reference of the case; left out, every audit of the cycle.")
@click.option("--to", "version", default="", help="The version to move to; the newest where it is left out.")
@click.option("--propose", "act", flag_value="propose", help="Propose it: an auditor accepts by that, a lead does not.")
@click.option("--accept", "act", flag_value="accept", help="Accept it; when both auditors have, the audit is moved.")
@click.option("--decline", "act", flag_value="decline", help="Say no, or take one's own yes back.")
@click.option("--undo", "act", flag_value="undo", help="Go back to the version before.")
@json_option
@with_access()
def move(access: Access, cycle_id: str, reference: str, version: str, act: str | None, as_json: bool) -> None:
    """Show what a newer version of the template changes in an audit; with an option, move to it or back."""
    with access.signed_in() as session:
        found = find_cycle(session, cycle_id)
        if not reference:
            said = _whole_cycle(session, found.id, version, act)
            show({"cycle": found.id, "said": said}, as_json, lambda: f"{said}.")
            return
        audit_id = _audit(session, found.id, reference)
        shown = _shown(session, audit_id, version)
        said = _carry_out(session, shown, act) if act else ""
        shown = _shown(session, audit_id, "" if act else version)
    show(_plain(shown, said), as_json, lambda: _words(shown, said))


def _whole_cycle(session: "Session", cycle_id: str, version: str, act: str | None) -> str:
    from auditor.services.cycles import cycle_view
    from auditor.services.moving import CycleToVersion, MoveQuery, move_view, propose_for_cycle
    from auditor.services.newer_versions import version_order

    if act != "propose":
        raise BadInput(
            "case-needed", "Which case?", "Without a case, a move can only be proposed.", "Name one with --case."
        )
    asked = [session.ask(move_view, MoveQuery(line.audit.id)) for line in session.ask(cycle_view, cycle_id).audits]
    # An audit that moved before has fewer to move to than others of its cycle.
    offers = sorted({card for shown in asked for card in shown.offers}, key=lambda card: version_order(card.version))
    if not offers:
        raise _no_newer()
    target = one_of(offers, version, lambda card: (card.hash, card.version), "version") if version else offers[-1]
    return session.do(propose_for_cycle, CycleToVersion(cycle_id, target.hash)).sentence


def _carry_out(session: "Session", shown: "MoveView", act: str) -> str:
    from auditor.services import moving

    if act == "undo":
        return session.do(moving.undo_move, shown.audit.id).sentence
    if shown.target is None:
        raise _no_newer()
    acts = {"propose": moving.propose, "accept": moving.accept, "decline": moving.decline}
    return session.do(acts[act], moving.ToVersion(shown.audit.id, shown.target.hash)).sentence


def _audit(session: "Session", cycle_id: str, reference: str) -> str:
    from auditor.services.cycles import cycle_view

    view = session.ask(cycle_view, cycle_id)
    line = one_of(view.audits, reference, lambda item: (item.audit.id, item.case.reference), "audit")
    return str(line.audit.id)


def _shown(session: "Session", audit_id: str, version: str) -> "MoveView":
    from auditor.services.moving import MoveQuery, move_view

    found = session.ask(move_view, MoveQuery(audit_id))
    if not version:
        return found
    card = one_of(found.offers, version, lambda item: (item.hash, item.version), "version")
    return session.ask(move_view, MoveQuery(audit_id, card.hash))


def _no_newer() -> BadInput:
    return BadInput(
        "no-newer-version", "No newer version", "This workspace holds no newer version.", "Add the template file first."
    )


def _plain(shown: "MoveView", said: str) -> dict[str, Any]:
    counted = shown.counted
    return {
        "said": said,
        "version": shown.now.version,
        "newer": [card.version for card in shown.offers],
        "to": shown.target.version if shown.target else None,
        "proposed": shown.proposed,
        "accepted": list(shown.accepted),
        "declined": list(shown.declined),
        "waiting_for": list(shown.waiting_for),
        "why_not": shown.why_not,
        "undo_to": shown.before.version if shown.before else None,
        "differences": [
            {"question": change.number, "act": change.act.value, "text": change.text, "said": list(change.said)}
            for change in (counted.difference.questions if counted else ())
        ],
        "also": list(counted.difference.rest) if counted else [],
        "own_answers": {"stand": counted.stands, "to_review": counted.to_review} if counted else None,
        "carried": [_carried(item) for item in shown.carried],
    }


def _carried(item: "Carried") -> dict[str, Any]:
    return {
        "question": item.number,
        "asked": item.question,
        "answer": item.answer,
        "comment": item.comment,
        "location": item.location,
        "good_practice": item.good_practice,
        "why": item.why,
        "to_answer": item.to_answer,
        "read": item.read,
    }


def _words(shown: "MoveView", said: str) -> str:
    lines = [f"{said}.", ""] if said else []
    lines.append(f"The audit stands under version {shown.now.version}.")
    if shown.target and shown.counted:
        lines += _offer(shown)
    elif not shown.offers:
        lines.append("There is no newer version in this workspace.")
    if shown.why_not and shown.offers:
        lines.append(f"It cannot be moved. {shown.why_not}")
    if shown.before:
        lines.append(f"--undo goes back to version {shown.before.version}.")
    if shown.carried:
        lines += ["", "Carried, needs review:", *map(_carried_line, shown.carried)]
    return "\n".join(lines)


def _offer(shown: "MoveView") -> list[str]:
    assert shown.target is not None
    assert shown.counted is not None
    found = shown.counted.difference
    counts = ", ".join(f"{found.count(act)} {act.value}" for act in Act if found.count(act))
    lines = [f"Version {shown.target.version} is here: {counts or 'no question is different'}."]
    for change in found.questions:
        lines.append(f"  {change.number:<6} {change.act.value:<16} {change.text}")
        lines += [f"         {sentence}" for sentence in change.said]
    lines += [f"  {sentence}" for sentence in found.rest]
    lines.append(f"Of your answers {shown.counted.stands} stand and {shown.counted.to_review} need review.")
    if shown.proposed:
        lines.append(f"Accepted by: {', '.join(shown.accepted) or 'nobody yet'}.")
        lines.append(f"Waits for: {', '.join(shown.waiting_for) or 'nobody'}.")
    return lines


def _carried_line(item: "Carried") -> str:
    state = "answer again" if item.to_answer else "read" if item.read else "to read"
    notes = "; ".join(filter(None, (item.comment, item.location, "good practice" if item.good_practice else "")))
    return f"  {item.number:<6} {state:<12} {item.question} {item.answer}{f' ({notes})' if notes else ''}. {item.why}"
