"""The forms that open in place while reconciling: an action from the question, the reason of an agreed N/A."""

from typing import TYPE_CHECKING

from auditor.desktop.drafts import Draft
from auditor.desktop.forms.action_in_place import ActionForm
from auditor.desktop.forms.banners import FinishPanel
from auditor.desktop.messages import problem_of
from auditor.desktop.questions.reasons import Reasons
from auditor.domain.answers import Answer
from auditor.domain.changes import Changes
from auditor.services import actions, people

if TYPE_CHECKING:
    from auditor.desktop.pages.reconcile.reconciling_desk import ReconcilingDesk


class ReconcileForms:
    """One form at a time, below the agreed answer."""

    def __init__(self, desk: "ReconcilingDesk") -> None:
        self._desk = desk

    def open_action(self) -> None:
        """Raise an action from the question, in place."""
        desk = self._desk
        item = desk.current
        if item is None or not desk.view.may_agree:
            return
        everybody = [person for person in desk.session.ask(people.everybody, None) if person.active]
        form = ActionForm(desk.view.audit.id, item.question.id, item.question.number, everybody, desk.today)
        draft = self.draft(f"{item.question.id}/action", form)
        form.raised.connect(lambda command: self._raise(form, draft, command))
        desk.decision.open_form(form)
        desk.bring_into_sight(form)

    def draft(self, place: str, form: Reasons | ActionForm | FinishPanel) -> Draft:
        """Bind a form to what was left of it at this place of the audit."""
        desk = self._desk
        desk.leave()
        place = f"reconcile/{desk.view.audit.id}/{place}"
        draft = Draft(desk.session, desk.operations, place, form, form.fields)
        draft.offer_throwing_away(form.throw_away)
        return draft

    def _raise(self, form: ActionForm, draft: Draft, command: actions.RaiseAction) -> None:
        desk = self._desk

        def raised(_changes: Changes) -> None:
            draft.forget()
            desk.decision.close_form()
            desk.focus_question()

        desk.operations.run(
            lambda: desk.session.do(actions.raise_action, command),
            quick=True,
            on_done=raised,
            on_failed=lambda error: form.show_problem(problem_of(error)),
        )

    def open_na(self) -> None:
        """Ask why the question does not apply."""
        desk = self._desk
        item = desk.current
        if item is None or not (item.question.na_allowed or item.first.answer.is_na or item.second.answer.is_na):
            desk.decision.say("N/A is not offered here. Not evidenced is an answer too.")
            return
        form = Reasons(f"Why does {item.question.number} not apply?", desk.view.template.na_reasons)
        draft = self.draft(f"{item.question.id}/na", form)
        form.chosen.connect(lambda reason: self._take_na(reason, draft))
        desk.decision.open_form(form)
        desk.bring_into_sight(form)

    def _take_na(self, reason: str, draft: Draft) -> None:
        desk = self._desk
        draft.forget()
        desk.decision.close_form()
        desk.decision.choose(Answer(na_reason=reason))
        desk.focus_question()
