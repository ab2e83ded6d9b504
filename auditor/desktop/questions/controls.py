"""The live control of the current question, one class for each way of answering."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.questions.check_keys import CheckKeys
from auditor.desktop.questions.choices import answer_text, choices_of
from auditor.desktop.questions.typed_field import Period, TypedField
from auditor.desktop.theme import theme
from auditor.desktop.widgets.answer_keys import MOST_DIGITS, NA, AnswerKeys
from auditor.desktop.widgets.labels import Label
from auditor.desktop.widgets.texts import DateField, GrowingText, saving_later
from auditor.domain.answers import Answer
from auditor.domain.template import AnswerType, Question

_ROOM_FOR_TWO = 520


class Control(QWidget):
    """Asks to record: `answered(Answer)`, blank to clear. Shows only what `show_answer` says is on disk."""

    answered = Signal(object)
    typed_through = Signal()
    """After `answered`: the hands are ready for the next question."""
    finished = Signal()
    """Ctrl+Enter in a text: on to the next question at once."""
    na_requested = Signal()
    fault = Signal(str)
    left = Signal()
    """Esc out of a text: back to the question."""

    has_text = False
    """Whether a text field stands in it, so that Enter and Up and Down work differently."""

    def show_answer(self, answer: Answer) -> None:
        """Show what is recorded."""
        raise NotImplementedError

    def show_unsaved(self, stored: Answer) -> None:
        """After a failed save: show what is on disk again."""
        self.show_answer(stored)

    def take_focus(self) -> None:
        """Put the focus where answering begins."""
        raise NotImplementedError

    def commit(self) -> None:
        """Hand over what is half typed."""

    @property
    def unsaved(self) -> bool:
        """Whether words stand in it that are not on disk."""
        return False

    @property
    def faulty(self) -> bool:
        """Whether something is typed that cannot be read."""
        return False

    @property
    def words(self) -> str:
        """What is typed and stands nowhere but here: not on disk, or not to be read."""
        return ""

    def put_words(self, words: str) -> None:
        """Put such words back."""

    def set_columns(self, columns: int) -> None:
        """Stand in so many columns at large text; 0 for one row."""


class KeysControl(Control):
    """One of several: joined keys, a grid where the row has no room, letters where there are more than nine."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        name = f"Answer to {question.number}"
        self.keys = AnswerKeys(name, choices_of(question), na_allowed=question.na_allowed, parent=self)
        self.keys.set_current(True)
        self._columns = 0
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.keys)
        line.addStretch(1)
        self._no_na = Label("N/A is not offered here", "caption")
        line.addWidget(self._no_na)
        self._takes_na = question.na_allowed
        self._no_na.hide()
        self.keys.answered.connect(lambda code: self.answered.emit(Answer(code)))
        self.keys.typed_through.connect(self.typed_through)
        self.keys.na_requested.connect(self.na_requested)
        self.keys.clear_requested.connect(lambda: self.answered.emit(Answer()))

    def show_answer(self, answer: Answer) -> None:
        self.keys.set_chosen(NA if answer.is_na else str(answer.value or ""))

    def take_focus(self) -> None:
        self.keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_columns(self, columns: int) -> None:
        self._columns = columns
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # A row that does not fit becomes a grid, so its width must not hold the page open.
        return QSize(self.keys.keys[0].widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        if len(self.keys.keys) > MOST_DIGITS + 1 and self.width() >= theme().px(_ROOM_FOR_TWO):
            self.keys.set_columns(2)
        else:
            self.keys.fit(self.width(), self._columns)
        self._line.setStretchFactor(self.keys, 100 if self.keys.columns else 0)
        used = self.keys.sizeHint().width() + self._no_na.sizeHint().width() + 16
        self._no_na.setHidden(self._takes_na or bool(self.keys.columns) or used > self.width())


class _WithNa(Control):
    """A control that is no row of keys, with the N/A key beside or below it where the question takes N/A."""

    def __init__(self, question: Question, inside: QWidget, *, below: bool) -> None:
        super().__init__()
        layout = QVBoxLayout(self) if below else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(inside)
        self.na = AnswerKeys(f"Not applicable, {question.number}", (), na_allowed=True)
        self.na.set_current(True)
        self.na.na_requested.connect(self.na_requested)
        self.na.clear_requested.connect(lambda: self.answered.emit(Answer()))
        layout.addWidget(self.na)
        self.na.setHidden(not question.na_allowed)
        if not below:
            layout.addStretch(1)

    def show_answer(self, answer: Answer) -> None:
        self.na.set_chosen(NA if answer.is_na else "")


class ChecksControl(_WithNa):
    """Several of many."""

    def __init__(self, question: Question) -> None:
        self.checks = CheckKeys(f"Answers to {question.number}", choices_of(question))
        super().__init__(question, self.checks, below=True)
        self._order = [option.code for option in question.options]
        self._chosen: tuple[str, ...] = ()
        self.checks.toggled.connect(self._toggle)
        self.checks.clear_requested.connect(lambda: self.answered.emit(Answer()))

    def show_answer(self, answer: Answer) -> None:
        super().show_answer(answer)
        self._chosen = answer.value if isinstance(answer.value, tuple) else ()
        self.checks.set_chosen(self._chosen)

    def take_focus(self) -> None:
        self.checks.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, code: str) -> None:
        wanted = set(self._chosen) ^ {code}
        chosen = tuple(known for known in self._order if known in wanted)
        self.answered.emit(Answer(chosen) if chosen else Answer())


