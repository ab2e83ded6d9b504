"""Step 2 of a new cycle: the cases, all of a list or a sample drawn from it, or typed in, shown before anything is
kept."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Bound
from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.column_choice import ColumnChoice
from auditor.desktop.pages.cycles.draw_form import DrawForm, Wish
from auditor.desktop.pages.cycles.draw_result import DrawResult
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.table_model import Column
from auditor.desktop.widgets.texts import GrowingText
from auditor.desktop.widgets.toggles import Segments
from auditor.desktop.words import many
from auditor.domain.draw_record import DrawRecord
from auditor.domain.errors import AuditorError
from auditor.services.case_list import CaseList, FrameFile, headings_of, read_frame
from auditor.services.cycles import NewCase
from auditor.services.sampling import Drawing, SampleQuery, draw_sample, listed_cases
from auditor.services.session import Session

_PARTED = re.compile("[,\t]")
_ALL, _SAMPLE = "all", "sample"
AskFile = Callable[[QWidget], Path | None]


def ask_for_list(parent: QWidget) -> Path | None:
    """The file a person chooses, or None."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "List of cases", "", "Lists (*.xlsx *.csv)")
    return Path(chosen) if chosen else None


def typed_cases(text: str) -> tuple[NewCase, ...]:
    """Cases typed one a line: reference, team, plan type, age band, parted by commas or tabs; all but the first may
    be left out."""
    cases = []
    for line in text.splitlines():
        reference, team, plan_type, age_band = ([part.strip() for part in _PARTED.split(line, 3)] + [""] * 3)[:4]
        if reference:
            cases.append(NewCase(reference, team, plan_type, age_band))
    return tuple(cases)


