"""The list of cycles: what each reads, when it is due, and how many cases stand where."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.preferences import preferences
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import Token
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.table_model import Column
from auditor.desktop.words import STAGES, due_words
from auditor.domain.audit import Stage
from auditor.services.cycles import CycleView

_SPARE = ("period", "left", Stage.NOT_STARTED.value, Stage.SCORING.value, Stage.TO_RECONCILE.value)


class CycleList(QWidget):
    """A row a cycle, the newest first. `opened(cycle_id)`."""

    opened = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = DataTable[CycleView](
            "Cycles",
            _columns(today),
            table_id="cycles",
            two_lines=True,
            memory=preferences(),
            key=lambda view: view.cycle.id,
        )
        self.table.opened.connect(lambda view: self.opened.emit(view.cycle.id))
        ground = Surface("surface")
        ground.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ground)

    def show_views(self, views: Sequence[CycleView]) -> None:
        """Show these cycles."""
        self.table.set_rows(views)
        if self.table.current is None:
            self.table.select_first()

    def arrange(self, arrangement: Arrangement) -> None:
        """In one column only what matters most has room."""
        self.table.leave_out(_SPARE if arrangement is Arrangement.SINGLE else ())

    def arrive(self) -> None:
        """The cursor is where it was, or on the newest."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _columns(today: Callable[[], date]) -> list[Column[CycleView]]:
    return [
        Column("title", "Cycle", text=lambda view: view.cycle.title, second=_template, strong=True, stretch=True),
        Column("period", "Period read", text=lambda view: show_date(view.cycle.period_start), second=_until,
               sort=lambda view: view.cycle.period_start, width=130),
        Column("due", "Due", text=lambda view: show_date(view.cycle.due), second=lambda view: _near(view, today()),
               tone=lambda view: _tone(view, today()), sort=lambda view: view.cycle.due, width=120),
        Column("cases", "Cases", text=lambda view: str(view.size), sort=lambda view: view.size,
               number=True, width=70),
        Column("left", "To give out", text=lambda view: _count(len(view.not_given)),
               sort=lambda view: len(view.not_given), number=True, width=94),
        *(_stage(stage) for stage in (Stage.NOT_STARTED, Stage.SCORING, Stage.TO_RECONCILE, Stage.SIGNED_OFF)),
    ]  # fmt: skip


def _stage(stage: Stage) -> Column[CycleView]:
    title = "Signed off" if stage is Stage.SIGNED_OFF else STAGES[stage].word
    return Column(
        stage.value,
        title,
        text=lambda view: _count(view.stages.get(stage, 0)),
        sort=lambda view: view.stages.get(stage, 0),
        number=True,
        width=98,
    )


def _count(count: int) -> str:
    return str(count) if count else "–"


def _template(view: CycleView) -> str:
    return f"{view.template_title} · sample data" if view.cycle.sample else view.template_title


def _until(view: CycleView) -> str:
    return f"to {show_date(view.cycle.period_end)}"


def is_done(view: CycleView) -> bool:
    """Whether every case of the cycle is signed off, but for those that were cancelled."""
    signed = view.stages.get(Stage.SIGNED_OFF, 0)
    return bool(signed) and not view.not_given and signed + view.stages.get(Stage.CANCELLED, 0) == len(view.audits)


def _near(view: CycleView, today: date) -> str:
    return "all signed off" if is_done(view) else _due(view, today)[0]


def _tone(view: CycleView, today: date) -> Token:
    return "muted" if is_done(view) else _due(view, today)[1]


def _due(view: CycleView, today: date) -> tuple[str, Token]:
    return due_words(view.cycle.due, today, sample=view.cycle.sample)
