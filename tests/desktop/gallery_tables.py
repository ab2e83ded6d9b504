"""A table, a drawer and matrix cells of the gallery. All names in it are invented."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from auditor.desktop.marks import RAG
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.delegates import Heat, HeatDelegate
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.labels import WrapLabel, rule
from auditor.desktop.widgets.table_model import CELL_ROLE, Column, Group
from auditor.desktop.widgets.toggles import Segments, Slicer, Tabs
from tests.desktop.gallery_base import Still

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Act:
    status: str
    ref: str
    title: str
    place: str
    due: str
    late: str
    tone: Token
    count: int


class Actions(Still):
    page_id, title, icon = "actions", "Actions", "actions"

    def build(self) -> None:
        self.header.set_facts("57 actions: 5 behind schedule, 4 in progress on schedule, 48 complete")
        self.header.add_button(Button("Raise an action", icon="plus"))
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 4, 16, 4)
        tabs = Tabs("Lists")
        for tab_id, title, count in (("all", "All", 57), ("mine", "Mine", 4), ("verify", "To verify", 1)):
            tabs.add(tab_id, title, count)
        bar.addWidget(tabs)
        bar.addStretch(1)
        bar.addWidget(Slicer("Team", [("", "All"), ("n", "North")]))
        source = Slicer("Source", [("", "All"), ("s", "Summer 2026")])
        source.set_value("s")
        bar.addWidget(source)
        column.addLayout(bar)
        column.addWidget(rule())
        self.table = DataTable(
            "Actions",
            [
                Column[Act](
                    "status", "Status", lambda a: RAG[a.status].word, meaning=lambda a: RAG[a.status], width=190
                ),
                Column[Act]("ref", "Ref", lambda a: a.ref, width=60),
                Column[Act]("title", "Action", lambda a: a.title, second=lambda a: a.place, strong=True, stretch=True),
                Column[Act]("due", "Due", lambda a: a.due, second=lambda a: a.late, tone=lambda a: a.tone, width=150),
                Column[Act]("n", "Updates", lambda a: str(a.count), number=True, width=80),
            ],
            two_lines=True,
        )
        late: Token = "inadequate"
        self.table.set_rows(
            [
                Group("Behind schedule", 2, "due date passed, or no update for 28 days", RAG["behind_schedule"]),
                Act(
                    "behind_schedule",
                    "A-011",
                    "Chronology brought up to date",
                    "Chronology · CF-02",
                    "12/11/2026",
                    "8 working days late",
                    late,
                    3,
                ),
                Act(
                    "behind_schedule",
                    "A-014",
                    "Monthly supervision on file",
                    "Management · CF-06",
                    "18/11/2026",
                    "4 working days late",
                    late,
                    12,
                ),
                Group("In progress on schedule", 1, "", RAG["in_progress_on_schedule"]),
                Act(
                    "in_progress_on_schedule",
                    "A-022",
                    "Child seen alone",
                    "Child’s voice · CF-11",
                    "24/11/2026",
                    "today",
                    "requires",
                    0,
                ),
                Group("Complete", 1, "", RAG["complete"]),
                Act(
                    "complete",
                    "A-003",
                    "Return interview offered",
                    "Missing · CF-01",
                    "06/11/2026",
                    "closed 05/11/2026",
                    "muted",
                    4,
                ),
            ]
        )
        self.table.selectRow(2)
        column.addWidget(self.table, 1)
        column.addLayout(self._matrix())
        drawer = Drawer("Action")
        self.both = WithDrawer(main, drawer)
        self.content.addWidget(self.both, 1)
        self.both.open("Monthly supervision on file for every child in care")
        drawer.head.addWidget(Chip(RAG["behind_schedule"]))
        drawer.body.addWidget(WrapLabel("4 working days past due. Done was recorded on 20/11/2026.", "caption"))

    def _matrix(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(Segments("View", [("c", "Theme × case"), ("a", "Theme × answer"), ("g", "Theme × grade")]))
        view = QTableView()
        view.setModel(HeatModel(view))
        view.setItemDelegate(HeatDelegate(view))
        view.setShowGrid(False)
        view.verticalHeader().setDefaultSectionSize(theme().px(32))
        view.horizontalHeader().setDefaultSectionSize(theme().px(45))
        view.verticalHeader().hide()
        view.setFixedHeight(theme().px(30 + 4 * 32 + 4))
        self.heat = view
        column.addWidget(view)
        return column

    def arrange(self, arrangement: Arrangement) -> None:
        self.both.set_stacked(arrangement is not Arrangement.WIDE)


class HeatModel(QAbstractTableModel):
    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        return 4

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        return 12

    def data(self, index: Index, role: int = 0) -> object:
        step = (index.row() * 3 + index.column()) % 7
        heat = Heat(
            step * 2, 9 if index.row() else 11, min(step, 4), index.column() % 3 == 0, step == 3, step == 4, step < 5
        )
        if role == CELL_ROLE:
            return heat
        return (
            heat.words("Chronology", f"case {index.column() + 1:02}")
            if role == Qt.ItemDataRole.AccessibleTextRole
            else None
        )
