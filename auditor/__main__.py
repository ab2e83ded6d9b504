"""The program's front door: without arguments the window, else the command line."""

import os
import sys
from pathlib import Path


def main() -> int:
    """Open the window, or carry out the command; gives the exit code.

    The window is chosen before the command line is imported: nothing it does not need may hold its start up.
    """
    if len(sys.argv) > 1:
        from auditor.cli import run

        return run(sys.argv[1:])
    from auditor.cli.window import open_the_window

    folder = os.environ.get("AUDITOR_WORKSPACE")
    return open_the_window(Path(folder) if folder else None)


if __name__ == "__main__":
    sys.exit(main())
