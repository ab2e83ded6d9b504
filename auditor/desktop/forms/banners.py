"""What opens over the questions when it is asked for: finding a question, and finishing one's answers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from auditor.desktop.messages import Problem
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.limits import HeldBack
from auditor.domain.template import Question

_MOST_FOUND = 6
_NOTHING = HeldBack()


def find_questions(questions: Sequence[Question], typed: str) -> list[Question]:
    """Questions whose number begins with what was typed, else those that hold every word typed."""
    typed = typed.strip().lower()
    if not typed:
        return []
    numbered = [question for question in questions if question.number.startswith(typed)]
    exact = [question for question in numbered if question.number == typed]
    if numbered:
        return exact + [question for question in numbered if question not in exact]
    words = typed.split()
    return [q for q in questions if all(word in f"{q.text} {q.short}".lower() for word in words)]


class Finder(Panel):
    """Ctrl+G: a question by its number or by words in it. `found(question_id)`, Esc gives up."""

    found = Signal(str)
    cancelled = Signal()

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__(margins=(12, 10, 12, 10), spacing=6)
        self.setAccessibleName("Go to a question")
        self._questions = questions
        self.typed = LineEdit("Number or words of a question", hint="Number such as 4.18, or words")
        self.list = QListWidget()
        self.list.setAccessibleName("Questions found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.hide()
        self.body.addWidget(Label("Go to", "label"))
        self.body.addWidget(self.typed)
        self.body.addWidget(self.list)
        self.typed.textEdited.connect(self._look)
        self.typed.returnPressed.connect(self._take)
        self.list.itemClicked.connect(lambda _item: self._take())

    def take_focus(self) -> None:
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif step is not None and self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())

    def _look(self, typed: str) -> None:
        self.list.clear()
        for question in find_questions(self._questions, typed)[:_MOST_FOUND]:
            item = QListWidgetItem(f"{question.number}   {question.text}")
            item.setData(Qt.ItemDataRole.UserRole, question.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self.list.setFixedHeight(self.list.count() * theme().px(24) + 4)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.found.emit(str(item.data(Qt.ItemDataRole.UserRole)))


class FinishPanel(Panel):
    """Before answers are handed in or an audit is signed off: what it means, and why anything stays blank.

    `throw_away` is shown by whoever keeps a draft of it.
    """

    confirmed = Signal(str, str)
    """Why questions stay blank, and why the grade is better than its limit; empty where neither is so."""
    next_blank = Signal()
    cancelled = Signal()

    def __init__(
        self, title: str, meaning: str, verb: str, blanks: Sequence[Question], held: HeldBack = _NOTHING
    ) -> None:
        super().__init__(margins=(16, 12, 16, 12), spacing=8)
        self.setAccessibleName(title)
        self._blank, self._held = bool(blanks), held
        self.body.addWidget(Label(title, "h2"))
        self.body.addWidget(WrapLabel(meaning, "text2"))
        self.reason = GrowingText("Why they stay blank", hint="Why they stay blank", fewest_lines=1)
        self.limit_reason = GrowingText("Why the grade stands", hint="Why the grade stands", fewest_lines=1)
        self.problem = WrapLabel(held.blocked, "late")
        self.problem.setVisible(bool(held.blocked))
        self.confirm = Button(verb, "p")
        self.throw_away = Button("Throw away", "quiet", name="Throw away what is written")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        if blanks:
            count = f"{len(blanks)} question{' is' if len(blanks) == 1 else 's are'} blank, the first is"
            self.body.addWidget(WrapLabel(f"{count} {blanks[0].number}. Answer, or say why not:", "h3"))
            self.body.addWidget(self.reason)
            self._add(buttons, "Next blank", self.next_blank.emit)
        if held.to_explain:
            self.body.addWidget(WrapLabel(f"{held.to_explain} Change it, or say why it stands:", "h3"))
            self.body.addWidget(self.limit_reason)
        self.body.addWidget(self.problem)
        buttons.addStretch(1)
        buttons.addWidget(self.throw_away)
        self._add(buttons, "Not yet", self.cancelled.emit)
        buttons.addWidget(self.confirm)
        self.body.addLayout(buttons)
        self.throw_away.hide()
        self.confirm.clicked.connect(self._ask)
        if held.blocked:
            self.confirm.block(held.blocked)
        for text in (self.reason, self.limit_reason):
            text.finished.connect(self._ask)
            text.left.connect(self.cancelled)

    def take_focus(self) -> None:
        first = self.reason if self._blank else self.limit_reason if self._held.to_explain else self.confirm
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def fields(self) -> dict[str, QWidget]:
        """What a draft keeps of it."""
        return {"reason": self.reason, "limit": self.limit_reason}

    def show_problem(self, problem: Problem) -> None:
        """Say in place what was refused, and what to do."""
        self.problem.setText(f"{problem.message} {problem.remedy}")
        self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        # Nothing goes further: no key of the desk may work while this is open.

    def _ask(self) -> None:
        reason, limit = self.reason.toPlainText().strip(), self.limit_reason.toPlainText().strip()
        if self._held.blocked:
            self._missing(self.confirm, self._held.blocked)
        elif self._blank and not reason:
            self._missing(self.reason, "Say why they stay blank, or answer them. Not evidenced is an answer.")
        elif self._held.to_explain and not limit:
            self._missing(self.limit_reason, "Say why the grade stands, or change it.")
        else:
            self.confirmed.emit(reason, limit)

    def _missing(self, where: QWidget, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, line: QHBoxLayout, word: str, act: Callable[[], None]) -> None:
        button = Button(word)
        button.clicked.connect(act)
        line.addWidget(button)
