"""Where the program's own files lie: the forms and the resources, in a checkout or installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def forms_dir() -> Path:
    """Return the folder of the audit templates that come with the program."""
    return _folder("forms")


def resources_dir() -> Path:
    """Return the folder of icons, style, help pages and sample data that come with the program."""
    return _folder("resources")


def _folder(name: str) -> Path:
    """The checkout comes first: whoever edits a form there expects the program to use it."""
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return _PACKAGE / f"_{name}"
