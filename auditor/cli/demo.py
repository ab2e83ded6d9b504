"""`auditor demo`: build the sample workspace, print what it shows, write its workbook, draw its pages, open it."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from auditor.cli.access import lock
from auditor.cli.action import action_table
from auditor.cli.matrix import case_table, indicator_lines
from auditor.cli.window import open_the_window
from auditor.store.platform import has_display

if TYPE_CHECKING:
    from auditor.services.demo.build import Demo

_WORKBOOK = "theme-summary.xlsx"


Dress = Literal["light", "dark"]


@click.command()
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="A new or empty folder, or a former sample."
)
@click.option("--no-window", is_flag=True, help="Do not open the window afterwards.")
@click.option(
    "--render",
    type=click.Path(file_okay=False, path_type=Path),
    help="Draw every page to PNG into this folder. Without --out the sample is thrown away afterwards.",
)
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="Of the pages.")
@click.option("--text", type=click.IntRange(100, 200), default=100, show_default=True, help="Text size in per cent.")
def demo(out: Path | None, no_window: bool, render: Path | None, theme: Dress, text: int) -> None:
    """Build the sample workspace: invented people and cases, four cycles, actions at every stage.

    Prints the theme matrix and the indicators of the review of 2013 and the open actions, writes the theme summary
    as a workbook, and says how to unlock. With a display the window opens on it.
    """
    if out is None and render is None:
        raise click.UsageError("Name a folder: --out DIR to keep the sample, --render DIR for pictures of its pages.")
    with _folder(out) as folder:
        place = _carry_out(folder, out is not None, render, theme, text)
    if out is not None and not no_window and has_display():
        click.get_current_context().exit(open_the_window(place))


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    if out is not None:
        yield out.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="auditor-sample-") as temporary:
        yield Path(temporary)


def _carry_out(folder: Path, kept: bool, render: Path | None, theme: Dress, text: int) -> Path:
    """Build, print, write and draw; gives the folder of the workspace, which is locked again."""
    from auditor.services.demo.build import build_demo

    today = date.today()
    made = build_demo(folder, today, lambda words: click.echo(f"{words} ...", err=True))
    try:
        lines = [_findings(made), _open_actions(made, today)]
        if kept:
            lines.append(f"Workbook    {_workbook(made, folder, today)}")
        if render:
            lines.append(_pages(made, render.absolute(), theme, text, today))
    finally:
        lock(made.opened)
    click.echo("\n".join([*lines, *(_how_to_open(made) if kept else ())]))
    return made.folder


def _findings(made: "Demo") -> str:
    from auditor.services.findings import findings

    found = made.session.ask(findings, made.review)
    return f"{found.cycle.title}\n\n{case_table(found.matrix)}\n\n{indicator_lines(found.indicators)}\n"


def _open_actions(made: "Demo", today: date) -> str:
    from auditor.services.actions import ActionQuery, list_actions

    lines = [line for line in made.session.ask(list_actions, ActionQuery(today)) if line.status.is_open]
    return f"Open actions\n\n{action_table(lines)}\n"


def _workbook(made: "Demo", folder: Path, today: date) -> Path:
    from auditor.services.export import ExportThemeSummary, export_theme_summary

    return made.session.ask(export_theme_summary, ExportThemeSummary(made.review, folder / _WORKBOOK, today))


def _pages(made: "Demo", out: Path, theme: Dress, text: int, today: date) -> str:
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from auditor.app import render_pages

    pictures = render_pages(made.opened, made.session, out, theme, text, today)
    return f"Pages       {out} ({len(pictures)} pictures)"


def _how_to_open(made: "Demo") -> tuple[str, ...]:
    from auditor.services.demo.build import PASSPHRASE
    from auditor.services.demo.people import LEAD, PIN

    return (
        f"Workspace   {made.folder}",
        f"Passphrase  {PASSPHRASE}",
        f"Sign in as  {LEAD}, PIN {PIN} (everybody's here)",
        f'Open it     {_own_name()} --workspace "{made.folder}"',
    )


def _own_name() -> str:
    """What to type to call the program again: its name where the shell finds it, else where it lies."""
    called = Path(sys.argv[0])
    return "auditor" if shutil.which("auditor") or called.stem != "auditor" else str(called)
