"""Step 2 of a new cycle: the cases, from a list in .xlsx or .csv or typed in, shown before anything is kept."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Bound
from auditor.desktop.operations import Operations
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.table_model import Column
from auditor.desktop.widgets.texts import GrowingText
from auditor.desktop.words import many
from auditor.services.case_list import CaseList, read_cases
from auditor.services.cycles import NewCase

_PARTED = re.compile("[,\t]")
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
    """Reads or takes the cases and shows them. `changed` after each change of `cases`."""

    changed = Signal()

    def __init__(
        self, operations: Operations, *, ask_file: AskFile = ask_for_list, parent: QWidget | None = None
    ) -> None:
        super().__init__(margins=(20, 16, 20, 16), spacing=12, parent=parent)
        self._operations, self._ask_file = operations, ask_file
        self.cases: tuple[NewCase, ...] = ()
        self.choose = Button("Choose a list…", icon="upload")
        self.choose.clicked.connect(self._choose)
        self.typed = GrowingText("Cases, one a line", hint="CF-01, North team, Child in need plan, 5-9")
        self.typed.textChanged.connect(self._take_typed)
        self.problem = InlineProblem()
        self.notices = WrapLabel("", "caption2")
        self.count = Label("", "h3")
        self.table = DataTable[NewCase]("Cases to add", _COLUMNS, key=lambda case: case.reference)
        self._lay_out()
        self._show((), ())

    def arrive(self) -> None:
        """A list is the usual way."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, path: Path) -> None:
        """Read a list on the worker; what is wrong with it is named by sheet and row."""
        self.problem.clear()
        self._operations.run(
            lambda: read_cases(path),
            on_done=self._take_list,
            on_failed=self._fail,
            busy_text="Reading the list",
            key="cases",
        )

    def tell(self, error: Exception) -> None:
        """Show why the cases were not taken."""
        self.problem.tell(error)

    def drafted(self) -> dict[str, QWidget | Bound]:
        """The fields a draft holds: what is typed, and the cases of a list that was read."""
        return {"typed": self.typed, "listed": Bound(self._listed, self._take_listed, self.changed)}

    def _listed(self) -> str:
        return "" if self.typed.toPlainText() or not self.cases else json.dumps([asdict(case) for case in self.cases])

    def _take_listed(self, text: str) -> None:
        self._show([NewCase(**case) for case in json.loads(text or "[]")], ())

    def reset(self) -> None:
        """Start with no cases."""
        self.typed.load("")
        self._show((), ())

    def _choose(self) -> None:
        path = self._ask_file(self)
        if path is not None:
            self.read(path)

    def _take_list(self, found: CaseList) -> None:
        self.typed.blockSignals(True)
        self.typed.load("")
        self.typed.blockSignals(False)
        self._show(found.cases, found.notices)

    def _take_typed(self) -> None:
        self.problem.clear()
        self._show(typed_cases(self.typed.toPlainText()), ())

    def _fail(self, error: Exception) -> None:
        self._operations.messages.done("")
        self.problem.tell(error)
        self.arrive()

    def _show(self, cases: Sequence[NewCase], notices: Sequence[str]) -> None:
        self.cases = tuple(cases)
        self.table.set_rows(list(cases))
        self.count.setText(many(len(cases), "case") if cases else "No cases yet")
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
        self.body.addLayout(first)
        typing = QVBoxLayout()
        typing.setContentsMargins(4, 0, 4, 4)
        typing.setSpacing(5)
        label = Label("Or type them, one a line: reference, team, plan type, age band", "label")
        label.setBuddy(self.typed)
        typing.addWidget(label)
        typing.addWidget(self.typed)
        self.body.addLayout(typing)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.count)
        self.body.addWidget(self.notices)
        self.table.setMinimumHeight(220)
        self.body.addWidget(self.table, 1)


_COLUMNS = [
    Column[NewCase]("reference", "Case", text=lambda case: case.reference, strong=True, width=140),
    Column[NewCase]("team", "Team", text=lambda case: case.team, width=160),
    Column[NewCase]("plan", "Plan type", text=lambda case: case.plan_type, stretch=True),
    Column[NewCase]("age", "Age band", text=lambda case: case.age_band, width=100),
]
