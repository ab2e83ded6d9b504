from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.forms.banners import FinishPanel
from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.notes import Notes
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.questions.controls import KeysControl
from auditor.desktop.theme import theme
from auditor.domain.answers import Answer, Facet
from auditor.domain.audit import Mode, Slot, Stage
from auditor.domain.errors import WorkspaceError
from auditor.domain.roles import Role
from auditor.services import actions, scoring
from auditor.services.session import Session
from tests.desktop.pages.desk_kit import Sitting, current, desk_of, live, sitting, status_of
from tests.desktop.pages.kit import click, press, shown, type_text
from tests.kit import TODAY, answer, open_house

Key = Qt.Key
SECRET = "Words only the partner wrote"

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


def press_zone(desk: Desk, question_id: str, kind: str, name: str) -> None:
    """Press a key or a sign of a question at rest with the mouse."""
    row = desk.section_view.row(question_id)
    assert row is not None
    zone = row.zone(kind, name)
    assert zone is not None
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=zone.rect.center().toPoint())
    QApplication.processEvents()


def all_words(root: QWidget) -> str:
    """Everything any widget below says, to the eye or to a screen reader."""
    words = []
    for widget in (root, *root.findChildren(QWidget)):
        words += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit):
            words.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            words.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            words += [widget.itemText(number) for number in range(widget.count())]
    return "\n".join(words)


def chosen(desk: Desk) -> str:
    """The key shown as chosen on the current question."""
    control = live(desk).control
    assert isinstance(control, KeysControl)
    return control.keys.chosen


def can_answer(desk: Desk, question_id: str) -> bool:
    """Whether the question, made the current one, can be answered."""
    desk.show_question(question_id)
    return desk.live is not None


class Refusing:
    """A session whose disk is full once `full` is set, but for the acts named in `let_through`."""

    def __init__(self, real: Session) -> None:
        self.real, self.full = real, False
        self.let_through: set[str] = set()
        self.actor, self.ask = real.actor, real.ask

    def do(self, act: Callable[..., Any], command: object) -> Any:
        if self.full and act.__name__ not in self.let_through:
            raise WorkspaceError("disk-full", "No room", "The disk is full.", "Make room, then try again.")
        return self.real.do(act, command)


def test_a_question_at_rest_is_answered_with_one_click(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    press_zone(desk, "S02.02", "key", "no")

    assert work.entry("S02.02").answer == Answer("no")
    assert current(desk) == "S02.02", "the mouse stays where it is"
    assert chosen(desk) == "no"


def test_the_clicked_question_stays_under_the_mouse(work: Sitting, qtbot: QtBot) -> None:
    note = scoring.RecordNote(work.audit_id, "S03.01", Facet.COMMENT, "A long comment. " * 60)
    work.first.do(scoring.record_note, note)
    desk = work.open(qtbot, at="S03.01")
    desk.window().resize(1366, 640)
    QApplication.processEvents()
    row = desk.section_view.row("S03.03")
    assert row is not None
    desk.section_view.verticalScrollBar().setValue(200)
    before = row.mapTo(desk, QPoint(0, 0)).y()

    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(300, 10))
    QApplication.processEvents()

    assert current(desk) == "S03.03"
    after = row.mapTo(desk, QPoint(0, 0)).y()
    assert after == before or desk.section_view.verticalScrollBar().value() == 0


