"""The list of audits: mine first, with how each stands."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.preferences import preferences
from auditor.desktop.theme import theme
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.table_model import Column, Group
from auditor.desktop.words import MODERATED, STAGES, TO_MODERATE, VOID
from auditor.domain.audit import OWN_SLOTS, Mode, Stage
from auditor.services.cycles import AuditLine
from auditor.services.facts_in import enters_facts

_MODES = {Mode.BLIND: "each alone, then agreed", Mode.JOINT: "together", Mode.SINGLE: "one auditor"}


def needs_me(line: AuditLine) -> bool:
    """Whether the viewer has something to do in it now."""
    if line.mine is None or line.audit.is_over:
        return enters_facts(line)
    return line.stage is Stage.TO_RECONCILE or line.mine not in line.audit.submitted


def what_next(line: AuditLine) -> str:
    """What the viewer does with it, in a few words."""
    if enters_facts(line):
        return "Enter facts"
    if line.mine is None or line.audit.is_over:
        return "Facts all in" if line.facts else ""
    if line.audit.void:
        return "Sign off again"
    if line.stage is Stage.TO_RECONCILE:
        return "Agree the answers"
    if line.mine in line.audit.submitted:
        return "Waiting for your partner"
    return "Continue" if line.mine in line.audit.started else "Start"


def _rank(line: AuditLine) -> int:
    """What is begun comes first, then what waits to be agreed, then what is new, then what needs nothing."""
    if not needs_me(line):
        return 3
    return {Stage.SCORING: 0, Stage.TO_RECONCILE: 1}.get(line.stage, 2)


def _case_note(line: AuditLine) -> str:
    return " · ".join(part for part in (line.case.team, line.case.plan_type, line.case.age_band) if part)


def _stage(line: AuditLine) -> Meaning:
    waits = line.mine in OWN_SLOTS and line.mine in line.audit.submitted and line.stage is not Stage.TO_RECONCILE
    if waits and line.stage is Stage.SCORING:
        return Meaning(MarkKind.TICK_RING, "Finished by you", "accent", "soft")
    audit = line.audit
    if audit.void and not audit.cancelled:
        return VOID[audit.void]
    if line.moderation:
        return TO_MODERATE
    return MODERATED[audit.moderated] if audit.moderated else STAGES[line.stage]


def _facts(line: AuditLine) -> str:
    """How far the facts are that somebody else may enter, for the auditors who need them."""
    return line.facts.words if line.facts and (line.mine or not line.facts.all_in) else ""


def _due(line: AuditLine) -> str:
    later = " (more time given)" if line.audit.extended_to else ""
    return f"agreed by {show_date(line.due)}{later}"


def _names(line: AuditLine) -> str:
    return ", ".join(line.auditor_names)


def _mode(line: AuditLine) -> str:
    return _MODES[line.audit.mode]


def _stage_order(line: AuditLine) -> int:
    return list(Stage).index(line.stage)


COLUMNS = (
    Column[AuditLine]("case", "Case", lambda a: a.case.reference, second=_case_note, strong=True, stretch=True),
    Column[AuditLine]("cycle", "Cycle", lambda a: a.cycle.title, second=_due, stretch=True),
    Column[AuditLine]("auditors", "Auditors", _names, second=_mode, width=190),
    Column[AuditLine]("stage", "Stage", lambda a: "", meaning=_stage, sort=_stage_order, width=190),
    Column[AuditLine]("next", "You", what_next, second=_facts, width=190),
)


def next_for_me(lines: Sequence[AuditLine]) -> AuditLine | None:
    """The audit the viewer works on next."""
    return min(filter(needs_me, lines), key=_rank, default=None)


LIST_KEYS = [
    ("Enter", "open the audit"),
    ("P", "its plan: who, until when, whether it goes on"),
    ("R", "its replies"),
    ("Ctrl+E", "its answer sheet in Excel: save it, bring a filled-in one back"),
    ("Alt+←", "back"),
]
"""The keys of the list on the Audits page, for F1."""
_WITHOUT = ((700, ("cycle", "auditors")), (900, ("auditors",)))
"""What is left out below which width, in logical pixels at 100 %, so that the case keeps its room."""


class AuditList(QWidget):
    """`opened(AuditLine)` on Enter or double click."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = DataTable(
            "Audits", COLUMNS, table_id="audits", two_lines=True, memory=preferences(), key=lambda line: line.audit.id
        )
        self.table.opened.connect(self.opened)
        column.addWidget(self.table)
        theme().changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_lines(self, lines: Sequence[AuditLine]) -> None:
        """Mine first, those that need me at the top."""
        mine = sorted((line for line in lines if line.mine is not None), key=_rank)
        facts = [line for line in lines if enters_facts(line)]
        others = [line for line in lines if line.mine is None and line not in facts]
        rows: list[AuditLine | Group] = []
        if mine:
            waiting = sum(map(needs_me, mine))
            rows += [Group("Mine", len(mine), f"{waiting} wait for you" if waiting else "none waits for you"), *mine]
        if facts:
            rows += [Group("Facts to enter", len(facts), "judgements are the auditors' alone"), *facts]
        if others:
            rows += [Group("Others", len(others), "to look at; only their pair can change them"), *others]
        self.table.set_rows(rows)
        if self.table.current is None:
            self.table.select_first()

    def _fit(self) -> None:
        room = self.width() * 100 / theme().scale
        self.table.leave_out(next((left_out for below, left_out in _WITHOUT if room < below), ()))
