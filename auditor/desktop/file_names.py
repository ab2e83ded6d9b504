"""Asks which file to open, or where to save one; a name for it is proposed."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

AskWhich = Callable[[QWidget], Path | None]
AskWhere = Callable[[QWidget, str, str], Path | None]

_FORMS = "Forms (*.yaml *.yml *.xlsx);;All files (*)"


def ask_which(parent: QWidget) -> Path | None:
    """The form a person chooses, or None."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Open a form", "", _FORMS)
    return Path(chosen) if chosen else None


def ask_where(parent: QWidget, name: str, kinds: str) -> Path | None:
    """Where a person wants a file; `kinds` as a file dialog names them."""
    while True:
        chosen, _ = QFileDialog.getSaveFileName(parent, "Save as", name, kinds)
        if not chosen:
            return None
        path = with_ending(Path(chosen), Path(name).suffix)
        if path == Path(chosen) or not path.exists():
            return path
        # The dialog asked about replacing the name that was typed: let it ask about the one that is meant, too.
        name = str(path)


def with_ending(path: Path, ending: str) -> Path:
    """The path with that ending; what stands after another dot is part of the name."""
    return path if path.suffix.casefold() == ending else path.with_name(f"{path.name}{ending}")


def file_name(title: str, ending: str) -> str:
    """A name for a file about something of that title, which every system takes."""
    words = re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", title)
    return f"{' '.join(words.split()).rstrip('.') or 'template'}{ending}"
