"""Renders the pieces of the design system to PNG, to be looked at beside the pictures they follow.

    python -m tests.desktop.gallery FOLDER [light|dark] [text size in per cent]

All names and figures in it are invented.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from auditor.desktop.main_window import MainWindow
from auditor.desktop.theme import Mode, theme
from tests.desktop.gallery_desk import Desk
from tests.desktop.gallery_home import Empty, Home
from tests.desktop.gallery_tables import Actions


def window() -> MainWindow:
    """The main window with the gallery's pages."""
    shown = MainWindow()
    for kind in (Home, Desk, Empty, Actions):
        page = kind(shown.operations)
        page.build()
        shown.add_page(page)
    shown.set_identity("A. Auditor", "Team manager · QA lead")
    shown.rail.button("audits").set_badge(2)
    shown.rail.button("actions").set_badge(3)
    shown.status.set_lock("Encrypted · locks after 10 min")
    return shown


def render(folder: Path, mode: Mode, scale: int) -> list[Path]:
    """Render every page in this dress; returns the files written."""
    theme().set(mode=mode, scale=scale)
    shown = window()
    shown.show()
    written = []
    for page_id in ("home", "audits", "findings", "actions"):
        shown.show_page(page_id)
        page = shown.page
        if isinstance(page, Home):
            page.go_on.setFocus()
        elif isinstance(page, Desk):
            page.now.setFocus()
        elif isinstance(page, Actions):
            page.heat.setFocus()
            page.heat.setCurrentIndex(page.heat.model().index(0, 4))
        shown.messages.done("Saved 10:42:07", "4.18 Partly met · undo with Ctrl+Z")
        for _ in range(5):
            QApplication.processEvents()
        path = folder / f"{page_id}-{mode}-{scale}.png"
        shown.grab().save(str(path))
        written.append(path)
    shown.close()
    shown.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return written


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    theme().install(app)
    modes: list[Mode] = [arguments[1]] if len(arguments) > 1 else ["light", "dark"]  # type: ignore[list-item]
    for mode in modes:
        for scale in [int(arguments[2])] if len(arguments) > 2 else [100, 200]:
            for path in render(folder, mode, scale):
                sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
