"""What auditors say of the tool, by keyboard: at the desk, on the way to the lead, and back to whoever said it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.feedback.panel import FeedbackPanel
from auditor.desktop.pages.home.words import page_for
from auditor.domain.audit import Mode
from auditor.services import home, reconciling, scoring
from auditor.services.session import Session
from auditor.services.tool_feedback import GiveFeedback, SettleFeedback, feedback, give_feedback, settle_feedback
from auditor.services.waiting import Verb, Waiting
from tests.desktop.pages.desk_kit import Sitting, sitting
from tests.desktop.pages.kit import filled, focused, press, type_text
from tests.kit import TODAY

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


def hand_in(session: Session, audit_id: str) -> None:
    session.do(scoring.submit, scoring.Submit(audit_id, "Not this time."))


def panel_of(desk: Desk) -> FeedbackPanel:
    panel = desk.moves.forms.banner
    assert isinstance(panel, FeedbackPanel)
    return panel


def offered(qtbot: QtBot, work: Sitting) -> Desk:
    """The desk after the first auditor has finished."""
    hand_in(work.first, work.audit_id)
    desk = work.open(qtbot)
    qtbot.waitUntil(lambda: desk.feedback.own is not None)
    return desk


def rows(session: Session, verb: Verb) -> list[Waiting]:
    return [row for row in session.ask(home.home, TODAY).waiting if row.verb is verb]


def test_nothing_is_offered_before_one_has_finished(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot)
    qtbot.waitUntil(lambda: desk.feedback.own is not None)
    assert not desk.feedback.isVisible()


def test_an_unclear_question_is_found_by_its_number_and_sent_by_keys(work: Sitting, qtbot: QtBot) -> None:
    desk = offered(qtbot, work)
    assert desk.feedback.isVisible()
    desk.feedback.say.setFocus()
    press(Key.Key_Space)
    type_text("1.03")
    press(Key.Key_Return)
    type_text("Reflective how?")
    press(Key.Key_Return, modifiers=CTRL)
    assert desk.moves.forms.banner is None and desk.stack.isVisible()
    (line,) = work.house.lead.ask(feedback, "")
    assert [(one[0], one[3]) for one in line.unclear] == [("S01.03", "Reflective how?")]
    (row,) = rows(work.house.lead, Verb.REMARKS)
    assert page_for(row.verb) == "templates" and row.target == line.template_hash
    assert rows(work.first, Verb.REMARKS) == []


def test_a_question_is_called_unclear_from_its_own_row_while_it_is_answered(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    qtbot.waitUntil(lambda: desk.feedback.own is not None)
    press(Key.Key_U)
    panel = panel_of(desk)
    assert focused() is panel.picks.picks["S02.01"].words and not panel.send.isVisible()
    type_text("Delay of what")
    press(Key.Key_Return, modifiers=CTRL)
    assert panel.problem.isVisible(), "it cannot be sent yet"
    press(Key.Key_Escape)
    assert desk.moves.forms.banner is None and work.house.lead.ask(feedback, "") == []
    hand_in(work.first, work.audit_id)
    again = work.open(qtbot)
    qtbot.waitUntil(again.feedback.isVisible)
    again.feedback.open("")
    assert panel_of(again).picks.unclear == {"S02.01": "Delay of what"}
    press(Key.Key_Return, modifiers=CTRL)
    (line,) = work.house.lead.ask(feedback, "")
    assert line.unclear[0][0] == "S02.01"


def test_what_is_to_be_sent_is_the_one_filled_button(work: Sitting, qtbot: QtBot) -> None:
    hand_in(work.second, work.audit_id)
    desk = offered(qtbot, work)
    page = desk.window()
    assert filled(page) == ["Agree the answers"]
    desk.feedback.open("")
    assert filled(page) == ["Send to the QA lead"]
    press(Key.Key_Escape)
    assert filled(page) == ["Agree the answers"]


def test_nothing_written_is_not_sent_and_a_pick_can_be_taken_off(work: Sitting, qtbot: QtBot) -> None:
    desk = offered(qtbot, work)
    desk.feedback.open("S01.03")
    panel = panel_of(desk)
    panel.picks.picks["S01.03"].off.setFocus()
    press(Key.Key_Space)
    assert panel.picks.unclear == {} and focused() is panel.picks.typed
    press(Key.Key_Return, modifiers=CTRL)
    assert panel.problem.isVisible() and work.house.lead.ask(feedback, "") == []


def test_who_said_it_reads_what_was_done_and_says_so(work: Sitting, qtbot: QtBot) -> None:
    hand_in(work.first, work.audit_id)
    work.first.do(give_feedback, GiveFeedback(work.audit_id, {}, words="Too long."))
    settle = SettleFeedback(work.audit_id, work.first.actor.id, "Twenty questions left out.")
    work.house.lead.do(settle_feedback, settle)
    assert rows(work.house.lead, Verb.REMARKS) == []
    (row,) = rows(work.first, Verb.HEARD)
    assert (row.target, row.detail) == (work.audit_id, "Twenty questions left out.")
    desk = work.open(qtbot)
    qtbot.waitUntil(desk.feedback.heard.isVisible)
    assert "Twenty questions left out." in desk.feedback.words.text()
    desk.feedback.heard.setFocus()
    press(Key.Key_Space)
    assert rows(work.first, Verb.HEARD) == [] and not desk.feedback.heard.isVisible()


def test_a_single_audit_offers_it_after_sign_off(tmp_path: Path, qtbot: QtBot) -> None:
    with sitting(tmp_path, Mode.SINGLE) as work:
        desk = work.open(qtbot)
        qtbot.waitUntil(lambda: desk.feedback.own is not None)
        assert not desk.feedback.isVisible()
        work.first.do(reconciling.sign_off, reconciling.SignOff(work.audit_id, "Not this time."))
        again = work.open(qtbot)
        qtbot.waitUntil(again.feedback.isVisible)
