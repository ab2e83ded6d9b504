"""One cycle: how it stands, its cases with their auditors, and what is known of the case the cursor is on."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.marks import Meaning
from auditor.desktop.preferences import preferences
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.chip import Chip, IconChip
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.progress import Part, PartsBar
from auditor.desktop.widgets.table_model import Column
from auditor.desktop.words import MODES, STAGE_BAR, STAGES, WITHOUT_AUDITORS
from auditor.domain.audit import Stage
from auditor.domain.programme import Case, FactsBy
from auditor.services.cycles import AuditLine, CycleView

_SPARE: dict[Arrangement, tuple[str, ...]] = {
    Arrangement.WIDE: (),
    Arrangement.STACKED: ("age",),
    Arrangement.SINGLE: ("team", "plan", "age", "mode"),
}
"""The columns there is no room for; the drawer has them all."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with its audit, if it was given out."""

    case: Case
    line: AuditLine | None

    @property
    def meaning(self) -> Meaning:
        return STAGES[self.line.stage] if self.line else WITHOUT_AUDITORS

    @property
    def auditors(self) -> str:
        return " and ".join(self.line.auditor_names) if self.line else ""

    @property
    def mode(self) -> str:
        return MODES[self.line.audit.mode][1] if self.line else ""

    @property
    def is_begun(self) -> bool:
        """Whether anything is recorded, so that the pair stays."""
        return self.line is not None and self.line.stage is not Stage.NOT_STARTED


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

    def __init__(self, *, may_give: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_give = may_give
        self.view: CycleView | None = None
        self.bar = PartsBar("Cases by stage")
        self.words = WrapLabel("", "caption2")
        head = Surface("surface", margins=(20, 12, 20, 12), spacing=8)
        head.body.addWidget(self.bar)
        head.body.addWidget(self.words)
        self.table = DataTable[CaseRow](
            "Cases", _columns(), table_id="cycle-cases", memory=preferences(), key=lambda row: row.case.id
        )
        self.table.opened.connect(self._open_case)
        self.table.picked.connect(self._follow)
        self.drawer = Drawer("Case")
        self.drawer.closed.connect(self.arrive)
        then = "Add cases brings them in." if may_give else "A QA lead adds them; what is yours then waits on Home."
        self.nothing = WrapLabel(f"No case is in this cycle yet. {then}", "text2")
        self.nothing.setContentsMargins(20, 16, 20, 16)
        self.nothing.hide()
        main = Surface("surface")
        for widget in (head, rule(), self.table, self.nothing):
            main.body.addWidget(widget)
        main.body.setAlignment(self.nothing, Qt.AlignmentFlag.AlignTop)
        self._split = WithDrawer(main, self.drawer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)

    def show_view(self, view: CycleView) -> None:
        """Show this cycle; the cursor stays on its case."""
        if self.view is not None and self.view.cycle.id != view.cycle.id:
            self.drawer.close_drawer()
        self.view = view
        lines = {line.case.id: line for line in view.audits}
        self.table.set_rows([CaseRow(case, lines.get(case.id)) for case in view.cases])
        self.table.setVisible(bool(view.cases))
        self.nothing.setVisible(not view.cases)
        if self.table.current is None:
            self.table.select_first()
        counts = [(STAGES[stage], view.stages.get(stage, 0), STAGE_BAR[stage]) for stage in STAGES]
        counts.append((WITHOUT_AUDITORS, len(view.not_given), "line"))
        self.bar.set_parts([Part(count, colour, meaning.word.lower()) for meaning, count, colour in counts])
        self.words.setText(" · ".join(f"{count} {meaning.word.lower()}" for meaning, count, _ in counts if count))
        if self.drawer.isVisibleTo(self):
            self._follow(self.table.current)

    def arrive(self) -> None:
        """The cursor goes to the cases."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, arrangement: Arrangement) -> None:
        """Where there is no room for both the drawer takes the place of the list."""
        self._split.set_stacked(arrangement is not Arrangement.WIDE)
        self.table.leave_out(_SPARE[arrangement])

    def go_back(self) -> bool:
        """Close the drawer first."""
        if not self.drawer.isVisibleTo(self):
            return False
        self.drawer.close_drawer()
        return True

    def _open_case(self, row: CaseRow) -> None:
        self._fill(row)
        self._split.open(row.case.reference, with_foot=True)

    def _follow(self, row: CaseRow | None) -> None:
        if row is not None and self.drawer.isVisibleTo(self):
            self._fill(row)
            self.drawer.title.setText(row.case.reference)

    def _fill(self, row: CaseRow) -> None:
        self.drawer.clear()
        self.drawer.head.addWidget(Chip(row.meaning), 0, Qt.AlignmentFlag.AlignLeft)
        for title, words in self._facts(row):
            self.drawer.body.addWidget(Label(title, "label"))
            self.drawer.body.addWidget(WrapLabel(words))
        if row.line is not None:
            self.drawer.body.addWidget(IconChip(*MODES[row.line.audit.mode]), 0, Qt.AlignmentFlag.AlignLeft)
        self._fill_foot(row)

    def _facts(self, row: CaseRow) -> list[tuple[str, str]]:
        case = row.case
        facts = [
            ("Auditors", row.auditors or "Nobody yet"),
            ("Team", case.team),
            ("Plan type", case.plan_type),
            ("Age band", case.age_band),
            *sorted(case.extra.items()),
        ]
        return [(title, words) for title, words in facts if words]

    def _fill_foot(self, row: CaseRow) -> None:
        if row.line is not None and row.line.mine is not None:
            page_id, words = ("reconcile", "Reconcile") if row.line.stage is Stage.TO_RECONCILE else ("audits", "Open")
            audit_id = row.line.audit.id
            mine = Button(f"{words} {row.case.reference}")
            mine.clicked.connect(lambda: self.go_to.emit(page_id, audit_id))
            self.drawer.foot.addWidget(mine)
        if self._may_give:
            change = Button("Change the pair…" if row.line else "Choose the pair…")
            change.clicked.connect(lambda: self.change_pair.emit(row.case.id))
            if row.is_begun:
                why = "answers are recorded already, so the pair stays"
                change.block(why)
                self.drawer.foot.addWidget(ReasonLine("The pair stays:", "it has recorded answers already."))
            self.drawer.foot.addWidget(change)


def _columns() -> list[Column[CaseRow]]:
    return [
        Column("case", "Case", text=lambda row: row.case.reference, strong=True, width=120),
        Column("team", "Team", text=lambda row: row.case.team, width=210),
        Column("plan", "Plan type", text=lambda row: row.case.plan_type, width=150),
        Column("age", "Age band", text=lambda row: row.case.age_band, width=90),
        Column("auditors", "Auditors", text=lambda row: row.auditors, stretch=True),
        Column("mode", "Mode", text=lambda row: row.mode, width=80),
        Column("stage", "Stage", text=lambda row: "", meaning=lambda row: row.meaning,
               sort=lambda row: row.meaning.word, width=190),
    ]  # fmt: skip
