"""`auditor cycle pairs`: who could audit the cases of a cycle, and giving them out as proposed."""

from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.output import json_option, show, table

if TYPE_CHECKING:
    from auditor.domain.pairing import Proposal
    from auditor.services.session import Session


@click.command()
@click.option("--cycle", "cycle_id", required=True, help="The id or title of the cycle.")
@click.option("--propose", is_flag=True, help="Propose pairs; without --apply nothing is changed.")
@click.option("--mode", type=click.Choice(["blind", "joint", "single"]), default="blind", show_default=True)
@click.option("--apply", "apply_", is_flag=True, help="Give the cases out as proposed.")
@json_option
@with_access()
def pairs(*, access: Access, cycle_id: str, propose: bool, mode: str, apply_: bool, as_json: bool) -> None:
    """Propose auditors for the cases that have none: nobody their own team's or a case they hold, held or manage, an
    even load, few repeats, grades and services mixed. The same workspace gives the same proposal."""
    from auditor.cli.cycle import find_cycle
    from auditor.services.cycles import cycle_view
    from auditor.services.pairing import PairQuery, propose_pairs
    from auditor.services.people import everybody

    with access.signed_in() as session:
        view = session.ask(cycle_view, find_cycle(session, cycle_id).id)
        single = frozenset(case.id for case in view.cases) if mode == "single" else frozenset[str]()
        made = session.ask(propose_pairs, PairQuery(view.cycle.id, single=single))
        given = _give(session, made, mode) if apply_ else 0
        names = {person.id: person.name for person in session.ask(everybody, None)}
    references = {case.id: case.reference for case in view.cases}
    plain = {
        "cycle": view.cycle.id,
        "proposed": [
            {
                "case": references[one.case_id],
                "auditors": [names[person] for person in one.auditors],
                "why": list(one.why),
                "could_not_be_met": list(one.unmet),
            }
            for one in made
        ],
        "given_out": given,
    }
    rows = [
        (
            references[one.case_id],
            " and ".join(names[person] for person in one.auditors) or "nobody",
            "; ".join(one.why),
            "; ".join(one.unmet),
        )
        for one in made
    ]
    told = table(("Case", "Auditors", "Because", "Could not be met"), rows, "Every case has its auditors.")
    show(plain, as_json, lambda: f"{told}\n\n{given} cases given out." if apply_ else told)


def _give(session: "Session", made: "tuple[Proposal, ...]", mode: str) -> int:
    """Give out every case that somebody is proposed for."""
    from auditor.domain.audit import Mode
    from auditor.services.cycles import GiveAudit, give_audit

    complete = [one for one in made if one.auditors]
    for one in complete:
        first, second = (*one.auditors, "")[:2]
        session.do(give_audit, GiveAudit(one.case_id, Mode(mode), first, second))
    return len(complete)
