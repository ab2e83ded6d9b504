"""What the first window may cost: nothing heavy is imported before it stands."""

import subprocess
import sys
from pathlib import Path

HEAVY = ("sqlalchemy", "cryptography", "pydantic", "openpyxl", "yaml", "sqlcipher3", "alembic", "lxml", "cel")

SCRIPT = """
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
print("|".join(",".join(names) for names in said))
"""


def test_the_unlock_window_stands_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "some workspace")], capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    painted, loaded = (names.split(",") for names in ran.stdout.strip().split("|"))
    assert not set(painted) & set(HEAVY)
    assert "PySide6" in painted
    assert {"sqlalchemy", "cryptography", "sqlcipher3"} <= set(loaded)
    assert not set(loaded) & {"openpyxl", "yaml", "pydantic", "alembic", "cel"}
