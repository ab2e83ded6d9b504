from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.forms.banners import FinishPanel
from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.reconcile.page import ReconcilePage
from auditor.desktop.pages.reconcile.reconciling_desk import ReconcilingDesk
from auditor.desktop.theme import theme
from auditor.domain.answers import Answer, Entry, Facet
from auditor.domain.audit import Stage
from auditor.domain.reconciliation import Comparison, Likeness
from auditor.domain.roles import Role
from auditor.services import actions, reconciling, scoring
from auditor.services.session import Session
from tests.desktop.pages.kit import click, press, shown, type_text
from tests.desktop.pages.test_desk import SECRET, Refusing, all_words
from tests.kit import TODAY, House, answer, open_house, score_and_submit

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.usefixtures("dressed")


class Pair:
    """An audit both finished: S01.03 differs by two steps, S02.01 by one, S02.03 is blank at B, the rest is alike."""

    def __init__(self, house: House, said_by_first: str = "") -> None:
        self.house = house
        self.first, self.second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        self.cycle_id = house.cycle(references=("CF-01", "CF-02", "CF-03"))
        self.audit_id = house.give(self.cycle_id, "CF-01", self.first, self.second)
        note = scoring.RecordNote(self.audit_id, "S01.03", Facet.COMMENT, SECRET)
        self.second.do(scoring.record_note, note)
        if said_by_first:
            note = scoring.RecordNote(self.audit_id, "S01.03", Facet.COMMENT, said_by_first)
            self.first.do(scoring.record_note, note)
        score_and_submit(self.first, self.audit_id, S02_01="partly")
        for question_id, value in (("S01.03", "not_met"), ("S02.01", "met"), ("S02.02", "no"), ("S02.04", "2")):
            answer(self.second, self.audit_id, question_id, value)
        self.second.do(scoring.submit, scoring.Submit(self.audit_id, "Nothing to add."))

    def item(self, question_id: str) -> Comparison:
        """How a question stands on disk."""
        view = self.first.ask(reconciling.reconcile_view, self.audit_id)
        return next(item for item in view.comparisons if item.question.id == question_id)

    def agreed(self, question_id: str) -> Entry:
        """What is agreed on disk."""
        return self.item(question_id).agreed

    def open(self, qtbot: QtBot, session: Session | None = None) -> MainWindow:
        """The page, opened from the rail."""
        return shown(qtbot, lambda operations: ReconcilePage(operations, session or self.first, lambda: TODAY))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with open_house(tmp_path) as house:
        yield Pair(house)


@pytest.fixture
def talkative(tmp_path: Path) -> Iterator[Pair]:
    """Both commented on S01.03."""
    with open_house(tmp_path) as house:
        yield Pair(house, "Notes of each month.")


def page_of(window: MainWindow) -> ReconcilePage:
    page = window.page
    assert isinstance(page, ReconcilePage)
    return page


def desk_of(window: MainWindow) -> ReconcilingDesk:
    desk = page_of(window).desk
    assert desk is not None
    return desk


def current(desk: ReconcilingDesk) -> str:
    assert desk.current is not None
    return desk.current.question.id


def test_the_one_audit_that_waits_opens_at_the_widest_difference(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot))

    assert current(desk) == "S01.03"
    tabs = {likeness: len(desk.list.of(likeness)) for likeness in Likeness}
    assert tabs == {Likeness.DIFFER: 3, Likeness.ONE_BLANK: 1, Likeness.SAME: 1, Likeness.BOTH_BLANK: 0}
    assert SECRET in all_words(desk), "both have finished: the original words stand side by side"


def test_an_audit_is_reconciled_and_signed_off_by_keyboard(pair: Pair, qtbot: QtBot) -> None:
    window = pair.open(qtbot)
    desk, page = desk_of(window), page_of(window)

    press(Key.Key_Left)
    press(Key.Key_Return, modifiers=CTRL)
    assert pair.agreed("S01.03") == Entry(), "two steps apart: a reason is demanded"
    type_text("A saw the notes")
    press(Key.Key_Return, modifiers=CTRL)
    agreed = pair.agreed("S01.03").answer
    assert (agreed.value, agreed.took, agreed.reason) == ("met", "A", "A saw the notes")

    assert current(desk) == "S02.01"
    press(Key.Key_Right)
    press(Key.Key_Return, modifiers=CTRL)
    assert (pair.agreed("S02.01").answer.value, pair.agreed("S02.01").answer.took) == ("met", "B")

    assert current(desk) == "S02.03", "what one left blank comes after what differs"
    press(Key.Key_Left)
    press(Key.Key_Return, modifiers=CTRL)
    accept, sign = page.header.buttons
    assert accept.text() == "Accept 1 the same"
    click(accept)
    assert sign.reason

    assert current(desk) == "S02.04", "the overall judgement comes at the end, though both gave the same grade"
    press(Key.Key_Left)
    press(Key.Key_Return, modifiers=CTRL)
    assert pair.agreed("S02.04") == Entry(), "it is never agreed without its reasons"
    type_text("Safe, and seen alone")
    press(Key.Key_Return, modifiers=CTRL)
    assert pair.agreed("S02.04").answer == Answer("2", reason="Safe, and seen alone", took="same")

    assert not sign.reason
    click(sign)
    assert isinstance(desk.finish, FinishPanel)
    press(Key.Key_Return)
    view = pair.first.ask(reconciling.reconcile_view, pair.audit_id)
    assert view.audit.stage is Stage.SIGNED_OFF
    assert not desk.decision.isVisible()
    assert "Signed off." in all_words(desk)


