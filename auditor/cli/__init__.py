"""The command line: a public interface of one module a noun. Workspaces are reached through the services only; what
needs none (checking and converting template files, the words of a cell, whether there is a display) is asked where it
stands."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper


def run(arguments: Sequence[str]) -> int:
    """Carry out a command; gives the exit code: 0, or 1 where it was refused, failed or not understood."""
    from auditor.cli.root import auditor

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console that cannot show a sign shows a question mark instead of stopping the command.
            stream.reconfigure(errors="replace")
    try:
        auditor.main(list(arguments), prog_name="auditor")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
