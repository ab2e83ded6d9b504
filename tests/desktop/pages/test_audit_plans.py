"""The plan of an audit in the window: taking over, cancelling, more time, and the way there from Home."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from auditor.desktop.forms.naming import NamingHint
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.pages.home.words import meaning_of, page_for
from auditor.desktop.pages.plan_target import PlanOf
from auditor.domain.audit import Slot, Stage
from auditor.domain.roles import Role
from auditor.services import home, plans, scoring
from auditor.services.cycles import audit_lines
from auditor.services.session import Session
from auditor.services.waiting import Verb
from tests.desktop.pages.desk_kit import Sitting, sitting
from tests.desktop.pages.kit import focused, press, shown, type_text
from tests.kit import TODAY

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


def opened(work: Sitting, qtbot: QtBot, session: Session, target: object = None) -> AuditsPage:
    """The Audits page of somebody, with the plan of the one audit beside the list."""
    window = shown(qtbot, lambda operations: AuditsPage(operations, session, lambda: TODAY))
    page = window.page
    assert isinstance(page, AuditsPage)
    if target is not None:
        window.show_page("audits", target)
    else:
        press(Key.Key_P)
    assert page.drawer.isVisible() and page.drawer.view is not None
    return page


def stage_of(work: Sitting) -> Stage:
    return work.house.lead.ask(audit_lines, "")[0].stage


def test_a_lead_lets_somebody_take_over_by_keyboard_alone(work: Sitting, qtbot: QtBot) -> None:
    third = work.house.add("C. Auditor", Role.AUDITOR)
    page = opened(work, qtbot, work.house.lead)
    page.drawer.buttons["replace"].setFocus()
    press(Key.Key_Space)
    form = page.plan.form
    assert form is not None
    assert form.chosen("former") == work.first.actor.id and form.chosen("new") == third.actor.id
    form.fields["reason"].control.setFocus()
    press(Key.Key_Return, modifiers=CTRL)
    assert page.plan.form is form, "it needs a reason"
    type_text("Away for weeks")
    press(Key.Key_Return, modifiers=CTRL)
    audit = work.house.lead.ask(audit_lines, "")[0].audit
    assert audit.auditors[Slot.A] == third.actor.id
    assert page.drawer.view is not None and any("took over" in line for line in page.drawer.view.news)


def test_an_audit_is_cancelled_and_goes_on_again(work: Sitting, qtbot: QtBot) -> None:
    page = opened(work, qtbot, work.house.lead)
    page.drawer.buttons["cancel"].click()
    type_text("Wrong file")
    press(Key.Key_Return, modifiers=CTRL)
    assert stage_of(work) is Stage.CANCELLED
    page.drawer.buttons["restore"].click()
    assert stage_of(work) is Stage.NOT_STARTED


def test_a_reason_that_seems_to_name_somebody_is_pointed_out_and_taken(work: Sitting, qtbot: QtBot) -> None:
    page = opened(work, qtbot, work.house.lead)
    page.drawer.buttons["cancel"].click()
    assert page.plan.form is not None
    field = page.plan.form.fields["reason"]
    (hint,) = field.findChildren(NamingHint)
    type_text("Wrong file, said mother ")
    assert not hint.isVisible()
    type_text("Anna")
    assert hint.isVisible() and field.control.accessibleDescription() == hint.text()
    for _ in "Anna":
        press(Key.Key_Backspace)
    assert not hint.isVisible() and not field.control.accessibleDescription()
    type_text("Anna")
    press(Key.Key_Return, modifiers=CTRL)
    assert stage_of(work) is Stage.CANCELLED


def test_more_time_is_asked_for_and_granted(work: Sitting, qtbot: QtBot) -> None:
    page = opened(work, qtbot, work.first)
    assert set(page.drawer.buttons) == {"ask", "sheet"}
    page.drawer.buttons["ask"].click()
    form = page.plan.form
    assert form is not None
    form.fields["reason"].control.setFocus()
    type_text("The file came late")
    press(Key.Key_Return, modifiers=CTRL)
    row = next(row for row in work.house.lead.ask(home.home, TODAY).waiting if row.verb is Verb.DECIDE)
    assert page_for(row.verb) == "audits" and meaning_of(row).word
    lead = opened(work, qtbot, work.house.lead, PlanOf(row.target))
    assert {"grant", "decline"} <= set(lead.drawer.buttons)
    lead.drawer.buttons["grant"].click()
    press(Key.Key_Return, modifiers=CTRL)
    assert work.house.lead.ask(audit_lines, "")[0].due == date(2026, 12, 8)


def test_a_request_is_declined_with_a_reason(work: Sitting, qtbot: QtBot) -> None:
    ask = plans.AskForTime(work.audit_id, date(2026, 12, 20), "Busy")
    work.first.do(plans.ask_for_time, ask)
    page = opened(work, qtbot, work.house.lead)
    page.drawer.buttons["decline"].click()
    type_text("The report is due")
    press(Key.Key_Return, modifiers=CTRL)
    assert work.house.lead.ask(audit_lines, "")[0].due == date(2026, 12, 1)
    assert any("The report is due" in line for line in work.first.ask(scoring.desk, work.audit_id).news)


def test_ones_own_answers_open_again_from_the_list(work: Sitting, qtbot: QtBot) -> None:
    work.first.do(scoring.submit, scoring.Submit(work.audit_id, "Short of time"))
    page = opened(work, qtbot, work.first)
    page.drawer.buttons["reopen"].click()
    assert not work.first.ask(scoring.desk, work.audit_id).audit.submitted
    assert "reopen" not in page.drawer.buttons


def test_esc_closes_the_plan_and_the_list_has_the_focus(work: Sitting, qtbot: QtBot) -> None:
    page = opened(work, qtbot, work.house.lead)
    press(Key.Key_Escape)
    assert not page.drawer.isVisible()
    assert focused() is page.list.table


def test_what_is_half_written_in_a_form_is_there_again(work: Sitting, qtbot: QtBot) -> None:
    page = opened(work, qtbot, work.house.lead)
    page.drawer.buttons["cancel"].click()
    type_text("Half a rea")
    page.window().close()
    again = opened(work, qtbot, work.house.lead)
    again.drawer.buttons["cancel"].click()
    assert again.plan.form is not None
    assert again.plan.form.fields["reason"].control.toPlainText() == "Half a rea"  # type: ignore[attr-defined]
