"""A person with the role Business support alone, in the window: facts to enter, and nothing that auditors judge."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audit_list import what_next
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.pages.home.page import HomePage
from auditor.desktop.pages.reconcile.page import ReconcilePage
from auditor.desktop.widgets.table_model import Group
from auditor.domain.roles import Role
from auditor.services.session import Session
from auditor.services.waiting import Hat
from tests.desktop.pages.kit import shown
from tests.kit import TODAY, House, answer, open_house, score_and_submit


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


class Split:
    """Two audits of one pair; the helper enters the facts."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.first, self.second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        self.helper = house.add("S. Support", Role.BUSINESS_SUPPORT)
        cycle_id = house.cycle(references=("CF-01", "CF-02"))
        self.audits = [house.give(cycle_id, one, self.first, self.second) for one in ("CF-01", "CF-02")]


@pytest.fixture
def split(house: House) -> Split:
    return Split(house)


def audits_page(qtbot: QtBot, session: Session) -> AuditsPage:
    page = shown(qtbot, lambda operations: AuditsPage(operations, session, lambda: TODAY)).page
    assert isinstance(page, AuditsPage)
    return page


def listed(page: AuditsPage) -> list[str]:
    rows = [page.list.table.rows.row(number) for number in range(page.list.table.rows.rowCount())]
    return [row.title if isinstance(row, Group) else f"{row.case.reference}: {what_next(row)}" for row in rows]


def test_audits_whose_facts_wait_come_first_and_open_with_facts_only(qtbot: QtBot, split: Split) -> None:
    answer(split.helper, split.audits[0], "S01.01", 2)
    answer(split.helper, split.audits[0], "S01.02", "yes")
    page = audits_page(qtbot, split.helper)
    assert listed(page) == ["Facts to enter", "CF-02: Enter facts", "Others", "CF-01: Facts all in"]
    assert page._next.text() == "Enter facts · CF-02"
    page._next.click()
    desk = page.desk
    assert desk is not None
    assert [question.id for question in desk.state.in_order] == ["S01.01", "S01.02"]
    assert all(desk.state.is_open(question) for question in desk.state.in_order)
    assert not page._next.isVisible()


def test_the_auditors_read_that_the_facts_are_in(qtbot: QtBot, split: Split) -> None:
    answer(split.helper, split.audits[0], "S01.01", 2)
    page = audits_page(qtbot, split.first)
    assert "facts 1 of 2" in page.list.table.rows.as_text(range(3))
    page.open_audit(split.audits[0])
    assert "facts 1 of 2" in page.header.facts.text()
    answer(split.helper, split.audits[0], "S01.02", "yes")
    page.refresh(None)
    QApplication.processEvents()
    assert "facts all in" in page.header.facts.text()


def test_home_has_a_row_for_each_audit_whose_facts_wait(qtbot: QtBot, split: Split) -> None:
    page = shown(qtbot, lambda operations: HomePage(split.helper, operations, today=lambda: TODAY)).page
    assert isinstance(page, HomePage)
    assert [(row.row.hat, row.row.title) for row in page.waiting.shown] == [
        (Hat.SUPPORT, "CF-01: enter the facts"), (Hat.SUPPORT, "CF-02: enter the facts"),
    ]  # fmt: skip


def waiting_on(qtbot: QtBot, session: Session) -> list[str]:
    page = shown(qtbot, lambda operations: ReconcilePage(operations, session, lambda: TODAY)).page
    assert isinstance(page, ReconcilePage)
    return [line.case.reference for line in page._waiting()]


def test_nothing_to_reconcile_is_shown(qtbot: QtBot, split: Split) -> None:
    for session in (split.first, split.second):
        score_and_submit(session, split.audits[0])
    shown_to = {who.actor.name: waiting_on(qtbot, who) for who in (split.helper, split.house.lead)}
    assert shown_to == {"S. Support": [], "L. Lead": ["CF-01"]}
