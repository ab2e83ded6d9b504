"""Settings on a real workspace: looks at once, people by those who may, the workspace proved and backed up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.messages import Messages
from auditor.desktop.operations import Operations
from auditor.desktop.pages.settings.page import SettingsPage
from auditor.desktop.pages.settings.passphrase import PassphraseForm
from auditor.desktop.pages.settings.people import People
from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.status_line import StatusLine
from auditor.domain.errors import NotAllowed, WorkspaceError
from auditor.domain.roles import Role
from auditor.services.drafts import draft
from auditor.services.session import Session
from auditor.services.workspace import OpenedWorkspace
from auditor.store.workspace import Workspace
from tests.desktop.pages.kit import click, focused, press, shown
from tests.kit import CHEAP, PASSPHRASE, PIN, House, open_house


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def default_preferences() -> Iterator[None]:
    yield
    preferences().set_looks(mode="system", text_size=100)
    preferences().set_single_keys(True)
    preferences().set_lock_minutes(10)


def settings_page(qtbot: QtBot, session: Session, house: House, part: str) -> SettingsPage:
    window = shown(qtbot, lambda operations: SettingsPage(session, operations, opened=house.opened))
    page = window.page
    assert isinstance(page, SettingsPage)
    page.arrive(part)
    return page


def test_looks_are_chosen_by_keyboard_and_kept(qtbot: QtBot, house: House) -> None:
    page = settings_page(qtbot, house.lead, house, "appearance")
    assert focused().accessibleName() == "As the system"
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Space)
    assert preferences().mode == "dark"
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Right, times=2)
    press(Qt.Key.Key_Space)
    assert preferences().text_size == 150
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert not preferences().single_keys
    assert not page.appearance.keys.isChecked()


def test_a_person_is_added_and_can_sign_in(qtbot: QtBot, house: House) -> None:
    page = settings_page(qtbot, house.lead, house, "people")
    people = page.people
    assert people.add.hasFocus() and people.add.property("k") == "p"
    press(Qt.Key.Key_Return)
    assert focused() is people.form.name
    people.form.name.setText("N. Auditor")
    people.form.pin.setText("1357")
    people.form.roles[Role.MANAGER].click()
    click(people.form.save)
    qtbot.waitUntil(lambda: people.table.rows.rowCount() == 2, timeout=10_000)
    added = next(person for person in house.opened.people() if person.name == "N. Auditor")
    assert added.roles == {Role.AUDITOR, Role.MANAGER}
    assert house.opened.sign_in(added.id, "1357").actor == added
    assert people.form.name.text() == "" and people.form.person is None


def test_roles_pin_and_leaving_are_changed(qtbot: QtBot, house: House) -> None:
    other = house.add("A. Auditor", Role.AUDITOR).actor
    page = settings_page(qtbot, house.lead, house, "people")
    people = page.people
    people.table.selectRow(0)
    press(Qt.Key.Key_Return)
    assert people.form.person == other
    people.form.pin.setText("98765")
    click(people.form.reset)
    qtbot.waitUntil(lambda: not people.form.pin.text(), timeout=10_000)
    assert house.opened.sign_in(other.id, "98765").actor.id == other.id
    with pytest.raises(NotAllowed):
        house.opened.sign_in(other.id, PIN)
    people.form.active.click()
    click(people.form.save)
    qtbot.waitUntil(lambda: not people.form.isVisible(), timeout=10_000)
    assert other.id not in {person.id for person in house.opened.people()}
    assert people.count.text() == "1 here, 1 no longer"


def people_of(qtbot: QtBot, house: House) -> People:
    return settings_page(qtbot, house.lead, house, "people").people


def signs_in(house: House, person_id: str, pin: str) -> bool:
    try:
        house.opened.sign_in(person_id, pin)
    except NotAllowed:
        return False
    return True


def test_save_takes_a_typed_pin_along(qtbot: QtBot, house: House) -> None:
    other = house.add("A. Auditor", Role.AUDITOR).actor
    people = people_of(qtbot, house)
    people.table.select(other.id)
    press(Qt.Key.Key_Return)
    people.form.pin.setText("98765")
    people.form.team.setText("North")
    click(people.form.save)
    qtbot.waitUntil(lambda: not people.form.isVisible(), timeout=10_000)
    assert signs_in(house, other.id, "98765")
    assert next(person.team for person in house.opened.people() if person.id == other.id) == "North"


def test_a_refused_pin_leaves_the_person_as_they_were(qtbot: QtBot, house: House) -> None:
    other = house.add("A. Auditor", Role.AUDITOR).actor
    people = people_of(qtbot, house)
    people.table.select(other.id)
    press(Qt.Key.Key_Return)
    people.form.pin.setText("12")
    people.form.team.setText("North")
    click(people.form.save)
    qtbot.waitUntil(lambda: people.form.problem.code == "pin-form", timeout=10_000)
    assert next(person.team for person in house.opened.people() if person.id == other.id) == ""
    assert (people.form.pin.text(), people.form.team.text()) == ("12", "North")


def test_setting_a_pin_leaves_the_other_edits_in_the_form(qtbot: QtBot, house: House) -> None:
    other = house.add("A. Auditor", Role.AUDITOR).actor
    people = people_of(qtbot, house)
    people.table.select(other.id)
    press(Qt.Key.Key_Return)
    people.form.team.setText("North")
    people.form.pin.setText("98765")
    click(people.form.reset)
    qtbot.waitUntil(lambda: not people.form.pin.text(), timeout=10_000)
    assert people.form.person == other and people.form.team.text() == "North"


def test_arrows_never_take_a_form_away_that_is_written_in(qtbot: QtBot, house: House) -> None:
    other = house.add("A. Auditor", Role.AUDITOR).actor
    people = people_of(qtbot, house)
    people.table.select(other.id)
    press(Qt.Key.Key_Return)
    people.form.pin.setText("98765")
    people.table.setFocus()
    press(Qt.Key.Key_Down)
    assert people.form.person == other and people.form.pin.text() == "98765"
    people.form.pin.clear()
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Down)
    assert people.form.person == house.lead.actor


def test_another_person_in_the_form_and_the_first_again(qtbot: QtBot, house: House) -> None:
    other = house.add("A. Auditor", Role.AUDITOR).actor
    people = people_of(qtbot, house)
    people.table.opened.emit(other)
    people.form.team.setText("North")
    people.form.roles[Role.MANAGER].click()
    people.form.pin.setText("98765")
    people.table.opened.emit(house.lead.actor)
    assert (people.form.team.text(), people.form.pin.text()) == ("", "")
    people.form.close_drawer()
    people.table.opened.emit(other)
    assert (people.form.team.text(), people.form.pin.text()) == ("North", "98765")
    assert people.form.roles[Role.MANAGER].isChecked() and people.form.throw_away.isVisible()
    kept = house.lead.ask(draft, f"person/{other.id}")
    assert kept == {"team": "North", "role_manager": "yes"}
    click(people.form.throw_away)
    people.table.opened.emit(other)
    assert (people.form.team.text(), people.form.pin.text()) == ("", "")


def test_a_new_person_half_typed_waits_and_is_forgotten_once_added(qtbot: QtBot, house: House) -> None:
    people = people_of(qtbot, house)
    people.begin_adding()
    people.form.name.setText("N. Auditor")
    people.form.pin.setText("1357")
    press(Qt.Key.Key_Escape)
    assert house.lead.ask(draft, "person/new") == {"name": "N. Auditor"}
    people.begin_adding()
    click(people.form.save)
    click(people.form.save)
    qtbot.waitUntil(lambda: not people.form.name.text(), timeout=10_000)
    assert house.lead.ask(draft, "person/new") == {} and not people.form.problem.code
    assert [person.name for person in house.opened.people()].count("N. Auditor") == 1


def test_what_is_refused_is_said_in_the_form(qtbot: QtBot, house: House) -> None:
    page = settings_page(qtbot, house.lead, house, "people")
    form = page.people.form
    page.people.begin_adding()
    click(form.save)
    assert form.name.accessibleDescription() == "Type a name."
    form.name.setText("L. Lead")
    form.pin.setText("12")
    click(form.save)
    qtbot.waitUntil(lambda: form.problem.code == "name-taken", timeout=10_000)
    form.name.setText("New Person")
    click(form.save)
    qtbot.waitUntil(lambda: form.problem.code == "pin-form", timeout=10_000)


def test_who_may_not_keep_people_sees_why(qtbot: QtBot, house: House) -> None:
    page = settings_page(qtbot, house.add("A. Auditor", Role.AUDITOR), house, "people")
    assert "QA lead" in page.people.add.reason
    page.people.table.setFocus()
    page.people.table.selectRow(1)
    press(Qt.Key.Key_Return)
    assert not page.people.form.isVisible()
    page.arrive("workspace")
    assert page.workspace.back_up.reason and not page.workspace.verify.reason


def test_the_workspace_is_backed_up_and_proved(qtbot: QtBot, house: House) -> None:
    part = settings_page(qtbot, house.lead, house, "workspace").workspace
    click(part.back_up)
    qtbot.waitUntil(lambda: house.opened.info().backups == 1, timeout=10_000)
    click(part.verify)
    qtbot.waitUntil(lambda: part.result.text().startswith("Sound"), timeout=10_000)
    part.lock.asked.emit("30")
    assert preferences().lock_minutes == 30


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_key(qtbot: QtBot, tmp_path: Path, house: House) -> None:
    workspace, key = Workspace.create(
        tmp_path / "other", PASSPHRASE, name="Other", cost=CHEAP, settings_folder=tmp_path
    )
    opened = OpenedWorkspace(workspace, house.opened.records)
    form = PassphraseForm(opened, Operations(Messages(StatusLine())))
    qtbot.addWidget(form)
    form.other_way.click()
    good = "river candle mountain teapot"
    for field, text in ((form.present, key), (form.new, good), (form.again, good)):
        field.setText(text)
    form.change()
    qtbot.waitUntil(lambda: form.strength.text().startswith("Changed"), timeout=10_000)
    workspace.close()
    Workspace.unlock(tmp_path / "other", good, settings_folder=tmp_path).close()


def test_the_passphrase_is_changed(qtbot: QtBot, house: House) -> None:
    form = settings_page(qtbot, house.lead, house, "workspace").workspace.passphrase
    form.present.setText("not this one")
    form.new.setText("summer")
    form.again.setText("summers")
    form.change()
    assert form.new.accessibleDescription().startswith("Very weak")
    good = "river candle mountain teapot"
    form.new.setText(good)
    form.again.setText(good)
    form.change()
    qtbot.waitUntil(lambda: form.problem.code == "wrong-passphrase", timeout=10_000)
    form.present.setText(PASSPHRASE)
    form.change()
    qtbot.waitUntil(lambda: form.strength.text().startswith("Changed"), timeout=10_000)
    with pytest.raises(WorkspaceError):
        house.opened.change_passphrase(PASSPHRASE, good)


def test_the_passphrase_is_changed_once_however_often_it_is_sent(qtbot: QtBot, house: House) -> None:
    page = settings_page(qtbot, house.lead, house, "workspace")
    (form,) = page.findChildren(PassphraseForm)
    form.present.setText(PASSPHRASE)
    for field in (form.new, form.again):
        field.setText("river candle mountain teapot")
    form.change()
    form.change()
    qtbot.waitUntil(lambda: not page.operations.busy, timeout=10_000)
    assert form.problem.code == ""
    assert page.operations.messages.status.text == "Passphrase changed"


def test_a_passphrase_typed_is_forgotten_when_the_page_is_left(qtbot: QtBot, house: House) -> None:
    page = settings_page(qtbot, house.lead, house, "workspace")
    (form,) = page.findChildren(PassphraseForm)
    form.present.setText(PASSPHRASE)
    page.hide()
    assert form.present.text() == ""
