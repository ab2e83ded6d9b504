"""The action that is open: shows it in the drawer, opens the forms of its acts, and raises new ones."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Signal

from auditor.desktop.operations import Operations
from auditor.desktop.pages.actions.acts import ACCEPT, PLACES, REASSIGN_PLACES, Act, ReassignForm, StepForm, possible
from auditor.desktop.pages.actions.drawer import ActionDrawer
from auditor.desktop.pages.actions.forms import InlineForm, RaiseForm
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.desktop.widgets.panel import clear
from auditor.domain.changes import Changes
from auditor.services.actions import ActionLine, RaiseAction, TakeStep, raise_action, reassign, take_step
from auditor.services.cycles import all_cycles
from auditor.services.people import everybody
from auditor.services.session import Session
from auditor.services.templates import kept_template

NO_THEME = ("", "No theme")


class OpenedAction(QObject):
    """Owns what the drawer of the Actions page shows. `changed(action id)` comes after an act on an action."""

    changed = Signal(str)
    done = Signal()
    """The work in the drawer is over: the focus belongs in the list again."""

    def __init__(
        self,
        session: Session,
        operations: Operations,
        today: Callable[[], date],
        drawer: ActionDrawer,
        both: WithDrawer,
    ) -> None:
        super().__init__(both)
        self._session, self._operations, self._today = session, operations, today
        self._drawer, self._both = drawer, both
        self._cycle = ""
        self.form: InlineForm | None = None
        drawer.act_asked.connect(self.act)
        drawer.reassign_asked.connect(self.reassign)
        drawer.closed.connect(self._closed)

    def show(self, line: ActionLine) -> None:
        """Open the drawer on an action."""
        self.form = None
        self._drawer.load(line, self._session.actor, self._today())
        self._both.open(line.action.text, with_foot=True)

    def act(self, act: Act) -> None:
        """Open the form of an act on the action that is open; accepting needs none."""
        line = self._drawer.line
        if line is None or act not in possible(line.action, self._session.actor):
            return
        if act is ACCEPT:
            step = TakeStep(line.action.id, ACCEPT.step, self._today())
            self._run(lambda: self._session.do(take_step, step), line.action.id)
            return
        form = StepForm(act)
        form.asked.connect(
            lambda: self._run(
                lambda: self._session.do(take_step, form.command(line.action.id, self._today())),
                line.action.id,
                form,
                PLACES,
            )
        )
        self._put(form)

    def reassign(self) -> None:
        """Open the form for another owner or date."""
        line = self._drawer.line
        if line is None:
            return
        form = ReassignForm(line.action, self._people(), self._today())
        form.asked.connect(
            lambda: self._run(
                lambda: self._session.do(reassign, form.command(self._today())), line.action.id, form, REASSIGN_PLACES
            )
        )
        self._put(form)

    def raise_new(self, cycle_id: str) -> None:
        """Open the form for an action on the service level."""
        form = RaiseForm(
            self._people(), self._today(), note="For the service as a whole, not for one case.", titled=False
        )
        cycles = self._session.ask(all_cycles, None)
        themes = {cycle.id: cycle.template_hash for cycle in cycles}
        chosen = cycle_id or (cycles[0].id if cycles else "")
        cycle = form.add_list("cycle", "Cycle", [(item.id, item.title) for item in cycles], value=chosen)
        theme = form.add_list("theme", "Theme", self._themes(themes.get(chosen, "")))
        cycle.picked.connect(lambda picked: theme.set_options(self._themes(themes[picked])))
        form.asked.connect(lambda: self._raise(form))
        self._drawer.line = None
        self._drawer.clear()
        self._both.open("Raise an action", with_foot=True)
        self._put(form)

    def _raise(self, form: RaiseForm) -> None:
        command = RaiseAction(
            text=form.text,
            owner_id=form.owner_id,
            on=self._today(),
            due=form.due,
            cycle_id=form.chosen("cycle"),
            theme=form.chosen("theme"),
            intended_outcome=form.intended_outcome,
        )
        self._run(lambda: self._session.do(raise_action, command), "", form, RaiseForm.PLACES)

    def leave(self) -> None:
        """Leave the form as if it had not been opened."""
        self.form = None
        if self._drawer.line is None:
            self._drawer.close_drawer()
        else:
            self.show(self._drawer.line)
            self.done.emit()

    def _put(self, form: InlineForm) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        clear(self._drawer.foot)
        form.left.connect(self.leave)
        self.form = form
        form.put_into(self._drawer)

    def _run(
        self, act: Callable[[], Changes], action_id: str, form: InlineForm | None = None,
        places: Mapping[str, str] = PLACES,
    ) -> None:  # fmt: skip
        def succeeded(changes: Changes) -> None:
            self.form = None
            self.changed.emit(action_id or changes.made)
            self.done.emit()

        def failed(error: Exception) -> None:
            if form is not None:
                form.fault(error, places)

        self._operations.run(act, on_done=succeeded, on_failed=failed, quick=True)

    def _people(self) -> list[tuple[str, str]]:
        return [(person.id, person.name) for person in self._session.ask(everybody, None) if person.active]

    def _themes(self, template_hash: str) -> list[tuple[str, str]]:
        if not template_hash:
            return [NO_THEME]
        template = self._session.ask(kept_template, template_hash)
        return [NO_THEME, *((theme.id, theme.title) for theme in template.themes)]

    def _closed(self) -> None:
        self.form = None
        self.done.emit()
