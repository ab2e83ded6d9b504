"""`auditor cycle check`: the rules across audits of a cycle, such as what brothers and sisters have in common."""

import click

from auditor.cli.access import Access, with_access
from auditor.cli.output import json_option, show


@click.command("check")
@click.argument("cycle_id")
@json_option
@with_access()
def check_cycle(access: Access, cycle_id: str, as_json: bool) -> None:
    """Compare what brothers and sisters of a cycle have in common, as far as it is agreed."""
    from auditor.cli.cycle import find_cycle
    from auditor.domain.consistency import State
    from auditor.services.cross_checks import cycle_cross_checks

    with access.signed_in() as session:
        found = session.ask(cycle_cross_checks, find_cycle(session, cycle_id).id)
    plain = [
        {
            "event": check.event,
            "question": check.question_id,
            "state": check.state.value,
            "said": [{"case": case, "answer": words} for case, words in check.said],
            "waiting": list(check.waiting),
            "message": check.message,
        }
        for check in found
    ]
    words = {State.FIRES: "differs", State.UNKNOWN: "not known yet"}
    lines = [f"{words[check.state]}: {check.event}. {check.message}" for check in found]
    show(plain, as_json, lambda: "\n".join(lines) or "Nothing differs between brothers and sisters.")
