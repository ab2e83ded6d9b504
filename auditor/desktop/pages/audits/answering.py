"""Everything live on the current question: its control, what was refused, a form in place, and its notes."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.forms.action_in_place import ActionForm
from auditor.desktop.messages import Problem
from auditor.desktop.pages.audits.flag_line import FlagLine
from auditor.desktop.pages.audits.notes import Notes
from auditor.desktop.pages.audits.snippet_picker import SnippetPicker
from auditor.desktop.questions.controls import control_for
from auditor.desktop.questions.reasons import Reasons
from auditor.desktop.questions.typed_field import Period
from auditor.desktop.widgets.labels import WrapLabel
from auditor.domain.answers import Entry
from auditor.domain.template import Question

Form = Reasons | ActionForm | SnippetPicker


class Answering(QWidget):
    """Made when a question becomes the current one, gone when it is left."""

    form_closed = Signal()

    def __init__(self, question: Question, entry: Entry, action: bool, period: Period, columns: int) -> None:
        super().__init__()
        self.question = question
        self.control = control_for(question, period)
        self.control.set_columns(columns)
        self.notes = Notes(question.number, stacked=bool(columns))
        self.form: Form | None = None
        self._fault = WrapLabel("", "late")
        self._fault.hide()
        self._remark = WrapLabel("", "caption2")
        self._typed_by = WrapLabel("", "caption")
        self._typed_by.hide()
        self.flag = FlagLine(question.number)
        self._lines = QVBoxLayout(self)
        # The focus ring of the controls needs four pixels at the left.
        self._lines.setContentsMargins(4, 0, 0, 0)
        self._lines.setSpacing(8)
        for widget in (self.control, self._typed_by, self._fault, self._remark, self.flag, self.notes):
            self._lines.addWidget(widget)
        self.control.fault.connect(self.say)
        self.flag.finished.connect(self.control.take_focus)
        self.show_entry(entry, action)

    def show_entry(self, entry: Entry, action: bool) -> None:
        """Show what is on disk."""
        self.control.show_answer(entry.answer)
        self.notes.show_entry(entry, action)
        self.flag.show_words(entry.flag)
        reason = entry.answer.na_reason
        self.remark(f"Not applicable: {reason}" if reason else "")
        if not self.held:
            self._fault.hide()

    @property
    def typed_by(self) -> str:
        """Who gave the answer, as it is said here."""
        return self._typed_by.text()

    def show_typed_by(self, name: str) -> None:
        """Say who gave the answer; nothing where that is plain."""
        self._typed_by.setText(f"Typed by {name}" if name else "")
        self._typed_by.setVisible(bool(name))
        self.updateGeometry()

    def say(self, text: str) -> None:
        """Say in place what cannot be read or was not saved; empty when it is right again."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))
        self.updateGeometry()

    def remark(self, text: str) -> None:
        """Say something that holds nobody up."""
        self._remark.setText(text)
        self._remark.setVisible(bool(text))
        self.updateGeometry()

    def show_failure(self, problem: Problem, entry: Entry) -> None:
        """A save failed: the old answer comes back, words that were typed stay, and it is said here."""
        self.control.show_unsaved(entry.answer)
        self.notes.keep_unsaved(entry)
        self.say(f"Not saved. {problem.message} {problem.remedy}")

    @property
    def faulty(self) -> bool:
        """Whether something is typed that cannot be read."""
        return self.control.faulty

    @property
    def unsaved(self) -> bool:
        """Whether words stand here that could not be put on disk."""
        return self.control.unsaved or self.notes.unsaved

    @property
    def held(self) -> bool:
        """Whether something has to be put right here before the question can be left."""
        return self.unsaved or self.faulty or self.notes.has_gap

    def to_what_holds(self) -> None:
        """Put the focus where it has to be put right."""
        if self.notes.has_gap and not (self.unsaved or self.faulty):
            self.say("A gap of the snippet is still to fill, or to take out.")
            self.notes.to_gap()
        else:
            self.take_focus()

    @property
    def words(self) -> dict[str, str]:
        """What is typed here and stands nowhere else; empty once all of it is on disk."""
        found = {"answer": self.control.words, **self.notes.words}
        return {name: text for name, text in found.items() if text}

    def put_words(self, words: Mapping[str, str]) -> None:
        """Put such words back, as they were when the desk was left."""
        if words.get("answer"):
            self.control.put_words(words["answer"])
        self.notes.put_words(words)

    def take_focus(self) -> None:
        """Put the focus where answering goes on."""
        if self.form is not None:
            self.form.take_focus()
        else:
            self.control.take_focus()

    def open_form(self, form: Form, *, beside_notes: bool = False) -> None:
        """Put a form in place of the notes, or below them, and go there."""
        self.close_form()
        self.form = form
        self._lines.insertWidget(self._lines.count() - (not beside_notes), form)
        self.notes.setVisible(beside_notes)
        form.cancelled.connect(self._cancel)
        form.show()
        form.take_focus()

    def close_form(self) -> None:
        """Take the form away again."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.notes.show()

    def commit(self) -> None:
        """Hand over everything half typed."""
        self.control.commit()
        self.notes.commit()
        self.flag.commit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._lines.totalSizeHint().height())

    def _cancel(self) -> None:
        self.close_form()
        self.control.take_focus()
        self.form_closed.emit()
