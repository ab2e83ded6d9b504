"""The programme of the year on the Cycles page, by keyboard."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.cycles.page import CyclesPage
from auditor.desktop.pages.cycles.programme import offers
from auditor.desktop.pages.cycles.programme.bar import PROGRAMME
from auditor.desktop.pages.cycles.programme.host import ProgrammeHost
from auditor.desktop.pages.cycles.programme.round_key import RoundKey
from auditor.desktop.pages.cycles.programme.shares import Shares
from auditor.desktop.widgets.buttons import Button
from auditor.domain.audit import Mode
from auditor.domain.changes import Changes
from auditor.domain.programme_plan import Month, ProgrammeView, Rhythm, RoundState
from auditor.domain.roles import Person, Role
from auditor.services import programme_plan as plan
from auditor.services.cycles import all_cycles
from auditor.services.local_masters import offered_templates
from auditor.services.session import Session
from auditor.services.templates import Shipped
from auditor.store.unit_of_work import View
from tests.desktop.pages.kit import focused, press, shown, type_text
from tests.kit import TODAY, House, open_house

THIS = Month.of(TODAY)
CTRL = Qt.KeyboardModifier.ControlModifier
WHOLE = Rhythm("", "Whole file", ("whole-file",), 2, THIS, due_day=28, target=20)


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def rhythm_id(house: House) -> str:
    return house.lead.do(plan.keep_rhythm, plan.KeepRhythm(WHOLE, WHOLE.templates)).made


def at_programme(
    qtbot: QtBot, session: Session, *, today: date = TODAY, width: int = 1366, target: object = PROGRAMME
) -> tuple[CyclesPage, ProgrammeHost]:
    window = shown(qtbot, lambda operations: CyclesPage(session, operations, today=lambda: today), width=width)
    page = window.page
    assert isinstance(page, CyclesPage)
    page.arrive(target)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not page.operations.busy, timeout=20_000)
    return page, page.programme


def seen(house: House, months: int = 12) -> ProgrammeView:
    return house.lead.ask(plan.programme_view, plan.ProgrammeQuery(THIS, months, TODAY))


def press_button(host: ProgrammeHost, words: str) -> None:
    """Press the button of these words by keyboard."""
    drawer = host.programme.drawer
    (button,) = (one for one in drawer.findChildren(Button) if one.text() == words and one.isVisible())
    button.setFocus()
    press(Qt.Key.Key_Return)


def key_at_focus() -> RoundKey:
    key = focused()
    assert isinstance(key, RoundKey)
    return key


def test_one_press_plans_the_common_programme(qtbot: QtBot, house: House) -> None:
    _, host = at_programme(qtbot, house.lead)
    assert focused() is host.programme.empty.buttons[0]
    press(Qt.Key.Key_1)
    found = seen(house)
    assert [rhythm.title for rhythm in found.rhythms] == ["Themed audit", "Whole file audit"]
    assert len(found.rhythms[0].templates) == 6
    held = [month.rounds[0].round.rhythm.title for month in found.months[1:]]
    assert held[:3] == ["Whole file audit", "Themed audit", "Whole file audit"], "every month has one of the two"
    assert key_at_focus().line.round.month == THIS.plus(1)


def test_templates_are_read_beside_the_window_and_once(
    qtbot: QtBot, house: House, rhythm_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []

    def read(query: None, actor: Person, view: View) -> list[Shipped]:
        threads.append(current_thread() is main_thread())
        return offered_templates(query, actor, view)

    monkeypatch.setattr(offers, "offered_templates", read)
    window = shown(qtbot, lambda operations: CyclesPage(house.lead, operations, today=lambda: TODAY))
    page = window.page
    assert isinstance(page, CyclesPage)
    page.arrive(PROGRAMME)
    assert key_at_focus().line.state is RoundState.DUE, "the months are there before the templates"
    press(Qt.Key.Key_N)
    qtbot.waitUntil(lambda: page.programme.programme.opened.form is not None, timeout=20_000)
    assert page.programme.programme.opened.form is not None
    page.refresh(None)
    page.refresh(None)
    qtbot.waitUntil(lambda: not page.operations.busy)
    assert threads == [False]
    window.operations.changed.emit(Changes(frozenset({("template", "t")})))
    qtbot.waitUntil(lambda: not page.operations.busy, timeout=20_000)
    page.refresh(None)
    qtbot.waitUntil(lambda: not page.operations.busy, timeout=20_000)
    assert threads == [False, False], "a template was changed"


def test_the_switch_leads_there_and_back_by_keyboard(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    house.cycle()
    page, host = at_programme(qtbot, house.lead, target=None)
    assert page.stack.currentWidget() is page.list and page.main.text() == "New cycle…"
    host.bar.views.keys[0].setFocus()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert page.stack.currentWidget() is host and page.main.text() == "Plan a round…"
    assert key_at_focus().line.state is RoundState.DUE
    host.bar.views.keys[1].setFocus()
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Space)
    assert page.stack.currentWidget() is page.list and not host.bar.earlier.isVisible()


def test_a_round_is_planned_with_templates_in_turn(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    _, host = at_programme(qtbot, house.lead)
    press(Qt.Key.Key_N)
    type_text("Themes of the year")
    form = host.programme.opened.form
    assert form is not None
    lists = form.fields["templates"].control.lists  # type: ignore[attr-defined]
    lists[0].setFocus()
    press(Qt.Key.Key_Down)
    lists[1].setFocus()
    press(Qt.Key.Key_Down, 3)
    form.fields["target"].control.setFocus()
    form.fields["target"].control.selectAll()  # type: ignore[attr-defined]
    type_text("12")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    made = next(rhythm for rhythm in seen(house).rhythms if rhythm.title == "Themes of the year")
    assert (made.every, made.first, made.target, len(set(made.templates))) == (2, THIS, 12, 2)
    assert "Themes of the year" in [key.line.round.rhythm.title for key in host.programme.calendar.keys]
    assert not host.programme.drawer.isVisible() and isinstance(focused(), RoundKey)


def test_letters_do_nothing_beside_a_form_that_is_filled_in(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    _, host = at_programme(qtbot, house.lead)
    press(Qt.Key.Key_Return)
    press_button(host, "Exempt…")
    form = host.programme.opened.form
    assert form is not None
    form.later.setFocus()
    press(Qt.Key.Key_N)
    assert host.programme.opened.form is form


def test_what_cannot_be_planned_is_said_under_its_field(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    _, host = at_programme(qtbot, house.lead)
    press(Qt.Key.Key_N)
    type_text("Whole file")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    form = host.programme.opened.form
    assert form is not None and focused() is form.fields["title"].control
    assert focused().accessibleDescription()
    form.fields["target"].control.setText("many")  # type: ignore[attr-defined]
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert focused() is form.fields["target"].control
    assert len(seen(house).rhythms) == 1


def test_a_round_is_exempted_with_a_reason_and_held_again(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    _, host = at_programme(qtbot, house.lead)
    press(Qt.Key.Key_Return)
    assert host.programme.drawer.isVisible()
    press_button(host, "Exempt…")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert host.programme.opened.form is not None, "no exemption without a reason"
    type_text("Inspection this month.")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    line = seen(house).months[0].rounds[0]
    assert line.exemption and (line.exemption.reason, line.exemption.by) == ("Inspection this month.", "L. Lead")
    assert "Exempted by L. Lead" in key_at_focus().accessibleName()
    assert "Inspection this month." in key_at_focus().accessibleName()
    press_button(host, "Take the exemption back")
    assert seen(house).months[0].rounds[0].state is RoundState.DUE


def test_starting_a_round_proposes_it_and_links_the_cycle(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    house.add("A. Auditor", Role.AUDITOR)
    page, host = at_programme(qtbot, house.lead)
    press(Qt.Key.Key_Return)
    press_button(host, "Start this round…")
    qtbot.waitUntil(lambda: page.round.what.template.count() > 0, timeout=20_000)
    what = page.round.what.check()
    assert what is not None and what.offer is not None
    title = f"Whole file, {THIS.words}"
    assert (what.title, what.offer.template.id, what.due) == (title, "whole-file", date(2026, 11, 28))
    page.round.go_on()
    page.round.cases.typed.setPlainText("CF-01")
    page.round.go_on()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.pairs, timeout=20_000)
    line = seen(house).months[0].rounds[0]
    assert line.state is RoundState.UNDER_WAY and line.cycle and line.cycle.title == title
    assert page.go_back() and page.stack.currentWidget() is page.one, "the new cycle stands behind the path"


def test_leaving_the_path_of_a_round_returns_to_the_programme(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    page, host = at_programme(qtbot, house.lead)
    press(Qt.Key.Key_Return)
    press_button(host, "Start this round…")
    page.go_back()
    assert page.stack.currentWidget() is host


def test_a_cycle_that_stands_becomes_the_one_for_a_round(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    cycle_id = house.cycle()
    page, host = at_programme(qtbot, house.lead)
    press(Qt.Key.Key_Return)
    press_button(host, "This cycle is it…")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    line = seen(house).months[0].rounds[0]
    assert line.cycle and line.cycle.cycle_id == cycle_id
    press_button(host, "Open the cycle")
    assert page.stack.currentWidget() is page.one
    assert [cycle.id for cycle in house.lead.ask(all_cycles, None)] == [cycle_id]


def test_a_round_is_changed_and_dropped(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    _, host = at_programme(qtbot, house.lead)
    press(Qt.Key.Key_Return)
    press_button(host, "Change all its rounds…")
    focused().selectAll()  # type: ignore[attr-defined]
    type_text("All of the file")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert [rhythm.title for rhythm in seen(house).rhythms] == ["All of the file"]
    press_button(host, "Drop all its rounds…")
    press(Qt.Key.Key_Return)
    assert not seen(house).rhythms
    assert focused() is host.programme.empty.buttons[0]


def test_the_target_of_a_month_is_set(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    page, host = at_programme(qtbot, house.lead)
    page.add.setFocus()
    press(Qt.Key.Key_Return)
    focused().selectAll()  # type: ignore[attr-defined]
    type_text("30")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert {month.target for month in seen(house).months} == {30}
    assert {box.words.text() for box in host.programme.calendar.boxes} == {"0 of 30 agreed"}


def test_arrows_go_along_the_rounds_and_letters_along_the_months(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    _, host = at_programme(qtbot, house.lead)
    assert key_at_focus().line.round.month == THIS
    press(Qt.Key.Key_Right)
    assert key_at_focus().line.round.month == THIS.plus(2)
    press(Qt.Key.Key_Left, 3)
    assert key_at_focus().line.round.month == THIS
    press(Qt.Key.Key_Down)
    assert key_at_focus().line.round.month == THIS.plus(4), "below in the same column"
    press(Qt.Key.Key_L)
    assert host.first == THIS.plus(3) and isinstance(focused(), RoundKey)
    press(Qt.Key.Key_T)
    press(Qt.Key.Key_E)
    assert host.first == THIS.plus(-9)


def test_esc_closes_the_drawer_and_the_focus_is_on_its_round_though_the_page_changed(
    qtbot: QtBot, house: House, rhythm_id: str
) -> None:
    page, host = at_programme(qtbot, house.lead)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    host.programme.drawer.close_button.setFocus()
    page.operations.run(lambda: house.lead.do(plan.set_target, plan.SetTarget(5)), quick=True)
    press(Qt.Key.Key_Escape)
    assert not host.programme.drawer.isVisible()
    assert key_at_focus().line.round.month == THIS.plus(2)


def test_a_target_from_home_opens_its_round_wherever_it_lies(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    far = THIS.plus(20)
    _, host = at_programme(qtbot, house.lead, target=f"round/{rhythm_id}/{far}")
    assert host.programme.opened.line is not None and host.programme.opened.line.round.month == far


def test_others_see_the_programme_and_cannot_change_it(qtbot: QtBot, house: House, rhythm_id: str) -> None:
    manager = house.add("C. Manager", Role.MANAGER)
    page, host = at_programme(qtbot, manager)
    assert not page.main.isVisible() and not page.add.isVisible()
    press(Qt.Key.Key_N)
    assert host.programme.opened.form is None
    key_at_focus()
    press(Qt.Key.Key_Return)
    words = [one.text() for one in host.programme.drawer.findChildren(Button) if one.isVisible()]
    assert "Exempt…" not in words and "Start this round…" not in words


@pytest.mark.parametrize("width", [1024, 1366])
def test_nothing_scrolls_sideways(qtbot: QtBot, house: House, rhythm_id: str, width: int) -> None:
    page, host = at_programme(qtbot, house.lead, width=width)
    press(Qt.Key.Key_Return)
    assert page.window().width() == width
    assert all(key.width() > 80 for key in host.programme.calendar.keys)


def test_business_support_sees_no_table_of_who_is_late(house: House, rhythm_id: str, qtbot: QtBot) -> None:
    helper, first = house.add("S. Support", Role.BUSINESS_SUPPORT), house.add("A. Auditor", Role.AUDITOR)
    house.give(house.cycle(), "CF-01", first, None, Mode.SINGLE)
    for session, told in ((house.lead, True), (first, True), (helper, False)):
        page, _host = at_programme(qtbot, session)
        (shares,) = page.findChildren(Shares)
        assert shares.teams.isVisible() and shares.auditors.isVisible() is told