def test_a_third_answer_needs_a_reason_and_both_first_answers_stay(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot))
    desk.show_question("S02.01")

    press(Key.Key_3)
    press(Key.Key_Return)
    assert pair.agreed("S02.01") == Entry()
    assert "neither A's nor B's" in all_words(desk.decision)
    type_text("the delay came later")
    press(Key.Key_Return, modifiers=CTRL)

    item = pair.item("S02.01")
    assert (item.agreed.answer.value, item.agreed.answer.took) == ("not_met", "new")
    assert (item.first.answer.value, item.second.answer.value) == ("partly", "met")


def test_an_agreement_is_undone_and_done_again(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot))
    desk.show_question("S02.01")
    press(Key.Key_Left)
    press(Key.Key_Return, modifiers=CTRL)
    assert pair.item("S02.01").is_agreed

    press(Key.Key_Z, modifiers=CTRL)
    assert not pair.item("S02.01").is_agreed
    assert current(desk) == "S02.01"
    press(Key.Key_Y, modifiers=CTRL)
    assert pair.agreed("S02.01").answer.value == "partly"

    desk.show_question("S02.01")
    press(Key.Key_Right)
    press(Key.Key_Return, modifiers=CTRL)
    press(Key.Key_Z, modifiers=CTRL)
    assert pair.agreed("S02.01").answer.value == "partly", "the agreement before comes back"


def test_accepting_the_same_is_undone_in_one_go(pair: Pair, qtbot: QtBot) -> None:
    window = pair.open(qtbot)
    click(page_of(window).header.buttons[0])
    assert pair.item("S02.02").is_agreed

    press(Key.Key_Z, modifiers=CTRL)

    assert not pair.item("S02.02").is_agreed
    assert not pair.item("S02.04").is_agreed


def test_both_comments_are_merged_by_a_key_and_edited_before_they_are_kept(talkative: Pair, qtbot: QtBot) -> None:
    desk = desk_of(talkative.open(qtbot))
    desk.show_question("S01.03")
    press(Key.Key_M)
    assert desk.decision.comment.toPlainText() == f"Notes of each month.\n\n{SECRET}"
    type_text(" Agreed.")
    press(Key.Key_Escape)
    press(Key.Key_Left)
    press(Key.Key_W)
    type_text("A saw the notes")
    press(Key.Key_Return, modifiers=CTRL)
    assert talkative.agreed("S01.03").comment == f"Notes of each month.\n\n{SECRET} Agreed."


def test_where_nobody_commented_no_words_are_offered(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot))
    buttons = desk.decision.words.buttons
    assert [which for which, button in buttons.items() if button.isVisible()] == ["B"], "only B commented"
    desk.show_question("S02.01")
    assert not desk.decision.words.isVisible()


def test_a_comment_to_keep_is_kept_with_the_agreed_answer(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot))
    desk.show_question("S02.01")

    press(Key.Key_Left)
    press(Key.Key_C)
    type_text("seen on day two")
    press(Key.Key_Return, modifiers=CTRL)

    assert pair.agreed("S02.01").comment == "seen on day two"


def test_an_action_is_raised_while_reconciling(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot))

    press(Key.Key_A)
    type_text("Reflect monthly")
    press(Key.Key_Return, modifiers=CTRL)
    press(Key.Key_Down)
    press(Key.Key_Return, modifiers=CTRL)

    (line,) = pair.first.ask(actions.list_actions, actions.ActionQuery(TODAY))
    assert (line.action.text, line.action.question_id) == ("Reflect monthly", "S01.03")
    assert current(desk) == "S01.03"


