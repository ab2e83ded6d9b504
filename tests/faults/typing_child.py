"""A window that is killed: somebody types a comment at the desk and never pauses; says when the first letter stands."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.theme import theme
from auditor.desktop.widgets import texts
from auditor.services.session import Session
from auditor.services.workspace import OpenedWorkspace
from auditor.store.unit_of_work import Records
from auditor.store.workspace import Workspace
from tests.kit import PASSPHRASE

EVERY_MS = 20
texts.SAVE_AFTER_MS, texts.SAVE_AT_LATEST_MS = 200, 500


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def main(folder: str, settings: str, person_id: str, audit_id: str) -> None:
    app = QApplication([])
    theme().install(app)
    opened = OpenedWorkspace(workspace := Workspace.unlock(Path(folder), PASSPHRASE, settings_folder=Path(settings)),
                             Records(workspace))  # fmt: skip
    session = Session(opened.records, next(person for person in opened.people() if person.id == person_id))
    window = MainWindow()
    window.add_page(AuditsPage(window.operations, session))
    window.show()
    window.activateWindow()
    window.show_page("audits", audit_id)
    app.processEvents()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    QTest.keyClick(focused(), Qt.Key.Key_C)
    typing = QTimer(interval=EVERY_MS)
    typing.timeout.connect(lambda: QTest.keyClick(focused(), Qt.Key.Key_A))
    typing.start()
    QTest.keyClick(focused(), Qt.Key.Key_A)
    sys.stdout.write("typing\n")
    sys.stdout.flush()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
