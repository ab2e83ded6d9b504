"""Scores in the window: on the Findings page by case, and at the desk only once a section is answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.pages.findings.page import SCORES, FindingsPage
from auditor.domain.audit import Mode
from auditor.domain.roles import Role
from auditor.services.session import Session
from tests.desktop.pages.desk_kit import desk_of
from tests.desktop.pages.kit import click, press, shown
from tests.kit import TODAY, House, answer, open_house, small_plain

SHARE = {"scoring": {"method": "share_met"}}


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def given(house: House, *references: str) -> tuple[Session, str, list[str]]:
    first = house.add("A. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=references, plain=small_plain() | SHARE)
    return first, cycle_id, [house.give(cycle_id, one, first, None, Mode.SINGLE) for one in references]


def desk_at(qtbot: QtBot, session: Session, audit_id: str) -> Desk:
    window = shown(qtbot, lambda operations: AuditsPage(operations, session, lambda: TODAY))
    window.show_page("audits", audit_id)
    return desk_of(window)


def test_the_findings_page_shows_and_copies_the_scores(qtbot: QtBot, house: House) -> None:
    first, _, audits = given(house, "CF-01", "CF-02")
    answer(first, audits[0], "S01.03", "met")
    window = shown(qtbot, lambda operations: FindingsPage(house.lead, operations, today=lambda: TODAY))
    page = window.page
    assert isinstance(page, FindingsPage)
    click(page.segments.keys[3])
    assert page.segments.chosen == SCORES
    QApplication.processEvents()
    assert [row.accessibleName().split(".")[0] for row in page.scores.rows] == [
        "CF-01: 1 of 1 met, 3 to be agreed", "CF-02: Not known yet",
    ]  # fmt: skip
    page.scores.rows[0].setFocus()
    press(Qt.Key.Key_Down)
    assert page.scores.rows[1].hasFocus()
    page.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Case\tWhole\tRecording\tSafety"


def test_the_desk_tells_a_score_only_once_the_section_is_answered(qtbot: QtBot, house: House) -> None:
    first, _, (audit_id,) = given(house, "CF-01")
    answer(first, audit_id, "S01.03", "not_evidenced")
    desk = desk_at(qtbot, first, audit_id)
    desk.show_section("S01")
    assert desk.head.score.isHidden()
    answer(first, audit_id, "S01.02", "yes")
    desk.refresh(None)
    assert desk.head.score.text() == "Your answers so far: 1 of 2 met"
    desk.show_section("S02")
    assert desk.head.score.isHidden()


def test_a_template_without_a_method_tells_nothing(qtbot: QtBot, house: House) -> None:
    first = house.add("A. Auditor", Role.AUDITOR)
    audit_id = house.give(house.cycle(), "CF-01", first, None, Mode.SINGLE)
    answer(first, audit_id, "S01.03", "met")
    answer(first, audit_id, "S01.02", "yes")
    desk = desk_at(qtbot, first, audit_id)
    assert desk.head.score.isHidden()
