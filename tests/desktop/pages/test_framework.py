"""The framework of quality assurance on the Cycles page, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.cycles.page import CyclesPage
from auditor.desktop.pages.cycles.programme.bar import FRAMEWORK
from auditor.desktop.pages.cycles.programme.gap_model import AHEAD, GAP, MET, NOTHING, OPEN
from auditor.desktop.pages.cycles.programme.host import ProgrammeHost
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.labels import WrapLabel
from auditor.domain.programme_plan import Month
from auditor.domain.qa_framework import Activity, ActivityKind, Area, Framework
from auditor.domain.roles import Role
from auditor.services import qa_framework as qa
from auditor.services.session import Session
from tests.desktop.pages.kit import focused, press, shown, type_text
from tests.kit import TODAY, House, open_house

THIS = Month.of(TODAY)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def activity_id(house: House) -> str:
    """A dip sample a month, of the area North from two months ago on."""
    area = house.lead.do(qa.keep_area, qa.KeepArea(Area("", "North", ("Team one",)))).made
    activity = Activity("", area, ActivityKind.DIP_SAMPLE, "Dip sample", 2, 1, THIS.plus(-2))
    return house.lead.do(qa.keep_activity, qa.KeepActivity(activity)).made


def at_framework(qtbot: QtBot, session: Session, target: object = FRAMEWORK) -> tuple[CyclesPage, ProgrammeHost]:
    window = shown(qtbot, lambda operations: CyclesPage(session, operations, today=lambda: TODAY))
    page = window.page
    assert isinstance(page, CyclesPage)
    page.arrive(target)
    QApplication.processEvents()
    return page, page.programme


def seen(house: House) -> Framework:
    return house.lead.ask(qa.framework_view, qa.FrameworkQuery(THIS.plus(-3), 12))


def buttons(host: ProgrammeHost) -> dict[str, Button]:
    return {one.text(): one for one in host.framework.drawer.findChildren(Button) if one.isVisible()}


def press_button(host: ProgrammeHost, words: str) -> None:
    buttons(host)[words].setFocus()
    press(Qt.Key.Key_Return)


def words_of(host: ProgrammeHost) -> list[str]:
    return [one.text() for one in host.framework.drawer.findChildren(WrapLabel) if one.isVisible()]


def test_an_area_and_what_is_expected_of_it_are_set_up_by_keyboard(qtbot: QtBot, house: House) -> None:
    house.cycle()
    _, host = at_framework(qtbot, house.lead)
    assert focused() is host.framework.empty.buttons[0]
    press(Qt.Key.Key_1)
    type_text("North")
    press(Qt.Key.Key_Tab)
    type_text("Team one")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    (area,) = seen(house).areas
    assert (area.title, area.teams) == ("North", ("Team one",))
    assert focused() is host.framework.matrix.cells
    press(Qt.Key.Key_Return)
    press_button(host, "Expect an activity…")
    type_text("Observation")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    (activity,) = seen(house).activities
    assert (activity.title, activity.area_id, activity.first) == ("Observation", area.id, THIS)


def test_each_month_says_by_its_mark_what_is_missing(qtbot: QtBot, house: House, activity_id: str) -> None:
    for month in (THIS.plus(-2), THIS.plus(-2), THIS.plus(-1)):
        house.lead.do(qa.record_evidence, qa.RecordEvidence(activity_id, month, 1, "Notes."))
    _, host = at_framework(qtbot, house.lead)
    model = host.framework.model
    assert [model.meaning(0, at) for at in range(5)] == [NOTHING, MET, GAP, OPEN, AHEAD]
    assert model.words(0, 2) == f"North, {THIS.plus(-1).words}: 1 of 2 evidenced, 1 missing, gap"
    assert model.edge(0).text == "1 of 4", "only months that are over"


def test_evidence_closes_the_gap_and_keeps_who_recorded_it(qtbot: QtBot, house: House, activity_id: str) -> None:
    manager = house.add("C. Manager", Role.MANAGER)
    page, host = at_framework(qtbot, manager)
    assert page.main.text() == "Record evidence…" and not page.main.reason and not page.add.isVisible()
    assert host.framework._cursor() == (seen(house).areas[0].id, THIS.plus(-1)), "on the month before"
    press(Qt.Key.Key_N)
    form = host.framework.opened.form
    assert form is not None
    form.fields["what"].control.setFocus()
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert not seen(house).evidence, "nothing without a word on what shows it"
    form.fields["count"].control.setFocus()
    form.fields["count"].control.selectAll()  # type: ignore[attr-defined]
    type_text("2")
    press(Qt.Key.Key_Tab)
    type_text("Ten records read.")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    (item,) = seen(house).evidence
    assert (item.month, item.count, item.by) == (THIS.plus(-1), 2, "C. Manager")
    assert host.framework.model.meaning(0, 2) is MET
    assert any("Ten records read. (recorded by C. Manager)" in words for words in words_of(host))
    assert "Change…" not in buttons(host) and "Expect an activity…" not in buttons(host)


def test_an_auditor_reads_the_framework_only(qtbot: QtBot, house: House, activity_id: str) -> None:
    page, host = at_framework(qtbot, house.add("A. Auditor", Role.AUDITOR))
    assert not page.main.isVisible()
    press(Qt.Key.Key_Return)
    assert host.framework.drawer.findChildren(ReasonLine)
    assert set(buttons(host)) == {""}, "nothing but the cross that closes"


def test_business_support_has_no_framework(qtbot: QtBot, house: House, activity_id: str) -> None:
    _page, host = at_framework(qtbot, house.add("S. Support", Role.BUSINESS_SUPPORT), target=None)
    assert [key.code for key in host.bar.views.keys] == ["list", "programme"]


def test_the_matrix_is_copied_with_its_headings(qtbot: QtBot, house: House, activity_id: str) -> None:
    _, _host = at_framework(qtbot, house.lead)
    press(Qt.Key.Key_C, modifiers=CTRL)
    head, row = QApplication.clipboard().text().split("\n")
    assert head.split("\t")[:3] == ["Service area", THIS.plus(-3).words, THIS.plus(-2).words]
    assert row.split("\t")[:3] == ["North", "", "0 of 2"]


def test_the_open_drawer_follows_the_cursor_and_esc_returns(qtbot: QtBot, house: House, activity_id: str) -> None:
    _, host = at_framework(qtbot, house.lead)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Right)
    assert host.framework.opened.spot is not None and host.framework.opened.spot[1] == THIS
    host.framework.drawer.close_button.setFocus()
    press(Qt.Key.Key_Escape)
    assert not host.framework.drawer.isVisible() and focused() is host.framework.matrix.cells


def test_what_is_expected_is_changed_and_taken_out(qtbot: QtBot, house: House, activity_id: str) -> None:
    house.lead.do(qa.record_evidence, qa.RecordEvidence(activity_id, THIS.plus(-1), 1, "Notes."))
    _, host = at_framework(qtbot, house.lead)
    press(Qt.Key.Key_Return)
    press_button(host, "Change…")
    focused().selectAll()  # type: ignore[attr-defined]
    type_text("Dip sample of plans")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert seen(house).activities[0].title == "Dip sample of plans"
    press_button(host, "Take evidence back…")
    press(Qt.Key.Key_Return)
    assert not seen(house).evidence
    press_button(host, "Take out…")
    press(Qt.Key.Key_Return)
    assert not seen(house).activities
    press_button(host, "Take the area out…")
    press(Qt.Key.Key_Return)
    assert not seen(house).areas and focused() is host.framework.empty.buttons[0]


def test_a_target_from_home_opens_its_gap(qtbot: QtBot, house: House, activity_id: str) -> None:
    (area,) = seen(house).areas
    _, host = at_framework(qtbot, house.lead, target=f"gap/{area.id}/{THIS.plus(-1)}")
    assert host.framework.opened.spot == (area.id, THIS.plus(-1)) and host.framework.drawer.isVisible()
