"""Nothing typed at the desk or while reconciling is lost: not by Esc, another question, a lock, or a full disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.forms.action_in_place import ActionForm
from auditor.desktop.forms.banners import FinishPanel
from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.questions.reasons import Reasons
from auditor.domain.answers import Answer
from auditor.services import actions
from auditor.services.drafts import draft
from tests.desktop.pages.desk_kit import Sitting, current, live, sitting
from tests.desktop.pages.kit import click, press, type_text
from tests.desktop.pages.test_desk import Refusing
from tests.desktop.pages.test_reconcile import Pair
from tests.desktop.pages.test_reconcile import current as agreeing
from tests.desktop.pages.test_reconcile import desk_of as reconciling_desk_of
from tests.kit import TODAY, open_house

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
HALF = "A reason half writ"

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with open_house(tmp_path) as house:
        yield Pair(house)


def window_of(widget: Desk) -> MainWindow:
    window = widget.window()
    assert isinstance(window, MainWindow)
    return window


FORMS: dict[str, Callable[[Desk], None]] = {
    "na": lambda desk: desk.moves.open_na(),
    "section": lambda desk: desk.moves.open_section_na(),
    "finish": lambda desk: desk.moves.forms.open_finish(),
    "action": lambda desk: desk.moves.open_action(),
}


def text_of(desk: Desk) -> str:
    """What stands in the text of the form that is open."""
    form = live(desk).form or desk.moves.forms.banner
    if isinstance(form, Reasons):
        return form.own.text()
    if isinstance(form, FinishPanel):
        return form.reason.toPlainText()
    assert isinstance(form, ActionForm)
    return form.text.toPlainText()


def write_into(desk: Desk) -> None:
    """Type half a sentence into the form that is open."""
    form = live(desk).form or desk.moves.forms.banner
    if isinstance(form, Reasons):
        form.own.setFocus()
    type_text(HALF)


@pytest.mark.parametrize("left_by", ["Esc", "question", "leave", "window"])
@pytest.mark.parametrize("which", FORMS)
def test_a_half_filled_form_of_the_desk_comes_back(work: Sitting, qtbot: QtBot, which: str, left_by: str) -> None:
    desk = work.open(qtbot, at="S01.03")
    FORMS[which](desk)
    write_into(desk)

    if left_by == "Esc":
        press(Key.Key_Escape)
        assert (live(desk).form, desk.moves.forms.banner) == (None, None)
    elif left_by == "question":
        desk.show_question("S02.01")
    elif left_by == "leave":
        window_of(desk).page_of("audits").leave()
    else:
        window_of(desk).close()
    if left_by in ("leave", "window"):
        desk = work.open(qtbot)
    desk.show_question("S01.03")
    FORMS[which](desk)
    assert text_of(desk) == HALF


@pytest.mark.parametrize("which", FORMS)
def test_a_draft_that_is_thrown_away_is_gone(work: Sitting, qtbot: QtBot, which: str) -> None:
    desk = work.open(qtbot, at="S01.03")
    FORMS[which](desk)
    form = live(desk).form or desk.moves.forms.banner
    assert isinstance(form, Reasons | ActionForm | FinishPanel)
    assert form.throw_away.isHidden(), "nothing to throw away yet"
    write_into(desk)
    click(form.throw_away)
    assert text_of(desk) == ""
    press(Key.Key_Escape)
    FORMS[which](desk)
    assert text_of(desk) == ""


def test_a_form_that_was_sent_leaves_no_draft(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")
    desk.moves.open_na()
    write_into(desk)
    press(Key.Key_Return)
    assert work.entry("S01.03").answer == Answer(na_reason=HALF)
    desk.show_question("S01.03")
    desk.moves.open_na()
    assert text_of(desk) == ""


def test_a_reason_that_could_not_be_recorded_is_not_lost(work: Sitting, qtbot: QtBot) -> None:
    session = Refusing(work.first)
    desk = work.open(qtbot, session, at="S01.03")  # type: ignore[arg-type]
    desk.moves.open_na()
    write_into(desk)
    session.full, session.let_through = True, {"keep_draft"}
    press(Key.Key_Return)
    assert work.entry("S01.03").is_empty
    desk.moves.open_na()
    assert text_of(desk) == HALF


def test_no_action_is_raised_while_its_date_cannot_be_read(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")
    desk.moves.open_action()
    form = live(desk).form
    assert isinstance(form, ActionForm)
    type_text("Ask the school")
    form.owner.set_value(work.first.actor.id)
    form.due.setText("31/02/2027")
    form.ask()
    query = actions.ActionQuery(TODAY, audit_id=work.audit_id)
    assert work.first.ask(actions.list_actions, query) == []
    assert form.due.faulty


@pytest.mark.parametrize("where", ["comment", "location", "date"])
def test_words_a_full_disk_refused_come_back_to_the_desk(work: Sitting, qtbot: QtBot, where: str) -> None:
    session = Refusing(work.first)
    at = "S03.01" if where == "date" else "S02.01"
    desk = work.open(qtbot, session, at=at)  # type: ignore[arg-type]
    session.full, session.let_through = True, {"keep_draft"}
    if where != "date":
        press(Key.Key_C if where == "comment" else Key.Key_E)
    type_text("77/88")
    window_of(desk).page_of("audits").go_back()

    session.full = False
    desk = work.open(qtbot, session)  # type: ignore[arg-type]
    assert current(desk) == at
    if where == "date":
        assert (live(desk).words, live(desk).faulty) == ({"answer": "77/88"}, True)
    else:
        desk.moves.step(1)
        assert getattr(work.entry(at), where) == "77/88"
        assert work.first.ask(draft, f"audits/{work.audit_id}/unrecorded") == {}, "nothing is kept aside any more"


def test_the_desk_stays_where_words_can_be_put_nowhere(work: Sitting, qtbot: QtBot) -> None:
    session = Refusing(work.first)
    desk = work.open(qtbot, session, at="S02.01")  # type: ignore[arg-type]
    page = window_of(desk).page
    assert isinstance(page, AuditsPage)
    session.full = True
    press(Key.Key_C)
    type_text("seen twice")
    page.go_back()
    stayed = page.desk
    session.full = False
    page.go_back()
    assert (stayed, page.desk) == (desk, None)
    assert work.entry("S02.01").comment == "seen twice"


@pytest.mark.parametrize("left_by", ["question", "leave", "window", "another page"])
def test_what_is_half_decided_comes_back(pair: Pair, qtbot: QtBot, left_by: str) -> None:
    window = pair.open(qtbot)
    desk = reconciling_desk_of(window)
    assert agreeing(desk) == "S01.03"
    press(Key.Key_Right)
    press(Key.Key_C)
    type_text("Worth keeping")
    desk.decision.why.setFocus()
    type_text("B saw the not")
    if left_by == "question":
        press(Key.Key_Escape)
        press(Key.Key_Down)
        assert desk.decision.why.toPlainText() == ""
        press(Key.Key_Up)
    elif left_by == "leave":
        window.page_of("reconcile").leave()
    elif left_by == "window":
        window.close()
    else:
        desk.hide()
    if left_by != "question":
        desk = reconciling_desk_of(pair.open(qtbot))
    assert agreeing(desk) == "S01.03"
    assert desk.decision.answer == Answer("not_met")
    assert (desk.decision.why.toPlainText(), desk.decision.comment.toPlainText()) == ("B saw the not", "Worth keeping")
    assert pair.agreed("S01.03").answer.is_blank, "kept, not agreed"


def test_what_was_agreed_or_thrown_away_leaves_no_draft(pair: Pair, qtbot: QtBot) -> None:
    desk = reconciling_desk_of(pair.open(qtbot))
    press(Key.Key_Right)
    desk.decision.why.setFocus()
    type_text("B saw the not")
    click(desk.decision.throw_away)
    assert (desk.decision.answer, desk.decision.why.toPlainText()) == (Answer(), "")
    desk.focus_question()
    press(Key.Key_Right)
    desk.decision.why.setFocus()
    type_text("B saw the notes")
    press(Key.Key_Return, modifiers=CTRL)
    assert pair.agreed("S01.03").answer.reason == "B saw the notes"
    desk.show_question("S01.03")
    assert desk.decision.throw_away.isHidden()


def test_why_a_grade_stands_is_kept_until_it_is_signed_off(pair: Pair, qtbot: QtBot) -> None:
    desk = reconciling_desk_of(pair.open(qtbot))
    desk.open_sign_off()
    assert desk.finish is not None
    desk.finish.limit_reason.setPlainText(HALF)
    desk.close_finish()
    desk.open_sign_off()
    assert desk.finish.limit_reason.toPlainText() == HALF


def test_keys_decide_nothing_from_outside_the_question(pair: Pair, qtbot: QtBot) -> None:
    desk = reconciling_desk_of(pair.open(qtbot))
    desk.list.tabs.setFocus()
    for key in (Key.Key_1, Key.Key_A, Key.Key_C, Key.Key_Return):
        press(key)
    QApplication.processEvents()
    assert (desk.decision.answer, desk.decision.form) == (Answer(), None)
    assert desk.list.tabs.hasFocus()
