"""The action that is open: shows it in the drawer, opens the forms of its acts, and raises new ones."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal

from auditor.desktop.forms.form_in_drawer import FormInDrawer
from auditor.desktop.forms.inline_form import InlineForm
from auditor.desktop.forms.raise_form import RaiseForm, people_here
from auditor.desktop.operations import Operations
from auditor.desktop.pages.actions.acts import ACCEPT, PLACES, REASSIGN_PLACES, Act, ReassignForm, StepForm, possible
from auditor.desktop.pages.actions.drawer import ActionDrawer
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.domain.changes import Changes
from auditor.services.actions import ActionLine, TakeStep, raise_action, reassign, take_step
from auditor.services.cycles import all_cycles
from auditor.services.session import Session
from auditor.services.templates import kept_template

NO_THEME = ("", "No theme")


class OpenedAction(FormInDrawer[ActionDrawer]):
    """Owns what the drawer of the Actions page shows. `changed(action id)` comes after an act on an action."""

    changed = Signal(str)

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], drawer: ActionDrawer,
        both: WithDrawer,
    ) -> None:  # fmt: skip
        super().__init__(session, operations, today, drawer, both)
        drawer.act_asked.connect(self.act)
        drawer.reassign_asked.connect(self.reassign)

    def show(self, line: ActionLine) -> None:
        """Open the drawer on an action."""
        self.drop_form()
        self._drawer.load(line, self._session.actor, self._today())
        self._both.open(line.action.text, with_foot=True)

    def back(self) -> None:
        if self._drawer.line is None:
            self._drawer.close_drawer()
        else:
            self.show(self._drawer.line)

    def act(self, act: Act) -> None:
        """Open the form of an act on the action that is open; accepting needs none."""
        line = self._drawer.line
        if line is None or act not in possible(line.action, self._session.actor):
            return
        action_id = line.action.id
        if act is ACCEPT:
            step = TakeStep(action_id, ACCEPT.step, self._today())
            self._operations.run(
                lambda: self._session.do(take_step, step), on_done=lambda _: self._taken(action_id), quick=True
            )
            return
        form = StepForm(act)
        self._open(
            form, action_id, act.step, lambda: self._session.do(take_step, form.command(action_id, self._today())),
            PLACES,
        )  # fmt: skip

    def reassign(self) -> None:
        """Open the form for another owner or date."""
        line = self._drawer.line
        if line is None:
            return
        form = ReassignForm(line.action, people_here(self._session), self._today())
        self._open(
            form, line.action.id, "reassign", lambda: self._session.do(reassign, form.command(self._today())),
            REASSIGN_PLACES,
        )  # fmt: skip

    def raise_new(self, cycle_id: str) -> None:
        """Open the form for an action on the service level."""
        form = RaiseForm(
            self._session, self._today(), note="For the service as a whole, not for one case.", titled=False
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
        self.put(form, "action/new")

    def _raise(self, form: RaiseForm) -> None:
        command = form.command(cycle_id=form.chosen("cycle"), theme=form.chosen("theme"))
        self.send(
            form, lambda: self._session.do(raise_action, command), RaiseForm.PLACES,
            lambda changes: self._taken(changes.made),
        )  # fmt: skip

    def _open(
        self, form: InlineForm, action_id: str, what: str, act: Callable[[], Changes], places: Mapping[str, str]
    ) -> None:
        form.asked.connect(lambda: self.send(form, act, places, lambda _changes: self._taken(action_id)))
        self.put(form, f"action/{action_id}/{what}")

    def _taken(self, action_id: str) -> None:
        self.changed.emit(action_id)
        self.done.emit()

    def _themes(self, template_hash: str) -> list[tuple[str, str]]:
        if not template_hash:
            return [NO_THEME]
        template = self._session.ask(kept_template, template_hash)
        return [NO_THEME, *((theme.id, theme.title) for theme in template.themes)]
