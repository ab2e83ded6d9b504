"""What is typed in the forms of Actions and Findings outlives rows, Esc, pages, lock and close, until it is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.forms.inline_form import InlineForm
from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.actions.acts import DONE, UPDATE
from auditor.desktop.pages.actions.page import ActionsPage
from auditor.desktop.pages.findings.page import FindingsPage
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.texts import DateField, GrowingText
from auditor.services.actions import ActionLine, ActionQuery, RaiseAction, list_actions, raise_action
from auditor.services.drafts import draft
from tests.desktop.pages.kit import agreed_round, click, focused, press, shown, type_text
from tests.kit import TODAY, House, open_house


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def two(house: House) -> list[str]:
    lead = house.lead
    return [
        lead.do(raise_action, RaiseAction(text, lead.actor.id, TODAY)).made for text in ("First thing", "Second thing")
    ]


def actions(qtbot: QtBot, house: House) -> tuple[MainWindow, ActionsPage]:
    window = shown(qtbot, lambda operations: ActionsPage(house.lead, operations, today=lambda: TODAY))
    assert isinstance(window.page, ActionsPage)
    return window, window.page


def lines(house: House) -> list[ActionLine]:
    return house.lead.ask(list_actions, ActionQuery(TODAY))


def open_form(page: ActionsPage, action_id: str) -> InlineForm:
    page.arrive(action_id)
    page.opened.act(UPDATE)
    QApplication.processEvents()
    assert page.opened.form is not None
    return page.opened.form


def raise_form(page: ActionsPage, house: House) -> InlineForm:
    """The form of a new action, complete."""
    page.raise_new()
    QApplication.processEvents()
    type_text("One template")
    form = page.opened.form
    assert form is not None
    owner = form.fields["owner"].control
    assert isinstance(owner, Combo)
    owner.set_value(house.lead.actor.id)
    return form


def note_of(form: InlineForm) -> str:
    note = form.fields["note"].control
    assert isinstance(note, GrowingText)
    return note.toPlainText()


def date_of(form: InlineForm) -> DateField:
    due = form.fields["due"].control
    assert isinstance(due, DateField)
    return due


@pytest.mark.parametrize("way_out", ["esc", "later", "row", "drawer", "page"])
def test_an_update_half_written_is_there_again(qtbot: QtBot, house: House, two: list[str], way_out: str) -> None:
    _, page = actions(qtbot, house)
    form = open_form(page, two[0])
    type_text("Half a sent")
    if way_out == "esc":
        press(Qt.Key.Key_Escape)
    elif way_out == "later":
        click(form.later)
    elif way_out == "row":
        page.arrive(two[1])
    elif way_out == "drawer":
        click(page.drawer.close_button)
    else:
        page.hide()
        page.show()
    assert note_of(open_form(page, two[1])) == ""
    again = open_form(page, two[0])
    assert note_of(again) == "Half a sent" and again.throw_away.isVisible()


@pytest.mark.parametrize("act", ["close", "clear"])
def test_closing_the_window_keeps_it_too(qtbot: QtBot, house: House, two: list[str], act: str) -> None:
    window, page = actions(qtbot, house)
    page.raise_new()
    QApplication.processEvents()
    type_text("Half a sent")
    if act == "close":
        window.close()
    else:
        window.leave()
        window.hide()
    assert house.lead.ask(draft, "action/new") == {"text": "Half a sent"}


def test_another_act_on_the_same_action_has_its_own_words(qtbot: QtBot, house: House, two: list[str]) -> None:
    _, page = actions(qtbot, house)
    open_form(page, two[0])
    type_text("Half")
    page.opened.act(DONE)
    assert now(page) == ""
    page.opened.act(UPDATE)
    assert now(page) == "Half"


def now(page: ActionsPage) -> str:
    assert page.opened.form is not None
    return note_of(page.opened.form)


def test_sent_or_thrown_away_it_is_gone(qtbot: QtBot, house: House, two: list[str]) -> None:
    _, page = actions(qtbot, house)
    form = open_form(page, two[0])
    assert not form.throw_away.isVisible()
    type_text("All of it")
    click(form.throw_away)
    form = open_form(page, two[0])
    assert note_of(form) == ""
    type_text("All of it")
    page.hide()
    page.show()
    form.ask()
    assert house.lead.ask(draft, f"action/{two[0]}/{UPDATE.step}") == {}
    assert note_of(open_form(page, two[0])) == ""


def test_a_refused_act_keeps_its_words(qtbot: QtBot, house: House) -> None:
    _, page = actions(qtbot, house)
    form = raise_form(page, house)
    date_of(form).setText("1/1/2020")
    form.ask()
    assert lines(house) == [] and page.opened.form is form
    page.hide()
    assert house.lead.ask(draft, "action/new")["due"] == "01/01/2020"


def test_an_unreadable_date_is_never_replaced_by_the_proposed_one(qtbot: QtBot, house: House) -> None:
    _, page = actions(qtbot, house)
    form = raise_form(page, house)
    date_of(form).setText("31/02/2027")
    form.ask()
    assert lines(house) == [] and focused() is date_of(form) and date_of(form).property("fault") == "true"
    date_of(form).setText("1/2/2027")
    form.ask()
    assert [f"{line.action.due:%d/%m/%Y}" for line in lines(house)] == ["01/02/2027"]


@pytest.mark.parametrize("typed", ["31/02/2027", "soon", ""])
def test_a_new_date_that_is_none_leaves_the_action_alone(
    qtbot: QtBot, house: House, two: list[str], typed: str
) -> None:
    _, page = actions(qtbot, house)
    before = lines(house)
    page.arrive(two[0])
    page.opened.reassign()
    QApplication.processEvents()
    type_text("It moved")
    form = page.opened.form
    assert form is not None
    date_of(form).setText(typed)
    form.ask()
    assert lines(house) == before and page.opened.form is form and focused() is date_of(form)


def test_an_action_on_a_cell_waits_at_its_cell(qtbot: QtBot, house: House) -> None:
    agreed_round(house)
    page = shown(qtbot, lambda operations: FindingsPage(house.lead, operations, today=lambda: TODAY)).page
    assert isinstance(page, FindingsPage)
    press(Qt.Key.Key_A)
    type_text("Half a sent")
    press(Qt.Key.Key_Escape)
    assert page.drawer.tabs.isVisible()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_A)
    assert text_at(page) == ""
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_A)
    assert text_at(page) == "Half a sent"


def text_at(page: FindingsPage) -> str:
    assert page.cell.form is not None
    text = page.cell.form.fields["text"].control
    assert isinstance(text, GrowingText)
    return text.toPlainText()
