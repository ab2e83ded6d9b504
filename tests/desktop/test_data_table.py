from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.marks import RAG
from auditor.desktop.theme import theme
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.delegates import Heat
from auditor.desktop.widgets.table_model import Column, Group


@dataclass(frozen=True)
class Act:
    status: str
    title: str
    due: str
    updates: int


LATE, ON_TIME = "behind_schedule", "in_progress_on_schedule"
ROWS: list[Act | Group] = [
    Group("Behind schedule", 2, "", RAG[LATE]),
    Act(LATE, "Monthly supervision", "18/11/2026", 12),
    Act(LATE, "Chronology", "12/11/2026", 3),
    Group("In progress on schedule", 2, "", RAG[ON_TIME]),
    Act(ON_TIME, "=Workshop", "24/12/2026", -5),
    Act(ON_TIME, "Child seen alone", "24/11/2026", 0),
]
COLUMNS = [
    Column[Act]("status", "Status", lambda a: RAG[a.status].word, meaning=lambda a: RAG[a.status], width=190),
    Column[Act]("title", "Action", lambda a: a.title, stretch=True),
    Column[Act]("due", "Due", lambda a: a.due, second=lambda a: "late" if a.status == LATE else "", width=150),
    Column[Act]("n", "Updates", lambda a: str(a.updates), sort=lambda a: a.updates, number=True, width=80),
]


class Notebook:
    def __init__(self) -> None:
        self.kept: dict[str, dict[str, int]] = {}

    def read(self, table: str) -> dict[str, int]:
        return self.kept.get(table, {})

    def write(self, table: str, widths: dict[str, int]) -> None:
        self.kept[table] = widths


def shown_table(qtbot: QtBot, memory: Notebook | None = None) -> DataTable[Act]:
    table = DataTable[Act](
        "Actions", COLUMNS, table_id="actions", two_lines=True, memory=memory, key=lambda act: act.title
    )
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    table.set_rows(ROWS)
    return table


def titles(table: DataTable[Act]) -> list[str]:
    rows = [table.rows.row(number) for number in range(table.rows.rowCount())]
    return [row.title for row in rows]


