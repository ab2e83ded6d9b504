"""Undo and redo at the desk: every kind of record, across sections, from within a field, said in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from auditor.domain.answers import Answer, Entry
from tests.desktop.pages.desk_kit import Sitting, current, live, sitting, status_of
from tests.desktop.pages.kit import focused, press, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


def test_every_kind_of_record_is_taken_back_and_done_again(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")
    press(Key.Key_C)
    type_text("Seen")
    press(Key.Key_Escape)
    press(Key.Key_E)
    type_text("page 9")
    press(Key.Key_Escape)
    press(Key.Key_G)
    press(Key.Key_0)
    press(Key.Key_1)
    full = work.entry("S01.03")
    assert full.answer.is_na
    assert (full.comment, full.location, full.good_practice) == ("Seen", "page 9", True)

    desk.show_question("S01.03")
    for facet in ("answer", "good_practice", "location", "comment"):
        press(Key.Key_Z, modifiers=CTRL)
        assert getattr(work.entry("S01.03"), facet) == getattr(Entry(), facet)
    assert work.entry("S01.03") == Entry()
    press(Key.Key_Y, times=4, modifiers=CTRL)
    assert work.entry("S01.03") == full


def test_undo_leads_back_over_sections_and_says_what_it_took_back(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")
    press(Key.Key_2)
    press(Key.Key_PageDown)
    assert desk.section_id == "S02"
    press(Key.Key_Z, modifiers=CTRL)

    assert (desk.section_id, current(desk)) == ("S01", "S01.03")
    assert work.entry("S01.03").answer.is_blank
    for words in ("1.03", "Partly met", "blank", "Ctrl+Y"):
        assert words in status_of(desk)


def test_a_field_with_nothing_to_undo_leaves_the_key_to_the_desk(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.04")
    press(Key.Key_3)
    qtbot.waitUntil(lambda: current(desk) == "S03.01")
    type_text("3/6")
    press(Key.Key_Z, modifiers=CTRL)
    assert work.entry("S02.04").answer == Answer("3"), "what is typed in the field is its own to undo"
    field = focused()
    assert isinstance(field, QLineEdit)
    while field.text():
        press(Key.Key_Z, modifiers=CTRL)
    press(Key.Key_Z, modifiers=CTRL)

    assert work.entry("S02.04").answer.is_blank
    assert current(desk) == "S02.04"
    press(Key.Key_C)
    press(Key.Key_Y, modifiers=CTRL)
    assert (work.entry("S02.04").answer, live(desk).question.id) == (Answer("3"), "S02.04")
