"""What hands do at the desk: answer and go on, move about, undo."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from auditor.desktop.pages.audits.answering import Answering
from auditor.desktop.pages.audits.desk_forms import DeskForms
from auditor.desktop.pages.audits.desk_snippets import open_snippets
from auditor.desktop.pages.audits.question_row import QuestionRow
from auditor.desktop.pages.audits.row_painting import Zone
from auditor.domain.answers import Answer
from auditor.domain.template import Question

if TYPE_CHECKING:
    from auditor.desktop.pages.audits.desk import Desk

DWELL_MS = 150
"""How long an answer typed by digit stands before the desk goes on: the eye sees it land."""

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_GOING_ON = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
"""Keys that go on themselves: from the question the eye is at, not from the one after."""


class DeskMoves(QObject):
    """The acts of one desk; keys and mouse come here alike."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self.forms = DeskForms(desk, self)
        self._saved = False
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(DWELL_MS)
        self._dwell.timeout.connect(self._go_on)

    @property
    def in_question(self) -> bool:
        """Whether the focus is in the current question: only there may a single key touch it."""
        row, focused = self._desk.row, QApplication.focusWidget()
        return row is not None and focused is not None and (row is focused or row.isAncestorOf(focused))

    def connect_live(self, live: Answering) -> None:
        """Listen to the controls of a question."""
        live.control.answered.connect(lambda answer: self.record(live.question, answer))
        live.control.typed_through.connect(self.linger)
        live.control.finished.connect(self.finish_text)
        live.control.na_requested.connect(self.open_na)
        live.control.left.connect(self.to_question)
        live.notes.noted.connect(lambda facet, text: self._desk.recorder.note(live.question, facet, text))
        live.notes.good_practice_asked.connect(self.toggle_good_practice)
        live.notes.action_asked.connect(self.open_action)
        live.notes.flag_asked.connect(self.toggle_flag)
        live.flag.worded.connect(lambda words: self._desk.recorder.flag(live.question, words))
        live.notes.snippets_asked.connect(self.open_snippets)
        live.notes.finished.connect(self.finish_text)
        live.notes.left.connect(self._desk.focus_question)

    def press_row(self, row: QuestionRow, zone: Zone | None) -> None:
        """The mouse pressed something of a question at rest."""
        desk = self._desk
        if row is not desk.row:
            desk.show_question(row.question.id, keep_at=desk.section_view.top_of(row))
        else:
            desk.focus_question()
        if row is not desk.row or zone is None or desk.live is None or zone.kind == "value":
            return
        if zone.kind == "sign":
            opens = {"comment": self.open_comment, "location": self.open_location, "action": self.open_action}
            opens.get(zone.name, self.toggle_good_practice)()
        elif zone.name == "na":
            self.open_na()
        else:
            self.record(row.question, Answer(zone.name))

    def step(self, by: int) -> None:
        """To the question after (1) or before (-1), over the edge of the section too."""
        beside = self._beside(by) if self._desk.let_go() else None
        if beside is not None:
            self._desk.show_question(beside.id)

    def _beside(self, by: int) -> Question | None:
        """The question after (1) or before (-1) the current one; None at the end of the audit."""
        desk = self._desk
        rows = desk.section_view.shown_rows()
        at = next((number for number, row in enumerate(rows) if row is desk.row), None)
        if at is not None and 0 <= at + by < len(rows):
            return rows[at + by].question
        order = [question for question in desk.state.in_order if self._on_the_way(question)]
        ids = [question.id for question in order]
        current = desk.row.question.id if desk.row else ""
        beyond = ids.index(current) + by if current in ids else 0
        return order[beyond] if 0 <= beyond < len(order) else None

    def _on_the_way(self, question: Question) -> bool:
        """Whether walking through the questions comes by; sections that are not for the case are passed over."""
        state = self._desk.state
        section = state.section_of(question.id).id
        return section == self._desk.section_id or section not in state.left_out

    def step_section(self, by: int) -> None:
        """To the section after (1) or before (-1) that is for this case."""
        desk = self._desk
        out = desk.state.left_out.keys() - {desk.section_id}
        sections = [section.id for section in desk.state.sections if section.id not in out]
        at = sections.index(self._desk.section_id) + by
        if 0 <= at < len(sections):
            self.open_section(sections[at])

    def open_section(self, section_id: str) -> None:
        """Show a section at its first blank, else at its first question."""
        desk = self._desk
        if not desk.let_go():
            return
        section = next(known for known in desk.state.sections if known.id == section_id)
        questions = desk.state.questions(section)
        needed = (question for question in questions if desk.state.is_needed(question))
        blank = next((question for question in needed if not desk.state.view.is_answered(question)), None)
        first = blank or next((question for question in questions if not question.is_fact), None)
        if first or questions:
            desk.show_question((first or questions[0]).id)
        else:
            desk.show_section(section_id)

    def to_blank(self, by: int) -> None:
        """To the next blank, or the one before."""
        desk = self._desk
        found = desk.state.blank_from(desk.row.question.id if desk.row else "", by)
        if found is None:
            desk.operations.messages.done("No blank is left", "every question is answered")
        else:
            desk.show_question(found.id)

    def to_last_answer(self) -> None:
        """Back to the question answered last."""
        last = self._desk.recorder.last_answered or self._desk.state.view.last_question
        if last and self._desk.row is not None and last != self._desk.row.question.id:
            self._desk.show_question(last)
        else:
            self.step(-1)

    def after_fold(self) -> None:
        """Facts were folded or the filter set: a current question out of sight gives way to the first in sight."""
        desk = self._desk
        rows = [row for row in desk.section_view.shown_rows() if not row.isHidden()]
        if rows and (desk.row is None or desk.row.isHidden()):
            desk.show_question(rows[0].question.id, focus=False)

    def to_question(self) -> None:
        """Out of a text: the row itself takes the focus, so that single keys work."""
        self._desk.leave_question()
        if self._desk.row is not None:
            self._desk.row.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_text(self) -> None:
        """The text is finished: on to the next question."""
        self.step(1)

    def open_comment(self) -> None:
        if self._desk.live is not None:
            self._desk.live.notes.open_comment()

    def open_location(self) -> None:
        if self._desk.live is not None:
            self._desk.live.notes.open_location()

    def toggle_good_practice(self) -> None:
        desk = self._desk
        if desk.live is not None:
            question = desk.live.question
            desk.recorder.good_practice(question, not desk.state.entry(question.id).good_practice)

    def toggle_flag(self) -> None:
        """Flag the question for discussion and ask what about, or take the flag back."""
        desk = self._desk
        if desk.live is None or not desk.state.may_flag:
            return
        question = desk.live.question
        flagged = desk.state.entry(question.id).flag is not None
        if desk.recorder.flag(question, None if flagged else "") and not flagged:
            desk.live.flag.take_focus()

    def clear_answer(self) -> None:
        """Take the answer out; a comment stays."""
        if self._desk.live is not None:
            self.record(self._desk.live.question, Answer())

    def press_digit(self, digit: int) -> None:
        """A digit while the question itself has the focus: its control takes it. One that the control has seen and has
        no answer for is nobody's."""
        live, before = self._desk.live, QApplication.focusWidget()
        if live is not None and not (before is not None and live.isAncestorOf(before)):
            live.take_focus()
            focused = QApplication.focusWidget()
            if focused is not None and focused is not before:
                key = Qt.Key(Qt.Key.Key_0 + digit)
                press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, str(digit))
                QApplication.sendEvent(focused, press)

    def open_na(self) -> None:
        self.forms.open_na()

    def open_section_na(self) -> None:
        self.forms.open_section_na()

    def open_action(self) -> None:
        self.forms.open_action()

    def open_snippets(self) -> None:
        open_snippets(self._desk)

    def open_versions(self) -> None:
        self._desk.moving.open()

    def open_feedback(self) -> None:
        """Say that the current question is unclear."""
        self._desk.feedback.open(self._desk.row.question.id if self._desk.row else "")

    def open_finder(self) -> None:
        self.forms.open_finder()

    def undo(self) -> None:
        self._desk.leave_question()
        self._desk.recorder.undo()

    def redo(self) -> None:
        self._desk.recorder.redo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While an answer stands for the eye, the next key already belongs to the next question."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.stop_dwell()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MODIFIERS or event.isAutoRepeat():
                return False
            if event.key() in _GOING_ON:
                self.stop_dwell()
                return False
            self._go_on()
            focused = QApplication.focusWidget()
            if isinstance(watched, QWidget) and focused is not None and watched is not focused:
                QApplication.sendEvent(focused, event)
                return True
        return False

    def record(self, question: Question, answer: Answer) -> bool:
        """Put an answer on disk; False where that failed."""
        self._saved = self._desk.recorder.answer(question, answer)
        return self._saved

    def linger(self) -> None:
        """Let the eye see the answer, then go on; nothing happens where it was not saved."""
        app = QApplication.instance()
        if self._saved and app is not None:
            self._dwell.start()
            app.installEventFilter(self)

    def stop_dwell(self) -> None:
        """Somebody goes elsewhere by hand: do not go on by itself."""
        app = QApplication.instance()
        self._dwell.stop()
        if app is not None:
            app.removeEventFilter(self)

    def _go_on(self) -> None:
        """Go on where the next question is blank; on one that is answered the next digit would write over it."""
        self.stop_dwell()
        self._desk.refreshing.settle()
        beside = self._beside(1)
        if beside is not None and not self._desk.state.view.is_answered(beside):
            self.step(1)
