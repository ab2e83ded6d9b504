"""Drafts of forms: kept, put back, thrown away, over an open workspace."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.drafts import Draft
from auditor.desktop.messages import Messages
from auditor.desktop.operations import Operations
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import Combo, LineEdit
from auditor.desktop.widgets.status_line import StatusLine
from auditor.desktop.widgets.texts import DateField, GrowingText
from auditor.desktop.widgets.toggles import Segments
from auditor.services.drafts import draft
from tests.kit import House, open_house

PLACE = "action/1/done"


class Form(QWidget):
    """One field of each kind."""

    def __init__(self, qtbot: QtBot, house: House) -> None:
        super().__init__()
        self.text, self.line, self.here = GrowingText("Why"), LineEdit("Title"), QCheckBox("Here")
        self.line.setText("Autumn 2026")
        self.day = DateField("Due", period=(date(2026, 11, 1), date(2027, 10, 31)))
        self.day.set_iso("2026-12-01")
        self.list = Combo("Owner", [("", "Choose"), ("1", "One"), ("2", "Two")])
        self.how = Segments("Facts", [("shared", "Once"), ("both", "By both")])
        fields = {"text": self.text, "line": self.line, "day": self.day, "list": self.list, "here": self.here,
                  "how": self.how}  # fmt: skip
        column = QVBoxLayout(self)
        for field in fields.values():
            column.addWidget(field)
        self.draft = Draft(house.lead, Operations(Messages(StatusLine(self)), self), PLACE, self, fields)
        qtbot.addWidget(self)
        self.show()


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def left(house: House) -> dict[str, str]:
    return house.lead.ask(draft, PLACE)


def test_what_is_written_comes_back_when_the_form_opens_again(qtbot: QtBot, house: House) -> None:
    form = Form(qtbot, house)
    form.text.setPlainText("Half a sent")
    form.day.setText("31/02")
    form.list.set_value("2")
    form.here.setChecked(True)
    form.how.set_chosen("both")
    assert left(house) == {}
    form.hide()
    again = Form(qtbot, house)
    assert again.text.toPlainText() == "Half a sent" and again.line.text() == "Autumn 2026"
    assert again.day.text() == "31/02" and again.day.property("fault") == "true"
    assert (again.list.value, again.here.isChecked(), again.how.chosen) == ("2", True, "both")


def test_a_pause_in_typing_is_enough(qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.desktop.widgets.texts.SAVE_AFTER_MS", 1)
    form = Form(qtbot, house)
    form.text.setPlainText("Half")
    qtbot.waitUntil(lambda: left(house) == {"text": "Half"})


def test_typing_on_without_a_pause_is_kept_too(qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.desktop.widgets.texts.SAVE_AFTER_MS", 300)
    monkeypatch.setattr("auditor.desktop.widgets.texts.SAVE_AT_LATEST_MS", 600)
    form = Form(qtbot, house)

    def typed_on() -> bool:
        form.text.insertPlainText("on and ")
        return bool(left(house))

    qtbot.waitUntil(typed_on, timeout=3_000)


def test_an_untouched_form_leaves_nothing(qtbot: QtBot, house: House) -> None:
    form = Form(qtbot, house)
    with qtbot.waitSignal(form.draft.begun, check_params_cb=bool):
        form.text.setPlainText("Half")
    with qtbot.waitSignal(form.draft.begun, check_params_cb=lambda begun: not begun):
        form.text.setPlainText("")
        form.draft.keep()
    form.hide()
    assert left(house) == {}


def test_what_was_sent_is_forgotten_for_good(qtbot: QtBot, house: House) -> None:
    form = Form(qtbot, house)
    form.text.setPlainText("All of it")
    form.draft.keep()
    assert left(house)
    form.draft.forget()
    form.hide()
    assert left(house) == {}


def test_throwing_away_shows_the_form_as_it_opened(qtbot: QtBot, house: House) -> None:
    first = Form(qtbot, house)
    first.text.setPlainText("Half")
    first.day.setText("31/02")
    first.hide()
    form, button = Form(qtbot, house), Button("Throw away", "quiet")
    form.layout().addWidget(button)  # type: ignore[union-attr]
    form.draft.offer_throwing_away(button)
    assert button.isVisible()
    button.click()
    assert not button.isVisible()
    assert (form.text.toPlainText(), form.day.text(), form.day.iso) == ("", "01/12/2026", "2026-12-01")
    assert left(house) == {}


def test_a_form_that_shows_something_else_keeps_the_first_and_watches_no_more(qtbot: QtBot, house: House) -> None:
    form = Form(qtbot, house)
    form.text.setPlainText("Half")
    form.draft.let_go()
    form.text.setPlainText("of another record")
    form.hide()
    assert left(house) == {"text": "Half"}
