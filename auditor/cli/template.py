"""`auditor template`: check template files, list and show the templates that can be used."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.known_templates import known_template
from auditor.cli.output import counted, json_option, show, table
from auditor.cli.template_burden import burden
from auditor.cli.template_files import export_template, import_template, paper, starter
from auditor.cli.template_own import drafts, keep, moved, own, publish
from auditor.cli.template_reports import coverage, drift, schema
from auditor.domain.errors import TemplateProblem

if TYPE_CHECKING:
    from auditor.domain.template import Question, Template
    from auditor.services.templates import Shipped

SEVERITIES = ("error", "warning", "hint")


@click.group()
def template() -> None:
    """Check, list, show and compare audit templates."""


template.add_command(coverage)
template.add_command(burden)
template.add_command(drift)
template.add_command(schema)
template.add_command(import_template)
template.add_command(export_template)
template.add_command(starter)
for command in (keep, own, moved, drafts, publish):
    template.add_command(command)
template.add_command(paper)


@template.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--hints", is_flag=True, help="Also hints on how the questions read.")
@json_option
def check(files: tuple[Path, ...], hints: bool, as_json: bool) -> None:
    """Check template or overlay FILES and say, with file and line, what is wrong and how to put it right."""
    from auditor.templates.masters import check_file

    found = [problem for path in files for problem in check_file(path, hints=hints)]
    plain = [
        {
            "code": item.code,
            "severity": item.severity,
            "file": item.place.file,
            "line": item.place.line,
            "message": item.message,
            "remedy": item.remedy,
        }
        for item in found
    ]
    errors, warnings, hinted = (sum(1 for item in found if item.severity == kind) for kind in SEVERITIES)
    told = [counted(errors, "error"), counted(warnings, "warning"), *([counted(hinted, "hint")] if hints else [])]
    words = f"{len(files)} checked: {', '.join(told)}."
    show(plain, as_json, lambda: "\n".join([*map(str, found), words]))
    if errors:
        raise TemplateProblem(
            "template-errors", "Errors", f"{counted(errors, 'error')} found.", "Correct them and check again."
        )


@template.command("list")
@click.option("--kept", is_flag=True, help="Also list those the workspace keeps, which asks for its passphrase.")
@json_option
@with_access()
def list_templates(access: Access, kept: bool, as_json: bool) -> None:
    """List the templates that come with the program and, with --kept, the workspace's own and those used in it."""
    from auditor.domain.question_count import COUNTED
    from auditor.services.local_masters import offered_templates
    from auditor.services.templates import kept_templates, shipped_templates

    plain = [_row(item) for item in shipped_templates()]
    if kept:
        with access.signed_in() as session:
            plain += [_row(item) for item in session.ask(offered_templates, None) if item.local]
            plain += [
                {
                    "id": card.id,
                    "title": card.title,
                    "version": card.version,
                    "hash": card.hash,
                    "from": "workspace",
                    "sections": card.sections,
                    "questions": card.questions,
                    "core": card.core,
                }
                for card in session.ask(kept_templates, None)
            ]
    columns = ("id", "title", "version", "from", "sections", "questions", "core")
    rows = [[row[name] for name in columns] for row in plain]
    listed = table([name.capitalize() for name in columns], rows, "No templates.")
    show(plain, as_json, lambda: f"{listed}\n\n{COUNTED}")


def _row(item: "Shipped") -> dict[str, object]:
    from auditor.domain.question_count import question_count

    count = question_count(item.template)
    return {
        "id": item.template.id,
        "title": item.template.title,
        "version": item.template.version,
        "hash": item.template.hash,
        "from": "own" if item.local else "program",
        "sections": len(item.template.sections),
        "questions": count.every,
        "core": count.core,
    }


@template.command("show")
@click.argument("template_id", metavar="ID")
@json_option
@with_access()
def show_template(access: Access, template_id: str, as_json: bool) -> None:
    """Show the template ID, the program's or the workspace's own: its sections and every question."""
    from auditor.domain.template_plain import template_from_plain
    from auditor.services.templates import shipped_templates
    from auditor.templates.variants import resolve

    shipped = [item for item in shipped_templates() if template_id.strip() in (item.template.hash, item.template.id)]
    if len(shipped) == 1:
        # The program's are kept ready; reading their file anew takes a second.
        plain, cannot_run = shipped[0].plain, shipped[0].cannot_run
    else:
        known = known_template(access, template_id)
        plain = known.plain
        cannot_run = resolve(known.master, known.variant).dropped_rules if known.variant else ()
    show(dict(plain), as_json, lambda: _in_words(template_from_plain(plain), cannot_run))


def _in_words(shown: "Template", cannot_run: tuple[str, ...]) -> str:
    lines = [f"{shown.title} ({shown.id}, version {shown.version})", f"Content {shown.hash}", shown.purpose]
    for section in shown.sections:
        lines += ["", f"{section.number}  {section.title}", *map(_line, section.questions)]
    lines += ["", "Indicators", *(f"  {indicator.title}" for indicator in shown.indicators)]
    if cannot_run:
        lines += ["", f"Left out, because their questions are: {', '.join(cannot_run)}"]
    return "\n".join(lines)


def _line(question: "Question") -> str:
    answers = " / ".join(option.label for option in question.options) or question.type.value
    return f"  {question.number:>6}  {question.text}  [{answers}]"
