"""Opens the window from the command line; imports nothing that the window does not need."""

import os
import sys
from pathlib import Path

from auditor.store.platform import has_display


def open_the_window(workspace: Path | None) -> int:
    """Run the window until it is closed; gives the exit code: 1 where there is no display, which Qt would die of."""
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        sys.stderr.write(
            "no-display: There is no display to open the window on. "
            "Start it from a desktop session, or see `auditor --help` for what works without one.\n"
        )
        return 1
    from auditor.app import open_window

    return open_window(workspace)
