"""The sheet with the recovery key: the same words on paper and in a text file."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget


def sheet_text(recovery_key: str, workspace: str, path: Path, today: date | None = None) -> str:
    """What stands on the sheet."""
    return (
        "Casefile Auditor: recovery key\n\n"
        f"Workspace: {workspace}\nFolder: {path}\nMade on: {today or date.today():%d/%m/%Y}\n\n"
        f"    {recovery_key}\n\n"
        "This key opens the workspace without its passphrase. Whoever has the key and the computer can read\n"
        "everything in it. Keep it locked away from the computer. To use it, choose “Use the recovery key” where\n"
        "the passphrase is asked, and type it; dashes and small letters do not matter.\n"
    )


def print_sheet(text: str, parent: QWidget) -> bool:
    """Ask for a printer and print the sheet; False where that was cancelled."""
    # Only needed once in the life of a workspace, so not at every start.
    from PySide6.QtGui import QFont, QTextDocument
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Print the recovery key")
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    document = QTextDocument()
    document.setDefaultFont(QFont("monospace", 11))
    document.setPlainText(text)
    document.print_(printer)
    return True
