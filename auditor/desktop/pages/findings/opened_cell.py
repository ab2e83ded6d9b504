"""The cell that is open: asks what lies behind it, shows it in the drawer, and raises actions on it."""

from collections.abc import Callable
from datetime import date

from auditor.desktop.forms.form_in_drawer import FormInDrawer
from auditor.desktop.forms.raise_form import RaiseForm
from auditor.desktop.models.matrix import Spot
from auditor.desktop.operations import Operations
from auditor.desktop.pages.findings.behind import Behind, BehindDrawer
from auditor.desktop.pages.findings.facts import case_note
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.domain.roles import Duty, may
from auditor.services.actions import ActionQuery, list_actions, raise_action
from auditor.services.cycles import CycleView
from auditor.services.evidence import CellQuery, behind_cell
from auditor.services.findings import CycleFindings
from auditor.services.session import Session


class OpenedCell(FormInDrawer[BehindDrawer]):
    """Owns what the drawer of the Findings page shows."""

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], drawer: BehindDrawer,
        both: WithDrawer,
    ) -> None:  # fmt: skip
        super().__init__(session, operations, today, drawer, both)
        self._found: CycleFindings | None = None
        self._cycle: CycleView | None = None
        drawer.raise_asked.connect(self.raise_here)
        self.form_open.connect(lambda is_open: drawer.tabs.setVisible(not is_open))

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
        self.drop_form()
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
        behind, found = self._drawer.behind, self._found
        if behind is None or found is None or self.form is not None:
            return
        spot, cycle_id = behind.spot, found.cycle.id
        where = "this case" if spot.audit_id else "the service as a whole"
        form = RaiseForm(self._session, self._today(), note=f"On {spot.theme_title}, for {where}.")
        if spot.audit_id:
            asked = [("", "The theme as a whole")]
            asked += [(line.question.id, f"{line.question.number} {line.question.text}") for line in behind.lines]
            form.add_list("question", "From question", asked)
        form.asked.connect(lambda: self._send(form, cycle_id, spot))
        self._drawer.clear()
        self.put(form, f"finding/{cycle_id}/{spot.theme}/{spot.audit_id}")

    def back(self) -> None:
        if self._drawer.behind is not None:
            self.show(self._drawer.behind.spot)

    def _send(self, form: RaiseForm, cycle_id: str, spot: Spot) -> None:
        command = form.command(
            cycle_id=cycle_id, audit_id=spot.audit_id, question_id=form.chosen("question"), theme=spot.theme
        )
        self.send(form, lambda: self._session.do(raise_action, command), RaiseForm.PLACES, lambda _: self._saved(spot))

    def _saved(self, spot: Spot) -> None:
        self.show(spot)
        self._drawer.tabs.choose("actions")
        self.done.emit()
