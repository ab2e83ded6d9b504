"""The rules at the desk, as a person meets them: time limits below their dates, checks that lead to their questions,
sections that do not apply, and limits of the grade at the sign-off."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.forms.banners import FinishPanel
from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.pages.reconcile.page import ReconcilePage
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.section_row import SectionRow
from auditor.domain.answers import Answer
from auditor.domain.audit import Mode, Stage
from auditor.domain.roles import Role
from auditor.services import reconciling, scoring
from auditor.services.session import Session
from tests.desktop.pages.desk_kit import current, desk_of
from tests.desktop.pages.kit import click, focused, press, shown, type_text
from tests.kit import TODAY, House, answer, open_house, score_and_submit
from tests.ruled import MORE, ruled_plain

pytestmark = pytest.mark.usefixtures("dressed")


@dataclass
class Ruled:
    """An audit with rules, and its people."""

    house: House
    first: Session
    second: Session
    audit_id: str

    def answer(self, **values: str | int) -> None:
        for name, value in values.items():
            answer(self.first, self.audit_id, name.replace("_", "."), value)

    def open(self, qtbot: QtBot, at: str = "S01.01") -> Desk:
        """The desk, once its first checks are there."""
        window = shown(qtbot, lambda operations: AuditsPage(operations, self.first, lambda: TODAY))
        window.show_page("audits", self.audit_id)
        desk = desk_of(window)
        qtbot.waitUntil(lambda: desk.state.checks is not None)
        desk.show_question(at)
        QApplication.processEvents()
        return desk


def prepared(root: Path, mode: Mode) -> Iterator[Ruled]:
    with open_house(root) as house:
        first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        cycle_id = house.cycle(plain=ruled_plain())
        yield Ruled(house, first, second, house.give(cycle_id, "CF-01", first, second, mode))


@pytest.fixture
def blind(tmp_path: Path) -> Iterator[Ruled]:
    yield from prepared(tmp_path, Mode.BLIND)


@pytest.fixture
def joint(tmp_path: Path) -> Iterator[Ruled]:
    yield from prepared(tmp_path, Mode.JOINT)


def section_row(desk: Desk, number: str) -> SectionRow:
    named = f"Section {number},"
    return next(row for row in desk.list.findChildren(SectionRow) if row.accessibleName().startswith(named))


def jumps(desk: Desk) -> dict[str, Button]:
    """The buttons of the checks by the question they lead to."""
    QApplication.processEvents()
    found = [button for button in desk.guidance.findChildren(Button) if button.isVisible()]
    return {button.text(): button for button in found if button.accessibleName().startswith("Go to")}


def test_a_time_limit_stands_below_its_dates_as_soon_as_they_are_typed(blind: Ruled, qtbot: QtBot) -> None:
    desk = blind.open(qtbot, at="S02.06")
    assert desk.section_view.lines == {}
    type_text("01/06/2026")
    press(Qt.Key.Key_Return)
    type_text("04/06/2026")
    press(Qt.Key.Key_Return)
    line = desk.section_view.lines["TR01"]
    assert line.isVisible()
    assert line.accessibleName() == "TR01, Not met: Decision: 3 working days from 01/06/2026, limit 1: 2 over"
    assert '<span style="font-weight:600">3 working days</span>' in line.words.text()
    decision = desk.section_view.row("S02.07")
    assert decision is not None
    assert line.y() == decision.y() + decision.height()


def test_a_missed_limit_stays_in_sight_where_its_dates_are_folded(blind: Ruled, qtbot: QtBot) -> None:
    blind.answer(S02_06="2026-06-01", S02_07="2026-06-09", S02_08="no")
    desk = blind.open(qtbot, at="S02.01")
    desk.section_view.fold(True)
    assert desk.section_view.lines["TR01"].isVisible()
    blind.answer(S02_07="2026-06-01")
    desk.refresh(None)
    assert not desk.section_view.lines["TR01"].isVisible()


def test_lines_that_come_later_never_move_the_question_in_hand(blind: Ruled, qtbot: QtBot) -> None:
    desk = blind.open(qtbot, at="S02.04")
    row = desk.row
    assert row is not None
    qtbot.waitUntil(lambda: desk.section_view.verticalScrollBar().maximum() > 0)
    desk.section_view.reveal(row, keep_at=200)
    before = desk.section_view.top_of(row)
    blind.answer(S02_06="2026-06-01", S02_07="2026-06-09")
    desk.refresh(None)
    QApplication.processEvents()
    assert desk.section_view.lines["TR01"].isVisible()
    assert desk.section_view.top_of(row) == before


def test_a_check_is_said_in_words_and_enter_leads_to_its_question(blind: Ruled, qtbot: QtBot) -> None:
    blind.answer(S01_01=0, S02_01="not_met")
    desk = blind.open(qtbot, at="S01.03")
    assert desk.guidance.tabs.tabText(1) == "Checks, 1"
    press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: current(desk) != "S01.03")
    assert desk.guidance.tabs.tabText(1) == "Checks, 2"
    assert "2 checks" not in section_row(desk, "2").accessibleName()
    assert section_row(desk, "2").accessibleName().endswith(", 1 check")
    desk.guidance.tabs.choose("checks")
    QApplication.processEvents()
    words = {widget.accessibleName() for widget in desk.guidance.findChildren(QWidget)}
    assert "To put right: Not supervised, yet rated. Nothing can be rated." in words
    assert "To look at: Comment missing. Say what you saw." in words
    buttons = jumps(desk)
    assert list(buttons) == ["2.01", "1.01", "1.03"], "the limit of the grade first, then errors, then warnings"
    buttons["1.03"].setFocus()
    press(Qt.Key.Key_Return)
    assert current(desk) == "S01.03"


def test_f6_reaches_the_checks(blind: Ruled, qtbot: QtBot) -> None:
    desk = blind.open(qtbot)
    reached = []
    for _ in range(6):
        press(Qt.Key.Key_F6)
        reached.append(desk.guidance.isAncestorOf(focused()))
    assert True in reached


def test_sections_that_do_not_apply_are_folded_away_and_can_be_opened(blind: Ruled, qtbot: QtBot) -> None:
    desk = blind.open(qtbot, at="S02.08")
    row = section_row(desk, "3")
    total = desk.state.count(desk.state.sections[2])[1]
    assert row.isVisible()
    assert total == 2
    press(Qt.Key.Key_2)
    QApplication.processEvents()
    assert not row.isVisible()
    assert desk.list.fold.text() == "1 section does not apply here · show"
    assert desk.state.count(desk.state.sections[2]) == (0, 0)
    click(desk.list.fold)
    assert row.isVisible()
    assert "does not apply: Only where a conference was held" in row.accessibleName()
    click(row)
    assert current(desk) == "S03.01"
    press(Qt.Key.Key_1)
    assert desk.state.count(desk.state.sections[2]) == (1, 1), "what is answered counts"
    assert scoring_value(blind, "S03.01") == "yes"


def scoring_value(case: Ruled, question_id: str) -> object:
    return case.first.ask(scoring.desk, case.audit_id).entries[question_id].answer.value


def test_walking_on_passes_over_what_does_not_apply(blind: Ruled, qtbot: QtBot) -> None:
    blind.answer(S02_08="no")
    desk = blind.open(qtbot, at="S02.05")
    press(Qt.Key.Key_PageDown)
    assert desk.section_id == "S02"
    desk.moves.to_blank(1)
    assert not current(desk).startswith("S03")


def test_at_large_text_a_button_says_how_many_checks_and_opens_them(blind: Ruled, qtbot: QtBot) -> None:
    blind.answer(S02_01="not_met")
    desk = blind.open(qtbot, at="S01.01")
    assert not desk.head.checks.isVisible()
    theme().set(mode="light", scale=200)
    qtbot.waitUntil(desk.head.checks.isVisible)
    assert desk.head.checks.text() == "Checks 1"
    click(desk.head.checks)
    assert desk.guidance.isVisible()
    jumps(desk)["2.01"].click()
    assert current(desk) == "S02.01"
    assert not desk.guidance.isVisible()
    assert desk.section_view.isVisible()


def full(case: Ruled, **changed: str) -> None:
    judged = {"S01.03": "met", "S02.01": "met", "S02.02": "no", "S02.03": "Visits.", "S02.04": "2", "S02.05": "no"}
    facts: dict[str, str | int] = {"S02.08": "no", "S01.01": 2, "S01.02": "yes"}
    given = facts | judged | {name.replace("_", "."): value for name, value in changed.items()}
    for question_id, value in given.items():
        answer(case.first, case.audit_id, question_id, value)


def finishing(desk: Desk) -> FinishPanel:
    desk.moves.forms.open_finish()
    panel = desk.moves.forms.banner
    assert isinstance(panel, FinishPanel)
    return panel


def test_a_grade_above_its_limit_takes_a_reason_at_the_sign_off(joint: Ruled, qtbot: QtBot) -> None:
    full(joint, S01_03="not_met")
    panel = finishing(joint.open(qtbot))
    click(panel.confirm)
    assert "Say why the grade stands" in panel.problem.text()
    assert stage(joint) is not Stage.SIGNED_OFF
    assert focused() is panel.limit_reason
    type_text("One visit only; the rest was sound.")
    click(panel.confirm)
    assert stage(joint) is Stage.SIGNED_OFF


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"S02_01": "not_met"}, "only a moderator"), ({"S02_02": "yes", "S02_04": "3"}, "say so in 2.05")],
)
def test_what_no_reason_helps_against_is_said_on_the_button(
    joint: Ruled, qtbot: QtBot, changed: dict[str, str], said: str
) -> None:
    full(joint, **changed)
    desk = joint.open(qtbot)
    window = desk.window()
    button = next(b for b in window.findChildren(Button) if b.text() == "Sign off…")
    assert said in button.reason
    panel = finishing(desk)
    assert said in panel.problem.text()
    click(panel.confirm)
    assert stage(joint) is not Stage.SIGNED_OFF


def test_reconciling_asks_for_the_same_reason(blind: Ruled, qtbot: QtBot) -> None:
    for session in (blind.first, blind.second):
        score_and_submit(session, blind.audit_id, S01_03="not_met", **MORE)
    blind.first.do(reconciling.agree_equal, reconciling.AgreeEqual(blind.audit_id))
    overall = reconciling.Agree(blind.audit_id, "S02.04", Answer("2", reason="Safe, and seen alone."))
    blind.first.do(reconciling.agree, overall)
    window = shown(qtbot, lambda operations: ReconcilePage(operations, blind.first, lambda: TODAY))
    window.show_page("reconcile", blind.audit_id)
    page = window.page
    assert isinstance(page, ReconcilePage)
    assert page.desk is not None
    page.desk.open_sign_off()
    panel = page.desk.finish
    assert panel is not None
    type_text("Put right within a week.")
    click(panel.confirm)
    assert stage(blind) is Stage.SIGNED_OFF


def stage(case: Ruled) -> Stage:
    return case.first.ask(scoring.desk, case.audit_id).audit.stage


def test_a_window_that_closes_at_once_waits_for_no_checks(blind: Ruled, qtbot: QtBot) -> None:
    window = shown(qtbot, lambda operations: AuditsPage(operations, blind.first, lambda: TODAY))
    window.show_page("audits", blind.audit_id)
    desk = desk_of(window)
    qtbot.waitUntil(lambda: desk.operations.busy or desk.state.checks is not None)
    page = window.page
    assert isinstance(page, AuditsPage)
    page.close_desk()
    qtbot.waitUntil(lambda: not window.operations.busy)