def test_sorting_stays_within_the_groups(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert titles(table) == [
        "Behind schedule", "Chronology", "Monthly supervision", "In progress on schedule",
        "=Workshop", "Child seen alone",
    ]  # fmt: skip
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert titles(table) == [row.title for row in ROWS]


def test_s_sorts_up_down_and_back(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    table.setCurrentIndex(table.rows.index(1, 1))
    seen = []
    for _ in range(3):
        QTest.keyClick(table, Qt.Key.Key_S)
        seen.append(titles(table)[1])
    assert seen == ["Chronology", "Monthly supervision", "Monthly supervision"]
    assert titles(table) == [row.title for row in ROWS]


def test_copy_has_headings_and_never_a_formula(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    table.selectAll()
    table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Status\tAction\tDue\tUpdates"
    assert lines[1] == "Behind schedule\tMonthly supervision\t18/11/2026 (late)\t12"
    assert lines[3] == "In progress on schedule\t'=Workshop\t24/12/2026\t-5"
    assert len(lines) == 5


def test_arrows_skip_the_headings_and_enter_opens(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    table.select_first()
    assert table.current == ROWS[1]
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current == ROWS[4]
    with qtbot.waitSignal(table.opened) as heard:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [ROWS[4]]
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert table.current == ROWS[2]


def test_moving_tells_which_row_is_picked(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    with qtbot.waitSignal(table.picked) as heard:
        table.select_first()
    assert heard.args == [ROWS[1]]


def test_the_cursor_stays_on_its_record_when_rows_come_and_change(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    table.selectRow(2)
    later = Act(LATE, "Chronology", "12/11/2026", 4)
    with qtbot.assertNotEmitted(table.picked):
        table.set_rows([ROWS[0], Act(LATE, "A new one", "", 0), ROWS[1], later, *ROWS[3:]])
    assert table.current == later
    assert [index.row() for index in table.selectionModel().selectedRows()] == [3]


def test_the_cursor_stays_at_its_place_when_its_record_is_gone(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    table.selectRow(4)
    with qtbot.waitSignal(table.picked) as heard:
        table.set_rows([*ROWS[:4], ROWS[5]])
    assert heard.args == [ROWS[5]] and table.current == ROWS[5]


def test_sorting_takes_the_cursor_and_the_selection_along(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    table.selectRow(1)
    with qtbot.assertNotEmitted(table.picked):
        table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert table.current == ROWS[1] and table.currentIndex().row() == 2
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]


def test_widths_are_remembered_for_the_next_start_at_any_text_size(dressed: QApplication, qtbot: QtBot) -> None:
    memory = Notebook()
    first = shown_table(qtbot, memory)
    first.setColumnWidth(2, 222)
    assert memory.kept["actions"]["due"] == 222
    theme().set(scale=200)
    assert shown_table(qtbot, memory).columnWidth(2) == 444


def test_every_cell_says_what_is_painted(dressed: QApplication, qtbot: QtBot) -> None:
    rows = shown_table(qtbot).rows
    spoken = [rows.data(rows.index(1, column), Qt.ItemDataRole.AccessibleTextRole) for column in range(4)]
    assert spoken == ["Behind schedule", "Monthly supervision", "18/11/2026, late", "12"]
    assert rows.data(rows.index(0, 0), Qt.ItemDataRole.DisplayRole) == "Behind schedule 2"


def test_rows_and_heads_have_the_heights_of_the_design(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    assert (table.horizontalHeader().height(), table.rowHeight(1), table.rowHeight(0)) == (30, 45, 34)
    theme().set(scale=150)
    assert (table.horizontalHeader().height(), table.rowHeight(1)) == (45, 68)


def test_numbers_stand_at_the_right_in_head_and_cells(dressed: QApplication, qtbot: QtBot) -> None:
    rows = shown_table(qtbot).rows
    align = rows.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert align & Qt.AlignmentFlag.AlignRight
    assert rows.rowCount(rows.index(0, 0)) == 0
    assert rows.columnCount(QModelIndex()) == 4


@pytest.mark.parametrize(
    ("heat", "words"),
    [
        (Heat(5, 8, 3, 1), "Management, case 06: 5 issues in 8, 1 good practice"),
        (Heat(1, 4, 1, 0, 1, True), "Management, case 06: 1 issue in 4, 1 open action, a limit of the grade failed"),
        (Heat(0, 7), "Management, case 06: 0 issues in 7"),
        (Heat(applies=False), "Management, case 06: no question applied"),
    ],
)
def test_heat_cells_say_what_they_paint(heat: Heat, words: str) -> None:
    assert heat.words("Management", "case 06") == words


def test_rows_are_as_high_as_what_they_hold_after_a_heading_moved(dressed: QApplication, qtbot: QtBot) -> None:
    table = shown_table(qtbot)
    heading, late, chronology, following, *rest = ROWS
    table.set_rows([heading, chronology, following, late, *rest])
    heights = [table.rowHeight(number) for number in range(table.rows.rowCount())]
    assert heights == [34, 45, 34, 45, 45, 45]


def test_a_column_left_out_comes_back_as_wide_as_it_was(dressed: QApplication, qtbot: QtBot) -> None:
    memory = Notebook()
    memory.kept["actions"] = {"due": 3}
    table = shown_table(qtbot, memory)
    assert table.columnWidth(2) == 48
    table.setColumnWidth(2, 200)
    table.leave_out(("due",))
    table.setColumnWidth(3, 90)
    assert memory.kept["actions"]["due"] == 200
    theme().set(scale=150)
    theme().set(scale=100)
    table.leave_out(())
    assert table.columnWidth(2) == 200
