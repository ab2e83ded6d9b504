from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auditor.desktop.marks import MarkKind
from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.questions.reasons import Reasons
from auditor.domain.answers import Answer, Entry
from auditor.services import actions
from tests.desktop.pages.desk_kit import NA_REASONS, Sitting, current, live, sitting, status_of
from tests.desktop.pages.kit import click, focused, press, type_text
from tests.desktop.pages.test_desk import all_words
from tests.kit import TODAY, answer

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


def arrives(qtbot: QtBot, desk: Desk, question_id: str) -> None:
    """Wait until the desk has gone on by itself."""
    qtbot.waitUntil(lambda: current(desk) == question_id)


def test_a_whole_audit_is_answered_with_the_keyboard_alone(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot)
    assert current(desk) == "S01.01"

    type_text("4")
    press(Key.Key_Return)
    assert (current(desk), work.entry("S01.01").answer) == ("S01.02", Answer(4))
    for digit, question_id, following in (
        (Key.Key_2, "S01.02", "S01.03"),
        (Key.Key_1, "S01.03", "S02.01"),
        (Key.Key_4, "S02.01", "S02.02"),
        (Key.Key_1, "S02.02", "S02.03"),
    ):
        press(digit)
        assert not work.entry(question_id).answer.is_blank, "on disk before the desk goes on"
        arrives(qtbot, desk, following)
    type_text("Visits were kept up")
    press(Key.Key_Return, modifiers=CTRL)
    assert current(desk) == "S02.04"
    press(Key.Key_3)
    arrives(qtbot, desk, "S03.01")
    type_text("3/6")
    press(Key.Key_Down)
    type_text("3/6 14:30")
    press(Key.Key_Down)
    type_text("96,5")
    press(Key.Key_Down)
    press(Key.Key_1)
    press(Key.Key_3)
    press(Key.Key_Return)
    type_text("pr")
    qtbot.waitUntil(lambda: not work.entry("S03.05").answer.is_blank)

    answers = {question_id: work.entry(question_id).answer.value for question_id in desk.state.view.slots}
    assert answers == {
        "S01.01": 4,
        "S01.02": "no",
        "S01.03": "met",
        "S02.01": "not_evidenced",
        "S02.02": "yes",
        "S02.03": "Visits were kept up",
        "S02.04": "3",
        "S03.01": "2026-06-03",
        "S03.02": "2026-06-03T14:30",
        "S03.03": "96.5",
        "S03.04": ("health_visitor", "police"),
        "S03.05": "probation",
    }
    assert desk.state.view.blanks == []


