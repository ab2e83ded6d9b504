"""What is remembered between starts: kept, read back, and harmless when damaged."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.preferences import MOST_WORKSPACES, KnownWorkspace, Preferences


def test_everything_is_read_back(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "settings" / "desktop.json"
    kept = Preferences()
    kept.load(file)
    kept.remember(KnownWorkspace(tmp_path / "one", "One", "person-1"))
    kept.set_looks(mode="dark", text_size=150)
    kept.set_single_keys(False)
    kept.set_lock_minutes(5)
    again = Preferences()
    again.load(file)
    assert again.workspaces == (KnownWorkspace(tmp_path / "one", "One", "person-1"),)
    assert (again.mode, again.text_size, again.single_keys, again.lock_minutes) == ("dark", 150, False, 5)
    assert list(file.parent.iterdir()) == [file]


def test_the_workspace_used_last_comes_first_and_the_list_stays_short(qapp: QApplication, tmp_path: Path) -> None:
    kept = Preferences()
    for number in range(MOST_WORKSPACES + 3):
        kept.remember(KnownWorkspace(tmp_path / str(number)))
    kept.remember(KnownWorkspace(tmp_path / "7", "Again"))
    assert len(kept.workspaces) == MOST_WORKSPACES
    assert kept.workspaces[0] == KnownWorkspace(tmp_path / "7", "Again")
    kept.forget(tmp_path / "7")
    assert tmp_path / "7" not in {known.path for known in kept.workspaces}


def test_column_widths_are_written_once_they_rest(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    kept = Preferences()
    kept.load(tmp_path / "desktop.json")
    for width in range(100, 120):
        kept.write("cases", {"team": width})
    assert not (tmp_path / "desktop.json").exists()
    qtbot.waitUntil((tmp_path / "desktop.json").exists, timeout=5_000)
    again = Preferences()
    again.load(tmp_path / "desktop.json")
    assert again.read("cases") == {"team": 119}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"workspaces": 3, "mode": "pink", "text_size": 7}', "\x00"])
def test_a_damaged_file_counts_as_empty(qapp: QApplication, tmp_path: Path, text: str) -> None:
    file = tmp_path / "desktop.json"
    file.write_text(text, encoding="utf-8")
    kept = Preferences()
    kept.load(file)
    assert (kept.workspaces, kept.mode, kept.text_size, kept.lock_minutes) == ((), "system", 100, 10)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_NAMES = ("workspaces", "mode", "text_size", "single_keys", "lock_minutes", "widths")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(_NAMES, _JSON)))
def test_no_content_of_the_file_stops_the_program(tmp_path_factory: pytest.TempPathFactory, stored: object) -> None:
    file = tmp_path_factory.mktemp("settings") / "desktop.json"
    file.write_text(json.dumps(stored), encoding="utf-8")
    kept = Preferences()
    kept.load(file)
    assert kept.mode in ("light", "dark", "system")
    assert all(isinstance(known, KnownWorkspace) for known in kept.workspaces)


def test_settings_that_cannot_be_written_stop_nothing(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Preferences()
    kept.load(tmp_path / "file" / "desktop.json")
    kept.set_lock_minutes(2)
    assert kept.lock_minutes == 2
