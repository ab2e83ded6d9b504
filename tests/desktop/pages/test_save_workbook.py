"""Where a workbook is saved: under the name typed, and over nothing the person was not asked about."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.findings.workbook import as_workbook, ask_where_to_save


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("Report", "Report.xlsx"),
        ("Report 2.1", "Report 2.1.xlsx"),
        ("Report.xlsx", "Report.xlsx"),
        ("REPORT.XLSX", "REPORT.XLSX"),
        ("Report.xls", "Report.xls.xlsx"),
    ],
)
def test_a_dot_in_a_name_is_part_of_it(typed: str, saved: str) -> None:
    assert as_workbook(Path("folder") / typed) == Path("folder") / saved


def test_a_file_is_replaced_only_after_being_asked_about(
    dressed: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "Report.xlsx"
    there.write_bytes(b"kept")
    proposed: list[str] = []
    typed: Iterator[str] = iter([str(tmp_path / "Report"), str(there)])

    def answer(_parent: QWidget, _title: str, name: str, _filter: str) -> tuple[str, str]:
        proposed.append(name)
        return next(typed), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert ask_where_to_save(parent, "Autumn.xlsx") == there
    assert proposed == ["Autumn.xlsx", str(there)]