class _FieldControl(_WithNa):
    """A field of one line that has to be read. What cannot be read stays in it to be mended."""

    has_text = True

    def __init__(self, question: Question, field: DateField | TypedField) -> None:
        self.field = field
        super().__init__(question, field, below=False)
        field.fault.connect(self.fault)

    def show_answer(self, answer: Answer) -> None:
        super().show_answer(answer)
        # An older answer in the place of what cannot be read would pass for what was typed.
        if answer.is_na or not self.faulty:
            self._show_value(answer)

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def commit(self) -> None:
        self.field.commit()

    @property
    def faulty(self) -> bool:
        return self.field.faulty

    @property
    def words(self) -> str:
        return self.field.text() if self.faulty else ""

    def put_words(self, words: str) -> None:
        self.field.setText(words)
        self.field.commit()

    def _show_value(self, answer: Answer) -> None:
        raise NotImplementedError


class DateControl(_FieldControl):
    """A day."""

    def __init__(self, question: Question, period: Period) -> None:
        self._day = DateField(f"{question.number} {question.text}", period=period)
        super().__init__(question, self._day)
        self._day.changed.connect(lambda iso: self.answered.emit(Answer(iso) if iso else Answer()))

    def _show_value(self, answer: Answer) -> None:
        self._day.set_iso(str(answer.value or ""))


class TypedControl(_FieldControl):
    """A number, or a day with its time."""

    def __init__(self, question: Question, period: Period) -> None:
        self._question = question
        self._typed = TypedField(f"{question.number} {question.text}", question.type, period)
        super().__init__(question, self._typed)
        self._typed.typed.connect(lambda value: self.answered.emit(Answer(value)))

    def _show_value(self, answer: Answer) -> None:
        self._typed.show_text("" if answer.is_na else answer_text(self._question, answer))


class TextControl(_WithNa):
    """Words. They go to disk when the focus leaves, on Ctrl+Enter, and two seconds after the last keystroke."""

    has_text = True

    def __init__(self, question: Question) -> None:
        self.text = GrowingText(f"{question.number} {question.text}", hint="In your own words; no names")
        super().__init__(question, self.text, below=True)
        self._later = saving_later(self, self.text.commit)
        self.text.textChanged.connect(self._later.touch)
        self.text.committed.connect(lambda text: self.answered.emit(Answer(text) if text.strip() else Answer()))
        self.text.finished.connect(self.finished)
        self.text.left.connect(self.left)

    def show_answer(self, answer: Answer) -> None:
        super().show_answer(answer)
        if not (self.text.hasFocus() or self.unsaved):
            self.text.load(str(answer.value or ""))
            self._later.stop()

    def show_unsaved(self, stored: Answer) -> None:
        # Words are too dear to be taken away: they stay, and are saved at the next chance.
        self.text.keep_unsaved(str(stored.value or ""))

    def take_focus(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        self.text.commit()

    @property
    def unsaved(self) -> bool:
        return self.text.unsaved

    @property
    def words(self) -> str:
        return self.text.toPlainText() if self.unsaved else ""

    def put_words(self, words: str) -> None:
        if words:
            self.text.setPlainText(words)
        else:
            self.text.revert()


def control_for(question: Question, period: Period) -> Control:
    """The control that answers the question."""
    if question.type in (AnswerType.CHOICE, AnswerType.GRADE):
        return KeysControl(question)
    if question.type is AnswerType.CHOICES:
        return ChecksControl(question)
    if question.type is AnswerType.DATE:
        return DateControl(question, period)
    if question.type is AnswerType.TEXT:
        return TextControl(question)
    return TypedControl(question, period)
