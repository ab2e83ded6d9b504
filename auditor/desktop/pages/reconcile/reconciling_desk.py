"""Reconciling one audit: the list of questions, both answers, and the decision."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Draft
from auditor.desktop.forms.banners import FinishPanel
from auditor.desktop.messages import problem_of
from auditor.desktop.operations import Operations
from auditor.desktop.pages.reconcile.agreements import Agreements
from auditor.desktop.pages.reconcile.comparison_view import ComparisonView
from auditor.desktop.pages.reconcile.decision import Decision
from auditor.desktop.pages.reconcile.difference_list import DifferenceList
from auditor.desktop.pages.reconcile.reconcile_forms import ReconcileForms
from auditor.desktop.pages.reconcile.reconcile_keys import ReconcileKeys
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.buttons import ReasonLine
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import Scrolled
from auditor.domain.answers import Answer
from auditor.domain.changes import Changes
from auditor.domain.limits import HeldBack
from auditor.domain.reconciliation import Comparison, Likeness
from auditor.services import reconciling
from auditor.services.session import Session

_COLUMNS_AT_LARGE_TEXT = 2


class ReconcilingDesk(QWidget):
    """`changed` when the head of the page has something new to say."""

    changed = Signal()

    def __init__(self, session: Session, operations: Operations, audit_id: str, today: date) -> None:
        super().__init__()
        self.session, self.operations, self.today = session, operations, today
        self.view = session.ask(reconciling.reconcile_view, audit_id)
        self.agreements = Agreements(session, operations, audit_id, self)
        self.current: Comparison | None = None
        self.finish: FinishPanel | None = None
        self._draft: Draft | None = None
        self._single = False
        self.keys = ReconcileKeys(self)
        self.list = DifferenceList(self.keys.press)
        self.shown = ComparisonView(self.view)
        self.choice = Combo("Question")
        self.choice.fill_room()
        period = (self.view.cycle.period_start, self.view.cycle.period_end)
        self.decision = Decision(audit_id, period)
        self.forms = ReconcileForms(self)
        self._lay_out()
        self._connect()
        self.list.show_items(self.view.comparisons)
        self._fill_choice()
        self.show_question(self._start(), focus=False)

    def show_question(self, question_id: str, *, focus: bool = True) -> None:
        """Show both answers to this question."""
        item = next((known for known in self.view.comparisons if known.question.id == question_id), None)
        if item is None:
            self._right.hide()
            return
        self.current = item
        self.list.set_current(question_id)
        self.choice.set_value(question_id)
        self._show_both(item)
        self._right.show()
        self._middle.verticalScrollBar().setValue(0)
        if focus:
            self.focus_question()

    def focus_question(self) -> None:
        """Put the focus where the keys of this page work."""
        if self.list.isVisible():
            self.list.take_focus()
        elif self.decision.control is not None:
            self.decision.control.take_focus()

    def refresh(self, changes: Changes | None) -> None:
        """Show what is on disk now; what is half decided stays."""
        may = self.view.may_agree
        self.view = self.session.ask(reconciling.reconcile_view, self.view.audit.id)
        self.list.show_items(self.view.comparisons)
        self._fill_choice()
        if self.current is not None:
            was, question_id = self.current, self.current.question.id
            now = next(item for item in self.view.comparisons if item.question.id == question_id)
            self.current = now
            if now != was or may != self.view.may_agree:
                self._show_both(now)
        self._show_rights()
        self.changed.emit()

    def leave(self) -> None:
        """Put on disk what is half decided, and half-filled forms."""
        for form in self.findChildren(Draft):
            form.keep()

    def arrange(self, arrangement: Arrangement) -> None:
        """Fit the columns to the room there is."""
        self._single = arrangement is Arrangement.SINGLE
        self.list.setVisible(not self._single)
        self.choice.setVisible(self._single)
        self.shown.set_single(self._single)
        # Always in sight below what is compared; at large text, where it would fill the page, at its end.
        (self._middle.body if self._single else self._foot).addWidget(self.decision)
        self._foot.setContentsMargins(*((0, 0, 0, 0) if self._single else (24, 0, 24, 14)))
        self.decision.set_columns(_COLUMNS_AT_LARGE_TEXT if self._single else 0)

    def step(self, by: int) -> None:
        """To the question after (1) or before (-1) in the list."""
        order = self.list.in_order
        at = next((number for number, item in enumerate(order) if item == self.current), None)
        if at is not None and 0 <= at + by < len(order):
            self.show_question(order[at + by].question.id)

    def take(self, letter: str) -> None:
        """Choose the answer of A or B."""
        if self.current is not None and self.view.may_agree:
            entry = self.current.first if letter == "A" else self.current.second
            if not entry.answer.is_blank:
                self.decision.choose(Answer(entry.answer.value, entry.answer.na_reason))

    def accept_equal(self) -> None:
        """Agree everything that both answered alike."""
        alike = [item.question.id for item in self.list.of(Likeness.SAME) if not item.is_agreed]
        if self.agreements.agree_equal(alike):
            self._go_on()

    def open_sign_off(self) -> None:
        """Sign off, once everything is agreed."""
        self.close_finish()
        words = "Both of you stand by the agreed answers. They count in the findings from then on."
        panel = self.finish = FinishPanel(
            "Sign off this audit", words, "Sign off", (), HeldBack(to_explain=self.view.to_explain)
        )
        draft = self.forms.draft("finish", panel)
        panel.confirmed.connect(lambda _reason, limit_reason: self._sign_off(panel, draft, limit_reason))
        panel.cancelled.connect(self.close_finish)
        self._banner.addWidget(panel)
        panel.show()
        panel.take_focus()
        self.changed.emit()

    def close_finish(self) -> None:
        """Take the sign-off panel away."""
        if self.finish is not None:
            self.finish.hide()
            self.finish.deleteLater()
            self.finish = None
            self.changed.emit()
            self.focus_question()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll to a part of the decision where it stands at the end of the page."""
        if self._single:
            self._middle.ensureWidgetVisible(widget)

    def panes(self) -> list[QWidget]:
        """The parts F6 moves between."""
        return [self.list, self.shown, self.decision]

    def _agree(self, command: reconciling.Agree) -> None:
        if self.current is None:
            return
        if self.agreements.agree(command, self.current.agreed):
            if self._draft is not None:
                self._draft.forget()
            self._go_on()

    def _go_on(self) -> None:
        """To the next question that waits, going round; to the sign-off when none does."""
        order = self.list.in_order
        at = next((number for number, item in enumerate(order) if item == self.current), 0)
        waiting = next((item for item in (*order[at + 1 :], *order[:at]) if not item.is_agreed), None)
        if waiting is not None:
            self.show_question(waiting.question.id)
        elif self.current is not None:
            self.show_question(self.current.question.id)

    def _show_both(self, item: Comparison) -> None:
        """Show both answers and what is agreed, with what was left half decided."""
        if self._draft is not None:
            self._draft.let_go()
            self._draft.deleteLater()
            self._draft = None
        self.shown.show_item(item, self.view)
        self.decision.show_comparison(item)
        if self.view.may_agree:
            place = f"reconcile/{self.view.audit.id}/{item.question.id}"
            self._draft = Draft(self.session, self.operations, place, self.decision, self.decision.fields)
            self._draft.offer_throwing_away(self.decision.throw_away)

    def _start(self) -> str:
        order = self.list.in_order
        first = next((item for item in order if not item.is_agreed), order[0] if order else None)
        return first.question.id if first else ""

    def _show_rights(self) -> None:
        self.decision.setVisible(self.view.may_agree)
        signed = self.view.audit.signed_off
        names = " and ".join(person.name for person in self.view.names.values())
        rest = "Nothing can be changed here." if signed else f"Only {names} agree these answers."
        self._rights.set_reason("Signed off." if signed else "You can look.", rest)
        self._rights.setVisible(not self.view.may_agree)
        self._void.setText(self.view.audit.void_words)
        self._void.setVisible(bool(self.view.audit.void_words))
        self.decision.set_next_filled(bool(self.view.why_not_signed))

    def _fill_choice(self) -> None:
        options = []
        for item in self.list.in_order:
            done = " · agreed" if item.is_agreed else ""
            options.append((item.question.id, f"{item.question.number}  {item.question.text}{done}"))
        self.choice.set_options(options)
        if self.current is not None:
            self.choice.set_value(self.current.question.id)

    def _sign_off(self, panel: FinishPanel, draft: Draft, limit_reason: str) -> None:
        def signed(_changes: Changes) -> None:
            draft.forget()
            self.close_finish()

        command = reconciling.SignOff(self.view.audit.id, limit_reason=limit_reason)
        self.operations.run(
            lambda: self.session.do(reconciling.sign_off, command),
            quick=True,
            on_done=signed,
            on_failed=lambda error: panel.show_problem(problem_of(error)),
        )

    def _lay_out(self) -> None:
        self._middle = Scrolled(margins=(24, 14, 24, 16), spacing=10)
        self._rights, self._void = ReasonLine("", ""), WrapLabel("", "late")
        self._banner = QVBoxLayout()
        body = self._middle.body
        body.addLayout(self._banner)
        body.addWidget(self._void)
        body.addWidget(self.choice)
        for widget in (self.shown, self._rights):
            body.addWidget(widget)
        self._right = QWidget()
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._middle, 1)
        self._foot = QVBoxLayout()
        column.addLayout(self._foot)
        self._foot.addWidget(self.decision)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.list)
        line.addWidget(self._right, 1)
        self._show_rights()

    def _connect(self) -> None:
        self.list.chosen.connect(self.show_question)
        self.choice.picked.connect(self.show_question)
        self.shown.taken.connect(self.take)
        self.decision.agreed.connect(self._agree)
        self.decision.action_asked.connect(self.forms.open_action)
        self.decision.na_asked.connect(self.forms.open_na)
        self.decision.left.connect(self.focus_question)
        self.agreements.failed.connect(self.decision.show_problem)
        self.agreements.taken_back.connect(self.show_question)
