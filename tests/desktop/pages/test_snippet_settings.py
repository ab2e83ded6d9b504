"""Snippets in Settings: written, shared and removed by keyboard; a name is warned of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.settings.page import SNIPPETS, SettingsPage
from auditor.desktop.pages.settings.snippets import Snippets
from auditor.domain.roles import Role
from auditor.services.session import Session
from auditor.services.snippets import KeepSnippet, keep_snippet, snippets
from tests.desktop.pages.kit import focused, press, shown, type_text
from tests.kit import House, open_house

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def part_of(qtbot: QtBot, session: Session, house: House) -> Snippets:
    window = shown(qtbot, lambda operations: SettingsPage(session, operations, opened=house.opened))
    page = window.page
    assert isinstance(page, SettingsPage)
    page.arrive(SNIPPETS)
    return page.snippets


def kept(session: Session) -> list[tuple[str, bool]]:
    return [(snippet.text, snippet.shared) for snippet in session.ask(snippets, None)]


def test_a_snippet_is_written_shared_and_removed(qtbot: QtBot, house: House) -> None:
    part = part_of(qtbot, house.lead, house)
    assert focused() is part.add
    press(Key.Key_Return)
    type_text("Seen on __ visits")
    press(Key.Key_Return, modifiers=CTRL)
    assert kept(house.lead) == [("Seen on __ visits", False)]
    assert focused() is part.table

    press(Key.Key_Return)
    press(Key.Key_Tab)
    press(Key.Key_Space)
    press(Key.Key_Return, modifiers=CTRL)
    assert kept(house.add("A. Auditor", Role.AUDITOR)) == [("Seen on __ visits", True)]

    press(Key.Key_Return)
    part.form.remove.click()
    assert kept(house.lead) == []


def test_a_name_takes_a_second_word(qtbot: QtBot, house: House) -> None:
    part_of(qtbot, house.lead, house)
    press(Key.Key_Return)
    type_text("Seen with Mrs Green")
    press(Key.Key_Return, modifiers=CTRL)
    assert kept(house.lead) == []
    press(Key.Key_Return, modifiers=CTRL)

    assert kept(house.lead) == [("Seen with Mrs Green", False)]


def test_what_somebody_else_shared_is_only_read(qtbot: QtBot, house: House) -> None:
    house.lead.do(keep_snippet, KeepSnippet("Seen alone", shared=True))
    part = part_of(qtbot, house.add("A. Auditor", Role.AUDITOR), house)
    press(Key.Key_Return)

    assert part.form.isHidden()


def test_half_written_words_come_back(qtbot: QtBot, house: House) -> None:
    part = part_of(qtbot, house.lead, house)
    press(Key.Key_Return)
    type_text("Half")
    press(Key.Key_Escape)
    part.begin_adding()

    assert part.form.text.toPlainText() == "Half"