class CasesStep(Panel):
    """Reads, draws or takes the cases and shows them. `changed` after each change of `cases`; `record` says how they
    were drawn, where they are a sample."""

    changed = Signal()

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], *,
        ask_file: AskFile = ask_for_list, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(margins=(20, 16, 20, 16), spacing=12, parent=parent)
        self._session, self._operations, self._today, self._ask_file = session, operations, today, ask_file
        self._cycle_id = ""
        self._path: Path | None = None
        self._read: FrameFile | None = None
        self.cases: tuple[NewCase, ...] = ()
        self.record: DrawRecord | None = None
        self.choose = Button("Choose a list…", icon="upload")
        self.choose.clicked.connect(self._choose)
        self.show_columns = Button("Columns…", "link", name="Which column of the list is what")
        self.show_columns.clicked.connect(self._show_columns)
        self.columns = ColumnChoice(session, operations)
        self.columns.changed.connect(self._read_again)
        self.how = Segments("Which cases", [(_ALL, "Every case of the list"), (_SAMPLE, "Draw a sample")])
        self.how.changed.connect(self._choose_how)
        self.form, self.result = DrawForm(), DrawResult()
        self.form.asked.connect(self._draw)
        self.again = Button("Change the draw…")
        self.again.clicked.connect(lambda: self._choose_how(_SAMPLE))
        self.typed = GrowingText("Cases, one a line", hint="CF-01, North team, Child in need plan, 5-9")
        self.typed.textChanged.connect(self._take_typed)
        self.problem = InlineProblem()
        self.notices = WrapLabel("", "caption2")
        self.count = Label("", "h3")
        self.table = DataTable[NewCase]("Cases to add", _COLUMNS, key=lambda case: case.reference)
        self._lay_out()
        self._forget_list()
        self._show((), ())

    def arrive(self) -> None:
        """A list is the usual way."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, path: Path) -> None:
        """Read a list on the worker; what is wrong with it is named by sheet and row."""
        self.problem.clear()
        self._path = path
        chosen = dict(self.columns.chosen)
        self._operations.run(
            lambda: read_frame(path, chosen),
            on_done=self._take_list,
            on_failed=self._fail_reading,
            busy_text="Reading the list",
            key="cases",
        )

    def tell(self, error: Exception) -> None:
        """Show why the cases were not taken."""
        self.problem.tell(error)

    def drafted(self) -> dict[str, QWidget | Bound]:
        """The fields a draft holds: what is typed, and the cases of a list that was read or drawn from."""
        return {"typed": self.typed, "listed": Bound(self._listed, self._take_listed, self.changed)}

    def _listed(self) -> str:
        if self.typed.toPlainText() or not self.cases:
            return ""
        draw = self.record.to_plain() if self.record else None
        return json.dumps({"cases": [asdict(case) for case in self.cases], "draw": draw})

    def _take_listed(self, text: str) -> None:
        kept: Any = json.loads(text or "[]")
        if isinstance(kept, list):
            # As kept before samples were drawn.
            kept = {"cases": kept, "draw": None}
        cases = [NewCase(**case | {"conflicts": tuple(case.get("conflicts", ()))}) for case in kept["cases"]]
        self._forget_list()
        self._show(cases, (), DrawRecord.from_plain(kept["draw"]) if kept["draw"] else None)

    def reset(self, cycle_id: str = "") -> None:
        """Start with no cases, for a new cycle or for one that stands."""
        self._cycle_id = cycle_id
        self.typed.load("")
        self.columns.recall()
        self._forget_list()
        self._show((), ())

    def _choose(self) -> None:
        path = self._ask_file(self)
        if path is not None:
            self.read(path)

    def _read_again(self) -> None:
        if self._path is not None:
            self.read(self._path)

    def _show_columns(self) -> None:
        self.columns.setVisible(self.columns.isHidden())
        if self.columns.isVisible():
            self.columns.arrive()

    def _take_list(self, found: FrameFile) -> None:
        self._read = found
        self.typed.blockSignals(True)
        self.typed.load("")
        self.typed.blockSignals(False)
        self.columns.show_frame(found.frame)
        self.form.offer(found.frame)
        self.show_columns.show()
        self.how.show()
        self._choose_how(self.how.chosen)

    def _choose_how(self, how: str) -> None:
        """Every case is taken at once; a sample waits to be drawn."""
        self.form.setVisible(how == _SAMPLE)
        self.again.hide()
        self._typing.setVisible(how == _ALL)
        if self._read is None:
            return
        if how == _SAMPLE:
            self._show((), self._read.notices)
            self.form.arrive()
            return
        read = self._read
        self._operations.run(
            lambda: self._session.ask(listed_cases, read),
            on_done=lambda listed: self._take_all(read, listed),
            on_failed=self._fail,
            busy_text="Reading the list",
            key="cases",
        )

    def _take_all(self, read: FrameFile, listed: CaseList) -> None:
        if read is self._read and self.how.chosen == _ALL:
            self._show(listed.cases, listed.notices)

    def _draw(self, wish: Wish) -> None:
        if self._read is None:
            return
        self.problem.clear()
        query = SampleQuery(self._read.frame, wish.plan, self._today(), wish.rules, self._cycle_id)
        self._operations.run(
            lambda: self._session.ask(draw_sample, query),
            on_done=self._take_drawing,
            on_failed=self._fail,
            busy_text="Drawing the sample",
            key="cases",
        )

    def _take_drawing(self, drawing: Drawing) -> None:
        self._show(drawing.cases, self._read.notices if self._read else (), drawing.record)
        self.result.show_draw(drawing.draw)
        self.table.hide()
        self.form.hide()
        self.result.show()
        self.again.show()
        self.result.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_typed(self) -> None:
        self.problem.clear()
        self._forget_list()
        self._show(typed_cases(self.typed.toPlainText()), ())

    def _forget_list(self) -> None:
        self._path = self._read = None
        self.how.set_chosen(_ALL)
        self._typing.show()
        for widget in (self.columns, self.show_columns, self.how, self.form, self.again):
            widget.hide()

    def _fail_reading(self, error: Exception) -> None:
        self._fail(error)
        path = self._path
        if isinstance(error, AuditorError) and error.code == "no-reference-column" and path is not None:
            self._operations.run(
                lambda: headings_of(path), on_done=self._ask_for_columns, busy_text="Reading the list", key="headings"
            )

    def _ask_for_columns(self, headings: tuple[str, ...]) -> None:
        self.columns.offer(headings, {})
        self.columns.show()
        self.columns.arrive()

    def _fail(self, error: Exception) -> None:
        self._operations.messages.done("")
        self.problem.tell(error)
        self.arrive()

    def _show(self, cases: Sequence[NewCase], notices: Sequence[str], record: DrawRecord | None = None) -> None:
        self.cases, self.record = tuple(cases), record
        self.table.set_rows(list(cases))
        self.result.hide()
        self.table.setVisible(bool(cases) or self.form.isHidden())
        drawn = f" of {record.frame_size:,} drawn" if record else ""
        self.count.setText(f"{many(len(cases), 'case')}{drawn}" if cases else "No cases yet")
        self.notices.setText("\n".join(notices))
        self.notices.setVisible(bool(notices))
        self.changed.emit()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setContentsMargins(4, 4, 4, 0)
        first.setSpacing(12)
        first.addWidget(self.choose)
        words = "An .xlsx or .csv with a column “Case reference”; team, plan type and age band are used if there."
        first.addWidget(WrapLabel(words, "caption"), 1)
        first.addWidget(self.show_columns)
        self.body.addLayout(first)
        self.body.addWidget(self.columns)
        self.body.addWidget(self.how, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.form)
        self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self._typing = QWidget()
        typing = QVBoxLayout(self._typing)
        typing.setContentsMargins(4, 0, 4, 4)
        typing.setSpacing(5)
        label = Label("Or type them, one a line: reference, team, plan type, age band", "label")
        label.setBuddy(self.typed)
        typing.addWidget(label)
        typing.addWidget(self.typed)
        self.body.addWidget(self._typing)
        for widget in (self.problem, self.count, self.notices):
            self.body.addWidget(widget)
        self.table.setMinimumHeight(220)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.result, 1)


_COLUMNS = [
    Column[NewCase]("reference", "Case", text=lambda case: case.reference, strong=True, width=140),
    Column[NewCase]("team", "Team", text=lambda case: case.team, width=160),
    Column[NewCase]("plan", "Plan type", text=lambda case: case.plan_type, stretch=True),
    Column[NewCase]("age", "Age band", text=lambda case: case.age_band, width=100),
]
