"""The forms that open in place at the desk: reasons for N/A, actions, finding a question, finishing."""

from functools import partial
from typing import TYPE_CHECKING

from auditor.desktop.drafts import Draft
from auditor.desktop.forms.action_in_place import ActionForm
from auditor.desktop.forms.banners import Finder, FinishPanel
from auditor.desktop.messages import Problem, problem_of
from auditor.desktop.pages.audits.answering import Answering
from auditor.desktop.pages.audits.feedback.panel import FeedbackPanel
from auditor.desktop.pages.audits.moving_carried import CarriedPanel
from auditor.desktop.pages.audits.moving_panel import MovePanel, UndoPanel
from auditor.desktop.questions.reasons import Reasons
from auditor.domain.answers import Answer
from auditor.domain.audit import Mode
from auditor.services import actions, people, reconciling, scoring

if TYPE_CHECKING:
    from auditor.desktop.pages.audits.desk import Desk
    from auditor.desktop.pages.audits.desk_moves import DeskMoves

Banner = Finder | FinishPanel | Reasons | MovePanel | UndoPanel | CarriedPanel | FeedbackPanel


class DeskForms:
    """One form at a time: under the question it belongs to, or over all questions (a banner)."""

    def __init__(self, desk: "Desk", moves: "DeskMoves") -> None:
        self._desk, self._moves = desk, moves
        self._banner: Banner | None = None

    @property
    def banner(self) -> Banner | None:
        """What stands open over the questions."""
        return self._banner

    def open_na(self) -> None:
        """Ask why the question does not apply."""
        live = self._desk.live
        if live is None:
            return
        if not live.question.na_allowed:
            live.remark("N/A is not offered here. Not evidenced is an answer too.")
            return
        form = Reasons(f"Why does {live.question.number} not apply?", self._desk.state.view.template.na_reasons)
        draft = self._draft(f"{live.question.id}/na", form)
        form.chosen.connect(lambda reason: self._take_na(live, reason, draft))
        live.open_form(form)

    def open_section_na(self) -> None:
        """Ask why the whole section does not apply."""
        desk = self._desk
        section = next(known for known in desk.state.sections if known.id == desk.section_id)
        if section.always_applies:
            desk.operations.messages.refused(f"Section {section.number} always applies", "answer each question")
            return
        if not all(map(desk.state.is_open, desk.state.questions(section))):
            return
        form = Reasons(
            f"Why does section {section.number} not apply?",
            desk.state.view.template.na_reasons,
            note="Its blank questions become N/A with this reason. What is answered stays. Undo with Ctrl+Z.",
            also="Its facts too: your partner reads the reason" if desk.state.shares_facts(section) else "",
        )

        draft = self._draft(f"{section.id}/na", form)

        def take(reason: str) -> None:
            facts = form.also.isChecked()
            draft.keep()
            self.close_banner()
            if desk.recorder.section_not_applicable(section, reason, facts=facts):
                draft.forget()

        form.chosen.connect(take)
        self._open_banner(form)

    def open_action(self) -> None:
        """Raise an action from the question, in place."""
        desk, live = self._desk, self._desk.live
        if live is None:
            return
        everybody = [person for person in desk.session.ask(people.everybody, None) if person.active]
        form = ActionForm(desk.state.view.audit.id, live.question.id, live.question.number, everybody, desk.today)
        draft = self._draft(f"{live.question.id}/action", form)
        form.raised.connect(lambda command: self._raise(live, form, draft, command))
        live.open_form(form)

    def open_finder(self) -> None:
        """Go to a question by number or words."""
        finder = Finder(self._desk.state.in_order)
        finder.found.connect(self._found)
        self._open_banner(finder)

    def open_finish(self) -> None:
        """Hand in one's answers, or sign a joint or single audit off."""
        desk = self._desk
        if not desk.let_go():
            return
        view, blanks = desk.state.view, desk.state.own_blanks
        if desk.state.blind:
            meaning = (
                "They can no longer be changed afterwards. The answers of both are opened when both have finished."
            )
            panel = FinishPanel("Finish my answers", meaning, "Finish my answers", blanks)
        else:
            who = "Both of you stand" if view.audit.mode is Mode.JOINT else "You stand"
            meaning = f"{who} by these answers. They count in the findings from then on and can no longer be changed."
            panel = FinishPanel("Sign off this audit", meaning, "Sign off", blanks, desk.state.held_back)
        draft = self._draft("finish", panel)
        panel.confirmed.connect(lambda reason, limit_reason: self._finish(panel, draft, reason, limit_reason))
        panel.next_blank.connect(self._to_blank_from_banner)
        self._open_banner(panel)

    def open_panel(self, panel: MovePanel | UndoPanel | CarriedPanel) -> None:
        """Open what speaks of versions of the template."""
        self._open_banner(panel)

    def open_alone(self, panel: FeedbackPanel) -> None:
        """Open what needs the room of the questions too."""
        self._open_banner(panel, alone=True)

    def close_banner(self) -> None:
        """Take away what stood open over the questions, and go back to the question."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
            self._desk.stack.show()
            self._desk.changed.emit()
            self._desk.focus_question()

    def _draft(self, place: str, form: Reasons | ActionForm | FinishPanel) -> Draft:
        """Bind a form to what was left of it at this place of the audit."""
        desk = self._desk
        # The same form may still stand open, with words newer than what is on disk.
        for open_one in desk.findChildren(Draft):
            open_one.keep()
        place = f"audits/{desk.state.view.audit.id}/{place}"
        draft = Draft(desk.session, desk.operations, place, form, form.fields)
        draft.offer_throwing_away(form.throw_away)
        return draft

    def _take_na(self, live: Answering, reason: str, draft: Draft) -> None:
        draft.keep()
        live.close_form()
        live.take_focus()
        if self._moves.record(live.question, Answer(na_reason=reason)):
            draft.forget()
        self._moves.linger()

    def _raise(self, live: Answering, form: ActionForm, draft: Draft, command: actions.RaiseAction) -> None:
        def raised(_changes: object) -> None:
            draft.forget()
            live.close_form()
            live.take_focus()

        self._desk.operations.run(
            lambda: self._desk.session.do(actions.raise_action, command),
            quick=True,
            on_done=raised,
            on_failed=lambda error: form.show_problem(problem_of(error)),
        )

    def _found(self, question_id: str) -> None:
        self.close_banner()
        self._desk.show_question(question_id)

    def _to_blank_from_banner(self) -> None:
        self.close_banner()
        self._moves.to_blank(1)

    def _finish(self, panel: FinishPanel, draft: Draft, reason: str, limit_reason: str) -> None:
        desk, audit_id = self._desk, self._desk.state.view.audit.id

        def failed(error: Exception) -> None:
            problem: Problem = problem_of(error)
            panel.show_problem(problem)

        if desk.state.blind:
            submitting = scoring.Submit(audit_id, reason)
            act = partial(desk.session.do, scoring.submit, submitting)
        else:
            signing = reconciling.SignOff(audit_id, reason, limit_reason)
            act = partial(desk.session.do, reconciling.sign_off, signing)
        desk.sitting.record()
        desk.operations.run(act, quick=True, on_done=lambda _changes: draft.forget(), on_failed=failed)

    def _open_banner(self, banner: Banner, *, alone: bool = False) -> None:
        self.close_banner()
        self._banner = banner
        self._desk.stack.setHidden(alone)
        self._desk.banner.addWidget(banner)
        banner.cancelled.connect(self.close_banner)
        banner.show()
        banner.take_focus()
        self._desk.changed.emit()
