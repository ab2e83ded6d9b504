"""What every test relies on: windows off screen, hypothesis profiles, no unexplained skip in CI."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ALLOWED_SKIPS = Path(__file__).with_name("allowed_skips.txt")
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# Before anything imports Qt: tests open no window on anybody's screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No deadlines: on a busy machine they measure the neighbours.
settings.register_profile("default", max_examples=40, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, print_blob=True)
settings.register_profile(
    "campaign",
    max_examples=2_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "default"))


def allowed_reasons(lines: Iterable[str]) -> frozenset[str]:
    """Return the reasons for skipping that stand in the list, comments and empty lines left out."""
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a test was skipped, without pytest's own prefix."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


class SkipGate:
    """Fails a run in which a test was skipped for a reason not on the list: a skipped test proves nothing."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        self._refused: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._check(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._check(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._refused and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._refused:
            terminalreporter.section(f"skipped for a reason that is not in {ALLOWED_SKIPS.name}", red=True)
            for line in self._refused:
                terminalreporter.line(line)

    def _check(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        reason = skip_reason(report)
        if reason not in self._allowed:
            self._refused.append(f"{report.nodeid}: {reason}")


def pytest_configure(config: pytest.Config) -> None:
    # Workers of pytest-xdist report to the main process, which alone decides how the run ends.
    if IN_CI and not hasattr(config, "workerinput"):
        config.pluginmanager.register(SkipGate(allowed_reasons(ALLOWED_SKIPS.read_text("utf-8").splitlines())))
