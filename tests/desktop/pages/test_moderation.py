from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.forms.naming import SEEMS_NAMED
from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.pages.moderation.desk import ModerationDesk
from auditor.desktop.pages.moderation.page import DONE, MOVED, OTHERS, WAITING, ModerationPage
from auditor.desktop.pages.reconcile.page import ReconcilePage
from auditor.desktop.theme import theme
from auditor.domain.audit import Moderated, Void
from auditor.domain.moderation import QUALITY, Mark, Why
from auditor.domain.reply import ReplyKind
from auditor.domain.roles import Role
from auditor.services import moderating, moderation_view, replies
from auditor.services.session import Session
from tests.desktop.pages.kit import click, filled, focused, press, shown, type_text
from tests.kit import TODAY, answer
from tests.services.moderation_kit import NOTHING, Panel, panel

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.usefixtures("dressed")


@dataclass
class Case:
    """One audit waits: B gave two grades less than A, and they agreed A's."""

    made: Panel
    audit_id: str

    def open(self, qtbot: QtBot, who: Session | None = None, width: int = 1366) -> ModerationPage:
        session = who or self.made.moderator
        window = shown(qtbot, lambda operations: ModerationPage(operations, session, lambda: TODAY), width=width)
        return page_of(window)

    def opened(self, qtbot: QtBot, who: Session | None = None, width: int = 1366) -> ModerationDesk:
        page = self.open(qtbot, who, width)
        page.open_audit(self.audit_id)
        QApplication.processEvents()
        return desk_of(page)

    def view(self) -> moderation_view.ModerationView:
        query = moderation_view.ViewQuery(self.audit_id, TODAY)
        return self.made.moderator.ask(moderation_view.moderation_view, query)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with panel(tmp_path) as made:
        audit_id = made.signed(other={"S02_04": "4", "S01_03": "partly"})
        made.choose(audit_id)
        yield Case(made, audit_id)


def page_of(window: MainWindow) -> ModerationPage:
    page = window.page
    assert isinstance(page, ModerationPage)
    return page


def desk_of(page: ModerationPage) -> ModerationDesk:
    assert page.desk is not None
    return page.desk