def test_a_quick_hand_never_answers_the_same_question_twice(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")

    for digit in (Key.Key_1, Key.Key_2, Key.Key_2):
        press(digit)

    assert [work.entry(q).answer.value for q in ("S01.03", "S02.01", "S02.02")] == ["met", "partly", "no"]
    arrives(qtbot, desk, "S02.03")


@pytest.mark.parametrize(("key", "lands"), [(Key.Key_Down, "S02.01"), (Key.Key_PageDown, "S02.01")])
def test_going_on_by_hand_in_the_same_breath_goes_on_once(work: Sitting, qtbot: QtBot, key: Qt.Key, lands: str) -> None:
    desk = work.open(qtbot, at="S01.03")

    press(Key.Key_1)
    press(key)

    assert current(desk) == lands


def test_the_status_line_says_when_and_how_to_undo(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    press(Key.Key_2)

    said = status_of(desk)
    assert said.startswith("Saved ")
    assert said.endswith("2.01 Partly met · undo with Ctrl+Z")


def test_not_applicable_takes_a_numbered_reason_or_own_words(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")

    press(Key.Key_0)
    press(Key.Key_2)
    assert work.entry("S01.03").answer == Answer(na_reason=NA_REASONS[1])
    arrives(qtbot, desk, "S02.01")

    desk.show_question("S02.02")
    press(Key.Key_0)
    type_text("m")
    type_text("oved away")
    press(Key.Key_Return)
    assert work.entry("S02.02").answer == Answer(na_reason="moved away")


def test_esc_gives_up_a_reason_and_nothing_is_recorded(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")

    press(Key.Key_0)
    assert isinstance(live(desk).form, Reasons)
    press(Key.Key_Escape)

    assert live(desk).form is None
    assert work.entry("S01.03").is_empty
    press(Key.Key_1)
    assert work.entry("S01.03").answer == Answer("met")


def test_not_applicable_where_it_is_not_offered_says_so_in_place(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    press(Key.Key_0)

    assert live(desk).form is None
    assert "N/A is not offered here" in all_words(live(desk))
    assert work.entry("S02.01").is_empty


def test_a_section_that_does_not_apply_is_marked_undone_and_marked_again(work: Sitting, qtbot: QtBot) -> None:
    answer(work.first, work.audit_id, "S01.01", 2)
    desk = work.open(qtbot, at="S01.03")
    marked = Answer(na_reason=NA_REASONS[0])

    press(Key.Key_0, modifiers=CTRL)
    press(Key.Key_1)
    assert work.entry("S01.03").answer == marked
    assert work.entry("S01.02").is_empty, "a shared fact would tell the reason to the partner"

    press(Key.Key_Z, modifiers=CTRL)
    assert work.entry("S01.03").is_empty
    press(Key.Key_Y, modifiers=CTRL)
    assert work.entry("S01.03").answer == marked

    press(Key.Key_0, modifiers=CTRL)
    banner = desk.moves.forms.banner
    assert isinstance(banner, Reasons)
    click(banner.also)
    press(Key.Key_1)
    assert work.entry("S01.02").answer == marked
    assert work.entry("S01.01").answer == Answer(2), "what was answered stays"


def test_a_section_that_always_applies_is_not_set_aside(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    press(Key.Key_0, modifiers=CTRL)

    assert desk.moves.forms.banner is None
    assert "always applies" in status_of(desk)
    assert desk.operations.messages.status.mark is MarkKind.WARNING


def test_undo_brings_the_old_answer_back_and_redo_the_new_one(work: Sitting, qtbot: QtBot) -> None:
    answer(work.first, work.audit_id, "S02.01", "not_met")
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_G)
    press(Key.Key_1)

    press(Key.Key_Z, modifiers=CTRL)
    assert (current(desk), work.entry("S02.01").answer) == ("S02.01", Answer("not_met"))
    press(Key.Key_Z, modifiers=CTRL)
    assert not work.entry("S02.01").good_practice
    press(Key.Key_Y, 2, CTRL)
    assert (work.entry("S02.01").answer, work.entry("S02.01").good_practice) == (Answer("met"), True)


def test_undo_leaves_alone_what_the_partner_changed_since(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.02")
    press(Key.Key_1)
    answer(work.second, work.audit_id, "S01.02", "not_evidenced")
    desk.refresh(None)

    press(Key.Key_Z, modifiers=CTRL)

    assert work.entry("S01.02").answer == Answer("not_evidenced")
    assert "somebody has changed it since" in status_of(desk)


def test_delete_clears_and_backspace_goes_back_to_the_last_answer(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_3)
    arrives(qtbot, desk, "S02.02")
    desk.show_question("S02.04")

    press(Key.Key_Backspace)
    assert current(desk) == "S02.01"
    press(Key.Key_Delete)
    assert work.entry("S02.01").answer.is_blank


def test_arrows_look_along_and_space_chooses_without_going_on(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    press(Key.Key_Right)
    assert work.entry("S02.01").is_empty
    press(Key.Key_Space)

    assert work.entry("S02.01").answer == Answer("partly")
    assert current(desk) == "S02.01"


def test_comment_evidence_and_good_practice_have_a_key_each(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    press(Key.Key_C)
    type_text("nothing done in 3 weeks")
    press(Key.Key_Escape)
    press(Key.Key_E)
    type_text("part 5 page 9")
    press(Key.Key_Escape)
    press(Key.Key_G)

    entry = work.entry("S02.01")
    assert (entry.comment, entry.location, entry.good_practice) == ("nothing done in 3 weeks", "part 5 page 9", True)
    assert entry.answer.is_blank, "digits typed into a text are no answers"
    assert current(desk) == "S02.01"


def test_letters_typed_in_one_breath_after_c_are_words(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    for key in (Key.Key_C, Key.Key_G, Key.Key_A, Key.Key_2):
        QTest.keyClick(focused(), key)

    comment = live(desk).notes.comment
    assert comment is not None
    assert comment.toPlainText() == "ga2"
    assert work.entry("S02.01") == Entry()


def test_text_is_saved_by_itself_once_typing_rests(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_C)
    type_text("half a thought")
    assert work.entry("S02.01").comment == ""

    notes = live(desk).notes
    notes.comment_later.setInterval(0)
    type_text(" ")
    qtbot.waitUntil(lambda: work.entry("S02.01").comment == "half a thought")

    assert notes.comment is not None
    assert notes.comment.hasFocus(), "saving must not take the cursor away"
    assert notes.comment.toPlainText() == "half a thought "


@pytest.mark.parametrize("leave", ["section", "page", "close"])
def test_half_typed_text_is_saved_on_leaving(work: Sitting, qtbot: QtBot, leave: str) -> None:
    desk = work.open(qtbot, at="S02.01")
    press(Key.Key_C)
    type_text("left in the middle")

    if leave == "section":
        press(Key.Key_Escape)
        press(Key.Key_PageUp)
    elif leave == "page":
        desk.hide()
    else:
        desk.window().close()

    assert work.entry("S02.01").comment == "left in the middle"


def test_an_action_is_raised_without_leaving_the_question(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    press(Key.Key_A)
    type_text("See the child")
    press(Key.Key_Return, modifiers=CTRL)
    assert work.first.ask(actions.list_actions, actions.ActionQuery(TODAY)) == [], "an owner is missing"
    press(Key.Key_Down)
    press(Key.Key_Return, modifiers=CTRL)

    (line,) = work.first.ask(actions.list_actions, actions.ActionQuery(TODAY))
    assert (line.action.text, line.action.question_id, line.owner_name) == ("See the child", "S02.01", "A. Auditor")
    assert current(desk) == "S02.01"
    assert live(desk).form is None
    assert live(desk).notes.action.isChecked()


def test_blanks_are_walked_forwards_and_backwards(work: Sitting, qtbot: QtBot) -> None:
    for question_id, value in (("S01.02", "yes"), ("S02.01", "met"), ("S02.02", "no")):
        answer(work.first, work.audit_id, question_id, value)
    desk = work.open(qtbot, at="S01.03")

    press(Key.Key_N)
    assert current(desk) == "S02.03"
    press(Key.Key_Escape)
    press(Key.Key_N, modifiers=SHIFT)
    assert current(desk) == "S01.03"


def test_sections_turn_with_page_keys_and_land_on_their_first_blank(work: Sitting, qtbot: QtBot) -> None:
    answer(work.first, work.audit_id, "S02.01", "met")
    desk = work.open(qtbot, at="S01.03")

    press(Key.Key_PageDown)
    assert current(desk) == "S02.02"
    press(Key.Key_PageUp)
    assert current(desk) == "S01.01"


@pytest.mark.parametrize(("typed", "found"), [("2.03", "S02.03"), ("harm unnoticed", "S02.02"), ("3.0", "S03.01")])
def test_a_question_is_found_by_number_or_words(work: Sitting, qtbot: QtBot, typed: str, found: str) -> None:
    desk = work.open(qtbot, at="S01.03")

    press(Key.Key_G, modifiers=CTRL)
    type_text(typed)
    press(Key.Key_Return)

    assert current(desk) == found


def test_letters_stay_letters_in_a_field(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.03")

    type_text("an egg")

    assert current(desk) == "S02.03"
    assert live(desk).form is None
    desk.leave_question()
    assert work.entry("S02.03").answer == Answer("an egg")


def test_what_cannot_be_read_is_said_in_place_and_holds_the_question(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.01")

    type_text("many")
    press(Key.Key_Return)

    assert current(desk) == "S01.01"
    assert live(desk).faulty
    assert work.entry("S01.01").is_empty


def test_single_keys_work_again_once_esc_has_left_the_field(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.01")

    press(Key.Key_Escape)
    press(Key.Key_7)
    press(Key.Key_Return)
    assert work.entry("S01.01").answer == Answer(7)

    desk.show_question("S03.05")
    press(Key.Key_Escape)
    press(Key.Key_C)
    type_text("by telephone")
    press(Key.Key_Escape)
    assert work.entry("S03.05").comment == "by telephone"


def test_undo_with_nothing_done_says_so(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    press(Key.Key_Z, modifiers=CTRL)
    assert status_of(desk).startswith("Nothing to undo")
    press(Key.Key_Y, modifiers=CTRL)
    assert status_of(desk).startswith("Nothing to do again")


@pytest.mark.parametrize("question_id", ["S01.02", "S02.01"])
@pytest.mark.parametrize("digit", [Key.Key_5, Key.Key_9])
def test_a_digit_without_an_answer_is_nobodys(work: Sitting, qtbot: QtBot, question_id: str, digit: Qt.Key) -> None:
    desk = work.open(qtbot)
    desk.show_question(question_id)
    press(digit)
    press(digit)
    assert (current(desk), work.entry(question_id).answer) == (question_id, Answer())


def test_the_desk_never_goes_on_to_an_answered_question_by_itself(work: Sitting, qtbot: QtBot) -> None:
    answer(work.first, work.audit_id, "S02.02", "no")
    desk = work.open(qtbot)
    desk.show_question("S02.01")
    press(Key.Key_1)
    press(Key.Key_3)
    assert current(desk) == "S02.01"
    assert work.entry("S02.01").answer == Answer("not_met"), "the second digit corrected the first"
    assert work.entry("S02.02").answer == Answer("no")