def test_signs_at_rest_open_what_they_stand_for(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")

    press_zone(desk, "S02.02", "sign", "good_practice")
    assert work.entry("S02.02").good_practice
    press_zone(desk, "S02.04", "sign", "comment")
    notes = live(desk).notes
    assert notes.comment is not None
    assert notes.comment.hasFocus()


def test_only_the_current_question_has_editors(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    for question_id in ("S02.02", "S01.03", "S03.02", "S02.04"):
        desk.show_question(question_id)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert len(desk.findChildren(Notes)) == 1


def test_a_section_is_built_when_first_shown_and_kept(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")
    assert desk.stack.count() == 1

    desk.moves.open_section("S02")
    second = desk.section_view
    desk.moves.open_section("S01")
    desk.moves.open_section("S02")

    assert desk.section_view is second
    assert desk.stack.count() == 2


def test_a_failed_save_brings_the_old_answer_back_and_says_so_in_place(work: Sitting, qtbot: QtBot) -> None:
    answer(work.first, work.audit_id, "S02.01", "met")
    session = Refusing(work.first)
    desk = work.open(qtbot, session, at="S02.01")  # type: ignore[arg-type]
    session.full = True

    press(Key.Key_3)

    assert chosen(desk) == "met"
    assert "Not saved. The disk is full." in all_words(live(desk))
    assert "Saved" not in status_of(desk)
    assert work.entry("S02.01").answer == Answer("met")
    qtbot.wait_signal(desk.changed, timeout=1, raising=False)
    assert current(desk) == "S02.01", "nothing went on"
    session.full = False
    press(Key.Key_3)
    assert work.entry("S02.01").answer == Answer("not_met")


def test_words_that_could_not_be_saved_stay_and_are_saved_at_the_next_chance(work: Sitting, qtbot: QtBot) -> None:
    session = Refusing(work.first)
    desk = work.open(qtbot, session, at="S02.01")  # type: ignore[arg-type]
    session.full = True
    press(Key.Key_C)
    type_text("seen twice")
    press(Key.Key_Escape)
    notes = live(desk).notes
    assert notes.comment is not None
    assert notes.comment.toPlainText() == "seen twice"
    assert work.entry("S02.01").comment == ""

    session.full = False
    press(Key.Key_Down)
    assert work.entry("S02.01").comment == "seen twice"


def test_nothing_of_the_partner_is_anywhere_in_the_window_before_both_finished(work: Sitting, qtbot: QtBot) -> None:
    for question_id in ("S01.03", "S02.01", "S02.02"):
        work.second.do(
            scoring.record_note,
            scoring.RecordNote(work.audit_id, question_id, Facet.COMMENT, f"{SECRET} {question_id}"),
        )
        work.second.do(scoring.mark_good_practice, scoring.MarkGoodPractice(work.audit_id, question_id, True))
    answer(work.second, work.audit_id, "S02.03", SECRET)
    answer(work.second, work.audit_id, "S02.01", "not_met")
    desk = work.open(qtbot)

    for section in desk.state.sections:
        desk.moves.open_section(section.id)
        for question in desk.state.questions(section):
            desk.show_question(question.id)
            QApplication.processEvents()
            assert SECRET not in all_words(desk.window())
            if desk.state.view.slots[question.id] is Slot.A:
                assert desk.state.entry(question.id).is_empty
    assert "0 good practice" in all_words(desk.list)
    assert all(row.entry.answer.is_blank for row in desk.section_view.rows)
    assert "Blind: B. Auditor cannot see your answers, nor you theirs" in all_words(desk.window())


def test_shared_facts_of_the_partner_are_shown(work: Sitting, qtbot: QtBot) -> None:
    answer(work.second, work.audit_id, "S01.02", "no")

    desk = work.open(qtbot, at="S01.02")

    assert chosen(desk) == "no"


def test_what_the_program_knows_is_a_line_to_read_and_never_asked(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S03.01")

    assert desk.section_view.row("S03.06") is None
    assert "CF-07" in all_words(desk.section_view)


def test_finishing_demands_a_reason_for_blanks_and_then_closes_the_desk(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    page = desk.window().page  # type: ignore[attr-defined]
    finish = next(button for button in page.header.buttons if button.text().startswith("Finish"))
    assert finish.reason.endswith("still blank")

    click(finish)
    panel = desk.moves.forms.banner
    assert isinstance(panel, FinishPanel)
    click(panel.confirm)
    assert work.first.ask(scoring.desk, work.audit_id).audit.submitted == frozenset()
    type_text("record not on file")
    click(panel.confirm)

    assert work.first.ask(scoring.desk, work.audit_id).audit.submitted == {Slot.A}
    qtbot.waitUntil(lambda: page.desk is not desk)
    closed = page.desk
    assert not can_answer(closed, "S02.01"), "finished answers are only read"
    assert can_answer(closed, "S01.02"), "facts can still be filled in"
    assert "Your answers are finished." in all_words(closed)


def test_next_blank_is_offered_where_finishing_is_held_up(work: Sitting, qtbot: QtBot) -> None:
    answer(work.first, work.audit_id, "S01.01", 1)
    desk = work.open(qtbot, at="S01.01")
    desk.moves.forms.open_finish()
    panel = desk.moves.forms.banner
    assert isinstance(panel, FinishPanel)

    panel.next_blank.emit()

    assert desk.moves.forms.banner is None
    assert current(desk) == "S01.02"


@pytest.mark.parametrize("mode", [Mode.JOINT, Mode.SINGLE])
def test_an_audit_with_one_set_of_answers_is_signed_off_at_the_desk(tmp_path: Path, qtbot: QtBot, mode: Mode) -> None:
    with sitting(tmp_path, mode) as work:
        desk = work.open(qtbot, at="S02.01")
        desk.moves.forms.open_finish()
        type_text("not enough on file")
        panel, page = desk.moves.forms.banner, desk.window().page  # type: ignore[attr-defined]
        assert isinstance(panel, FinishPanel)
        click(panel.confirm)

        assert work.first.ask(scoring.desk, work.audit_id).audit.stage is Stage.SIGNED_OFF
        qtbot.waitUntil(lambda: page.desk is not desk)
        assert "Signed off." in all_words(page.desk)
        assert page.desk.live is None


def test_somebody_who_is_not_of_the_pair_looks_and_changes_nothing(work: Sitting, qtbot: QtBot) -> None:
    answer(work.first, work.audit_id, "S02.01", "not_met")
    answer(work.first, work.audit_id, "S01.02", "no")
    desk = work.open(qtbot, work.house.lead, at="S01.02")

    press(Key.Key_1)
    press(Key.Key_Down)

    assert work.entry("S01.02").answer == Answer("no")
    assert desk.live is None
    assert "not_met" not in {str(entry.answer.value) for entry in desk.state.view.entries.values()}
    assert "You can look, not change" in all_words(desk)


def test_business_support_fills_in_facts_only(work: Sitting, qtbot: QtBot) -> None:
    helper = work.house.add("S. Support", Role.BUSINESS_SUPPORT)
    desk = work.open(qtbot, helper)

    assert all(question.is_fact for question in desk.state.in_order)
    desk.show_question("S01.02")
    press(Key.Key_1)
    assert work.entry("S01.02").answer == Answer("yes")


def test_answered_facts_fold_together_and_open_again(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")
    head = desk.section_view.facts_head
    click(head)
    rows = {row.question.id: row.isVisibleTo(desk) for row in desk.section_view.rows}
    assert rows == {"S01.01": False, "S01.02": False, "S01.03": True}

    desk.show_question("S01.01")
    assert not head.folded, "a folded question that is asked for unfolds"


def test_only_unanswered_questions_are_shown_when_asked_for(work: Sitting, qtbot: QtBot) -> None:
    answer(work.first, work.audit_id, "S02.02", "no")
    desk = work.open(qtbot, at="S02.01")

    click(desk.head.filter)
    assert [row.question.id for row in desk.section_view.shown_rows()] == ["S02.01", "S02.03", "S02.04"]
    press_zone(desk, "S02.04", "key", "2")
    assert desk.section_view.row("S02.04") in desk.section_view.shown_rows(), "nothing moves under the hands"


def test_one_question_a_page_at_large_text(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    theme().set(scale=200)
    desk.window().resize(1367, 768)
    QApplication.processEvents()

    shown_rows = [row.question.id for row in desk.section_view.rows if row.isVisible()]
    assert shown_rows == ["S02.01"]
    assert not desk.list.isVisible()
    control = live(desk).control
    assert isinstance(control, KeysControl)
    assert control.keys.columns == 2
    desk.head.guidance.click()
    assert desk.guidance.isVisible()
    press(Key.Key_Escape)
    assert not desk.guidance.isVisible()
    press(Key.Key_1)
    assert work.entry("S02.01").answer == Answer("met")


def test_the_list_has_mine_first_and_leads_to_the_desk(work: Sitting, qtbot: QtBot) -> None:
    window = shown(qtbot, lambda operations: AuditsPage(operations, work.first, lambda: TODAY))
    page = window.page
    assert isinstance(page, AuditsPage)
    assert page.header.buttons[-1].text() == "Start · CF-07"

    press(Key.Key_Return)
    assert current(desk_of(window)) == "S01.01"
    window.go_back()
    assert page.list.isVisible()


def test_a_place_without_audits_says_what_to_do(tmp_path: Path, qtbot: QtBot) -> None:
    with open_house(tmp_path) as house:
        window = shown(qtbot, lambda operations: AuditsPage(operations, house.lead, lambda: TODAY))

        assert "No audits yet" in all_words(window)
        assert window.page is not None
        with qtbot.waitSignal(window.page.go_to) as asked:
            window.page.go_to.disconnect(window.show_page)
            press(Key.Key_1)
        assert asked.args == ["cycles", None]


def test_going_on_starts_where_one_stopped(work: Sitting, qtbot: QtBot) -> None:
    answer(work.first, work.audit_id, "S02.02", "no")

    desk = work.open(qtbot)

    assert current(desk) == "S02.02"


def test_the_drawer_follows_the_question_and_lists_the_actions(work: Sitting, qtbot: QtBot) -> None:
    command = actions.RaiseAction(
        "Ask the school", work.first.actor.id, TODAY, audit_id=work.audit_id, question_id="S02.02"
    )
    work.first.do(actions.raise_action, command)
    desk = work.open(qtbot, at="S02.01")
    qtbot.waitUntil(lambda: "Limits the overall grade" in all_words(desk.guidance))
    assert "Look for:</span> Case notes of that day: who saw the child" in all_words(desk.guidance)

    desk.guidance.tabs.choose("actions")

    words = all_words(desk.guidance)
    assert "Ask the school" in words
    assert " · 2.02" in words


def test_a_partner_sees_no_action_that_would_tell_an_answer(work: Sitting, qtbot: QtBot) -> None:
    command = actions.RaiseAction(SECRET, work.second.actor.id, TODAY, audit_id=work.audit_id, question_id="S02.02")
    work.second.do(actions.raise_action, command)

    desk = work.open(qtbot, at="S02.02")
    desk.guidance.tabs.choose("actions")

    assert SECRET not in all_words(desk.window())
    assert "0 actions" in all_words(desk.list)
