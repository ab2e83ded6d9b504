"""`auditor audit reply`: what the people an audit is about say of it, and what was sent to them."""

from datetime import date
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.output import DAY, dmy, json_option, show, table
from auditor.domain.reply import ReplyKind

if TYPE_CHECKING:
    from auditor.services.replies import ReplyLine

_AUDIT = click.option("--audit", "audit_id", required=True, help="The id of the audit.")
_REPLY = click.option("--reply", "reply_id", required=True, help="The id of the reply.")


@click.group()
def reply() -> None:
    """Record and list what was said of a signed-off audit."""


@reply.command()
@_AUDIT
@click.option("--kind", type=click.Choice([kind.value for kind in ReplyKind]), required=True, help="Whose words.")
@click.option("--text", required=True, help="What was said or sent, without names.")
@click.option("--who", default="", help="The role in words; never a name. Left out where the kind says it.")
@click.option("--on", type=DAY, help="When; today where it is left out.")
@click.option("--positive", is_flag=True, help="It is thanks or praise.")
@click.option("--correction", is_flag=True, help="It asks for a fact to be put right.")
@json_option
@with_access()
def add(
    access: Access,
    audit_id: str,
    *,
    kind: str,
    text: str,
    who: str,
    on: date | None,
    positive: bool,
    correction: bool,
    as_json: bool,
) -> None:
    """Record a reply beside a signed-off audit."""
    from auditor.services.replies import AddReply, add_reply

    command = AddReply(audit_id, ReplyKind(kind), text, on or date.today(), who, positive, correction)
    with access.signed_in() as session:
        changes = session.do(add_reply, command)
    show({"id": changes.made}, as_json, lambda: f"{changes.sentence}.")


@reply.command("list")
@_AUDIT
@json_option
@with_access()
def list_replies(access: Access, audit_id: str, as_json: bool) -> None:
    """List the replies of an audit with what was answered and decided."""
    from auditor.services.replies import audit_replies

    with access.signed_in() as session:
        found = session.ask(audit_replies, audit_id).lines
    rows = [
        (line.reply.id, dmy(line.reply.on), line.reply.kind.words, line.reply.who, line.reply.text, line.reply.response)
        for line in found
    ]
    text = table(("Reply", "On", "Kind", "Who", "Words", "Answer"), rows, "Nobody has replied yet.")
    show([_plain(line) for line in found], as_json, lambda: text)


@reply.command()
@_AUDIT
@_REPLY
@click.option("--text", required=True, help="What the pair answers; '' takes it back.")
@json_option
@with_access()
def respond(access: Access, audit_id: str, reply_id: str, text: str, as_json: bool) -> None:
    """Answer a reply, as one of the pair."""
    from auditor.services.replies import Respond
    from auditor.services.replies import respond as act

    with access.signed_in() as session:
        said = session.do(act, Respond(audit_id, reply_id, text)).sentence
    show({"id": reply_id}, as_json, lambda: f"{said}.")


@reply.command()
@_AUDIT
@_REPLY
@click.option("--accept/--not-accept", required=True, help="Whether the fact is put right.")
@click.option("--reason", required=True, help="What decided it.")
@json_option
@with_access()
def decide(access: Access, audit_id: str, reply_id: str, accept: bool, reason: str, as_json: bool) -> None:
    """Decide on a correction of fact; an accepted one goes to moderation."""
    from auditor.services.replies import Decide
    from auditor.services.replies import decide as act

    with access.signed_in() as session:
        said = session.do(act, Decide(audit_id, reply_id, accept, reason)).sentence
    show({"id": reply_id, "accepted": accept}, as_json, lambda: f"{said}.")


def _plain(line: "ReplyLine") -> dict[str, object]:
    item, decision = line.reply, line.reply.decision
    return {
        "id": item.id,
        "kind": item.kind.value,
        "who": item.who,
        "text": item.text,
        "on": item.on.isoformat(),
        "recorded_by": line.recorded_by,
        "positive": item.positive,
        "correction": item.correction,
        "response": item.response,
        "accepted": decision.accepted if decision else None,
        "decision": decision.reason if decision else "",
    }