def test_up_and_down_walk_the_list_over_its_tabs(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot))

    press(Key.Key_Down, 2)
    assert (current(desk), desk.list.tabs.current) == ("S02.03", Likeness.ONE_BLANK.value)
    press(Key.Key_Up)
    assert (current(desk), desk.list.tabs.current) == ("S02.01", Likeness.DIFFER.value)


def test_somebody_else_looks_and_cannot_agree(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot, pair.house.lead))

    press(Key.Key_Left)
    press(Key.Key_Return, modifiers=CTRL)

    assert not pair.item("S01.03").is_agreed
    assert not desk.decision.isVisible()
    assert not desk.shown.card_a.take.isVisible()


def test_a_sealed_audit_tells_nothing_and_leads_on(pair: Pair, qtbot: QtBot) -> None:
    sealed = pair.house.give(pair.cycle_id, "CF-02", pair.first, pair.second)
    note = scoring.RecordNote(sealed, "S02.01", Facet.COMMENT, f"{SECRET} twice")
    pair.second.do(scoring.record_note, note)
    window = pair.open(qtbot)
    window.show_page("reconcile", sealed)
    QApplication.processEvents()

    words = all_words(window)
    assert page_of(window).desk is None
    assert "CF-02 is sealed" in words
    assert f"{SECRET} twice" not in words
    page = page_of(window)
    page.go_to.disconnect(window.show_page)
    with qtbot.waitSignal(page.go_to) as asked:
        press(Key.Key_1)
    assert asked.args == ["audits", sealed]


def test_a_sealed_audit_opens_by_itself_once_both_have_finished(pair: Pair, qtbot: QtBot) -> None:
    sealed = pair.house.give(pair.cycle_id, "CF-02", pair.first, pair.second)
    window = pair.open(qtbot)
    window.show_page("reconcile", sealed)
    score_and_submit(pair.first, sealed)
    score_and_submit(pair.second, sealed)

    assert window.page is not None
    window.page.refresh(None)

    assert desk_of(window).view.audit.id == sealed


def test_several_that_wait_are_listed(pair: Pair, qtbot: QtBot) -> None:
    other = pair.house.give(pair.cycle_id, "CF-02", pair.first, pair.second)
    score_and_submit(pair.first, other)
    score_and_submit(pair.second, other)

    window = pair.open(qtbot)
    page = page_of(window)
    assert page.desk is None
    assert page.list.isVisible()
    press(Key.Key_Return)
    assert desk_of(window).isVisible()
    window.go_back()
    assert page.list.isVisible()


def test_nothing_to_agree_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    with open_house(tmp_path) as house:
        window = shown(qtbot, lambda operations: ReconcilePage(operations, house.lead, lambda: TODAY))

        assert "Nothing to agree" in all_words(window)


def test_everything_stands_below_one_another_at_large_text(pair: Pair, qtbot: QtBot) -> None:
    window = pair.open(qtbot)
    desk = desk_of(window)
    theme().set(scale=200)
    window.resize(1367, 768)
    QApplication.processEvents()

    assert not desk.list.isVisible()
    assert desk.choice.isVisible()
    assert desk.shown.card_b.y() > desk.shown.card_a.y()
    assert desk.minimumSizeHint().width() <= desk.width(), "nothing scrolls sideways"


def test_an_agreed_na_asks_for_its_reason(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot))
    desk.show_question("S02.02")

    press(Key.Key_0)
    type_text("closed before")
    press(Key.Key_Return)
    press(Key.Key_Return)
    type_text("agreed together")
    press(Key.Key_Return, modifiers=CTRL)

    agreed = pair.agreed("S02.02").answer
    assert (agreed.na_reason, agreed.took, agreed.reason) == ("closed before", "new", "agreed together")


def test_na_is_refused_in_place_where_it_is_not_offered(pair: Pair, qtbot: QtBot) -> None:
    desk = desk_of(pair.open(qtbot))
    desk.show_question("S02.01")

    press(Key.Key_0)

    assert desk.decision.form is None
    assert "N/A is not offered here." in all_words(desk.decision)


def test_a_failed_save_is_said_in_place_and_nothing_goes_on(pair: Pair, qtbot: QtBot) -> None:
    session = Refusing(pair.first)
    desk = desk_of(pair.open(qtbot, session))  # type: ignore[arg-type]
    desk.show_question("S02.01")
    session.full = True

    press(Key.Key_Left)
    press(Key.Key_Return, modifiers=CTRL)

    assert current(desk) == "S02.01"
    assert "Not saved. The disk is full." in all_words(desk.decision)
    assert not pair.item("S02.01").is_agreed
    session.full = False
    press(Key.Key_Return, modifiers=CTRL)
    assert pair.item("S02.01").is_agreed
