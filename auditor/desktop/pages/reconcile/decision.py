"""The agreed answer of one question: chosen by key or taken from one of the two, with why and a comment to keep."""

import json

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.drafts import Bound
from auditor.desktop.forms.action_in_place import ActionForm
from auditor.desktop.messages import Problem
from auditor.desktop.pages.reconcile.comment_choice import CommentChoice
from auditor.desktop.questions.controls import Control, KeysControl, control_for
from auditor.desktop.questions.reasons import Reasons
from auditor.desktop.questions.typed_field import Period
from auditor.desktop.theme import polish
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.texts import GrowingText
from auditor.desktop.widgets.toggles import Toggle
from auditor.domain.answers import Answer
from auditor.domain.canonical import stored_json
from auditor.domain.reconciliation import Comparison, Likeness, both_comments
from auditor.services.reconciling import Agree

_PLAIN_WHY = "if it helps a reader"


class Decision(Panel):
    """Nothing here is agreed until `agreed(Agree)` was carried out; whoever shows it keeps a draft of its `fields`.

    `left` when Esc leaves a text.
    """

    agreed = Signal(object)
    action_asked = Signal()
    na_asked = Signal()
    picked = Signal()
    """Another answer is chosen, or something typed cannot be read."""
    left = Signal()

    def __init__(self, audit_id: str, period: Period, columns: int = 0) -> None:
        super().__init__(margins=(16, 12, 16, 14), spacing=8)
        self._audit_id, self._period, self._columns = audit_id, period, columns
        self._item: Comparison | None = None
        self._answer = Answer()
        self.control: Control | None = None
        self.form: Reasons | ActionForm | None = None
        self.why = GrowingText("Why this answer", hint="What decided it, in a sentence", fewest_lines=1)
        self.comment = GrowingText("Comment to keep", hint="Comment to keep for the findings", fewest_lines=1)
        self.words = CommentChoice()
        self._needed = Label(_PLAIN_WHY, "caption")
        self._problem = WrapLabel("", "late")
        self.go_on = Button("Agree and next", "p", name="Agree and next, Ctrl+Enter")
        self.throw_away = Button("Throw away", "quiet", name="Throw away what is not agreed yet")
        self.action = Toggle("Raise an action", icon="flag", cap="A")
        self._lay_out()
        for text in (self.why, self.comment):
            text.finished.connect(self.ask)
            text.left.connect(self.left)
        self.words.taken.connect(self._take_words)
        self.go_on.clicked.connect(self.ask)
        self.action.clicked.connect(self.action_asked)

    def show_comparison(self, item: Comparison) -> None:
        """Begin with what is agreed so far, else with nothing chosen."""
        self.close_form()
        self._item, self._answer = item, item.agreed.answer
        if self.control is not None:
            self.control.hide()
            self.control.deleteLater()
        self.control = control_for(item.question, self._period)
        self.control.set_columns(self._columns)
        self.control.answered.connect(self.choose)
        self.control.na_requested.connect(self.na_asked)
        self.control.fault.connect(self.say)
        self.control.fault.connect(lambda _text: self.picked.emit())
        self.control.left.connect(self.left)
        self._lines.insertWidget(1, self.control)
        self.control.show_answer(self._answer)
        self.why.load(item.agreed.answer.reason)
        self.comment.load(item.agreed.comment)
        self.comment.setVisible(bool(item.agreed.comment) or item.likeness is not Likeness.SAME)
        self.words.show_comparison(item)
        self.say("")
        self._show_need()

    @property
    def answer(self) -> Answer:
        """What is chosen now."""
        return self._answer

    @property
    def fields(self) -> dict[str, QWidget | Bound]:
        """What a draft keeps of it: what is chosen, what is typed in its place, and the two texts."""
        return {
            "chosen": Bound(self._read_chosen, self._fill_chosen, self.picked),
            "typed": Bound(self._read_typed, self._fill_typed, self.picked),
            "why": self.why,
            "comment": Bound(self.comment.toPlainText, self._fill_comment, self.comment.textChanged),
        }

    def choose(self, answer: Answer) -> None:
        """Choose an answer; it is agreed by `ask`."""
        self._answer = answer
        if self.control is not None:
            if self.control.faulty:
                self.control.put_words("")
            self.control.show_answer(answer)
        self.say("")
        self._show_need()
        self.picked.emit()

    def ask(self) -> None:
        """Ask to agree what is chosen, or say what is missing."""
        if self._item is None:
            return
        if self.control is not None:
            self.control.commit()
            if self.control.faulty:
                # Why is said already; an answer chosen earlier must not be agreed in its place.
                self.control.take_focus()
                return
        if self._answer.is_blank:
            self.say("Choose the answer you agree on: Left takes A, Right takes B, or a digit.")
            return
        why = self.why.toPlainText().strip()
        if self._need and not why:
            self.say(f"Say in a sentence what decided it: {self._need}.")
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        agreed = Answer(self._answer.value, self._answer.na_reason, reason=why)
        comment = self.comment.toPlainText().strip()
        self.agreed.emit(Agree(self._audit_id, self._item.question.id, agreed, comment))

    def show_problem(self, problem: Problem) -> None:
        """Say in place what was refused."""
        self.say(f"Not saved. {problem.message} {problem.remedy}")

    def set_columns(self, columns: int) -> None:
        """Stand in so many columns at large text; 0 for one row."""
        self._columns = columns
        if self.control is not None:
            self.control.set_columns(columns)

    def press_digit(self, digit: int) -> bool:
        """Choose by digit while the question, and no field, has the focus; False where it stands for nothing."""
        if not isinstance(self.control, KeysControl) or digit < 1:
            return False
        return self.control.keys.press_digit(digit)

    def open_comment(self) -> None:
        """Go to the comment that is to be kept."""
        self.comment.show()
        self.comment.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_words(self, words: str) -> None:
        """Put words in the comment, to be read and edited; what stands there already goes before them."""
        self.comment.setPlainText(both_comments(self.comment.toPlainText(), words))
        self.open_comment()
        self.comment.moveCursor(QTextCursor.MoveOperation.End)

    def open_form(self, form: Reasons | ActionForm) -> None:
        """Put a form in place and go there."""
        self.close_form()
        self.form = form
        self._lines.addWidget(form)
        form.cancelled.connect(self.close_form)
        form.cancelled.connect(self.left)
        form.take_focus()

    def close_form(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def set_next_filled(self, filled: bool) -> None:
        """Whether agreeing is the next thing to do on the page."""
        polish(self.go_on, k="p" if filled else "")

    def _read_chosen(self) -> str:
        return "" if self._answer.is_blank else stored_json(self._answer.to_plain())

    def _fill_chosen(self, text: str) -> None:
        self.choose(Answer.from_plain(json.loads(text)) if text else Answer())

    def _read_typed(self) -> str:
        return self.control.words if self.control is not None else ""

    def _fill_typed(self, words: str) -> None:
        if self.control is not None:
            self.control.put_words(words)

    def _fill_comment(self, text: str) -> None:
        self.comment.setPlainText(text)
        self.comment.setVisible(bool(text) or self.comment.isVisibleTo(self))

    @property
    def _need(self) -> str:
        item = self._item
        if item is None:
            return ""
        if item.overall:
            return "an overall judgement is never without its reasons"
        if item.reason_needed:
            return f"you differ by {'two steps' if item.distance == 2 else f'{item.distance} steps'}"
        both = (item.first.answer, item.second.answer)
        if not self._answer.is_blank and not any(map(self._answer.same_as, both)):
            return "the answer is neither A's nor B's"
        return ""

    def _show_need(self) -> None:
        self._needed.setText(f"needed, because {self._need}" if self._need else _PLAIN_WHY)

    def say(self, text: str) -> None:
        """Say in place what is missing or cannot be read; empty when it is right again."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _lay_out(self) -> None:
        self._lines = self.body
        self._lines.addLayout(_titled("Agreed answer", Label("neither is changed: both first answers stay", "caption")))
        self._lines.addLayout(_titled("Why", self._needed))
        for widget in (self.why, self.words, self.comment, self._problem):
            self._lines.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.action)
        foot.addWidget(self.throw_away)
        foot.addStretch(1)
        foot.addWidget(Label("Ctrl+Enter", "caption"))
        foot.addWidget(self.go_on)
        self._lines.addLayout(foot)


def _titled(title: str, note: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(Label(title, "label"))
    line.addWidget(note)
    line.addStretch(1)
    return line
