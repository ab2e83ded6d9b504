"""Moving to a newer version of the template, as an auditor does it at the desk, by keyboard."""

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.moving_carried import CarriedPanel
from auditor.desktop.pages.audits.moving_panel import MovePanel, UndoPanel
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.domain.answers import Answer
from auditor.services import moving, scoring
from auditor.services.moving import MoveQuery, ToVersion
from auditor.services.templates import KeepTemplate, keep_template
from tests.desktop.pages.desk_kit import Sitting, current, every_way, sitting
from tests.desktop.pages.kit import click, focused, press
from tests.kit import answer


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as made:
        answer(made.first, made.audit_id, "S02.03", "Visits were kept up.")
        answer(made.first, made.audit_id, "S02.01", "partly")
        yield made


def newer(at: Sitting) -> str:
    """Version 2 does not ask what went well, and means something else by *partly* in 2.1."""
    plain = copy.deepcopy(every_way()) | {"version": "2"}
    questions = plain["sections"][1]["questions"]
    options = copy.deepcopy(plain["scales"][0]["options"])
    options[1]["label"] = "Met in most visits"
    questions[0] = {key: value for key, value in questions[0].items() if key != "scale"} | {"options": options}
    del questions[2]
    return at.house.lead.do(keep_template, KeepTemplate(plain)).made


def asked(qtbot: QtBot, desk: Desk) -> None:
    """The line has said what there is to say."""
    desk.moving.ask()
    qtbot.waitUntil(lambda: desk.moving.view is not None)
    QApplication.processEvents()


def page_of(desk: Desk) -> AuditsPage:
    parent = desk.parentWidget()
    while not isinstance(parent, AuditsPage):
        assert parent is not None
        parent = parent.parentWidget()
    return parent


def opened(desk: Desk) -> MovePanel:
    """The panel with the difference."""
    panel = desk.moves.forms.banner
    assert isinstance(panel, MovePanel)
    return panel


def test_nothing_is_said_where_the_template_is_the_newest(qtbot: QtBot, at: Sitting) -> None:
    desk = at.open(qtbot)
    asked(qtbot, desk)
    assert desk.moving.isHidden()
    press(Qt.Key.Key_V)
    assert desk.moves.forms.banner is None


def test_the_difference_comes_first_and_enter_accepts(qtbot: QtBot, at: Sitting) -> None:
    target = newer(at)
    desk = at.open(qtbot, at="S02.02")
    asked(qtbot, desk)
    assert desk.moving.isVisible()
    press(Qt.Key.Key_V)
    panel = opened(desk)
    assert focused() is panel.lines
    assert panel.lines.count() == 2
    press(Qt.Key.Key_Escape)
    assert not desk.moves.forms.banner
    assert current(desk) == "S02.02"
    press(Qt.Key.Key_V)
    opened(desk).accept.setFocus()
    press(Qt.Key.Key_Return)
    waiting = at.first.ask(moving.move_view, MoveQuery(at.audit_id))
    assert (waiting.target is not None and waiting.target.hash, waiting.waiting_for) == (target, ("B. Auditor",))
    assert not desk.moves.forms.banner


def test_the_partner_accepts_and_the_desk_shows_the_new_version(qtbot: QtBot, at: Sitting) -> None:
    target = newer(at)
    at.first.do(moving.accept, ToVersion(at.audit_id, target))
    desk = at.open(qtbot, at.second)
    asked(qtbot, desk)
    page = page_of(desk)
    click(desk.moving.look)
    click(opened(desk).accept)
    qtbot.waitUntil(lambda: page.desk is not None and page.desk is not desk)
    assert page.desk is not None
    assert page.desk.state.view.template.version == "2"


def test_what_was_carried_is_answered_again_or_ticked_by_keyboard(qtbot: QtBot, at: Sitting) -> None:
    target = newer(at)
    for session in (at.first, at.second):
        session.do(moving.accept, ToVersion(at.audit_id, target))
    desk = at.open(qtbot, at="S02.02")
    asked(qtbot, desk)
    press(Qt.Key.Key_V)
    panel = desk.moves.forms.banner
    assert isinstance(panel, CarriedPanel)
    press(Qt.Key.Key_Down)
    assert panel.current.answer == "Visits were kept up."
    press(Qt.Key.Key_Space)
    view = at.first.ask(moving.move_view, MoveQuery(at.audit_id))
    assert [item.question_id for item in view.unread] == ["S02.01"]
    assert panel.current.question_id == "S02.01"
    press(Qt.Key.Key_Return)
    assert current(desk) == "S02.01"
    press(Qt.Key.Key_2)
    assert at.entry("S02.01").answer == Answer("partly")
    assert at.first.ask(moving.move_view, MoveQuery(at.audit_id)).unread == ()


def test_going_back_asks_first(qtbot: QtBot, at: Sitting) -> None:
    target = newer(at)
    before = at.first.ask(scoring.desk, at.audit_id).entries
    for session in (at.first, at.second):
        session.do(moving.accept, ToVersion(at.audit_id, target))
    desk = at.open(qtbot)
    asked(qtbot, desk)
    page = page_of(desk)
    click(desk.moving.back)
    panel = desk.moves.forms.banner
    assert isinstance(panel, UndoPanel)
    assert focused() is panel.close_button
    click(panel.confirm)
    qtbot.waitUntil(lambda: page.desk is not None and page.desk is not desk)
    assert at.first.ask(scoring.desk, at.audit_id).entries == before
