"""The framework of quality assurance: the matrix of service areas and months, its legend, and the drawer of a cell."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.programme.gap_cells import GapDelegate, GapLegend
from auditor.desktop.pages.cycles.programme.gap_model import GapModel
from auditor.desktop.pages.cycles.programme.opened_gap import OpenedGap, Spot
from auditor.desktop.pages.findings.matrix_view import MatrixView
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.desktop.widgets.panel import Surface
from auditor.domain.programme_plan import Month
from auditor.domain.qa_framework import Framework
from auditor.services.session import Session

_CELL, _EDGE = 62, 156
_SENTENCE = (
    "The framework says what every service area does each month to assure quality: audits, dip samples, observations "
    "of practice. What nobody has evidenced shows as a gap."
)


class FrameworkPane(QWidget):
    """Arrows move, Enter opens a cell, S sorts, Ctrl+C copies with headings."""

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], *, may_plan: bool, may_record: bool
    ) -> None:
        super().__init__()
        self._today = today
        self.model = GapModel(Month.of(today()))
        self.matrix = MatrixView("Framework", self.model, cell_width=_CELL, edge_width=_EDGE)
        for table in (self.matrix.cells, self.matrix.edge):
            table.setItemDelegate(GapDelegate(self.model, table))
        ground = Surface("surface")
        self.legend = GapLegend()
        ground.body.addWidget(self.legend)
        ground.body.addWidget(self.matrix)
        ground.body.addStretch(1)
        self.empty = _empty(may_plan=may_plan)
        self.main = QStackedWidget()
        self.main.addWidget(ground)
        self.main.addWidget(self.empty)
        self.drawer = Drawer("Service area in a month")
        self.both = WithDrawer(self.main, self.drawer)
        self.opened = OpenedGap(
            session, operations, today, self.drawer, self.both, may_plan=may_plan, may_record=may_record
        )
        self.opened.done.connect(self.arrive)
        self.matrix.opened.connect(self._open)
        self.matrix.moved.connect(self._follow)
        self.empty.chosen.connect(lambda _index: self.opened.add_area())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.both)

    def load(self, found: Framework, known_teams: Sequence[str]) -> None:
        """Show these months; the cursor stays on its area and month."""
        at = self._cursor()
        self.main.setCurrentIndex(0 if found.areas else 1)
        self.model.show(found, Month.of(self._today()))
        self._put_cursor(at)
        self.opened.load(found, known_teams)

    def open_spot(self, spot: Spot) -> None:
        """Open the drawer on an area in a month, if both are shown."""
        if self.model.row_of(spot[0]) >= 0 and spot[1] in self.model.found.months:
            self._put_cursor(spot)
            self.opened.show(spot)

    def record(self) -> None:
        """Record evidence of the cell that has the cursor."""
        if self.opened.spot is None and (at := self._cursor()) is not None:
            self.opened.show(at)
        self.opened.record()

    def arrive(self) -> None:
        """The focus goes to the cell it was on."""
        if self.main.currentIndex() == 0:
            self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.empty.buttons:
            self.empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, arrangement: Arrangement) -> None:
        """Fit the parts to the room there is."""
        self.both.set_stacked(arrangement is not Arrangement.WIDE)

    def go_back(self) -> bool:
        """Leave the form or the drawer."""
        if self.opened.form is not None:
            self.opened.leave()
            return True
        if self.drawer.isVisible():
            self.drawer.close_drawer()
            return True
        return False

    def _cursor(self) -> Spot | None:
        index = self.matrix.cells.currentIndex()
        months = self.model.found.months
        if not index.isValid() or not months:
            return None
        return self.model.area_at(index.row()), months[min(index.column(), len(months) - 1)]

    def _put_cursor(self, spot: Spot | None) -> None:
        months = self.model.found.months
        if not months or not self.model.themes:
            return
        area, month = spot or (self.model.area_at(0), Month.of(self._today()).plus(-1))
        column = months.index(month) if month in months else 0
        self.matrix.set_cursor(max(0, self.model.row_of(area)), column)

    def _open(self, row: int, column: int) -> None:
        months = self.model.found.months
        self.opened.show((self.model.area_at(row), months[min(column, len(months) - 1)]))

    def _follow(self, row: int, column: int) -> None:
        """The open drawer follows the cursor."""
        if self.drawer.isVisible() and self.opened.form is None and column < len(self.model.found.months):
            self.opened.show((self.model.area_at(row), self.model.found.months[column]))


def _empty(*, may_plan: bool) -> EmptyState:
    if not may_plan:
        return EmptyState("No framework yet", f"{_SENTENCE} A QA lead sets it up.")
    way = Way(
        "people",
        "Begin with a service area and its teams",
        "Then say what is expected of it. Audits count by themselves once they are signed off. About three minutes.",
        "Add a service area…",
    )
    return EmptyState("No framework yet", _SENTENCE, [way])
