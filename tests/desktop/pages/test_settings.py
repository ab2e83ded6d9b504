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
from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.status_line import StatusLine
from auditor.domain.errors import NotAllowed, WorkspaceError
from auditor.domain.roles import Role
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
