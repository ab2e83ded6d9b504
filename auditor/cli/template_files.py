"""`auditor template import`, `export`, `starter` and `pdf`: forms from workbooks, to them, and on paper."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli.access import Access, with_access
from auditor.cli.known_templates import known_template
from auditor.cli.output import counted, json_option, show
from auditor.domain.errors import BadInput, Place, Refused

if TYPE_CHECKING:
    from auditor.templates.problems import Problem

FILE = click.Path(path_type=Path)
_replace = click.option("--replace", is_flag=True, help="Write over a file that is there already.")


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--out", type=FILE, required=True, help="The template file to write (.yaml).")
@_replace
@json_option
def import_template(file: Path, out: Path, replace: bool, as_json: bool) -> None:
    """Read a form from the workbook FILE and write it as a template file.

    FILE is an XLSForm, as ODK and Kobo use them, or our own sheet (see `auditor template starter`). What could not be
    carried is told with its sheet and row.
    """
    from auditor.templates.importing import import_form
    from auditor.templates.problems import TemplateProblems

    try:
        imported = import_form(file)
    except TemplateProblems as error:
        problems = error.problems
        show(plain_problems(problems), as_json, lambda: "\n".join(map(str, problems)))
        raise
    _write(out, imported.text, replace)
    sections = imported.plain["sections"]
    questions = sum(len(section["questions"]) for section in sections)
    plain = {
        "out": str(out),
        "sections": len(sections),
        "questions": questions,
        "warnings": plain_problems(imported.warnings),
    }
    found = ((len(sections), "section"), (questions, "question"), (len(imported.warnings), "warning"))
    words = f"{out}: {', '.join(counted(number, noun) for number, noun in found)}."
    show(plain, as_json, lambda: "\n".join([*map(str, imported.warnings), words]))


@click.command("export")
@click.argument("template_id", metavar="ID")
@click.argument("out", type=FILE)
@click.option(
    "--format",
    "as_format",
    type=click.Choice(["xlsform", "sheet"]),
    default="xlsform",
    show_default=True,
    help="An XLSForm for tablets, or our own sheet for changing the form in Excel.",
)
@_replace
@json_option
@with_access()
def export_template(access: Access, template_id: str, out: Path, as_format: str, replace: bool, as_json: bool) -> None:
    """Write the template ID as the workbook OUT.

    ID is a variant or a master, the program's or the workspace's own, or a template file.
    """
    from auditor.templates.exporting import Format, export_form

    _refuse_existing(out, replace)
    told = export_form(_plain_form(access, template_id), out, Format(as_format))
    plain = {"out": str(out), "format": as_format, "warnings": plain_problems(told)}
    show(plain, as_json, lambda: "\n".join([*map(str, told), f"{out} written."]))


@click.command("starter")
@click.argument("out", type=FILE)
@_replace
@json_option
def starter(out: Path, replace: bool, as_json: bool) -> None:
    """Write the workbook OUT in which a new form can be made: one row a question, with an example and help."""
    from auditor.templates.authoring.writing import write_starter

    _refuse_existing(out, replace)
    write_starter(out)
    show({"out": str(out)}, as_json, lambda: f"{out} written. Fill it in, then: auditor template import {out.name}")


@click.command("pdf")
@click.argument("template_id", metavar="ID")
@click.argument("out", type=FILE)
@_replace
@json_option
@with_access()
def paper(access: Access, template_id: str, out: Path, replace: bool, as_json: bool) -> None:
    """Write the template ID as the PDF form OUT, to print and fill in by hand.

    ID is a variant or a master, the program's or the workspace's own, or a template file.
    """
    from auditor.domain.template_plain import template_from_plain
    from auditor.store.platform import has_display

    _refuse_existing(out, replace)
    template = template_from_plain(_plain_form(access, template_id))
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from auditor.app import save_paper_form

    saved = save_paper_form(template, out)
    plain = {"out": str(saved), "id": template.id, "version": template.version, "hash": template.hash}
    show(plain, as_json, lambda: f"{saved} written: {template.title}, version {template.version}.")


def _plain_form(access: Access, template_id: str) -> Mapping[str, Any]:
    from auditor.templates.masters import read_master

    if template_id.lower().endswith((".yaml", ".yml")):
        return read_master(Path(template_id)).plain
    return known_template(access, template_id).plain


def _refuse_existing(out: Path, replace: bool) -> None:
    if out.exists() and not replace:
        raise _file_exists(out)


def _file_exists(out: Path) -> Refused:
    message, remedy = "There is a file of that name.", "Choose another name, or add --replace."
    return Refused("file-exists", "The file is there already", message, remedy, Place(file=out.name))


def plain_problems(problems: "Iterable[Problem]") -> list[dict[str, object]]:
    """Problems of a form from a workbook, as JSON."""
    return [
        {
            "code": item.code,
            "severity": item.severity,
            "sheet": item.place.sheet,
            "row": item.place.row,
            "message": item.message,
            "remedy": item.remedy,
        }
        for item in problems
    ]


def _write(out: Path, text: str, replace: bool) -> None:
    if out.suffix.lower() not in (".yaml", ".yml"):
        message, remedy = "A template file ends in .yaml.", "Give it such a name."
        raise BadInput("not-a-template-name", "Another name is needed", message, remedy, Place(file=out.name))
    try:
        with out.open("w" if replace else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise _file_exists(out) from None
    except OSError as error:
        message, remedy = "The file cannot be written.", "Check that the folder is there and may be written to."
        raise Refused("file-not-written", "Not written", message, remedy, Place(file=out.name)) from error
