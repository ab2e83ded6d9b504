"""A re-audit from the path of a new cycle: choosing the earlier cycle brings cases and questions along."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.cycles import new_round
from auditor.desktop.pages.cycles.page import CyclesPage
from auditor.desktop.pages.cycles.what_step import Offer
from auditor.domain.roles import Role
from auditor.services import cycles
from auditor.services.session import Session
from tests.desktop.pages.kit import click, shown
from tests.kit import TODAY, House, open_house, small_plain, small_template
from tests.services.test_reaudit import Earlier, earlier_cycle


@pytest.fixture(autouse=True)
def one_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small template in place of the whole question bank, which takes long to read."""
    monkeypatch.setattr(new_round, "templates_offered", lambda _session: [Offer(small_template(), 4, small_plain())])


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def earlier(house: House) -> Earlier:
    return earlier_cycle(house)


def cycles_page(qtbot: QtBot, session: Session) -> CyclesPage:
    window = shown(qtbot, lambda operations: CyclesPage(session, operations, today=lambda: TODAY))
    page = window.page
    assert isinstance(page, CyclesPage)
    page.go_to.disconnect(window.show_page)
    page.begin_new()
    qtbot.waitUntil(lambda: page.round.what.template.count() > 0, timeout=10_000)
    qtbot.waitUntil(lambda: not window.operations.busy, timeout=10_000)
    return page


def test_a_reaudit_brings_its_cases_and_goes_straight_to_the_pairs(qtbot: QtBot, earlier: Earlier) -> None:
    page = cycles_page(qtbot, earlier.house.lead)
    what = page.round.what
    assert what.reaudit.isVisible() and what.template.isVisible()
    what.reaudit.pick(earlier.cycle_id)
    assert not what.template.isVisible()
    assert what.reaudit.about.text() == (
        "2 cases: CF-01 (sections 4, 22), CF-02 (section 9). 1 case had no section graded 3 or 4. "
        "1 audit not signed off yet, so not known."
    )
    assert page.round.next.text() == "Start with 2 cases"
    what.name.setText("Once more")
    click(page.round.next)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.pairs, timeout=30_000)
    assert [row.case.reference for row in page.pairs.rows] == ["CF-01", "CF-02"]
    newest = earlier.house.lead.ask(cycles.all_cycles, None)[0]
    assert (newest.title, newest.reaudit_of) == ("Once more", earlier.cycle_id)


def test_back_to_a_cycle_of_its_own(qtbot: QtBot, earlier: Earlier) -> None:
    page = cycles_page(qtbot, earlier.house.lead)
    what = page.round.what
    what.reaudit.pick(earlier.cycle_id)
    what.reaudit.pick("")
    assert what.template.isVisible() and page.round.next.text() == "Next: cases"


def test_without_anything_weak_or_without_findings_nothing_is_offered(qtbot: QtBot, house: House) -> None:
    page = cycles_page(qtbot, house.lead)
    assert not page.round.what.reaudit.isVisible()


def test_an_administrator_is_not_told_which_cases_were_weak(qtbot: QtBot, earlier: Earlier) -> None:
    office = earlier.house.add("O. Office", Role.ADMINISTRATOR)
    page = cycles_page(qtbot, office)
    assert not page.round.what.reaudit.isVisible()
