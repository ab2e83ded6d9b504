import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from auditor.desktop.preferences import preferences
from auditor.desktop.theme import theme


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme at 100 %, put back to that afterwards."""
    theme().install(qapp)
    theme().set(mode="light", scale=100)
    before = preferences().workspaces
    yield qapp
    for known in preferences().workspaces:
        if known not in before:
            preferences().forget(known.path)
    # Windows of the test are only marked for deletion; left alive they would slow down every change of theme.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme().set(mode="light", scale=100)
