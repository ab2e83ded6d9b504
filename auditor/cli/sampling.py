"""`auditor cycle sample`, `replace-case` and `evidence`: draw a sample, replace a case of it, show that it was fair."""

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli.access import Access, with_access
from auditor.cli.output import json_option, one_of, show, table
from auditor.domain.errors import BadInput
from auditor.domain.frame import Field, Frame, value_key
from auditor.domain.sampling import Plan, Quota

if TYPE_CHECKING:
    from auditor.services.case_list import FrameFile
    from auditor.services.sampling import Drawing, SampleQuery

_QUOTA = re.compile(r"(?P<column>[^=!]+?)\s*(?P<but>!?)=\s*(?P<values>.+):(?P<least>\d+)")
_SEEDS = 1_000_000
_OUT = click.Path(dir_okay=False, path_type=Path)
_CYCLE_HELP = "The id or title of the cycle."


def _column_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each field, which says what its column is headed where the heading is not recognised."""
    for each in reversed(Field):
        name = each.value.replace("_", "-").replace("-type", "").replace("-band", "")
        words = f"The heading of the column with the {each.words}, where it is not recognised."
        command = click.option(f"--{name}-column", f"column_{each.value}", default=None, help=words)(command)
    return command


@click.command()
@click.argument("frame", metavar="FRAME", type=click.Path(path_type=Path))
@click.option("--n", "size", type=click.IntRange(min=1), required=True, help="How many cases to draw.")
@click.option(
    "--seed", type=click.IntRange(min=0), help="The number that decides the order; one is chosen unless given."
)
@click.option(
    "--stratify", multiple=True, help="A column to divide by: team, plan type, age band, ethnicity, a heading."
)
@click.option(
    "--quota",
    "quotas",
    multiple=True,
    help="At least so many with these values, such as 'ethnicity=Black Caribbean|Asian:2'; with != all but these.",
)
@click.option("--exclude-months", type=click.IntRange(0, 120), default=0, help="Leave out cases audited so recently.")
@click.option("--exclude-conflicts", is_flag=True, help="Leave out cases an auditor holds, held or manages.")
@click.option("--keep-sensitive", is_flag=True, help="Keep ethnicity with each case drawn; else only counts are kept.")
@click.option("--cycle", "cycle_id", default="", help="Add the cases to the cycle of this id or title.")
@click.option("--evidence", "out", type=_OUT, metavar="OUT.xlsx", help="Write how the sample was drawn as a workbook.")
@click.option("--every-case", is_flag=True, help="With --json, say of every case why it is in or out.")
@_column_options
@json_option
@with_access()
def sample(
    *,
    access: Access,
    frame: Path,
    size: int,
    seed: int | None,
    stratify: tuple[str, ...],
    quotas: tuple[str, ...],
    exclude_months: int,
    exclude_conflicts: bool,
    keep_sensitive: bool,
    cycle_id: str,
    out: Path | None,
    every_case: bool,
    as_json: bool,
    **columns: str | None,
) -> None:
    """Draw a sample from the list FRAME (.xlsx or .csv).

    The same list and seed give the same cases anywhere, whatever the order of its rows. A workspace is opened only for
    --cycle, --exclude-months or --exclude-conflicts.
    """
    from auditor.domain.draw_record import Rules
    from auditor.services.case_list import read_frame
    from auditor.services.sampling import SampleQuery

    read = read_frame(frame, _chosen(columns))
    plan = Plan(
        n=size,
        seed=secrets.randbelow(_SEEDS) if seed is None else seed,
        strata=tuple(_heading(read.frame, name) for named in stratify for name in named.split(",")),
        quotas=tuple(_quota(read.frame, text) for text in quotas),
    )
    rules = Rules(exclude_months, exclude_conflicts, keep_sensitive)
    query = SampleQuery(read.frame, plan, date.today(), rules)
    drawing, added_to = _draw(access, query, cycle_id, out, read.file)
    plain = _plain(drawing, read, every_case) | {"cycle": added_to, "evidence": str(out) if out else ""}
    show(plain, as_json, lambda: _words(drawing, read, added_to))


@click.command("replace-case")
@click.option("--cycle", "cycle_id", required=True, help=_CYCLE_HELP)
@click.option("--case", "reference", required=True, help="The reference of the case to take out.")
@click.option("--reason", required=True, help="Why; it is kept with the draw.")
@click.option(
    "--frame", "file", type=click.Path(path_type=Path), help="The list it was drawn from, where it is asked for."
)
@click.option("--take-out", is_flag=True, help="Take it out with nothing in its place; it need not be drawn.")
@_column_options
@json_option
@with_access()
def replace_case(
    *, access: Access, cycle_id: str, reference: str, reason: str, file: Path | None, take_out: bool, as_json: bool,
    **columns: str | None,
) -> None:  # fmt: skip
    """Take a drawn case out of its cycle and put the next in the order of the same group in."""
    from auditor.cli.cycle import find_cycle
    from auditor.services.case_list import read_frame
    from auditor.services.cycles import cycle_view
    from auditor.services.replacing import ReplaceCase, WithdrawCase, withdraw_case
    from auditor.services.replacing import replace_case as act

    frame = read_frame(file, _chosen(columns)).frame if file else None
    with access.signed_in() as session:
        found = find_cycle(session, cycle_id)
        cases = session.ask(cycle_view, found.id).cases
        case = one_of(cases, reference, lambda item: (item.id, item.reference), "case")
        if take_out:
            made = session.do(withdraw_case, WithdrawCase(case.id, reason)).made
        else:
            made = session.do(act, ReplaceCase(case.id, reason, date.today(), frame)).made
        new = next((item.reference for item in session.ask(cycle_view, found.id).cases if item.id == made), "")
    plain = {"case": case.reference, "replaced_by": new, "id": made}
    show(plain, as_json, lambda: f"{case.reference} replaced by {new}." if new else f"{case.reference} taken out.")


@click.command()
@click.argument("out", metavar="OUT.xlsx", type=_OUT)
@click.option("--cycle", "cycle_id", required=True, help=_CYCLE_HELP)
@json_option
@with_access()
def evidence(access: Access, out: Path, cycle_id: str, as_json: bool) -> None:
    """Write how the sample of a cycle was drawn, replacements included, as a workbook to print."""
    from auditor.cli.cycle import find_cycle
    from auditor.services.draw_evidence import ExportEvidence, export_evidence

    with access.signed_in() as session:
        path = session.ask(export_evidence, ExportEvidence(find_cycle(session, cycle_id).id, out.absolute()))
    show({"path": str(path)}, as_json, lambda: f"Written: {path}")


def _draw(access: Access, query: "SampleQuery", cycle_id: str, out: Path | None, title: str) -> tuple["Drawing", str]:
    """The drawing, and the id of the cycle its cases were added to."""
    from dataclasses import replace

    from auditor.cli.cycle import find_cycle
    from auditor.services.cycles import AddCases, add_cases
    from auditor.services.draw_evidence import ExportEvidence, evidence_alone, export_evidence, write_alone
    from auditor.services.sampling import draw_alone, draw_sample

    if not (cycle_id or query.rules.exclude_months or query.rules.exclude_conflicts):
        drawing = draw_alone(query)
        if out:
            write_alone((evidence_alone(drawing, title),), out.absolute())
        return drawing, ""
    with access.signed_in() as session:
        found = find_cycle(session, cycle_id).id if cycle_id else ""
        drawing = session.ask(draw_sample, replace(query, cycle_id=found))
        if found:
            session.do(add_cases, AddCases(found, drawing.cases, drawing.record))
        if out and found:
            session.ask(export_evidence, ExportEvidence(found, out.absolute()))
        elif out:
            write_alone((evidence_alone(drawing, title),), out.absolute())
    return drawing, found


def _chosen(columns: Mapping[str, str | None]) -> dict[Field, str]:
    """The headings named by options, by field."""
    return {each: heading for each in Field if (heading := columns[f"column_{each.value}"]) is not None}


def _heading(frame: Frame, named: str) -> str:
    """The heading a person names; the service says which there are where there is none."""
    return frame.heading(named) or named.strip()


def _quota(frame: Frame, text: str) -> Quota:
    found = _QUOTA.fullmatch(text.strip())
    if not found:
        raise BadInput(
            "quota-form",
            "The quota",
            "A quota is a column, its values and a number.",
            "Write it as 'ethnicity=Black Caribbean|Asian:2'.",
        )
    heading = _heading(frame, found["column"])
    values = tuple(value.strip() for value in found["values"].split("|") if value.strip())
    if found["but"]:
        named = {"", *map(value_key, values)}
        others = {value_key(value): " ".join(value.split()) for value in sorted(frame.columns.get(heading, ()))}
        values = tuple(told for key, told in sorted(others.items()) if key not in named)
    return Quota(heading, values, int(found["least"]))


def _plain(drawing: "Drawing", read: "FrameFile", every_case: bool) -> dict[str, Any]:
    made = drawing.draw
    plain: dict[str, Any] = {
        "n": made.plan.n,
        "seed": made.plan.seed,
        "stratify": list(made.plan.strata),
        "frame": {"cases": len(made.lines), "sha256": made.frame_hash},
        "drawn": [_line(line) for line in made.drawn],
        "short": made.short,
        "excluded": {reason.value: count for reason, count in made.excluded.items()},
        "strata": [
            {"title": s.title, "frame": s.frame, "eligible": s.eligible, "share": s.share, "drawn": s.drawn}
            for s in made.strata
        ],
        "quotas": [
            {
                "column": result.quota.column,
                "values": list(result.quota.values),
                "least": result.quota.least,
                "drawn": result.drawn,
                "met": result.met,
                "words": result.words,
            }
            for result in made.quotas
        ],
        "notices": list(read.notices),
    }
    return plain | ({"every_case": [_line(line) for line in made.lines]} if every_case else {})


def _line(line: Any) -> dict[str, Any]:
    return {
        "reference": line.reference,
        "rank": line.rank,
        "sha256": line.hash,
        "stratum": line.stratum,
        "why": line.excluded.value if line.excluded else line.why.value,
    }


def _words(drawing: "Drawing", read: "FrameFile", added_to: str) -> str:
    made = drawing.draw
    rows = [(line.rank, line.reference, line.stratum, line.why.value.replace("_", " ")) for line in made.drawn]
    groups = [(s.title, s.frame, s.eligible, s.share, s.drawn) for s in made.strata]
    out = sum(made.excluded.values())
    parts = [
        *read.notices,
        f"Seed {made.plan.seed}. {len(made.drawn)} of {len(made.lines)} cases drawn, {out} left out before.",
        table(("Place", "Case", "Group", "Drawn"), rows, "No case could be drawn."),
        table(("Group", "In the frame", "Could be drawn", "Share", "Drawn"), groups, ""),
        *(f"Left out, {reason.words}: {count}" for reason, count in made.excluded.items() if count),
        *(f"{'Met' if result.met else 'Not met'}: {result.words}" for result in made.quotas),
        f"Fingerprint of the frame: {made.frame_hash}",
        *([f"Added to the cycle {added_to}."] if added_to else []),
    ]
    return "\n\n".join(parts)