def words_in(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def mark_all(desk: ModerationDesk) -> None:
    """By keyboard: Q, then 1 for every point."""
    press(Key.Key_Q)
    for _ in QUALITY:
        press(Key.Key_1)
    assert set(desk.deciding.quality) == {point.id for point in QUALITY}


def test_a_grade_is_changed_by_keyboard_alone(case: Case, qtbot: QtBot) -> None:
    page = case.open(qtbot)
    assert page.tabs.current == WAITING
    press(Key.Key_Return)
    desk = desk_of(page)
    assert desk.answer.item is not None and desk.answer.item.question.id == "S02.04"
    press(Key.Key_3)
    press(Key.Key_W)
    type_text("Drift was not seen.")
    press(Key.Key_Escape)
    mark_all(desk)
    press(Key.Key_Return, modifiers=CTRL)
    assert case.made.audit(case.audit_id).moderated is Moderated.CHANGED
    last = case.view().history[-1]
    (moved,) = last.grades
    assert (moved.before.value, moved.after.value, moved.after.reason) == ("2", "3", "Drift was not seen.")
    assert page.desk is None and page._of_tab(WAITING) == []


def test_what_nobody_changes_is_upheld(case: Case, qtbot: QtBot) -> None:
    desk = case.opened(qtbot)
    assert desk.judgement.record.text() == "Uphold"
    mark_all(desk)
    click(desk.judgement.record)
    assert case.made.audit(case.audit_id).moderated is Moderated.UPHELD


def test_what_is_missing_is_said_in_its_place(case: Case, qtbot: QtBot) -> None:
    desk = case.opened(qtbot)
    press(Key.Key_4)
    assert desk.judgement.record.text() == "Record 1 changed"
    assert "Needs a reason" in words_in(desk.judgement)
    click(desk.judgement.record)
    assert desk.judgement.problem.isVisible()
    assert case.made.audit(case.audit_id).moderated is None


def test_a_point_that_is_not_met_asks_what_was_missing(case: Case, qtbot: QtBot) -> None:
    desk = case.opened(qtbot)
    press(Key.Key_Q)
    press(Key.Key_2)
    point = desk.judgement.quality.points[0]
    assert focused() is point.comment
    type_text("No place is named.")
    press(Key.Key_Return, modifiers=CTRL)
    judged = desk.deciding.quality["evidence"]
    assert (judged.mark, judged.comment) == (Mark.PARTLY, "No place is named.")
    assert desk.judgement.quality.points[1].isAncestorOf(focused())


def test_returned_to_the_pair_with_the_reason(case: Case, qtbot: QtBot) -> None:
    desk = case.opened(qtbot)
    click(desk.judgement.send_back)
    assert focused() is desk.judgement.back
    press(Key.Key_Return, modifiers=CTRL)
    assert case.made.audit(case.audit_id).void is None, "a return needs its reason"
    type_text("Where is the evidence?")
    press(Key.Key_Return, modifiers=CTRL)
    audit = case.made.audit(case.audit_id)
    assert (audit.void, audit.returned_because) == (Void.RETURNED, "Where is the evidence?")


def test_words_for_the_pair_that_seem_to_name_somebody_are_pointed_out(case: Case, qtbot: QtBot) -> None:
    desk = case.opened(qtbot)
    click(desk.judgement.send_back)
    type_text("What did mother Anna say?")
    assert SEEMS_NAMED in words_in(desk.judgement)
    click(desk.judgement.not_yet)
    assert SEEMS_NAMED not in words_in(desk.judgement), "the hint goes with its text"
    click(desk.judgement.send_back)
    assert SEEMS_NAMED in words_in(desk.judgement)
    press(Key.Key_Return, modifiers=CTRL)
    assert case.made.audit(case.audit_id).void is Void.RETURNED


def test_the_hint_goes_with_the_question_it_is_about(case: Case, qtbot: QtBot) -> None:
    desk = case.opened(qtbot)
    press(Key.Key_3)
    press(Key.Key_W)
    type_text("Born 03/04/2015.")
    assert SEEMS_NAMED in words_in(desk.answer)
    desk.show_question("S01.03")
    assert SEEMS_NAMED not in words_in(desk.answer)


def test_a_limit_is_set_aside_with_a_reason(tmp_path: Path, qtbot: QtBot) -> None:
    with panel(tmp_path) as made:
        audit_id = made.signed(S02_01="not_met", S02_04="4")
        made.choose(audit_id)
        desk = Case(made, audit_id).opened(qtbot)
        press(Key.Key_2)
        (text,) = desk.judgement._limit_texts.values()
        text.setPlainText("Two days, and the child was with her aunt.")
        press(Key.Key_W)
        type_text("Weighed again.")
        press(Key.Key_Escape)
        mark_all(desk)
        click(desk.judgement.record)
        assert Case(made, audit_id).view().history[-1].limits == {"L1": "Two days, and the child was with her aunt."}


def test_a_half_made_decision_survives_leaving(case: Case, qtbot: QtBot) -> None:
    page = case.open(qtbot)
    press(Key.Key_Return)
    press(Key.Key_3)
    desk_of(page).deciding.say(note="Half way.")
    press(Key.Key_Escape)
    assert page.desk is None
    press(Key.Key_Return)
    again = desk_of(page)
    assert again.deciding.changes["S02.04"][0].value == "3"
    assert again.judgement.note.toPlainText() == "Half way."
    assert again.judgement.record.text() == "Record 1 changed"
    press(Key.Key_2)
    assert again.deciding.changes == {}, "the grade it was found with takes the change back"


def test_the_pairs_words_and_the_differences_are_shown(case: Case, qtbot: QtBot) -> None:
    desk = case.opened(qtbot)
    assert [word.split()[-1] for _name, word in desk._views()] == ["1", "2", "7"]
    desk.show_question("S01.03")
    assert desk.answer.item is not None and desk.answer.item.differed
    assert "A. Auditor" in words_in(desk.answer) and "B. Auditor" in words_in(desk.answer)
    assert "Discussed together." in words_in(desk.answer)


def test_a_lead_reads_and_chooses_but_decides_nothing(case: Case, qtbot: QtBot) -> None:
    desk = case.opened(qtbot, case.made.house.lead)
    assert not desk.may and not desk.judgement.record.isVisible()
    press(Key.Key_3)
    assert desk.deciding.changes == {}


def test_choosing_by_hand_and_the_rules(case: Case, qtbot: QtBot) -> None:
    other = case.made.signed("CF-02")
    page = case.open(qtbot, case.made.house.lead)
    page.tabs.choose(OTHERS)
    page.table.setFocus()
    press(Key.Key_C)
    type_text("A doubt of my own")
    press(Key.Key_Return, modifiers=CTRL)
    assert case.made.why(other) == (Why.BY_HAND,)
    click(page.header.buttons[0])
    form = page.choosing.form
    assert form is not None
    click(form.fields["gaps"].control)
    press(Key.Key_Return, modifiers=CTRL)
    rules = case.made.house.lead.ask(moderation_view.moderation_rules, case.made.cycle_id)
    assert rules.gaps and rules == NOTHING.__class__(share=0, extremes=False, gaps=True, first_audits=False, seed="s")
    assert Why.GAP in case.made.why(case.audit_id)


def test_how_far_grades_moved_is_for_the_lead_alone(case: Case, qtbot: QtBot) -> None:
    case.made.uphold(case.audit_id)
    page = case.open(qtbot, case.made.house.lead)
    page.tabs.choose(DONE)
    assert page.table.rows.rowCount() == 1
    page.tabs.choose(MOVED)
    assert page.moved.rows.rowCount() == 2
    moderators = case.open(qtbot)
    assert moderators.tabs.count() == 3


def test_replies_are_recorded_beside_the_audit(case: Case, qtbot: QtBot) -> None:
    desk = case.opened(qtbot)
    press(Key.Key_R)
    assert desk.drawer.isVisible()
    press(Key.Key_Return)
    form = desk.replies.form
    assert form is not None
    text = form.fields["text"].control
    text.setFocus()
    type_text("She felt heard.")
    press(Key.Key_Return, modifiers=CTRL)
    (line,) = case.made.first.ask(replies.audit_replies, case.audit_id).lines
    assert (line.reply.text, line.recorded_by) == ("She felt heard.", "M. Moderator")
    assert "She felt heard." in words_in(desk.drawer)
    press(Key.Key_Escape)
    assert not desk.drawer.isVisible() and desk.judgement.isVisible()


def test_nothing_sealed_is_listed(case: Case, qtbot: QtBot) -> None:
    sealed = case.made.house.give(case.made.cycle_id, "CF-03", case.made.first, case.made.second)
    answer(case.made.first, sealed, "S02.03", "Zq-sealed-words")
    page = case.open(qtbot)
    assert [line.line.audit.id for line in page._lines] == [case.audit_id]
    page.open_audit(sealed)
    assert page.desk is None


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_fits_at_every_size(case: Case, qtbot: QtBot, scale: int, mode: str) -> None:
    theme().set(mode=mode, scale=scale)  # type: ignore[arg-type]
    page = case.open(qtbot)
    press(Key.Key_Return)
    desk = desk_of(page)
    QApplication.processEvents()
    assert page.window().width() <= 1366, "nothing holds the window open"
    if scale == 200:
        assert not desk.judgement.isVisible() and desk.choice.isVisible()
        press(Key.Key_Q)
        assert desk.judgement.isVisible() and not desk.answer.isVisible()
        press(Key.Key_Escape)
        assert desk.answer.isVisible()


def test_the_pair_reads_and_answers_replies_from_its_list(case: Case, qtbot: QtBot) -> None:
    words = replies.AddReply(case.audit_id, ReplyKind.TEAM_MANAGER, "The plan was updated in June.", TODAY)
    case.made.house.lead.do(replies.add_reply, words)
    window = shown(qtbot, lambda operations: AuditsPage(operations, case.made.first, lambda: TODAY))
    page = window.page
    assert isinstance(page, AuditsPage) and page.replies.button.isVisible()
    press(Key.Key_R)
    assert "The plan was updated in June." in words_in(page.replies.drawer)
    press(Key.Key_Return)
    assert page.replies.opened.form is not None and filled(page) == ["Record answer"]
    type_text("Thank you, we have seen it.")
    press(Key.Key_Return, modifiers=CTRL)
    (line,) = case.made.first.ask(replies.audit_replies, case.audit_id).lines
    assert line.reply.response == "Thank you, we have seen it."
    press(Key.Key_Escape)
    assert not page.replies.drawer.isVisible()


def test_others_are_offered_no_replies(case: Case, qtbot: QtBot) -> None:
    other = case.made.house.add("Z. Auditor", Role.AUDITOR)
    window = shown(qtbot, lambda operations: AuditsPage(operations, other, lambda: TODAY))
    page = window.page
    assert isinstance(page, AuditsPage)
    press(Key.Key_R)
    assert not page.replies.button.isVisible() and not page.replies.drawer.isVisible()


def test_a_returned_audit_says_so_where_it_is_agreed(case: Case, qtbot: QtBot) -> None:
    back = moderating.Moderate(case.audit_id, back="Where is the evidence for 2.1?")
    case.made.moderator.do(moderating.moderate, back)
    window = shown(qtbot, lambda operations: ReconcilePage(operations, case.made.first, lambda: TODAY))
    assert window.page is not None
    assert "Where is the evidence for 2.1?" in words_in(window.page)
    again = shown(qtbot, lambda operations: AuditsPage(operations, case.made.first, lambda: TODAY))
    assert isinstance(again.page, AuditsPage)
    again.page.open_audit(case.audit_id)
    assert "Where is the evidence for 2.1?" in words_in(again.page)
