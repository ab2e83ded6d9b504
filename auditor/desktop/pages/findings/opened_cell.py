"""The cell that is open: asks what lies behind it, shows it in the drawer, and raises actions on it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from auditor.desktop.models.matrix import Spot
from auditor.desktop.operations import Operations
from auditor.desktop.pages.actions.forms import RaiseForm
from auditor.desktop.pages.findings.behind import Behind, BehindDrawer
from auditor.desktop.pages.findings.facts import case_note
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.domain.roles import Duty, may
from auditor.services.actions import ActionQuery, RaiseAction, list_actions, raise_action
from auditor.services.cycles import CycleView
from auditor.services.evidence import CellQuery, behind_cell
from auditor.services.findings import CycleFindings
from auditor.services.people import everybody
from auditor.services.session import Session


class OpenedCell(QObject):
    """Owns what the drawer of the Findings page shows. `form_open` says whether a form waits to be saved in it."""

    form_open = Signal(bool)
    done = Signal()
    """The work in the drawer is over: the focus belongs in the matrix again."""

    def __init__(
        self,
        session: Session,
        operations: Operations,
        today: Callable[[], date],
        drawer: BehindDrawer,
        both: WithDrawer,
    ) -> None:
        super().__init__(both)
        self._session, self._operations, self._today = session, operations, today
        self._drawer, self._both = drawer, both
        self._found: CycleFindings | None = None
        self._cycle: CycleView | None = None
        self.form: RaiseForm | None = None
        drawer.raise_asked.connect(self.raise_here)
        drawer.closed.connect(self._closed)

    @property
    def may_raise(self) -> bool:
        """Whether the person signed in may raise actions."""
        return may(self._session.actor, Duty.RAISE_ACTIONS)

    def load(self, found: CycleFindings, cycle: CycleView) -> None:
        """Take over fresh findings, and show the open cell anew unless somebody is writing in it."""
        self._found, self._cycle = found, cycle
        behind = self._drawer.behind
        if self._drawer.isVisible() and self.form is None and behind is not None:
            self.show(behind.spot)

    def show(self, spot: Spot) -> None:
        """Open the drawer on what lies behind a cell."""
        assert self._found is not None
        self._leave_form()
        query = CellQuery(self._found.cycle.id, spot.theme, spot.audit_id, spot.outcome)
        lines = [line for line in self._session.ask(behind_cell, query) if line.good_practice or not spot.good_practice]
        wanted = ActionQuery(self._today(), cycle_id=query.cycle_id, audit_id=spot.audit_id, theme=spot.theme)
        actions = self._session.ask(list_actions, wanted)
        step, note = self._facts(spot)
        self._drawer.load(Behind(spot, lines, actions, note, step), may_raise=self.may_raise)
        self._both.open(f"{spot.theme_title} · {spot.place}", with_foot=True)

    def _facts(self, spot: Spot) -> tuple[int | None, str]:
        assert self._found is not None and self._cycle is not None
        if not spot.audit_id:
            return None, "" if spot.outcome or spot.good_practice else f"All cases of {self._cycle.cycle.title}"
        matrix = self._found.matrix
        column = [item.audit_id for item in matrix.columns].index(spot.audit_id)
        row = [theme for theme, _ in matrix.themes].index(spot.theme)
        return matrix.heat(matrix.cells[row][column]), case_note(self._cycle, spot.audit_id, matrix.not_agreed[column])

    def raise_here(self) -> None:
        """Open the form for an action on the cell that is shown."""
        behind = self._drawer.behind
        if behind is None or self.form is not None:
            return
        people = [(person.id, person.name) for person in self._session.ask(everybody, None) if person.active]
        where = "this case" if behind.spot.audit_id else "the service as a whole"
        form = RaiseForm(people, self._today(), note=f"On {behind.spot.theme_title}, for {where}.")
        if behind.spot.audit_id:
            asked = [("", "The theme as a whole")]
            asked += [(line.question.id, f"{line.question.number} {line.question.text}") for line in behind.lines]
            form.add_list("question", "From question", asked)
        form.asked.connect(self._save)
        form.left.connect(self._back)
        self._drawer.clear()
        self._drawer.tabs.hide()
        self.form = form
        form.put_into(self._drawer)
        self.form_open.emit(True)

    def _save(self) -> None:
        form, behind = self.form, self._drawer.behind
        if form is None or behind is None or self._found is None:
            return
        command = RaiseAction(
            text=form.text,
            owner_id=form.owner_id,
            on=self._today(),
            due=form.due,
            cycle_id=self._found.cycle.id,
            audit_id=behind.spot.audit_id,
            question_id=form.chosen("question"),
            theme=behind.spot.theme,
            intended_outcome=form.intended_outcome,
        )
        self._operations.run(
            lambda: self._session.do(raise_action, command),
            on_done=lambda _changes: self._saved(),
            on_failed=lambda error: form.fault(error, RaiseForm.PLACES),
            quick=True,
        )

    def _saved(self) -> None:
        self._back()
        self._drawer.tabs.choose("actions")

    def _back(self) -> None:
        behind = self._drawer.behind
        self._leave_form()
        if behind is not None:
            self.show(behind.spot)
        self.done.emit()

    def _closed(self) -> None:
        self._leave_form()
        self.done.emit()

    def _leave_form(self) -> None:
        if self.form is not None:
            self.form = None
            self._drawer.tabs.show()
            self.form_open.emit(False)
