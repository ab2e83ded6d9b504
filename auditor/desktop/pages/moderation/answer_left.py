"""One question of the audit: what each auditor recorded, what they agreed, and how the moderator leaves it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.forms.naming import NamingHint
from auditor.desktop.marks import LIMITS_GRADE
from auditor.desktop.pages.moderation.deciding import Deciding
from auditor.desktop.pages.reconcile.answer_card import AnswerCard
from auditor.desktop.questions.choices import answer_meaning, answer_text
from auditor.desktop.questions.controls import Control, KeysControl, control_for
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.answers import Answer
from auditor.domain.audit import Slot
from auditor.services.moderation_view import Item


class AgreedLine(QWidget):
    """What the pair agreed, and why; in an audit with one set of answers that set."""

    def __init__(self) -> None:
        super().__init__()
        self._chip = Chip(LIMITS_GRADE)
        self._value, self._why = WrapLabel("", "h3"), WrapLabel("", "caption2")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(Label("Agreed", "h3"), 0, top)
        line.addWidget(self._chip, 0, top)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._value)
        words.addWidget(self._why)
        line.addLayout(words, 1)

    def show_item(self, item: Item) -> None:
        """Show the agreed answer of this question."""
        entry, text = item.agreed, answer_text(item.question, item.agreed.answer)
        meaning = answer_meaning(item.question, entry.answer)
        self._chip.setVisible(meaning is not None)
        if meaning is not None:
            self._chip.set_meaning(meaning)
        self._value.setText(text or "Blank")
        self._value.setVisible(meaning is None)
        said = [part for part in (entry.answer.reason, entry.comment, entry.location) if part]
        self._why.setText("\n".join(said) or "No reason or comment")
        self.setAccessibleName(f"Agreed: {text or 'blank'}. {' '.join(said)}")


class AnswerLeft(Panel):
    """Shows a question and changes what `deciding` holds of it. `left` when Esc leaves a text, `done` on Ctrl+Enter."""

    left = Signal()
    done = Signal()

    def __init__(self, deciding: Deciding, *, may: bool) -> None:
        super().__init__(margins=(16, 12, 16, 14), spacing=8)
        self._deciding, self._may = deciding, may
        self.item: Item | None = None
        self.control: Control | None = None
        self._columns = 0
        names = deciding.view.names
        self._where, self._question = Label("", "caption"), WrapLabel("", "question-now")
        self._limits = Chip(LIMITS_GRADE, bold=False)
        self._cards = [AnswerCard(slot.value, names[slot], "") for slot in (Slot.A, Slot.B) if slot in names]
        self._agreed = AgreedLine()
        self.why = GrowingText("Why you change it", hint="What decided it, in a sentence", fewest_lines=1)
        self._problem = WrapLabel("", "late")
        self._lay_out()
        self.why.textChanged.connect(self._tell)
        self.why.finished.connect(self.done)
        self.why.left.connect(self.left)

    def show_item(self, item: Item) -> None:
        """Show this question as it stands in the decision."""
        self.item = item
        question, template = item.question, self._deciding.view.template
        section = template.section_of[question.id]
        self._where.setText(f"{question.number} · {section.short or section.title}")
        self._question.setText(question.text)
        self._limits.setVisible(bool(question.limiting))
        for card, entry in zip(self._cards, (item.first, item.second), strict=False):
            card.setVisible(entry is not None)
            if entry is not None:
                card.show_entry(question, entry, "", may_take=False)
        self._agreed.show_item(item)
        self._make_control(item)
        self.reload()

    def reload(self) -> None:
        """Show what the decision holds of the question."""
        if self.item is None or self.control is None:
            return
        self.control.show_answer(self._deciding.answer_of(self.item))
        reason = self._deciding.changes.get(self.item.question.id, (Answer(), ""))[1]
        self.why.blockSignals(True)
        self.why.load(reason)
        self.why.blockSignals(False)
        self._show_need()

    def press_digit(self, digit: int) -> bool:
        """Choose by digit; False where it stands for nothing."""
        if not self._may or not isinstance(self.control, KeysControl):
            return False
        return self.control.keys.press_digit(digit)

    def set_single(self, single: bool) -> None:
        """The cards below one another at large text, else side by side."""
        self._columns = 2 if single else 0
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, *((at, 0) if single else (0, at)))
            self._grid.setColumnStretch(at, 0 if single and at else 1)
        if self.control is not None:
            self.control.set_columns(self._columns)

    def _make_control(self, item: Item) -> None:
        if self.control is not None:
            self.control.hide()
            self.control.deleteLater()
        cycle = self._deciding.view.found.line.cycle
        self.control = control_for(item.question, (cycle.period_start, cycle.period_end))
        self.control.set_columns(self._columns)
        self.control.answered.connect(self._answer)
        self.control.na_requested.connect(self._not_applicable)
        self.control.fault.connect(self.say)
        self.control.left.connect(self.left)
        self._place.addWidget(self.control)
        self.control.setVisible(self._may)

    def _answer(self, answer: Answer) -> None:
        assert self.item is not None
        self._deciding.leave(self.item, answer, self.why.toPlainText().strip())
        if self.control is not None:
            self.control.show_answer(self._deciding.answer_of(self.item))
        self._show_need()

    def _not_applicable(self) -> None:
        words = self.why.toPlainText().strip()
        if not words:
            self.say("Write first why it does not apply, then choose N/A.")
            self.why.show()
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._answer(Answer(na_reason=words))

    def _tell(self) -> None:
        if self.item is not None and self.item.question.id in self._deciding.changes:
            answer = self._deciding.changes[self.item.question.id][0]
            words = self.why.toPlainText().strip()
            self._deciding.leave(self.item, Answer(na_reason=words) if answer.is_na and words else answer, words)
            self.say("" if words else "Say in a sentence what decided it.")

    def _show_need(self) -> None:
        assert self.item is not None
        changed = self.item.question.id in self._deciding.changes
        self.why.setVisible(self._may)
        self._title.setText("As you leave it" if changed else "As you leave it: upheld unless you change it")
        self.say("Say in a sentence what decided it." if changed and not self.why.toPlainText().strip() else "")

    def say(self, text: str) -> None:
        """Say in place what is missing; empty when it is right again."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._where, 1)
        head.addWidget(self._limits)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._place = QHBoxLayout()
        self._title = Label("", "label")
        self.body.addLayout(head)
        self.body.addWidget(self._question)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._agreed)
        self.body.addWidget(self._title)
        self.body.addLayout(self._place)
        self.body.addWidget(self.why)
        self.body.addWidget(NamingHint(self.why))
        self.body.addWidget(self._problem)
        # Not before they stand here: what has no parent yet would show as a window of its own.
        for widget in (self._title, self.why):
            widget.setVisible(self._may)
        self.set_single(False)
