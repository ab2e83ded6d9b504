"""Where the focus has to be for the keys of the desk, and what one question never does to another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.widgets.section_row import SectionRow
from auditor.domain.answers import Answer, Entry
from tests.desktop.pages.desk_kit import Sitting, current, live, sitting, status_of
from tests.desktop.pages.kit import focused, press, type_text
from tests.desktop.pages.test_desk import Refusing, all_words, press_zone

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


def test_the_sections_are_walked_with_the_arrows_and_opened_with_enter(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")
    desk.list.findChildren(SectionRow)[0].setFocus()

    press(Key.Key_Down)
    assert desk.section_id == "S01", "walking opens nothing"
    assert focused() is desk.list.findChildren(SectionRow)[1]
    press(Key.Key_Return)
    assert desk.section_id == "S02"


@pytest.mark.parametrize("key", [Key.Key_3, Key.Key_Delete, Key.Key_0, Key.Key_G, Key.Key_N])
def test_single_keys_do_nothing_outside_the_question(work: Sitting, qtbot: QtBot, key: Qt.Key) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_1)
    desk.show_question("S02.01")
    before = work.entry("S02.01")
    assert not before.answer.is_blank
    desk.list.findChildren(SectionRow)[1].setFocus()

    press(key)

    assert work.entry("S02.01") == before
    assert current(desk) == "S02.01"
    assert live(desk).form is None


def test_na_that_is_not_offered_does_not_hold_the_question(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_0)
    assert "N/A is not offered here. Not evidenced is an answer too." in all_words(live(desk))
    press(Key.Key_Down)
    assert current(desk) == "S02.02"


def test_a_save_that_failed_on_a_key_does_not_hold_the_question(work: Sitting, qtbot: QtBot) -> None:
    session = Refusing(work.first)
    desk = work.open(qtbot, session, at="S02.01")  # type: ignore[arg-type]
    session.full = True
    press(Key.Key_3)
    press(Key.Key_Down)
    assert current(desk) == "S02.02", "no word of hers would be lost"


def test_a_sign_of_another_question_marks_nothing_while_words_here_are_unsaved(work: Sitting, qtbot: QtBot) -> None:
    session = Refusing(work.first)
    desk = work.open(qtbot, session, at="S02.01")  # type: ignore[arg-type]
    press(Key.Key_C)
    type_text("seen twice")
    session.full = True

    session.let_through = {"mark_good_practice"}
    press_zone(desk, "S02.02", "sign", "good_practice")

    assert current(desk) == "S02.01"
    assert (work.entry("S02.01").good_practice, work.entry("S02.02").good_practice) == (False, False)


def test_an_undo_that_failed_can_be_asked_for_again(work: Sitting, qtbot: QtBot) -> None:
    session = Refusing(work.first)
    desk = work.open(qtbot, session, at="S02.01")  # type: ignore[arg-type]
    press(Key.Key_1)
    session.full = True
    press(Key.Key_Z, modifiers=CTRL)
    assert not work.entry("S02.01").answer.is_blank

    session.full = False
    press(Key.Key_Z, modifiers=CTRL)
    assert work.entry("S02.01") == Entry()
    session.full = True
    press(Key.Key_Y, modifiers=CTRL)
    session.full = False
    press(Key.Key_Y, modifiers=CTRL)
    assert work.entry("S02.01").answer == Answer("met")
    QApplication.processEvents()
    assert "Done again" in status_of(desk)


@pytest.mark.parametrize("facet", ["comment", "location"])
def test_words_that_could_not_be_saved_outlive_the_next_good_act(work: Sitting, qtbot: QtBot, facet: str) -> None:
    session = Refusing(work.first)
    desk = work.open(qtbot, session, at="S02.01")  # type: ignore[arg-type]
    session.full = True
    press(Key.Key_C if facet == "comment" else Key.Key_E)
    type_text("seen twice")
    press(Key.Key_Escape)
    session.let_through = {"mark_good_practice"}
    desk.moves.to_question()
    press(Key.Key_G)
    assert work.entry("S02.01").good_practice, "a good act, after which the desk shows what is on disk"
    assert getattr(work.entry("S02.01"), facet) == ""

    session.full = False
    desk.leave_question()
    assert getattr(work.entry("S02.01"), facet) == "seen twice"


@pytest.mark.parametrize("question_id", ["S03.01", "S03.03"])
@pytest.mark.parametrize("way", ["next", "section", "finder", "finish", "act"])
def test_what_cannot_be_read_stays_until_it_is_mended(work: Sitting, qtbot: QtBot, question_id: str, way: str) -> None:
    desk = work.open(qtbot, at=question_id)
    type_text("77/88")
    if way == "act":
        desk.moves.toggle_good_practice()
    elif way == "finish":
        desk.moves.forms.open_finish()
        assert desk.moves.forms.banner is None
    else:
        ways = {"next": lambda: desk.moves.step(1), "section": lambda: desk.moves.open_section("S01")}
        ways.get(way, lambda: desk.show_question("S01.01"))()

    assert current(desk) == question_id
    assert (desk.section_id, live(desk).faulty) == ("S03", True)
    assert "77/88" in all_words(live(desk).control)
    if way != "act":
        assert "77/88” is not" in all_words(live(desk)), "and why it holds the question"
