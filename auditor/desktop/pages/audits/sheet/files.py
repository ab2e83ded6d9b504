"""Asks which filled-in sheet to bring in, and names the sheets that go out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.desktop.file_names import AskWhere, ask_where, file_name

KINDS = "Excel workbook (*.xlsx)"
AskWhich = Callable[[QWidget], Path | None]


def ask_which_sheet(parent: QWidget) -> Path | None:
    """The sheet a person chooses, or None."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Choose a filled-in answer sheet", "", f"{KINDS};;All files (*)")
    return Path(chosen) if chosen else None


def sheet_name(reference: str, author: str) -> str:
    """A name for the sheet of somebody's answers."""
    return file_name(f"{reference} answers {author}", ".xlsx")


@dataclass(frozen=True)
class AskFiles:
    """How files are asked for; tests answer themselves."""

    which: AskWhich = ask_which_sheet
    where: AskWhere = ask_where
