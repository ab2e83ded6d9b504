import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.marks import ANSWERS
from auditor.desktop.theme import theme
from auditor.desktop.widgets.answer_keys import AnswerKeys, Choice

SCALE = [Choice(code, ANSWERS[code].word, ANSWERS[code]) for code in ("met", "partly", "not_met", "not_evidenced")]


def shown_keys(qtbot: QtBot, *, na_allowed: bool = True) -> AnswerKeys:
    keys = AnswerKeys("4.18 Is harm analysed?", SCALE, na_allowed=na_allowed)
    qtbot.addWidget(keys)
    with qtbot.waitActive(keys):
        keys.show()
        keys.activateWindow()
    keys.resize(keys.sizeHint())
    keys.setFocus()
    return keys


@pytest.mark.parametrize("current", [False, True])
def test_no_key_changes_width_when_chosen(dressed: QApplication, qtbot: QtBot, current: bool) -> None:
    keys = shown_keys(qtbot)
    keys.set_current(current)
    before = [key.width() for key in keys.keys]
    for choice in SCALE:
        keys.set_chosen(choice.code)
        assert [key.width() for key in keys.keys] == before


def test_a_press_asks_and_shows_nothing_before_the_owner_says_so(dressed: QApplication, qtbot: QtBot) -> None:
    keys = shown_keys(qtbot)
    with qtbot.waitSignal(keys.answered) as heard:
        QTest.mouseClick(keys.keys[1], Qt.MouseButton.LeftButton)
    assert heard.args == ["partly"]
    assert keys.chosen == ""
    keys.set_chosen("partly")
    assert keys.chosen == "partly"


@pytest.mark.parametrize(("typed", "code"), [(Qt.Key.Key_1, "met"), (Qt.Key.Key_4, "not_evidenced")])
@pytest.mark.parametrize("pad", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier])
def test_digits_answer_also_on_the_keypad(
    dressed: QApplication, qtbot: QtBot, typed: Qt.Key, code: str, pad: Qt.KeyboardModifier
) -> None:
    keys = shown_keys(qtbot)
    with qtbot.waitSignal(keys.answered) as heard:
        QTest.keyClick(keys.keys[0], typed, pad)
    assert heard.args == [code]


def test_a_digit_without_a_choice_answers_nothing(dressed: QApplication, qtbot: QtBot) -> None:
    keys = shown_keys(qtbot)
    with qtbot.assertNotEmitted(keys.answered):
        QTest.keyClick(keys.keys[0], Qt.Key.Key_7)


def test_zero_asks_for_na_only_where_it_is_allowed(dressed: QApplication, qtbot: QtBot) -> None:
    keys = shown_keys(qtbot)
    with qtbot.waitSignal(keys.na_requested):
        QTest.keyClick(keys.keys[0], Qt.Key.Key_0)
    strict = shown_keys(qtbot, na_allowed=False)
    assert [key.code for key in strict.keys] == [choice.code for choice in SCALE]
    with qtbot.assertNotEmitted(strict.na_requested):
        QTest.keyClick(strict.keys[0], Qt.Key.Key_0)


def test_arrows_look_along_space_chooses_delete_clears(dressed: QApplication, qtbot: QtBot) -> None:
    keys = shown_keys(qtbot)
    QTest.keyClick(keys.keys[0], Qt.Key.Key_Right)
    assert keys.keys[1].hasFocus()
    with qtbot.waitSignal(keys.answered) as heard:
        QTest.keyClick(keys.keys[1], Qt.Key.Key_Space)
    assert heard.args == ["partly"]
    with qtbot.waitSignal(keys.clear_requested):
        QTest.keyClick(keys.keys[1], Qt.Key.Key_Delete)


def test_the_group_is_one_stop_for_tab(dressed: QApplication, qtbot: QtBot) -> None:
    keys = shown_keys(qtbot)
    keys.set_chosen("not_met")
    stops = [key.code for key in keys.keys if key.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["not_met"]


def test_a_screen_reader_hears_word_role_and_state(dressed: QApplication, qtbot: QtBot) -> None:
    keys = shown_keys(qtbot)
    keys.set_chosen("met")
    spoken = QAccessible.queryAccessibleInterface(keys.keys[0])
    assert spoken.text(QAccessible.Text.Name) == "Met"
    assert spoken.role() == QAccessible.Role.RadioButton
    assert spoken.state().checked


def test_grid_for_large_text_keeps_keys_apart_and_equal(dressed: QApplication, qtbot: QtBot) -> None:
    theme().set(scale=200)
    keys = shown_keys(qtbot)
    keys.set_columns(2)
    keys.resize(1300, keys.sizeHint().height())
    boxes = [key.geometry() for key in keys.keys]
    assert len({box.width() for box in boxes}) == 1
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert boxes[2].top() > boxes[0].bottom()


def test_current_keys_are_higher_and_carry_digits(dressed: QApplication, qtbot: QtBot) -> None:
    keys = shown_keys(qtbot)
    assert keys.keys[0].height() == 28
    resting = keys.keys[0].width()
    keys.set_current(True)
    assert keys.keys[0].height() == 34
    assert keys.keys[0].width() > resting
