"""Who owns the drawer of the list: choosing an audit by hand, and the rules of a cycle."""

from auditor.desktop.forms.form_in_drawer import FormInDrawer
from auditor.desktop.pages.moderation.forms import ChooseForm, RulesForm
from auditor.desktop.widgets.drawer import Drawer
from auditor.services.cycles import all_cycles
from auditor.services.moderating import choose, set_rules
from auditor.services.moderation_view import ModerationLine, moderation_rules


class Choosing(FormInDrawer[Drawer]):
    """Opens its forms in the drawer, which closes when they are sent or left."""

    def back(self) -> None:
        self._drawer.close_drawer()

    def choose(self, line: ModerationLine) -> None:
        """Open the form that chooses an audit by hand."""
        form = ChooseForm(line)
        self._drawer.clear()
        self._both.open("Choose an audit", with_foot=True)
        form.asked.connect(
            lambda: self.send(
                form, lambda: self._session.do(choose, form.command()), ChooseForm.PLACES, lambda _: self.back()
            )
        )
        self.put(form, f"moderation/{line.line.audit.id}/choose")

    def set_rules(self, line: ModerationLine | None) -> None:
        """Open the rules of the cycle of an audit, else of the newest."""
        cycles = self._session.ask(all_cycles, None)
        if not cycles:
            return
        cycle_id = line.line.cycle.id if line is not None else cycles[0].id
        form = RulesForm(cycles, cycle_id, self._session.ask(moderation_rules, cycle_id))
        form.cycle.picked.connect(lambda picked: form.load(self._session.ask(moderation_rules, picked)))
        self._drawer.clear()
        self._both.open("What is chosen", with_foot=True)
        form.asked.connect(
            lambda: self.send(
                form, lambda: self._session.do(set_rules, form.command()), RulesForm.PLACES, lambda _: self.back()
            )
        )
        self.put(form, f"moderation/rules/{cycle_id}")
