"""The questions somebody found unclear, each with words about it: found by number or words, taken off again."""

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from auditor.desktop.drafts import Bound
from auditor.desktop.forms.banners import find_questions
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import LineEdit
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.template import Question

_MOST_FOUND = 5


class Pick(QWidget):
    """One unclear question. `off` to take it off, `changed` when something was typed."""

    def __init__(self, question: Question, words: str) -> None:
        super().__init__()
        self.question = question
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(WrapLabel(f"{question.number}  {question.text}", "caption2"))
        self.words = GrowingText(
            f"What was unclear in {question.number}", hint="What was unclear (may stay empty)", fewest_lines=1
        )
        self.words.setPlainText(words)
        column.addWidget(self.words)
        line.addLayout(column, 1)
        self.off = Button("Take off", "icon", icon="close", name=f"Take {question.number} off")
        line.addWidget(self.off, 0, Qt.AlignmentFlag.AlignTop)


class Picks(QWidget):
    """`changed` with every pick and word; `finished` and `left` as the texts say it."""

    changed = Signal()
    finished = Signal()
    left = Signal()

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        self._questions = {question.id: question for question in questions}
        self.picks: dict[str, Pick] = {}
        self.typed = _Finding("Number or words of an unclear question", hint="Add one: a number such as 4.18, or words")
        self.list = QListWidget()
        self.list.setAccessibleName("Questions found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._rows.setContentsMargins(0, 0, 0, 4)
        column.addLayout(self._rows)
        column.addWidget(self.typed)
        column.addWidget(self.list)
        self.typed.textEdited.connect(self._look)
        self.typed.returnPressed.connect(self._take)
        self.typed.stepped.connect(self._step)
        self.list.itemClicked.connect(lambda _item: self._take())

    @property
    def unclear(self) -> dict[str, str]:
        """What was unclear, by question id, in the order of the form."""
        return {name: self.picks[name].words.toPlainText() for name in self._questions if name in self.picks}

    def bound(self) -> Bound:
        """As a draft sees it."""
        return Bound(lambda: json.dumps(self.unclear), self._put_back, self.changed)

    def show_unclear(self, unclear: Mapping[str, str]) -> None:
        """Show these picks and no others."""
        for name in list(self.picks):
            self._remove(name)
        for name, words in unclear.items():
            self._add(name, words)

    def pick(self, question_id: str) -> None:
        """Pick a question, and go to its words."""
        if question_id not in self._questions:
            return
        if question_id not in self.picks:
            self._add(question_id, "")
            self.changed.emit()
        self.picks[question_id].words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, question_id: str, words: str) -> None:
        question = self._questions.get(question_id)
        if question is None:
            return
        pick = self.picks[question_id] = Pick(question, words)
        order = [name for name in self._questions if name in self.picks]
        self._rows.insertWidget(order.index(question_id), pick)
        pick.words.textChanged.connect(self.changed)
        pick.words.finished.connect(self.finished)
        pick.words.left.connect(self.left)
        pick.off.clicked.connect(lambda: self._take_off(question_id))
        pick.show()

    def _take_off(self, question_id: str) -> None:
        self._remove(question_id)
        self.changed.emit()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, question_id: str) -> None:
        pick = self.picks.pop(question_id)
        pick.hide()
        self._rows.removeWidget(pick)
        pick.deleteLater()

    def _put_back(self, text: str) -> None:
        try:
            plain = json.loads(text)
        except ValueError:
            return
        if isinstance(plain, dict):
            self.show_unclear({str(name): str(words) for name, words in plain.items()})
            self.changed.emit()

    def _look(self, typed: str) -> None:
        self.list.clear()
        for question in find_questions(list(self._questions.values()), typed)[:_MOST_FOUND]:
            item = QListWidgetItem(f"{question.number}   {question.text}")
            item.setData(Qt.ItemDataRole.UserRole, question.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self.list.setFixedHeight(self.list.count() * theme().px(24) + 4)

    def _step(self, by: int) -> None:
        if self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            question_id = str(item.data(Qt.ItemDataRole.UserRole))
            self.typed.clear()
            self._look("")
            self.pick(question_id)


class _Finding(LineEdit):
    """Up and Down go through what was found."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)
