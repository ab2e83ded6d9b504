"""What the first window may cost: nothing heavy is imported before it stands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sqlalchemy", "cryptography", "pydantic", "openpyxl", "yaml", "sqlcipher3", "alembic", "lxml", "cel")

SCRIPT = """
import builtins
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from auditor.app import Program
from auditor.desktop.start.door import Door
from auditor.desktop.theme import theme

app = QApplication([])
theme().install(app)
said = []

def load():
    said.append(sorted(name for name in sys.modules if "." not in name))
    Door().load()
    said.append(sorted(name for name in sys.modules if "." not in name))

program = Program(app, Door(load=load))
program.begin(Path(sys.argv[1]))
waiting = QTimer(interval=5)
waiting.timeout.connect(lambda: app.quit() if len(said) == 2 else None)
waiting.start()
app.exec()
program.shut()
print("|".join(",".join(names) for names in [*said, [builtins.__import__.__name__]]))
"""


def test_the_unlock_window_stands_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "some workspace")], capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    painted, loaded, importer = (names.split(",") for names in ran.stdout.strip().split("|"))
    assert not set(painted) & set(HEAVY)
    assert "PySide6" in painted
    assert importer != ["__feature_import__"]
    assert {"sqlalchemy", "cryptography", "sqlcipher3"} <= set(loaded)
    assert not set(loaded) & {"openpyxl", "yaml", "pydantic", "alembic"}


HOOK = """
import builtins
import PySide6.QtCore
plain = getattr(builtins, "__orig_import__", None)
{before}
found = builtins.__import__
import auditor.desktop.marks
print(builtins.__import__ is found, builtins.__import__ is plain)
"""


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("", "False True"),
        ("builtins.__import__ = lambda *named, **more: plain(*named, **more)", "True False"),
        ("builtins.__import__ = plain", "True True"),
    ],
    ids=["the hook", "another's hook", "no hook"],
)
def test_only_the_hook_of_pyside_is_taken_out(before: str, said: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", HOOK.format(before=before)], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout.strip() == said


OPEN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from auditor.app import open_window
from auditor.desktop.start.first_start import FirstStart
from auditor.desktop.start.window import StartWindow
from auditor.desktop.theme import theme

app = QApplication([])

def look():
    (start,) = [shown for shown in app.topLevelWidgets() if isinstance(shown, StartWindow)]
    print(type(start.view).__name__, theme().mode, theme().scale)
    start.close()

QTimer.singleShot(200, look)
sys.exit(open_window())
"""


def test_the_window_opens_on_the_first_start_in_the_looks_remembered(tmp_path: Path) -> None:
    settings = tmp_path / "casefile-auditor"
    settings.mkdir()
    (settings / "desktop.json").write_text('{"mode": "dark", "text_size": 125}', encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", OPEN], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")},
    )  # fmt: skip
    assert (ran.returncode, ran.stdout.strip()) == (0, "FirstStart dark 125")
