"""The quiet line over a finished audit that offers to say what was unclear, and tells what was done about it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout
from shiboken6 import isValid

from auditor.desktop.drafts import Draft
from auditor.desktop.messages import problem_of
from auditor.desktop.pages.audits.feedback.panel import FeedbackPanel
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import Surface
from auditor.services.feedback_waiting import OwnFeedback, mark_heard, own_feedback
from auditor.services.tool_feedback import GiveFeedback, give_feedback

if TYPE_CHECKING:
    from auditor.desktop.pages.audits.desk import Desk

_SOON_MS = 150


class FeedbackLine(Surface):
    """Hidden until one's own part is finished."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__("page", margins=(20, 0, 16, 8), spacing=4)
        self._desk = desk
        self.own: OwnFeedback | None = None
        self.words = WrapLabel("", "caption2")
        self.say = Button("", "small")
        self.heard = Button("I have read it", "small")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        for button in (self.heard, self.say):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.say.clicked.connect(lambda _on=False: self.open(""))
        self.heard.clicked.connect(self._read)
        self.hide()
        # While answers are given nothing of it changes; before and after that it is asked when the desk has settled.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.ask)
        desk.changed.connect(self._begin)

    def _begin(self) -> None:
        if self.own is None or not self._desk.state.can_finish:
            self._soon.start()

    def ask(self) -> None:
        """Ask how one's words stand, and say so."""
        audit_id, desk = self._desk.state.view.audit.id, self._desk
        desk.operations.run(lambda: desk.session.ask(own_feedback, audit_id), quick=True, on_done=self._show)

    def open(self, question_id: str) -> None:
        """Open the panel over the questions, with a question picked."""
        desk = self._desk
        if self.own is None:
            self.ask()
        if self.own is None or not self.own.of_pair or not desk.let_go():
            return
        # The same panel may still stand open, with words newer than what is on disk.
        for open_one in desk.findChildren(Draft):
            open_one.keep()
        audit_id = desk.state.view.audit.id
        panel = FeedbackPanel(audit_id, desk.state.in_order, self.own)
        draft = Draft(desk.session, desk.operations, f"audits/{audit_id}/feedback", panel, panel.fields)
        draft.offer_throwing_away(panel.throw_away)
        panel.sent.connect(lambda command: self._send(command, panel, draft))
        # The panel says the same; the line comes back when it closes.
        self.hide()
        desk.moves.forms.open_alone(panel)
        if question_id:
            panel.picks.pick(question_id)

    def _send(self, command: GiveFeedback, panel: FeedbackPanel, draft: Draft) -> None:
        def done(_changes: object) -> None:
            draft.forget()
            self._desk.moves.forms.close_banner()
            self.ask()

        self._desk.operations.run(
            lambda: self._desk.session.do(give_feedback, command),
            quick=True,
            on_done=done,
            on_failed=lambda error: panel.show_problem(problem_of(error)),
        )

    def _read(self) -> None:
        audit_id, desk = self._desk.state.view.audit.id, self._desk
        desk.operations.run(
            lambda: desk.session.do(mark_heard, audit_id), quick=True, on_done=lambda _changes: self.ask()
        )
        desk.focus_question()

    def _show(self, own: OwnFeedback) -> None:
        if not isValid(self):
            return
        self.own = own
        said = own.said
        self.heard.setVisible(said is not None and bool(said.settled) and not said.heard)
        if said is None:
            self.words.setText("Was anything unclear, in a question or in the program? It takes a minute.")
            self.say.set_text("Say so…")
        elif said.settled:
            self.words.setText(f"Done about your words on the tool: {said.settled}")
            self.say.set_text("Say more…")
        else:
            self.words.setText("Your words on the tool are with the QA lead.")
            self.say.set_text("Change them…")
        self.setVisible(own.finished and not isinstance(self._desk.moves.forms.banner, FeedbackPanel))
