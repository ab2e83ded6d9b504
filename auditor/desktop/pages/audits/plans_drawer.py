"""The plan of one audit beside the list: its pair, its day, what has changed and why, and what can be changed now."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.forms.foot import in_pairs
from auditor.desktop.forms.form_in_drawer import FormInDrawer
from auditor.desktop.operations import Operations
from auditor.desktop.pages.audits.plans_forms import AskForm, CancelForm, DeclineForm, GrantForm, ReplaceForm
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import Chip, IconChip
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.words import MODES, STAGES
from auditor.domain.changes import Changes
from auditor.services import plans
from auditor.services.plans import PlanView
from auditor.services.session import Session
from auditor.services.sheet_offers import sheet_offers

_WORDS = {
    "reopen": "Open my answers again",
    "ask": "Ask for more time…",
    "grant": "Give more time…",
    "decline": "Decline more time…",
    "replace": "Replace an auditor…",
    "cancel": "Cancel the audit…",
    "restore": "Take the cancellation back",
    "sheet": "Answer sheet…",
}
_PLACES = {"": "reason", "not-later": "until"}


class PlanDrawer(Drawer):
    """Shows a PlanView. `asked(act)` names what is to be done."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Plan", parent=parent)
        self.view: PlanView | None = None
        self.buttons: dict[str, Button] = {}

    def load(self, view: PlanView, *, with_sheet: bool = False) -> None:
        """Show how an audit is planned, and whether there is an answer sheet of it to save or bring in."""
        self.view = view
        self.clear()
        self.head.addWidget(Chip(STAGES[view.audit.stage]), 0, Qt.AlignmentFlag.AlignLeft)
        pair = " and ".join(view.names.get(person, "") for person in view.audit.auditors.values())
        due = show_date(view.due)
        if view.audit.extended_to:
            due = f"{due}, {show_date(view.cycle.due)} at first"
        for title, words in (("Auditors", pair), ("Agreed by", due), ("Cycle", view.cycle.title)):
            self.body.addWidget(Label(title, "label"))
            self.body.addWidget(WrapLabel(words))
        self.body.addWidget(IconChip(*MODES[view.audit.mode]), 0, Qt.AlignmentFlag.AlignLeft)
        if view.news:
            self.body.addWidget(Label("What has changed", "label"))
        for sentence in view.news:
            self.body.addWidget(WrapLabel(sentence))
        self._acts(view, with_sheet)

    def _acts(self, view: PlanView, with_sheet: bool) -> None:
        acts: list[str] = [act for act in ("reopen", "ask", "restore") if act in view.can]
        if "decide" in view.can:
            acts += ["grant", *(["decline"] if view.plans.extension.asked else [])]
        acts += ["sheet"] if with_sheet else []
        acts += [act for act in ("replace", "cancel") if act in view.can]
        made = in_pairs(self.foot, [(_WORDS[act], partial(self.asked.emit, act)) for act in acts])
        self.buttons = dict(zip(acts, made, strict=True))
        if not acts:
            self.foot.addWidget(WrapLabel("A QA lead changes plans; its auditors can ask for more time.", "caption"))


class OpenedPlan(FormInDrawer[PlanDrawer]):
    """Owns what the drawer of the Audits page shows; `sheet_asked(audit_id)` for the answer sheet."""

    sheet_asked = Signal(str)

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], drawer: PlanDrawer, both: WithDrawer
    ) -> None:
        super().__init__(session, operations, today, drawer, both)
        drawer.asked.connect(self.act)

    def show(self, audit_id: str) -> None:
        """Open the drawer on the plan of an audit."""
        self.drop_form()
        view = self._session.ask(plans.plan, audit_id)
        self._drawer.load(view, with_sheet=bool(self._session.ask(sheet_offers, audit_id).offers))
        self._both.open(f"{view.case.reference}: plan", with_foot=True)

    def follow(self, audit_id: str) -> None:
        """The cursor is on another audit: show that, unless a form waits to be sent."""
        if self._drawer.isVisibleTo(self._both) and self.form is None:
            self._operations.run(lambda: self.show(audit_id), quick=True)

    def back(self) -> None:
        view = self._drawer.view
        if view is not None:
            self._operations.run(lambda: self.show(view.audit.id), quick=True)

    def act(self, act: str) -> None:
        """Carry out what needs no words, or open the form that asks for them."""
        view = self._drawer.view
        if view is None:
            return
        if act == "sheet":
            self.sheet_asked.emit(view.audit.id)
            return
        if act in ("reopen", "restore"):
            self._operations.run(self._at_once(act, view), on_done=lambda _changes: self.back(), quick=True)
            return
        form, service = self._form(act, view)
        form.asked.connect(
            lambda: self.send(
                form, lambda: self._session.do(service, form.command()), _PLACES, lambda _changes: self.back()
            )
        )
        self.put(form, f"plan/{view.audit.id}/{act}")

    def _at_once(self, act: str, view: PlanView) -> Callable[[], Changes]:
        if act == "reopen":
            return lambda: self._session.do(plans.reopen, plans.Reopen(view.audit.id))
        return lambda: self._session.do(plans.restore, plans.RestoreAudit(view.audit.id))

    def _form(self, act: str, view: PlanView) -> tuple["_Form", Callable[..., Changes]]:
        if act == "replace":
            return ReplaceForm(view), plans.replace_auditor
        if act == "cancel":
            return CancelForm(view), plans.cancel
        if act == "ask":
            return AskForm(view, self._today()), plans.ask_for_time
        if act == "grant":
            return GrantForm(view, self._today()), plans.decide_time
        return DeclineForm(view), plans.decide_time


_Form = ReplaceForm | CancelForm | AskForm | GrantForm | DeclineForm
