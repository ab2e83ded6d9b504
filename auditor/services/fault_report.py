"""What may be told of a bug: types, files and functions, never the words of an exception, which may be case data."""

import platform
import traceback
from pathlib import Path

from auditor import __version__


def fault_report(error: BaseException, *versions: str) -> str:
    """Lines for whoever looks after the program: the versions, then every exception with the calls that led to it."""
    lines = [
        ", ".join((f"Casefile Auditor {__version__}", f"Python {platform.python_version()}", *versions)),
        f"{platform.system()} {platform.release()}",
    ]
    at: BaseException | None = error
    while at is not None:
        lines.append(type(at).__qualname__)
        lines += [f"  {_short(f.filename)}:{f.lineno} in {f.name}" for f in traceback.extract_tb(at.__traceback__)]
        at = at.__cause__ or at.__context__
    return "\n".join(lines)


def _short(filename: str) -> str:
    """The file without the folders above the package, which may hold a user's name."""
    parts = Path(filename).parts
    root = next((at for at in range(len(parts) - 1, -1, -1) if parts[at] in ("auditor", "site-packages")), -1)
    return "/".join(parts[root:])
