"""Saving the theme summary of a cycle as an Excel workbook."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.findings.facts import file_name
from auditor.domain.programme import Cycle
from auditor.services.session import Session

AskPath = Callable[[QWidget, str], Path | None]


def ask_where_to_save(parent: QWidget, name: str) -> Path | None:
    """The path a person chooses for a workbook, or None."""
    while True:
        chosen, _ = QFileDialog.getSaveFileName(parent, "Save the workbook", name, "Excel workbook (*.xlsx)")
        if not chosen:
            return None
        path = as_workbook(Path(chosen))
        if path == Path(chosen) or not path.exists():
            return path
        # The dialog asked about replacing the name that was typed: let it ask about the one that is meant, too.
        name = str(path)


def as_workbook(path: Path) -> Path:
    """The path with `.xlsx` at its end; what stands after another dot is part of the name."""
    return path if path.suffix.casefold() == ".xlsx" else path.with_name(f"{path.name}.xlsx")


def save_workbook(
    parent: QWidget, cycle: Cycle, today: date, session: Session, operations: Operations, ask_path: AskPath
) -> None:
    """Ask where to, write the workbook there on the worker, and offer to open its folder."""
    path = ask_path(parent, file_name(cycle.title))
    if path is None:
        return
    from auditor.services.export import ExportThemeSummary, export_theme_summary

    command = ExportThemeSummary(cycle.id, path, today)

    def tell(saved: Path) -> None:
        folder = QUrl.fromLocalFile(str(saved.parent))
        operations.messages.done(f"Saved {saved.name}", offer=("Open folder", lambda: QDesktopServices.openUrl(folder)))

    operations.run(
        lambda: session.ask(export_theme_summary, command),
        on_done=tell,
        busy_text="Writing the workbook…",
        key=f"workbook {path}",
    )
