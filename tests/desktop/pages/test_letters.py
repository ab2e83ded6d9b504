"""The letters of the desk can be changed: each act keeps one of its own, on disk, at the desk and in its list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audits.desk_keys import keys
from auditor.desktop.pages.settings.letters import Letters
from auditor.desktop.preferences import LETTERS, Preferences, preferences
from tests.desktop.pages.desk_kit import Sitting, current, live, sitting
from tests.desktop.pages.kit import press

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def work(tmp_path: Path, dressed: QApplication) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened
    preferences().reset_letters()


def test_a_letter_that_is_taken_is_swapped(tmp_path: Path) -> None:
    chosen = Preferences()
    chosen.load(tmp_path / "settings.json")
    chosen.set_letter("comment", "K")
    chosen.set_letter("evidence", "G")

    again = Preferences()
    again.load(tmp_path / "settings.json")
    assert [again.letter(act) for act in ("comment", "evidence", "good_practice")] == ["K", "G", "E"]
    assert len({again.letter(act) for act in LETTERS}) == len(LETTERS)
    assert (again.act_of("K"), again.act_of("C")) == ("comment", "")


@pytest.mark.parametrize("stored", ['{"comment": "CC"}', '{"comment": "G"}', '["C"]', '{"comment": ""}'])
def test_letters_that_make_no_sense_count_as_none(tmp_path: Path, stored: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(f'{{"letters": {stored}}}', encoding="utf-8")
    chosen = Preferences()
    chosen.load(file)

    assert {act: chosen.letter(act) for act in LETTERS} == LETTERS


def test_the_desk_listens_to_the_letters_given(work: Sitting, qtbot: QtBot) -> None:
    preferences().set_letter("good_practice", "K")
    preferences().set_letter("blank", "B")
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_G)
    assert not work.entry("S02.01").good_practice
    press(Key.Key_K)
    assert work.entry("S02.01").good_practice
    press(Key.Key_B)
    assert current(desk) == "S02.02"
    press(Key.Key_B, modifiers=SHIFT)
    assert current(desk) == "S02.01"

    assert ("K", "good practice") in keys()
    assert live(desk).notes.good_practice.accessibleName()


def test_a_letter_is_changed_by_pressing_another(qtbot: QtBot, work: Sitting) -> None:
    letters = Letters(preferences())
    qtbot.addWidget(letters)
    for key in (Key.Key_X, Key.Key_1):
        QTest.keyClick(letters.fields["action"], key)

    assert (preferences().letter("action"), letters.fields["action"].text()) == ("X", "X")
    letters.reset.click()
    assert preferences().letter("action") == letters.fields["action"].text() == "A"
