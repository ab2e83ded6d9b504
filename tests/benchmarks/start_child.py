"""One start in a process of its own: paints a bare window, the unlock window, or Home of a workspace, and ends at once."""

import os
import sys
import time
from pathlib import Path


def bare() -> None:
    """The least a PySide6 program does: an application and a window with one label."""
    from PySide6.QtWidgets import QApplication, QLabel

    app = QApplication([])
    window = QLabel("Casefile Auditor")
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    window.grab()
    os._exit(0)


def unlock() -> None:
    """The program's own way in, until the unlock window has painted itself."""
    from PySide6.QtWidgets import QApplication

    from auditor.app import Program
    from auditor.desktop.theme import theme

    app = QApplication([])
    theme().install(app)
    program = Program(app)
    program.begin(Path("workspace"))
    assert program.start is not None
    program.start.resize(1366, 768)
    app.processEvents()
    program.start.grab()
    os._exit(0)


def home(folder: str, recovery_key: str) -> None:
    """From the key being accepted to Home painted, imports included; writes the milliseconds."""
    from PySide6.QtWidgets import QApplication

    from auditor.app import Program
    from auditor.desktop.theme import theme

    app = QApplication([])
    theme().install(app)
    program = Program(app)
    begun = time.perf_counter()
    from auditor.services.session import Session
    from auditor.services.workspace import unlock_workspace

    opened = unlock_workspace(Path(folder), recovery_key=recovery_key)
    person = next(person for person in opened.people() if person.name == "A. Auditor")
    program.enter(opened, Session(opened.records, person))
    assert program.window is not None
    program.window.resize(1366, 768)
    program.window.grab()
    sys.stdout.write(f"{(time.perf_counter() - begun) * 1000}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    {"bare": bare, "unlock": unlock, "home": home}[sys.argv[1]](*sys.argv[2:])
