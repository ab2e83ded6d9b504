"""`auditor cycle`: start a cycle from a template and a list of cases, and list the cycles."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.cycle_check import check_cycle
from auditor.cli.cycle_reaudit import create_reaudit, require_one_source
from auditor.cli.output import DAY, dmy, json_option, one_of, show, table
from auditor.cli.pairs import pairs
from auditor.cli.sampling import evidence, replace_case, sample
from auditor.domain.audit import Stage
from auditor.domain.programme import FactsBy

if TYPE_CHECKING:
    from auditor.domain.programme import Cycle
    from auditor.services.session import Session
    from auditor.services.templates import Shipped


def find_cycle(session: "Session", wanted: str) -> "Cycle":
    """The cycle of that id or title."""
    from auditor.services.cycles import all_cycles

    cycle: Cycle = one_of(session.ask(all_cycles, None), wanted, lambda item: (item.id, item.title), "cycle")
    return cycle


@click.group()
def cycle() -> None:
    """Start and list cycles of audits, draw their samples, make their pairs."""


for command in (sample, replace_case, evidence, pairs):
    cycle.add_command(command)


cycle.add_command(check_cycle)


@cycle.command("list")
@json_option
@with_access()
def list_cycles(access: Access, as_json: bool) -> None:
    """List the cycles, the newest first, with how many audits stand at each stage."""
    from auditor.services.cycles import all_cycles, cycle_view

    with access.signed_in() as session:
        views = [session.ask(cycle_view, item.id) for item in session.ask(all_cycles, None)]
    plain = [
        {
            "id": view.cycle.id,
            "title": view.cycle.title,
            "template": view.template_title,
            "from": view.cycle.period_start.isoformat(),
            "to": view.cycle.period_end.isoformat(),
            "due": view.cycle.due.isoformat(),
            "facts_by": view.cycle.facts_by.value,
            "sample": view.cycle.sample,
            "cases": view.size,
            "audits": len(view.audits),
            "stages": {stage.value: view.stages.get(stage, 0) for stage in Stage},
        }
        for view in views
    ]
    rows = [
        (v.cycle.title, v.template_title, dmy(v.cycle.due), len(v.cases), v.stages.get(Stage.SIGNED_OFF, 0), v.cycle.id)
        for v in views
    ]
    headings = ("Cycle", "Template", "Due", "Cases", "Signed off", "Id")
    show(plain, as_json, lambda: table(headings, rows, "No cycle yet. Start one: auditor cycle create --help"))


@cycle.command()
@click.option("--title", required=True, help="What the cycle is called.")
@click.option("--template", "template_id", default="", help="The id of a template, or the template file to take.")
@click.option("--reaudit-of", default="", help="Instead: the cycle whose sections graded 3 or 4 are read once more.")
@click.option("--variant", default="", help="Which variant of a template file; its only one unless given.")
@click.option("--from", "start", type=DAY, required=True, help="First day of the period that is read.")
@click.option("--to", "end", type=DAY, required=True, help="Last day of it.")
@click.option("--due", type=DAY, required=True, help="When pairs have agreed their audits.")
@click.option("--cases", "file", type=click.Path(path_type=Path), help="The list of cases, .xlsx or .csv.")
@click.option(
    "--facts-by",
    type=click.Choice([choice.value for choice in FactsBy]),
    default=FactsBy.SHARED.value,
    show_default=True,
    help="Whether facts are entered once for an audit or asked of both auditors.",
)
@json_option
@with_access()
def create(
    *,
    access: Access,
    title: str,
    template_id: str,
    reaudit_of: str,
    variant: str,
    start: date,
    end: date,
    due: date,
    file: Path | None,
    facts_by: str,
    as_json: bool,
) -> None:
    """Start a cycle with a template and, with --cases, its list of cases: all of it or nothing.

    With --reaudit-of template and cases come from an earlier cycle: each case is read in the sections that were weak.
    """
    from auditor.services.case_list import CaseList, read_frame
    from auditor.services.cycle_start import StartCycle, start_cycle
    from auditor.services.sampling import listed_cases

    require_one_source(template_id, reaudit_of, file is not None)
    if reaudit_of:
        with access.signed_in() as session:
            told, said = create_reaudit(session, reaudit_of, title, (start, end), due, FactsBy(facts_by))
        show(told, as_json, lambda: said)
        return
    read = read_frame(file) if file else None
    with access.signed_in() as session:
        listed = session.ask(listed_cases, read) if read else CaseList()
        shipped = _template(session, template_id, variant)
        command = StartCycle(shipped.plain, title, start, end, due, FactsBy(facts_by), listed.cases)
        made = session.do(start_cycle, command).made
    plain = {
        "id": made,
        "title": title.strip(),
        "template": shipped.template.id,
        "template_hash": shipped.template.hash,
        "cases": len(listed.cases),
        "extra_columns": list(listed.extra_columns),
        "notices": list(listed.notices),
    }
    words = f"Cycle {title.strip()} started with {len(listed.cases)} cases. Its id is {made}"
    show(plain, as_json, lambda: "\n".join([words, *listed.notices]))


def _template(session: "Session", wanted: str, variant: str) -> "Shipped":
    from auditor.services.local_masters import offered_templates
    from auditor.services.templates import templates_in

    path = Path(wanted)
    if path.suffix.lower() in (".yaml", ".yml"):
        offered = templates_in(path)
        sought = variant or (offered[0].template.id if len(offered) == 1 else "")
    else:
        offered, sought = session.ask(offered_templates, None), wanted
    found: Shipped = one_of(offered, sought, _names, "template")
    return found


def _names(item: "Shipped") -> tuple[str, ...]:
    """An id stands for one template only until the workspace keeps a version of its own: then name it as `id@2`."""
    return (item.template.hash, item.template.id, f"{item.template.id}@{item.template.version}")
