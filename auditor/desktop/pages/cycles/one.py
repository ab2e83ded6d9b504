"""One cycle: how it stands, its cases with their auditors, how they were drawn, and what is known of the case the
cursor is on."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.file_names import file_name
from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.case_drawer import CaseDrawer
from auditor.desktop.pages.cycles.case_rows import COLUMNS, CaseRow, rows_of
from auditor.desktop.pages.cycles.cases_step import AskFile, ask_for_list
from auditor.desktop.pages.cycles.evidence_page import AskPdf, ask_for_pdf, print_on, save_pdf
from auditor.desktop.paper.printing import AskPrinter
from auditor.desktop.paper.printing import ask_printer as ask_for_printer
from auditor.desktop.preferences import preferences
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.labels import WrapLabel, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.progress import Part, PartsBar
from auditor.desktop.words import STAGE_BAR, STAGES, WITHOUT_AUDITORS, many
from auditor.domain.draw_evidence import Evidence
from auditor.domain.programme import FactsBy
from auditor.services.cycles import CycleView
from auditor.services.draw_evidence import evidence
from auditor.services.session import Session

_SPARE: dict[Arrangement, tuple[str, ...]] = {
    Arrangement.WIDE: (),
    Arrangement.STACKED: ("age",),
    Arrangement.SINGLE: ("team", "plan", "age", "mode"),
}
"""The columns there is no room for; the drawer has them all."""
_BESIDE = ("age", "mode")
"""The columns that make room for the names while the drawer stands beside the table."""


def facts_of(view: CycleView) -> str:
    """What a cycle reads and by when, in a line."""
    cycle = view.cycle
    facts = "facts entered once" if cycle.facts_by is FactsBy.SHARED else "facts entered by both"
    period = f"read {show_date(cycle.period_start)} to {show_date(cycle.period_end)}"
    return " · ".join((view.template_title, period, f"due {show_date(cycle.due)}", facts))


class OneCycle(QWidget):
    """The cases of one cycle. `change_pair(case_id)` and `go_to(page, id)` come from the drawer."""

    change_pair = Signal(str)
    go_to = Signal(str, object)

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], *, may_give: bool,
        ask_list: AskFile = ask_for_list, ask_pdf: AskPdf = ask_for_pdf, ask_printer: AskPrinter = ask_for_printer,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._operations, self._may_give = session, operations, may_give
        self._ask_pdf, self._ask_printer = ask_pdf, ask_printer
        self.view: CycleView | None = None
        self.evidence: Sequence[Evidence] = ()
        self.bar = PartsBar("Cases by stage")
        self.words = WrapLabel("", "caption2")
        self.table = DataTable[CaseRow](
            "Cases", COLUMNS, table_id="cycle-cases", memory=preferences(), key=lambda row: row.case.id
        )
        self.table.opened.connect(self._open_case)
        self.table.picked.connect(self._follow)
        self.drawer = Drawer("Case")
        self.drawer.installEventFilter(self)
        self._spare: tuple[str, ...] = ()
        then = "Add cases brings them in." if may_give else "A QA lead adds them; what is yours then waits on Home."
        self.nothing = WrapLabel(f"No case is in this cycle yet. {then}", "text2")
        self.nothing.setContentsMargins(20, 16, 20, 16)
        self.nothing.hide()
        main = Surface("surface")
        for widget in (self._make_head(), rule(), self.table, self.nothing):
            main.body.addWidget(widget)
        main.body.setAlignment(self.nothing, Qt.AlignmentFlag.AlignTop)
        self._split = WithDrawer(main, self.drawer)
        self.opened = CaseDrawer(
            session, operations, today, self.drawer, self._split, may_give=may_give, ask_list=ask_list
        )
        self.opened.change_pair.connect(self.change_pair)
        self.opened.go_to.connect(self.go_to)
        self.opened.print_asked.connect(self.print_evidence)
        self.opened.save_asked.connect(self.save_evidence)
        self.opened.done.connect(self.arrive)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)

    def show_view(self, view: CycleView) -> None:
        """Show this cycle; the cursor stays on its case."""
        if self.view is not None and self.view.cycle.id != view.cycle.id:
            self.drawer.close_drawer()
        self.view = view
        self.evidence = self._session.ask(evidence, view.cycle.id) if self._may_give else ()
        rows = rows_of(view)
        self.table.set_rows(rows)
        self.table.setVisible(bool(view.cases))
        self.nothing.setVisible(not view.cases)
        if self.table.current is None:
            self.table.select_first()
        stages = Counter(row.line.stage for row in rows if row.line and not row.taken_out)
        counts = [(STAGES[stage], stages[stage], STAGE_BAR[stage]) for stage in STAGES]
        counts.append((WITHOUT_AUDITORS, len(view.not_given), "line"))
        self.bar.set_parts([Part(count, colour, meaning.word.lower()) for meaning, count, colour in counts])
        said = [f"{count} {meaning.word.lower()}" for meaning, count, _ in counts if count]
        out = Counter(row.meaning.word.lower() for row in rows if row.taken_out)
        self.words.setText(" · ".join([*said, *(f"{count} {word}" for word, count in out.items())]))
        self._say_drawn()
        if self.drawer.isVisibleTo(self):
            self._follow(self.table.current)

    def arrive(self) -> None:
        """The cursor goes to the cases."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, arrangement: Arrangement) -> None:
        """Where there is no room for both the drawer takes the place of the list."""
        self._split.set_stacked(arrangement is not Arrangement.WIDE)
        self._spare = _SPARE[arrangement]
        self._fit_columns()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.drawer and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._fit_columns()
        return super().eventFilter(watched, event)

    def _fit_columns(self) -> None:
        beside = _BESIDE if self.drawer.isVisibleTo(self) else ()
        self.table.leave_out((*self._spare, *beside))

    def go_back(self) -> bool:
        """Close the drawer first."""
        if not self.drawer.isVisibleTo(self):
            return False
        self.drawer.close_drawer()
        return True

    def show_evidence(self) -> None:
        """Open how the sample was drawn."""
        if self.evidence:
            self.opened.show_evidence(self.evidence)

    def print_evidence(self) -> None:
        """Print how the sample was drawn on a printer the person chooses."""
        printer = self._ask_printer(self)
        if printer is not None:
            print_on(self.evidence, printer)
            self._operations.messages.done("Evidence printed")

    def save_evidence(self) -> None:
        """Save how the sample was drawn as a PDF."""
        path = self._ask_pdf(self, file_name(f"{self.evidence[0].title} - evidence of the draw", ".pdf"))
        if path is not None:
            self._operations.run(lambda: save_pdf(self.evidence, path), on_done=self._saved, quick=True)

    def _saved(self, path: Path) -> None:
        self._operations.messages.done(f"Saved {path.name}")

    def _open_case(self, row: CaseRow) -> None:
        self.opened.show_case(row, self.evidence)

    def _follow(self, row: CaseRow | None) -> None:
        if row is not None and self.drawer.isVisibleTo(self):
            self.opened.follow(row, self.evidence)

    def _say_drawn(self) -> None:
        self._drawn.setVisible(bool(self.evidence))
        parts = []
        for one in self.evidence:
            facts = dict(one.facts)
            parts.append(f"{many(len(one.drawn), 'case')} of {facts['Cases in the frame']} drawn, seed {facts['Seed']}")
        self.drawn_words.setText("; ".join(parts))

    def _make_head(self) -> Surface:
        head = Surface("surface", margins=(20, 12, 20, 12), spacing=8)
        head.body.addWidget(self.bar)
        head.body.addWidget(self.words)
        self._drawn = Surface("surface", horizontal=True, spacing=12)
        self.drawn_words = WrapLabel("", "caption2")
        self.how_drawn = Button("How it was drawn", "link")
        self.how_drawn.clicked.connect(self.show_evidence)
        self._drawn.body.addWidget(self.drawn_words, 1)
        self._drawn.body.addWidget(self.how_drawn)
        head.body.addWidget(self._drawn)
        return head
