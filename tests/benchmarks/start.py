"""The unlock window painted, and Home painted after the passphrase, each in a fresh process, against a bare window."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from auditor.services.demo.build import PASSPHRASE, build_demo
from tests.benchmarks.figures import Figure, percentile, timed

ROOT = Path(__file__).resolve().parents[2]
TIMES = 9


def run(times: int = TIMES) -> list[Figure]:
    """Medians of fresh processes run by turns; bytecode is compiled beforehand, as `make` leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        demo = build_demo(Path(folder) / "sample", date(2026, 11, 24))
        workspace = demo.opened.info().path
        demo.opened.lock()
        bare, unlock, home = [], [], []
        for _ in range(times + 1):
            bare.append(timed(lambda: _child("bare", folder)))
            unlock.append(timed(lambda: _child("unlock", folder)))
            home.append(float(_child("home", folder, str(workspace), PASSPHRASE)))
    what, base = "bare PySide6 window, whole process", percentile(bare[1:], 50)
    return [
        Figure("unlock window painted, whole process", percentile(unlock[1:], 50), what, base, "<= 1.5x"),
        Figure("passphrase to Home painted, demo data, derivation off", percentile(home[1:], 50), what, base, "<= 4x"),
    ]


def _child(name: str, settings: str, *arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": settings}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tests.benchmarks.start_child", name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment).stdout
