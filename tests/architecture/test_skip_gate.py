"""The build machine's gate against skipped tests, tried on small runs of pytest of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
PASSES = "def test_passes():\n    pass\n"
SKIPPED = "import pytest\n\n@pytest.mark.skip(reason='no printer here')\ndef test_skipped():\n    pass\n"
SKIPPED_INSIDE = "import pytest\n\ndef test_skipped():\n    pytest.skip('no printer here')\n"
MODULE_SKIPPED = "import pytest\n\npytest.skip('no printer here', allow_module_level=True)\n"
EXPECTED_TO_FAIL = "import pytest\n\n@pytest.mark.xfail(reason='known')\ndef test_fails():\n    assert False\n"


def run(folder: Path, test: str, *options: str, ci: str = "true", allowed: str = "") -> tuple[int, str]:
    """Run pytest on `test` in an empty project that has this project's conftest; exit status and output."""
    shutil.copy(CONFTEST, folder)
    (folder / "allowed_skips.txt").write_text(f"# reasons\n\n{allowed}\n")
    (folder / "test_it.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\n")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, "test_it.py"],
        cwd=folder,
        env=environment | {"CI": ci},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("test", [SKIPPED, SKIPPED_INSIDE, MODULE_SKIPPED])
def test_a_skip_without_an_allowed_reason_fails_the_run_and_is_named(tmp_path: Path, test: str) -> None:
    status, output = run(tmp_path, PASSES + test)
    assert status == 1
    assert "not in allowed_skips.txt" in output
    assert "no printer here" in output


def test_the_gate_holds_when_tests_run_on_several_workers(tmp_path: Path) -> None:
    status, output = run(tmp_path, PASSES + SKIPPED, "-n", "2")
    assert status == 1
    assert "no printer here" in output


def test_a_skip_for_an_allowed_reason_passes(tmp_path: Path) -> None:
    status, output = run(tmp_path, PASSES + SKIPPED, allowed="no printer here")
    assert status == 0, output


def test_a_test_that_is_expected_to_fail_is_no_skip(tmp_path: Path) -> None:
    status, output = run(tmp_path, PASSES + EXPECTED_TO_FAIL)
    assert status == 0, output


def test_outside_the_build_machine_a_skip_passes(tmp_path: Path) -> None:
    status, output = run(tmp_path, PASSES + SKIPPED, ci="")
    assert status == 0, output
