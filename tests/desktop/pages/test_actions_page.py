from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.marks import RAG
from auditor.desktop.pages.actions.page import ActionsPage
from auditor.desktop.widgets.table_model import Group
from auditor.domain.action import Status, Step
from auditor.domain.roles import Role
from auditor.services.actions import (
    ActionLine,
    ActionQuery,
    RaiseAction,
    TakeStep,
    list_actions,
    raise_action,
    take_step,
)
from auditor.services.session import Session
from tests.desktop.pages.kit import Round, agreed_round, click, focused, press, shown, type_text
from tests.kit import TODAY, House, open_house

DAY = timedelta(1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


class Plan:
    """Four actions of every standing, owned by C. Manager."""

    def __init__(self, house: House) -> None:
        self.done: Round = agreed_round(house)
        self.lead = house.lead
        self.owner = house.add("C. Manager", Role.MANAGER)
        self.late = self.add("Chronology brought up to date", -12 * DAY, question="S01.02")
        self.later = self.add("Core group dates set", -2 * DAY)
        self.waiting = self.add("Monthly supervision on file", 3 * DAY)
        self.today = self.add("Child seen alone", 0 * DAY)
        self.closed = self.add("Return interview offered", 5 * DAY)
        self.step(self.owner, self.waiting, Step.DONE, note="Dates set", evidence="Record 12/11")
        self.step(self.owner, self.closed, Step.DONE, note="Offered")
        self.step(self.lead, self.closed, Step.VERIFIED)

    def add(self, text: str, due: timedelta, question: str = "") -> str:
        origin = {"audit_id": self.done.audits[0], "question_id": question} if question else {}
        command = RaiseAction(
            text, self.owner.actor.id, TODAY - 40 * DAY, TODAY + due, cycle_id=self.done.cycle_id, **origin
        )
        return self.lead.do(raise_action, command).made

    def step(self, session: Session, action_id: str, step: Step, **more: str) -> None:
        session.do(take_step, TakeStep(action_id, step, TODAY, **more))

    def line(self, action_id: str) -> ActionLine:
        return next(line for line in self.lead.ask(list_actions, ActionQuery(TODAY)) if line.action.id == action_id)


@pytest.fixture
def plan(house: House, dressed: QApplication) -> Plan:
    return Plan(house)


@pytest.fixture(scope="module")
def kept_plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """One plan for all tests that only look at it."""
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield Plan(opened)


@pytest.fixture
def still(kept_plan: Plan, dressed: QApplication) -> Plan:
    return kept_plan


def actions(qtbot: QtBot, session: Session) -> tuple[MainWindow, ActionsPage]:
    window = shown(qtbot, lambda operations: ActionsPage(session, operations, today=lambda: TODAY))
    page = window.page
    assert isinstance(page, ActionsPage)
    return window, page


def listed(page: ActionsPage) -> list[str]:
    rows = page.table.rows
    found = []
    for number in range(rows.rowCount()):
        row = rows.row(number)
        found.append(f"# {row.title} {row.count}" if isinstance(row, Group) else row.action.text)
    return found


def words_of(page: ActionsPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.drawer.findChildren(QLabel) if label.isVisibleTo(page.drawer))


def go_to(page: ActionsPage, action_id: str) -> None:
    page.arrive(action_id)
    QApplication.processEvents()


def test_rag_words_are_those_of_the_domain() -> None:
    assert {status.value: status.words for status in Status} == {key: meaning.word for key, meaning in RAG.items()}


def test_groups_stand_in_order_and_the_longest_overdue_comes_first(qtbot: QtBot, still: Plan) -> None:
    _, page = actions(qtbot, still.lead)
    assert listed(page) == [
        "# Behind schedule 2",
        "Chronology brought up to date",
        "Core group dates set",
        "# Awaiting verification 1",
        "Monthly supervision on file",
        "# In progress on schedule 1",
        "Child seen alone",
        "# Complete 1",
        "Return interview offered",
    ]
    assert page.header.facts.text() == (
        "5 actions: 2 behind schedule, 1 awaiting verification, 1 in progress on schedule, 1 complete"
    )
    said = [page.table.rows.data(page.table.rows.index(1, column)) for column in range(6)]
    assert said == [
        "Behind schedule",
        still.line(still.late).action.number,
        "Chronology brought up to date, Recording · CF-01",
        "C. Manager",
        "12/11/2026, 12 days late",
        "With owner",
    ]


def test_tabs_count_what_waits_for_the_viewer(qtbot: QtBot, still: Plan) -> None:
    _, page = actions(qtbot, still.lead)
    assert [page.tabs.tabText(at) for at in range(3)] == ["All, 5", "Mine, 0", "To verify, 1"]
    page.tabs.setFocus()
    press(Qt.Key.Key_Right, 2)
    assert listed(page) == ["# Awaiting verification 1", "Monthly supervision on file"]
    press(Qt.Key.Key_Left)
    assert page.nothing.isVisible() and page.nothing.text() == "No action is yours to do."


def test_the_doer_sees_verify_with_the_reason_and_who_can(qtbot: QtBot, still: Plan) -> None:
    _, page = actions(qtbot, still.owner)
    go_to(page, still.waiting)
    verify = page.drawer.buttons[Step.VERIFIED]
    assert verify.isVisible() and verify.reason
    assert verify.property("blocked") == "true" and verify.isEnabled()
    said = words_of(page)
    assert "You cannot verify this:" in said and "you recorded it as done on 24/11/2026." in said
    assert "L. Lead can." in said
    page.table.setFocus()
    press(Qt.Key.Key_V)
    verify = page.drawer.buttons[Step.VERIFIED]
    assert page.opened.form is None and focused() is verify
    press(Qt.Key.Key_Return)
    click(verify)
    assert page.opened.form is None
    assert still.line(still.waiting).status is Status.AWAITING


def test_v_verifies_what_another_person_did(qtbot: QtBot, plan: Plan) -> None:
    window, page = actions(qtbot, plan.lead)
    page.tabs.choose("verify")
    page.table.setFocus()
    press(Qt.Key.Key_V)
    type_text("Seen in three records")
    press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    line = plan.line(plan.waiting)
    assert line.status is Status.COMPLETE and line.action.last.note == "Seen in three records"
    assert window.status.text == f"Action {line.action.number}: verified by another person"
    assert "verified by another person on 24/11/2026" in words_of(page)


def test_returning_needs_the_reason(qtbot: QtBot, plan: Plan) -> None:
    _, page = actions(qtbot, plan.lead)
    go_to(page, plan.waiting)
    click(page.drawer.buttons[Step.RETURNED])
    assert page.opened.form is not None
    click(page.opened.form.save)
    assert "Returned needs a reason." in words_of(page)
    type_text("Two months are missing")
    click(page.opened.form.save)
    line = plan.line(plan.waiting)
    assert line.status is Status.ON_SCHEDULE and line.action.last.step is Step.RETURNED
    assert "It came back on 24/11/2026: Two months are missing" in words_of(page)


def test_the_owner_accepts_updates_and_records_done_by_keyboard(qtbot: QtBot, plan: Plan) -> None:
    _, page = actions(qtbot, plan.owner)
    go_to(page, plan.late)
    page.drawer.buttons[Step.ACCEPTED].setFocus()
    press(Qt.Key.Key_Return)
    assert plan.line(plan.late).action.last.step is Step.ACCEPTED
    page.table.setFocus()
    press(Qt.Key.Key_U)
    type_text("Half of it is written")
    press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert plan.line(plan.late).action.last.note == "Half of it is written"
    page.drawer.buttons[Step.DONE].setFocus()
    press(Qt.Key.Key_Space)
    type_text("All written")
    press(Qt.Key.Key_Tab)
    type_text("Chronology, 24/11")
    assert page.opened.form is not None
    click(page.opened.form.save)
    line = plan.line(plan.late)
    assert line.status is Status.AWAITING and line.action.last.evidence == "Chronology, 24/11"
    assert "It turns Complete when another person has verified it." in words_of(page)
    assert "Chronology, 24/11" in words_of(page)


def test_a_new_owner_and_date_are_kept_with_the_reason(qtbot: QtBot, plan: Plan) -> None:
    _, page = actions(qtbot, plan.lead)
    go_to(page, plan.late)
    click(page.drawer.buttons["reassign"])
    form = page.opened.form
    assert form is not None
    type_text("C. Manager left the team")
    due = form.fields["due"].control
    due.setFocus()
    due.selectAll()  # type: ignore[attr-defined]
    type_text("1/12")
    click(form.save)
    line = plan.line(plan.late)
    assert f"{line.action.due:%d/%m/%Y}" == "01/12/2026" and line.status is Status.ON_SCHEDULE
    assert line.action.last.note == "C. Manager left the team"


def test_a_raises_an_action_for_the_service(qtbot: QtBot, plan: Plan) -> None:
    _, page = actions(qtbot, plan.lead)
    press(Qt.Key.Key_A)
    form = page.opened.form
    assert form is not None
    type_text("One chronology template for all teams")
    click(form.save)
    assert "Choose who does it." in words_of(page) and focused() is form.fields["owner"].control
    press(Qt.Key.Key_Down)
    theme = form.fields["theme"].control
    theme.setFocus()
    press(Qt.Key.Key_Down, 2)
    click(form.save)
    line = next(
        line for line in plan.lead.ask(list_actions, ActionQuery(TODAY)) if "One chronology" in line.action.text
    )
    assert (line.action.audit_id, line.action.cycle_id) == ("", plan.done.cycle_id)
    assert line.theme_title == "Supervision" and line.action.due == TODAY + 28 * DAY
    assert "Service level" in words_of(page)


def test_slicers_filter_by_theme(qtbot: QtBot, still: Plan) -> None:
    _, page = actions(qtbot, still.lead)
    page.theme_slicer._pick("recording")
    assert listed(page) == ["# Behind schedule 1", "Chronology brought up to date"]
    assert page.tabs.tabText(0) == "All, 1"


def test_escape_closes_and_arrows_follow(qtbot: QtBot, still: Plan) -> None:
    _, page = actions(qtbot, still.lead)
    press(Qt.Key.Key_Return)
    assert page.drawer.title.text() == "Chronology brought up to date"
    press(Qt.Key.Key_Down, 2)
    assert page.drawer.title.text() == "Monthly supervision on file"
    press(Qt.Key.Key_Escape)
    assert not page.drawer.isVisible() and focused() is page.table


def test_without_actions_the_page_says_what_they_are_for(qtbot: QtBot, house: House, dressed: QApplication) -> None:
    _, page = actions(qtbot, house.lead)
    assert page.empty.isVisible()
    press(Qt.Key.Key_1)
    assert page.opened.form is not None
