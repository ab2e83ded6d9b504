"""What a filled-in sheet would change, with ticks for what is to be taken of it, and a button to take it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.models.sheet_rows import change_columns, problem_columns
from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.fields import CheckRow
from auditor.desktop.widgets.labels import WrapLabel, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.toggles import Tabs
from auditor.desktop.words import many
from auditor.domain.answer_sheet import SheetChange, SheetPreview
from auditor.domain.errors import BadInput

CHANGES, PROBLEMS = "changes", "problems"
_NOTHING = SheetPreview((), (), 0)


class Preview(QWidget):
    """`taken(rest, clear)` when the changes are to be taken."""

    taken = Signal(bool, bool)

    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self._found, self._sealed, self._closed, self._clears = _NOTHING, False, "", False
        self.words = WrapLabel("", "text2")
        self.tabs = Tabs("What the sheet holds")
        self.tabs.add(CHANGES, "Changes", 0)
        self.tabs.add(PROBLEMS, "Problems", 0)
        columns = change_columns(lambda: self._clears, lambda: self._sealed, lambda: self._narrow)
        self.changes: DataTable[SheetChange] = DataTable(
            "Changes", columns, table_id="sheet-changes", two_lines=True, memory=preferences(),
            key=lambda change: (change.row, change.facet),
        )  # fmt: skip
        self.problems: DataTable[BadInput] = DataTable(
            "Problems", problem_columns(), table_id="sheet-problems", two_lines=True, memory=preferences()
        )
        self.clear = CheckRow("Blank cells clear what stands there")
        self.rest = CheckRow("Take the other rows all the same")
        self.why_not = ReasonLine("", "")
        self.take = Button("", "p")
        self._lay_out()
        self.tabs.chosen.connect(self._turn)
        self.clear.toggled.connect(self._ticked)
        self.rest.toggled.connect(self._ticked)
        self.take.clicked.connect(lambda: self.taken.emit(self.rest.isChecked(), self.clear.isChecked()))

    @property
    def table(self) -> QWidget:
        """The list in sight."""
        return self.problems if self.tabs.current == PROBLEMS else self.changes

    def show_found(self, found: SheetPreview, name: str, *, sealed: bool, closed: str) -> None:
        """Show what a sheet holds. `sealed`: what is recorded is not the reader's to see. `closed`: why none of it can
        be taken."""
        self._found, self._sealed, self._closed = found, sealed, closed
        self.clear.setChecked(False)
        self.rest.setChecked(False)
        self.clear.setVisible(bool(found.clears))
        self.clear.setText(f"Blank cells clear what stands there ({found.clears})")
        bad = len(found.problems)
        self.rest.setVisible(bool(bad))
        self.rest.setText(f"Also take the rest although {many(bad, 'row has', 'rows have')} problems")
        for box in (self.clear, self.rest):
            box.setAccessibleName(box.text())
        self.words.setText(_summary(found, name, sealed))
        self.tabs.set_count(CHANGES, len(found.changes))
        self.tabs.set_count(PROBLEMS, bad)
        self.changes.set_rows(found.changes)
        self.problems.set_rows(found.problems)
        for table in (self.changes, self.problems):
            table.select_first()
        self.tabs.choose(PROBLEMS if bad and not found.changes else CHANGES)
        self._turn(self.tabs.current)
        self._ticked()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what has no room in one column."""
        self.changes.leave_out(("before",) if narrow else ())
        self.problems.leave_out(("code",) if narrow else ())
        self._narrow = narrow

    def _ticked(self) -> None:
        self._clears = self.clear.isChecked()
        self.changes.viewport().update()
        count = len(self._found.changes) - (0 if self._clears else self._found.clears)
        self.take.set_text(f"Take {many(count, 'change')}")
        reason = self._reason(count)
        if reason:
            self.take.block(reason)
            self.why_not.set_reason(reason, "")
        else:
            self.take.unblock()
        self.why_not.setVisible(bool(reason))

    def _reason(self, count: int) -> str:
        bad = len(self._found.problems)
        if self._closed:
            return f"{self._closed} The sheet can be looked at, not taken."
        if not count:
            return "Nothing in the sheet differs from what is recorded."
        if bad and not self.rest.isChecked():
            rows = many(bad, "row has", "rows have")
            return f"{rows} problems: put them right in the workbook, or tick to take the rest."
        return ""

    def _turn(self, _tab: str) -> None:
        self._stack.setCurrentWidget(self.table)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 4, 20, 0)
        head.setSpacing(6)
        head.addWidget(self.words)
        head.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(head)
        column.addWidget(rule())
        self._stack = QStackedWidget()
        for table in (self.changes, self.problems):
            self._stack.addWidget(table)
        column.addWidget(self._stack, 1)
        foot = Surface("foot", margins=(20, 8, 20, 10), spacing=6)
        foot.body.addWidget(self.why_not)
        end = QHBoxLayout()
        end.setSpacing(12)
        ticks = QVBoxLayout()
        ticks.setSpacing(2)
        for box in (self.clear, self.rest):
            ticks.addWidget(box)
        end.addLayout(ticks, 1)
        end.addWidget(self.take, 0, Qt.AlignmentFlag.AlignBottom)
        foot.body.addLayout(end)
        column.addWidget(foot)


def _summary(found: SheetPreview, name: str, sealed: bool) -> str:
    rows = f"{name}: {many(found.rows, 'row')} with something in them"
    if sealed:
        return f"{rows}. Whose answers these are is for them to see: the sheet's own words are shown alone."
    return f"{rows}. Nothing is recorded before you take it."
