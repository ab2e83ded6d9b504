"""The group of all commands: which there are, imported one by one when called, and how failure is told."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from auditor import __version__
from auditor.cli.access import WORKSPACE_VARIABLE
from auditor.cli.failure import told

_MODULES: Mapping[str, str] = {
    "workspace": "workspace",
    "person": "person",
    "template": "template",
    "programme": "programme",
    "cycle": "cycle",
    "audit": "audit",
    "matrix": "matrix",
    "action": "action",
    "feedback": "tool_feedback",
    "export": "export",
    "demo": "demo",
}


class FrontDoor(click.Group):
    """A group whose commands are imported when they are named; every failure leaves through it in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The nouns, in the order of the work."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a noun, which its module names like the noun."""
        if cmd_name not in _MODULES:
            return None
        command: click.Command = getattr(import_module(f"auditor.cli.{_MODULES[cmd_name]}"), cmd_name)
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the options of the program itself; what is not understood is told in one line, too."""
        with told():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Carry the command out; what goes wrong becomes a line on stderr and exit code 1."""
        with told():
            return super().invoke(ctx)


@click.group(cls=FrontDoor, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--workspace",
    type=click.Path(path_type=Path),
    envvar=WORKSPACE_VARIABLE,
    help=f"The workspace folder; {WORKSPACE_VARIABLE} where it is left out.",
)
@click.version_option(__version__, prog_name="Casefile Auditor")
@click.pass_context
def auditor(ctx: click.Context, workspace: Path | None) -> None:
    """Audit case files in pairs, agree the answers, see the themes, follow the actions.

    Without a command the window opens. Commands that read or change a workspace ask for its passphrase, and for the
    PIN of the person named by --as, unless AUDITOR_PASSPHRASE and AUDITOR_PIN hold them or a file is named. Neither
    is ever taken from the command line itself, where others could read it.

    The exit code is 0, or 1 with one line on stderr that starts with the error's code.
    """
    ctx.obj = workspace
    if ctx.invoked_subcommand is None:
        from auditor.cli.window import open_the_window

        ctx.exit(open_the_window(workspace))
