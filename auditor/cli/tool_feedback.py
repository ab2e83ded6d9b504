"""`auditor feedback`: what auditors say of the templates and the program, and what was done about it."""

from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.output import json_option, show

if TYPE_CHECKING:
    from auditor.services.tool_feedback import FeedbackLine


@click.group()
def feedback() -> None:
    """Say what was unclear in an audit's questions, list what was said, settle it."""


@feedback.command("list")
@click.option("--audit", "audit_id", default="", help="Only what was said after this audit.")
@json_option
@with_access()
def list_feedback(access: Access, audit_id: str, as_json: bool) -> None:
    """List what auditors said of the tool, what waits first."""
    from auditor.services.tool_feedback import feedback as ask_feedback

    with access.signed_in() as session:
        lines = session.ask(ask_feedback, audit_id)
    show([_plain(line) for line in lines], as_json, lambda: "\n\n".join(map(_words, lines)) or "Nothing was said yet.")


@feedback.command()
@click.option("--audit", "audit_id", required=True, help="The id of an audit of yours that is finished.")
@click.option(
    "--unclear", multiple=True, nargs=2, metavar="QUESTION WORDS", help="A question's id and what was unclear in it."
)
@click.option("--faults", default="", help="What went wrong in the program.")
@click.option("--words", default="", help="Anything else.")
@json_option
@with_access()
def give(
    access: Access, audit_id: str, unclear: tuple[tuple[str, str], ...], faults: str, words: str, as_json: bool
) -> None:
    """Say what you think of the tool; it takes the place of what you said of this audit before."""
    from auditor.services.tool_feedback import GiveFeedback, give_feedback

    with access.signed_in() as session:
        changes = session.do(give_feedback, GiveFeedback(audit_id, dict(unclear), faults, words))
    show({"audit": audit_id, "said": changes.sentence}, as_json, lambda: f"{changes.sentence}.")


@feedback.command()
@click.option("--audit", "audit_id", required=True, help="The audit it was said of.")
@click.option("--person", "person_id", required=True, help="The id of the person who said it.")
@click.option("--done", required=True, help="What was done about it, in a sentence they can read.")
@json_option
@with_access()
def settle(access: Access, audit_id: str, person_id: str, done: str, as_json: bool) -> None:
    """Say what was done about somebody's words."""
    from auditor.services.tool_feedback import SettleFeedback, settle_feedback

    with access.signed_in() as session:
        changes = session.do(settle_feedback, SettleFeedback(audit_id, person_id, done))
    show({"audit": audit_id, "settled": done}, as_json, lambda: f"{changes.sentence}.")


def _plain(line: "FeedbackLine") -> dict[str, object]:
    return {
        "audit": line.audit_id,
        "person": line.person_id,
        "name": line.person_name,
        "case": line.case_reference,
        "cycle": line.cycle_title,
        "template": line.template_title,
        "version": line.template_version,
        "at": line.said_at,
        "unclear": [
            {"question": question_id, "text": text, "words": words} for question_id, _, text, words in line.unclear
        ],
        "faults": line.faults,
        "words": line.words,
        "settled": line.settled,
    }


def _words(line: "FeedbackLine") -> str:
    head = f"{line.case_reference}, {line.cycle_title}: {line.person_name} ({line.template_title})"
    unclear = [f"  {number} {text}: {words or 'unclear'}" for _, number, text, words in line.unclear]
    faults = [f"  Went wrong: {line.faults}"] if line.faults else []
    more = [f"  {line.words}"] if line.words else []
    settled = f"  Settled: {line.settled}" if line.settled else "  Waits for the QA lead."
    return "\n".join([head, *unclear, *faults, *more, settled])
