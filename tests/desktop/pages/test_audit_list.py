from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audit_list import COLUMNS, AuditList
from auditor.desktop.theme import theme
from auditor.domain.roles import Role
from auditor.services.cycles import audit_lines
from tests.kit import open_house


@pytest.mark.parametrize(
    ("width", "scale", "gone"),
    [(1170, 100, set()), (948, 100, set()), (1448, 200, {"auditors"}), (1366, 200, {"cycle", "auditors"})],
)
def test_the_reference_of_the_case_shrinks_last(
    dressed: QApplication, qtbot: QtBot, tmp_path: Path, width: int, scale: int, gone: set[str]
) -> None:
    with open_house(tmp_path) as house:
        first = house.add("A. Auditor", Role.AUDITOR)
        second = house.add("B. Auditor", Role.AUDITOR)
        house.give(house.cycle(references=("CF-2026-0101",)), "CF-2026-0101", first, second)
        lines = first.ask(audit_lines, "")
    listed = AuditList()
    qtbot.addWidget(listed)
    theme().set(scale=scale)
    listed.resize(width, 600)
    listed.show_lines(lines)
    listed.show()
    table = listed.table
    assert {column.id for number, column in enumerate(COLUMNS) if table.isColumnHidden(number)} == gone
    assert table.columnWidth(0) >= theme().px(150)
    theme().set(scale=100)
    listed.resize(1366, 600)
    assert not any(table.isColumnHidden(number) for number in range(len(COLUMNS)))
