"""`auditor audit`: who audits which case and how far each audit is; never what anybody answered."""

from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.answer_sheet import export_sheet, import_sheet
from auditor.cli.audit_plans import VERBS
from auditor.cli.cycle import find_cycle
from auditor.cli.moderate import moderate
from auditor.cli.move import move
from auditor.cli.output import json_option, one_of, show, table
from auditor.cli.reply import reply
from auditor.domain.audit import Mode

if TYPE_CHECKING:
    from auditor.domain.roles import Person
    from auditor.services.session import Session


@click.group()
def audit() -> None:
    """Give audits to pairs and list how far they are."""


audit.add_command(export_sheet)
audit.add_command(import_sheet)


@audit.command("list")
@click.option("--cycle", "cycle_id", required=True, help="The id or title of the cycle.")
@json_option
@with_access()
def list_audits(access: Access, cycle_id: str, as_json: bool) -> None:
    """List the audits of a cycle with their auditors and stage."""
    from auditor.services.cycles import cycle_view

    with access.signed_in() as session:
        view = session.ask(cycle_view, find_cycle(session, cycle_id).id)
    plain = [
        {
            "id": line.audit.id,
            "case": line.case.reference,
            "auditors": list(line.auditor_names),
            "mode": line.audit.mode.value,
            "stage": line.stage.value,
            "stage_words": line.stage.words,
            "standing": line.standing,
            "moderation": [why.value for why in line.moderation],
            "due": line.due.isoformat(),
        }
        for line in view.audits
    ]
    rows = [
        (line.case.reference, " and ".join(line.auditor_names), line.audit.mode.value, line.standing)
        for line in view.audits
    ]
    not_given = ", ".join(case.reference for case in view.not_given)
    lines = [table(("Case", "Auditors", "Mode", "Stage"), rows, "No audit is given out yet.")]
    lines += [f"\nNot given out yet: {not_given}"] if not_given else []
    show(plain, as_json, lambda: "\n".join(lines))


@audit.command()
@click.option("--cycle", "cycle_id", required=True, help="The id or title of the cycle.")
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--first", required=True, help="The first auditor, by name or id.")
@click.option("--second", default="", help="The second auditor; left out in a single audit.")
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=Mode.BLIND.value,
    show_default=True,
    help="Each alone and then agreed, together on one form, or one auditor only.",
)
@json_option
@with_access()
def give(access: Access, cycle_id: str, reference: str, first: str, second: str, mode: str, as_json: bool) -> None:
    """Give the audit of a case to its auditors."""
    from auditor.services.cycles import GiveAudit, cycle_view, give_audit
    from auditor.services.pairing import interest

    with access.signed_in() as session:
        view = session.ask(cycle_view, find_cycle(session, cycle_id).id)
        case = one_of(view.cases, reference, lambda item: (item.id, item.reference), "case")
        pair = [_person(session, name) for name in (first, second) if name]
        command = GiveAudit(case.id, Mode(mode), *(person.id for person in pair))
        made = session.do(give_audit, command).made
    against = [f"{person.name} {words}." for person in pair if (words := interest(case, person))]
    names = " and ".join(person.name for person in pair)
    lines = [f"{case.reference} given to {names}.", *(f"Conflict of interest: {words}" for words in against)]
    show({"id": made, "case": case.reference, "conflicts": against}, as_json, lambda: "\n".join(lines))


def _person(session: "Session", name: str) -> "Person":
    from auditor.services.people import everybody

    found: Person = one_of(session.ask(everybody, None), name, lambda item: (item.id, item.name), "person")
    return found


audit.add_command(moderate)
audit.add_command(move)
audit.add_command(reply)
for _verb in VERBS:
    audit.add_command(_verb)
