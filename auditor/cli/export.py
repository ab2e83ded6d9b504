"""`auditor export`: documents that leave the workspace."""

from datetime import date
from pathlib import Path

import click

from auditor.cli.access import Access, with_access
from auditor.cli.cycle import find_cycle
from auditor.cli.output import json_option, show


@click.group()
def export() -> None:
    """Write documents from a workspace."""


@export.command("theme-summary")
@click.argument("out", metavar="OUT.xlsx", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--cycle", "cycle_id", required=True, help="The id or title of the cycle.")
@json_option
@with_access()
def theme_summary(access: Access, out: Path, cycle_id: str, as_json: bool) -> None:
    """Write the theme summary of a cycle as an Excel workbook; a file of that name is replaced."""
    from auditor.services.export import ExportThemeSummary, export_theme_summary
    from auditor.services.findings import theme_matrix

    with access.signed_in() as session:
        command = ExportThemeSummary(find_cycle(session, cycle_id).id, out.absolute(), date.today())
        path = session.ask(export_theme_summary, command)
        left = sum(session.ask(theme_matrix, command.cycle_id).not_agreed)
    note = f"\n{left} scored questions are not agreed yet and enter no number." if left else ""
    show({"path": str(path), "not_agreed": left}, as_json, lambda: f"Written: {path}{note}")
