"""One start in a process of its own: paints a bare window, the unlock window, or Home of a workspace, and ends."""

import os
import sys
import time
from collections.abc import Callable
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


def home(folder: str, passphrase: str) -> None:
    """From the passphrase to Home painted, imports included, key derivation taken off; writes the milliseconds."""
    from PySide6.QtWidgets import QApplication

    from auditor.app import Program
    from auditor.desktop.theme import theme

    app = QApplication([])
    theme().install(app)
    program = Program(app)
    begun = time.perf_counter()
    from auditor.services.session import Session
    from auditor.services.workspace import unlock_workspace

    opened = unlock_workspace(Path(folder), passphrase)
    person = next(person for person in opened.people() if person.name == "A. Auditor")
    program.enter(opened, Session(opened.records, person))
    assert program.window is not None
    program.window.resize(1366, 768)
    program.window.grab()
    painted = time.perf_counter()
    sys.stdout.write(f"{(painted - begun - _derivation(Path(folder), passphrase)) * 1000}\n")
    sys.stdout.flush()
    os._exit(0)


def _derivation(folder: Path, passphrase: str) -> float:
    from auditor.store.keyfile import read_key_file

    key_file = read_key_file(folder).key_file
    begun = time.perf_counter()
    key_file.unwrap(passphrase)
    return time.perf_counter() - begun


STARTS: dict[str, Callable[..., None]] = {"bare": bare, "unlock": unlock, "home": home}

if __name__ == "__main__":
    STARTS[sys.argv[1]](*sys.argv[2:])
