"""`auditor template coverage`, `drift` and `schema`: what templates ask, what changed, how they are written."""

from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.known_templates import known_template
from auditor.cli.output import json_option, show, table
from auditor.domain.errors import BadInput

if TYPE_CHECKING:
    from auditor.domain.coverage import AreaCoverage
    from auditor.templates.drift import Drift
    from auditor.templates.masters import Master

WIDTH = 100
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("template_id", metavar="ID")
@click.option("--file", type=_FILE, help="A template or overlay file, in place of those that come with the program.")
@json_option
@with_access()
def coverage(access: Access, template_id: str, file: Path | None, as_json: bool) -> None:
    """Say which practice areas the template ID covers, by which questions, and what it gives up against its master.

    ID is that of a variant, or of a master for all its questions, optional ones included.
    """
    from auditor.domain.coverage import RULE
    from auditor.domain.coverage import coverage as covered_by
    from auditor.domain.template_plain import template_from_plain
    from auditor.templates.variants import resolve

    master, variant = _in_file(template_id, file) if file else _by_id(access, template_id)
    whole = template_from_plain(master.plain)
    template = resolve(master, variant).template if variant else whole
    found = covered_by(template, whole)
    plain = {"id": template.id, "master": master.id, "rule": RULE, "areas": [asdict(item) for item in found]}
    show(plain, as_json, lambda: f"{template.title} ({template.id})\n\n{_covered(found)}\n\n{RULE}")


@click.command()
@click.argument("file_or_id", metavar="FILE_OR_ID")
@click.option("--against", required=True, type=_FILE, help="The earlier version of the template file.")
@click.option("--overlay", type=_FILE, help="An authority's overlay, put on both versions.")
@json_option
@with_access()
def drift(access: Access, file_or_id: str, against: Path, overlay: Path | None, as_json: bool) -> None:
    """Say what each variant of a template takes, and what changed in it since an earlier version of the file.

    FILE_OR_ID is a template or overlay file, or the id of a master or variant, the program's or the workspace's own. An
    overlay fits on the program's only.
    """
    from auditor.templates.drift import drift as between
    from auditor.templates.masters import read_master

    if Path(file_or_id).is_file():
        master, variant = read_master(Path(file_or_id), overlay), ""
    else:
        master, variant = _by_id(access, file_or_id)
        master = read_master(Path(master.file), overlay) if overlay else master
    found = between(read_master(against, overlay), master)
    plain = asdict(found)
    if variant:
        plain["variants"] = [item for item in plain["variants"] if item["id"] == variant]
    show(plain, as_json, lambda: _drifted(found, variant))


@click.command()
@click.option("--out", type=_FILE, help="Write it into this file.")
@click.option("--overlay", is_flag=True, help="The schema of overlay files.")
def schema(out: Path | None, overlay: bool) -> None:
    """Print the JSON Schema of template files, by which editors complete and check them."""
    from auditor.templates.json_schema import master_schema, overlay_schema

    text = overlay_schema() if overlay else master_schema()
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, "utf-8", newline="\n")
    except OSError:
        raise BadInput("file-not-written", "Not written", f"{out.name} cannot be written.", "Choose a place.") from None
    click.echo(f"Written: {out}")


def _in_file(wanted: str, file: Path) -> "tuple[Master, str]":
    """The master of a file, and the id of its variant that goes by that id, if it is one."""
    from auditor.templates.masters import read_master

    master = read_master(file)
    for variant in ("", *(item.id for item in master.variants)):
        if wanted.strip().casefold() == (variant or master.id):
            return master, variant
    message = f"No template in {file.name} goes by that id."
    raise BadInput("no-such-template", "Which template?", message, "Name one that stands in it.")


def _by_id(access: Access, wanted: str) -> "tuple[Master, str]":
    known = known_template(access, wanted)
    return known.master, known.variant


def _covered(found: "tuple[AreaCoverage, ...]") -> str:
    rows = [[item.area.title, item.covered.value, item.core, item.core_in_master] for item in found]
    lines = [table(("Practice area", "Covered", "Core", "Of"), rows, "This template names no practice areas.")]
    for item in found:
        lines += ["", item.area.title, _folded("asks", _numbers(item.questions))]
        lines += [_folded("gives up", _numbers(item.given_up))] if item.given_up else []
    return "\n".join(lines)


def _numbers(ids: tuple[str, ...]) -> str:
    """Questions by section: `S04.01 .02 .05, S09.11`."""
    sections = groupby(ids, lambda one: one.partition(".")[0])
    return (
        ", ".join(f"{section}{' '.join('.' + one.partition('.')[2] for one in group)}" for section, group in sections)
        or "nothing"
    )


def _folded(head: str, text: str) -> str:
    return fill(text, WIDTH, initial_indent=f"  {head:9}", subsequent_indent=" " * 11, break_on_hyphens=False)


def _drifted(found: "Drift", wanted: str) -> str:
    from auditor.domain.question_count import COUNTED

    lines = [f"{found.id}: version {found.before} to version {found.after}"]
    if not wanted:
        lines += ["", *(f"  {change}" for change in found.changes or ("nothing changed",))]
    for item in found.variants:
        if wanted not in ("", item.id):
            continue
        was = "new" if item.questions_before is None else f"{item.questions_before} before"
        lines += ["", f"{item.title} ({item.id}): {item.questions} questions ({was}), {item.core} core"]
        lines += [f"  takes {', '.join(item.sections)}", *(f"  {change}" for change in item.changes)]
    return "\n".join([*lines, "", COUNTED])
