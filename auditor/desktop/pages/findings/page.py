"""The Findings page: one cycle at a time as theme by case, theme by answer, case indicators or scores, and what lies
behind."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.models.answer_matrix import AnswerMatrixModel
from auditor.desktop.models.case_matrix import CaseMatrixModel
from auditor.desktop.operations import Operations
from auditor.desktop.pages.findings.behind import BehindDrawer
from auditor.desktop.pages.findings.facts import cycle_facts
from auditor.desktop.pages.findings.indicators import Indicators
from auditor.desktop.pages.findings.legend import Legend
from auditor.desktop.pages.findings.matrix_view import MatrixView
from auditor.desktop.pages.findings.opened_cell import OpenedCell
from auditor.desktop.pages.findings.score_rows import ScoreRows
from auditor.desktop.pages.findings.workbook import AskPath, ask_where_to_save, save_workbook
from auditor.desktop.shell.drawer_page import DrawerPage
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import polish, theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.desktop.widgets.labels import rule
from auditor.desktop.widgets.toggles import Segments, Slicer
from auditor.domain.audit import Stage
from auditor.domain.changes import Changes
from auditor.domain.programme import Cycle
from auditor.domain.roles import Duty, may
from auditor.services.actions import ActionQuery, list_actions
from auditor.services.cross_checks import cycle_cross_checks
from auditor.services.cycles import all_cycles, audit_lines, cycle_view, newest_with_audits
from auditor.services.findings import CycleFindings, findings
from auditor.services.scores import score_table
from auditor.services.session import Session

CASES, ANSWERS, INDICATORS, SCORES = "cases", "answers", "indicators", "scores"
_VIEWS = (
    (CASES, "Theme × case"), (ANSWERS, "Theme × answer"), (INDICATORS, "Case indicators"), (SCORES, "Scores")
)  # fmt: skip
_NO_CYCLE = Way("cycles", "Set up the first cycle", "Choose a template, take in the cases: about 10 minutes.", "Cycles")
_NO_PAIRS = Way("cycles", "Give the cases to pairs", "In the cycle, a few seconds for each case.", "Open the cycle")


class FindingsPage(DrawerPage):
    """What the agreed answers of a cycle say. Nothing here is typed in, and what is not agreed is only counted."""

    page_id, title, icon = "findings", "Findings", "findings"
    kinds = ("cycle", "case", "audit", "action", "template", "person")
    drawer: BehindDrawer

    def __init__(
        self,
        session: Session,
        operations: Operations,
        *,
        today: Callable[[], date] = date.today,
        ask_path: AskPath = ask_where_to_save,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(operations, parent)
        self._session, self._today, self._ask_path = session, today, ask_path
        self._may_see = may(session.actor, Duty.SEE_FINDINGS)
        self._found: CycleFindings | None = None
        self._empty: EmptyState | None = None
        self.copy_button = self.header.add_button(Button("Copy", icon="copy", name="Copy with headings, Ctrl+C"))
        self.excel_button = self.header.add_button(Button("Excel workbook…", "p"))
        self.cycle_slicer = Slicer("Cycle", [])
        self.cycle_slicer.set_always_tinted(True)
        self.segments = Segments("Findings as", _VIEWS)
        self.case_matrix = MatrixView("Theme by case", CaseMatrixModel())
        self.answer_matrix = MatrixView("Theme by answer", AnswerMatrixModel(), cell_width=84, edge_width=200)
        self.indicators, self.scores = Indicators(), ScoreRows()
        self.legend = Legend()
        self.drawer = BehindDrawer()
        self._stack = QStackedWidget()
        self._both = WithDrawer(self._main(), self.drawer)
        self.cell = OpenedCell(session, operations, today, self.drawer, self._both)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._both)
        self.content.addWidget(self._whole, 1)
        self._connect()

    def _main(self) -> QWidget:
        main, column = _column()
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setContentsMargins(16, 10, 16, 10)
        self._tools.setSpacing(12)
        self._tools.addWidget(self.cycle_slicer)
        self._tools.addWidget(self.segments)
        self._tools.addStretch(1)
        column.addLayout(self._tools)
        column.addWidget(rule())
        by_case, down = _column()
        down.addWidget(self.case_matrix, 100)
        down.addWidget(self.legend)
        down.addStretch(1)
        by_answer, down = _column()
        down.addWidget(self.answer_matrix, 100)
        down.addStretch(1)
        for view in (by_case, by_answer, self.indicators, self.scores):
            self._stack.addWidget(view)
        column.addWidget(self._stack, 1)
        return main

    def _connect(self) -> None:
        self.cycle_slicer.changed.connect(self._choose_cycle)
        self.segments.changed.connect(self._choose_view)
        self.copy_button.clicked.connect(self.copy)
        self.excel_button.clicked.connect(self.save)
        for matrix in (self.case_matrix, self.answer_matrix):
            matrix.opened.connect(self._open)
            matrix.moved.connect(self._follow)
        self.drawer.audit_asked.connect(lambda audit_id: self.go_to.emit("audits", audit_id))
        self.cell.done.connect(self._focus_view)
        self.cell.form_open.connect(lambda is_open: polish(self.excel_button, k="" if is_open else "p"))

    def refresh(self, changes: Changes | None) -> None:
        if not self._may_see:
            words = "Auditors, managers, moderators and QA leads see them."
            self._show_empty(self._whole, "Findings are not open to you", words)
            return
        cycles = self._session.ask(all_cycles, None)
        options = [(cycle.id, cycle.title) for cycle in cycles]
        self.cycle_slicer.set_options(options, self.cycle_slicer.value or self._telling(cycles))
        if cycles:
            self._load(self.cycle_slicer.value)
        else:
            words = "Findings grow by themselves from the answers that pairs have agreed in a cycle of audits."
            self._show_empty(self._whole, "No findings yet", words, _NO_CYCLE)

    def arrive(self, target: object) -> None:
        """`target` may be the id of a cycle to show."""
        known = {cycle.id for cycle in self._session.ask(all_cycles, None)} if self._may_see else set()
        if isinstance(target, str) and target in known and target != self.cycle_slicer.value:
            self.cycle_slicer.set_value(target)
            self._choose_cycle(target)
        self._focus_view()

    def arrange(self, arrangement: Arrangement) -> None:
        single = arrangement is Arrangement.SINGLE
        self._both.set_stacked(arrangement is not Arrangement.WIDE)
        self.legend.setVisible(not single)
        self.cycle_slicer.setMaximumWidth(theme().px(420))
        ways = QBoxLayout.Direction
        self._tools.setDirection(ways.TopToBottom if single else ways.LeftToRight)

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Arrows", "Move from cell to cell"),
            ("Enter", "Open what lies behind a cell"),
            ("S", "Sort: by cases with an issue, by this column, as in the form"),
            ("Ctrl+C", "Copy with headings"),
            ("A", "Raise an action on this cell"),
            ("Esc", "Close what lies behind"),
        ]

    def panes(self) -> list[QWidget]:
        return [self.header, self._in_sight, self.drawer]

    def press(self, key: str) -> bool:
        if key != "A":
            return False
        self._raise_from_cell()
        return True

    def copy(self) -> None:
        """Copy what is in sight with its headings."""
        self._in_sight.copy()
        self.operations.messages.done("Copied with headings", "paste it into a table")

    def save(self) -> None:
        """Save the workbook of the cycle in sight."""
        if self._found is not None:
            cycle, today = self._found.cycle, self._today()
            save_workbook(self, cycle, today, self._session, self.operations, self._ask_path)

    @property
    def matrix(self) -> MatrixView | None:
        """The matrix in sight, or None with the indicators or scores."""
        return {CASES: self.case_matrix, ANSWERS: self.answer_matrix}.get(self.segments.chosen)

    @property
    def _in_sight(self) -> MatrixView | Indicators | ScoreRows:
        return self.matrix or (self.scores if self.segments.chosen == SCORES else self.indicators)

    def _load(self, cycle_id: str) -> None:
        ask = self._session.ask
        cycle = ask(cycle_view, cycle_id)
        if not cycle.audits:
            words = "Findings appear here as soon as the first pair has agreed its answers."
            self._whole.setCurrentWidget(self._both)
            self._show_empty(self._stack, f"No audits in {cycle.cycle.title} yet", words, _NO_PAIRS)
            return
        self._drop_empty()
        self._whole.setCurrentWidget(self._both)
        self._stack.setCurrentIndex([code for code, _ in _VIEWS].index(self.segments.chosen))
        self._found = found = ask(findings, cycle_id)
        actions = ask(list_actions, ActionQuery(self._today(), cycle_id=cycle_id))
        flags = Counter(line.action.theme for line in actions if line.status.is_open)
        _keeping_the_cell(self.case_matrix, lambda model: model.load(found.matrix, flags))
        _keeping_the_cell(self.answer_matrix, lambda model: model.load(found.by_answer))
        self.indicators.load(found.indicators, ask(cycle_cross_checks, cycle_id))
        self._show_scores()
        self.legend.show_steps(found.matrix.heat_steps, len(found.matrix.columns))
        self.header.set_facts(cycle_facts(cycle, found.matrix))
        self._allow(True)
        self.cell.load(found, cycle)

    def _show_scores(self) -> None:
        if self.segments.chosen == SCORES and self._found is not None:
            self.scores.load(self._session.ask(score_table, self._found.cycle.id))

    def _telling(self, cycles: list[Cycle]) -> str:
        """The newest cycle with an audit agreed and signed off, else with any audit, else the newest."""
        lines = self._session.ask(audit_lines, "")
        agreed = newest_with_audits(cycles, lines, (Stage.SIGNED_OFF,))
        shown = agreed or newest_with_audits(cycles, lines) or next(iter(cycles), None)
        return shown.id if shown else ""

    def _drop_empty(self) -> None:
        if self._empty is not None:
            for stack in (self._whole, self._stack):
                stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None

    def _show_empty(self, stack: QStackedWidget, title: str, sentence: str, *ways: Way) -> None:
        self._drop_empty()
        self._empty = empty = EmptyState(title, sentence, ways)
        empty.chosen.connect(lambda _way: self.go_to.emit("cycles", self.cycle_slicer.value or None))
        stack.addWidget(empty)
        stack.setCurrentWidget(empty)
        self._found = None
        self.header.set_facts("")
        self._allow(False)

    def _allow(self, on: bool) -> None:
        for widget in (self.copy_button, self.excel_button, self.segments):
            widget.setVisible(on)

    def _choose_cycle(self, cycle_id: str) -> None:
        self.drawer.close_drawer()
        self.operations.run(lambda: self._load(cycle_id), quick=True)

    def _choose_view(self, view: str) -> None:
        self.drawer.close_drawer()
        self._stack.setCurrentIndex([code for code, _ in _VIEWS].index(view))
        self.operations.run(self._show_scores, quick=True)

    def _focus_view(self) -> None:
        if self._empty is not None:
            if self._empty.buttons:
                self._empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.drawer.isVisible() and not self._in_sight.isVisible():
            self.drawer.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._in_sight.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: int, column: int) -> None:
        if self.matrix is not None:
            self.cell.show(self.matrix.model.spot(row, column))

    def _follow(self, row: int, column: int) -> None:
        """With the drawer open, the arrows show one case after the other; a whole theme waits for Enter."""
        matrix = self.matrix
        if matrix is not None and self.drawer.isVisible() and self.cell.form is None:
            spot = matrix.model.spot(row, column)
            if spot.audit_id:
                self.cell.show(spot)

    def _raise_from_cell(self) -> None:
        matrix = self.matrix
        at = matrix.cells.currentIndex() if matrix is not None else None
        if matrix is not None and at is not None and at.isValid() and self.cell.may_raise and self.cell.form is None:
            self.cell.show(matrix.model.spot(at.row(), at.column()))
            self.cell.raise_here()


def _column() -> tuple[QWidget, QVBoxLayout]:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return widget, column


def _keeping_the_cell(view: MatrixView, load: Callable[..., None]) -> None:
    """Load a model anew and put the cursor back where it was; what is open behind a cell follows once, by the page."""
    at = view.cells.currentIndex()
    row, column = max(at.row(), 0), max(at.column(), 0)
    view.blockSignals(True)
    load(view.model)
    view.set_cursor(row, column)
    view.blockSignals(False)
