"""A single question that is not for the case folds away with its reason, and comes back when the answer changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.domain.audit import Mode
from auditor.domain.roles import Role
from auditor.services.session import Session
from tests.desktop.pages.desk_kit import current, desk_of
from tests.desktop.pages.kit import press, shown
from tests.kit import TODAY, answer, open_house, small_plain

Key = Qt.Key


@pytest.fixture
def given(tmp_path: Path) -> Iterator[tuple[Session, str]]:
    plain = small_plain()
    plain["sections"][1]["questions"][1]["relevant"] = "a['S01.02'] == 'yes'"
    with open_house(tmp_path) as house:
        first = house.add("A. Auditor", Role.AUDITOR)
        yield first, house.give(house.cycle(plain=plain), "CF-01", first, None, Mode.SINGLE)


def opened(given: tuple[Session, str], qtbot: QtBot, at: str) -> Desk:
    window = shown(qtbot, lambda operations: AuditsPage(operations, given[0], lambda: TODAY))
    window.show_page("audits", given[1])
    desk = desk_of(window)
    qtbot.waitUntil(lambda: desk.state.checks is not None, timeout=10_000)
    desk.show_question(at)
    return desk


def folded(desk: Desk) -> bool:
    row = desk.section_view.row("S02.02")
    assert row is not None
    return row.folded


def test_it_stands_in_one_line_with_its_reason_and_is_passed_over(given: tuple[Session, str], qtbot: QtBot) -> None:
    answer(given[0], given[1], "S01.02", "no")
    desk = opened(given, qtbot, "S02.01")
    row = desk.section_view.row("S02.02")
    assert row is not None and folded(desk)
    assert "does not apply, by the answer to 1.02" in row.accessibleName().lower()
    assert row.height() < 40
    press(Key.Key_Down)
    assert current(desk) == "S02.03"
    desk.show_question("S02.02")
    assert not folded(desk), "whoever goes to it can answer it all the same"
    press(Key.Key_1)
    desk.show_question("S02.03")
    assert not folded(desk)


def test_it_comes_back_with_the_answer_it_hangs_on(given: tuple[Session, str], qtbot: QtBot) -> None:
    answer(given[0], given[1], "S01.02", "no")
    desk = opened(given, qtbot, "S02.01")
    assert folded(desk)
    desk.show_question("S01.02")
    press(Key.Key_1)
    desk.show_question("S02.01")
    assert not folded(desk)
