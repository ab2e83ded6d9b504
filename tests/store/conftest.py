from pathlib import Path

import pytest

from tests.store.workspace_kit import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An invented computer with nothing on it yet."""
    return Desk(tmp_path)
