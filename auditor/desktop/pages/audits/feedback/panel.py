"""The minute after an audit: which questions were unclear, what went wrong in the program, anything else."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from auditor.desktop.drafts import Bound
from auditor.desktop.messages import Problem
from auditor.desktop.pages.audits.feedback.picks import Picks
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel, Scrolled
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.template import Question
from auditor.services.feedback_waiting import OwnFeedback
from auditor.services.tool_feedback import GiveFeedback

_TO_SEND = "It goes to the QA lead with your name, and enters no finding. You read here what was done about it."
_TO_KEEP = "It is kept for you alone. You can send it once your answers are finished."


class FeedbackPanel(Panel):
    """`sent(GiveFeedback)` with Ctrl+Enter; `cancelled` with Esc, and what is written stays."""

    sent = Signal(object)
    cancelled = Signal()

    def __init__(self, audit_id: str, questions: Sequence[Question], own: OwnFeedback) -> None:
        super().__init__(margins=(16, 12, 16, 12), spacing=8)
        self.setAccessibleName("Was anything unclear?")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._audit_id, self._own = audit_id, own
        self.picks = Picks(questions)
        self.faults = GrowingText("What went wrong in the program", hint="Such as: it froze", fewest_lines=1)
        self.words = GrowingText("Anything else", hint="Such as: it was too long", fewest_lines=1)
        self.problem = WrapLabel("", "late")
        self.problem.hide()
        self.throw_away = Button("Throw away", "quiet", name="Throw away what is written")
        self.throw_away.hide()
        self.later = Button("Close", name="Close, Esc: what is written stays")
        self.send = Button("Send to the QA lead", "p")
        if own.said is not None:
            said = own.said
            self.picks.show_unclear({question_id: words for question_id, _, _, words in said.unclear})
            self.faults.setPlainText(said.faults)
            self.words.setPlainText(said.words)
        self._lay_out()
        self._connect()

    @property
    def fields(self) -> Mapping[str, QWidget | Bound]:
        """What a draft keeps of it."""
        return {"unclear": self.picks.bound(), "faults": self.faults, "words": self.words}

    def take_focus(self) -> None:
        self.picks.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        """Say in place what was refused, and what to do."""
        self._say(f"{problem.message} {problem.remedy}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._ask()
        # Nothing goes further: no key of the desk may work while this is open.

    def _ask(self) -> None:
        faults, words = self.faults.toPlainText().strip(), self.words.toPlainText().strip()
        unclear = self.picks.unclear
        if not self._own.finished:
            self._say(_TO_KEEP)
        elif not (unclear or faults or words or self._own.said):
            self._say("Nothing is written yet. There is no need to send anything.")
        else:
            self.sent.emit(GiveFeedback(self._audit_id, unclear, faults, words))

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()

    def _connect(self) -> None:
        for text in (self.faults, self.words, self.picks):
            text.finished.connect(self._ask)
            text.left.connect(self.cancelled)
        self.send.clicked.connect(self._ask)
        self.later.clicked.connect(self.cancelled)
        self.send.setVisible(self._own.finished)

    def _lay_out(self) -> None:
        self.body.addWidget(Label("Was anything unclear?", "h2"))
        self.body.addWidget(WrapLabel(_TO_SEND if self._own.finished else _TO_KEEP, "text2"))
        inside = Scrolled(margins=(4, 4, 8, 4), spacing=8)
        for title, control in (
            ("Unclear questions", self.picks),
            ("What went wrong in the program", self.faults),
            ("Anything else", self.words),
        ):
            inside.body.addWidget(Label(title, "label"))
            inside.body.addWidget(control)
        self.body.addWidget(inside, 1)
        self.body.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.throw_away)
        buttons.addStretch(1)
        buttons.addWidget(self.later)
        buttons.addWidget(self.send)
        self.body.addLayout(buttons)
