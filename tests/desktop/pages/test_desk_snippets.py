"""Comment snippets at the desk: read before they are put in, made true before the question is left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.snippet_picker import SnippetPicker
from auditor.desktop.theme import theme
from auditor.desktop.widgets.texts import GrowingText
from auditor.services.snippets import KeepSnippet, keep_snippet, snippets
from tests.desktop.pages.desk_kit import Sitting, current, live, sitting
from tests.desktop.pages.kit import click, focused, press, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN, GAPPED = "Seen alone and at home.", "Seen on __ visits of __."

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        for text in (PLAIN, GAPPED):
            opened.first.do(keep_snippet, KeepSnippet(text))
        yield opened


def picker(desk: Desk) -> SnippetPicker:
    form = live(desk).form
    assert isinstance(form, SnippetPicker)
    return form


def comment(desk: Desk) -> GrowingText:
    text = live(desk).notes.comment
    assert text is not None
    return text


def test_a_snippet_is_read_first_and_put_in_by_a_second_act(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_C)
    type_text("Yes,")
    press(Key.Key_J, modifiers=CTRL)
    type_text("home")
    press(Key.Key_Return)

    assert picker(desk).whole.text() == PLAIN
    assert comment(desk).toPlainText() == "Yes,", "nothing is put in unread"
    press(Key.Key_Return)
    assert comment(desk).toPlainText() == f"Yes, {PLAIN}"
    assert (comment(desk).textCursor().selectedText(), focused()) == (PLAIN, comment(desk))
    assert live(desk).form is None


def test_esc_goes_back_a_step_and_puts_nothing_in(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_J, modifiers=CTRL)
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert picker(desk).whole.text() == GAPPED
    press(Key.Key_Escape)
    assert focused() is picker(desk).typed
    press(Key.Key_Escape)

    assert (live(desk).form, live(desk).notes.comment) == (None, None)
    assert work.entry("S02.01").comment == ""


def test_a_gap_is_filled_before_the_question_is_left(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_J, modifiers=CTRL)
    type_text("visits")
    press(Key.Key_Return, times=2)
    assert comment(desk).textCursor().selectedText() == "__"
    type_text("4")
    press(Key.Key_Return, modifiers=CTRL)

    assert current(desk) == "S02.01", "the second gap holds it"
    assert (comment(desk).textCursor().selectedText(), focused()) == ("__", comment(desk))
    type_text("7")
    press(Key.Key_Return, modifiers=CTRL)
    assert current(desk) == "S02.02"
    assert work.entry("S02.01").comment == "Seen on 4 visits of 7."


def test_the_words_of_a_comment_are_kept_as_a_snippet(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_C)
    type_text("No plan was on file")
    press(Key.Key_J, modifiers=CTRL)
    click(picker(desk).keep)

    assert live(desk).form is None
    assert focused() is comment(desk)
    assert "No plan was on file" in [snippet.text for snippet in work.first.ask(snippets, None)]


def test_a_name_is_warned_of_before_it_is_kept(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_C)
    type_text("Seen with Mrs Green")
    press(Key.Key_J, modifiers=CTRL)
    click(picker(desk).keep)
    assert len(work.first.ask(snippets, None)) == 2
    click(picker(desk).keep)

    assert "Seen with Mrs Green" in [snippet.text for snippet in work.first.ask(snippets, None)]


def test_keys_of_the_desk_do_nothing_while_a_snippet_is_chosen(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_J, modifiers=CTRL)
    press(Key.Key_Return)
    press(Key.Key_1)
    press(Key.Key_PageDown)

    assert (current(desk), work.entry("S02.01").answer.is_blank) == ("S02.01", True)


def test_the_whole_picker_is_in_sight_at_large_text(work: Sitting, qtbot: QtBot) -> None:
    theme().set(scale=200)
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_C)
    type_text("Yes")
    press(Key.Key_J, modifiers=CTRL)
    view = desk.section_view.viewport()

    def in_sight() -> bool:
        form = picker(desk)
        top = form.mapTo(view, QPoint(0, 0)).y()
        return top >= 0 and top + form.height() <= view.height()

    qtbot.waitUntil(in_sight)
