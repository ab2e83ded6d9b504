"""Differences between brothers and sisters where they are seen: the checks of the desk, and the Findings page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.pages.findings.page import FindingsPage
from auditor.domain.audit import Mode
from tests.desktop.pages.desk_kit import desk_of
from tests.desktop.pages.kit import click, shown
from tests.kit import TODAY, House, answer, open_house
from tests.services.test_cross_checks import Siblings, round_of


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def differing(house: House) -> Siblings:
    here = round_of(house, mode=Mode.SINGLE)
    for reference, day in (("CF-01", "2026-05-12"), ("CF-02", "2026-05-13")):
        answer(here.first, here.audits[reference], "S01.04", day)
    return here


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_the_checks_of_the_desk_name_the_other_audit_until_it_is_put_right(qtbot: QtBot, house: House) -> None:
    here = differing(house)
    window = shown(qtbot, lambda operations: AuditsPage(operations, here.first, lambda: TODAY))
    window.show_page("audits", here.audits["CF-02"])
    desk = desk_of(window)
    qtbot.waitUntil(lambda: desk.state.checks is not None)
    desk.guidance.tabs.choose("checks")
    QApplication.processEvents()
    assert "Brothers and sisters  1" in words_in(desk.guidance)
    assert "12/05/2026 in CF-01" in words_in(desk.guidance)
    answer(here.first, here.audits["CF-02"], "S01.04", "2026-05-12")
    desk.refresh(None)
    QApplication.processEvents()
    assert "Brothers and sisters" not in words_in(desk.guidance)


def test_the_findings_page_lists_them_with_the_indicators(qtbot: QtBot, house: House) -> None:
    differing(house)
    window = shown(qtbot, lambda operations: FindingsPage(house.lead, operations, today=lambda: TODAY))
    page = window.page
    assert isinstance(page, FindingsPage)
    click(page.segments.keys[2])
    named = [row.accessibleName() for row in page.indicators.rows]
    assert any(name.startswith("Strategy discussion differs between brothers and sisters") for name in named)
    assert any(name.startswith("Brothers and sisters: not known yet") for name in named)
    page.copy()
    assert "13/05/2026 in CF-02" in QApplication.clipboard().text()
