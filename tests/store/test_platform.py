"""What differs between systems, as far as one system can show it."""

import socket
import sys

import pytest

from auditor.store.platform import has_display


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("display", ["", "nonsense", ":", ":4711", "localhost:59535", "localhost:99999"])
def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert not has_display()


def test_a_display_that_answers_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{server.getsockname()[1] - 6000}.0")
        assert has_display()
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        assert not has_display()
