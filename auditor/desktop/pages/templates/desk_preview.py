"""A template as its auditors will see it: the desk's own rows and controls. What is answered here is thrown away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.pages.audits.answering import Answering
from auditor.desktop.pages.audits.question_row import QuestionRow
from auditor.desktop.pages.audits.row_painting import Zone
from auditor.desktop.pages.audits.section_view import SectionContent, SectionView
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.words import many
from auditor.domain.answers import Answer, Entry, Facet
from auditor.domain.template import Question, Section, Template

_TRIED = "tried out in the preview"
_PERIOD_DAYS = 182


class DeskPreview(QWidget):
    """Every section with its questions; answers only live as long as the preview. `left` when it is closed."""

    left = Signal()
    question_opened = Signal(object)
    """The question that became the current one."""
    guidance_asked = Signal(object)
    """The question whose guidance and rules are wanted."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._template: Template | None = None
        self._entries: dict[str, Entry] = {}
        self._section: Section | None = None
        self._view: SectionView | None = None
        self.row: QuestionRow | None = None
        self._columns = 0
        self.heading = Label("As the auditor will see it", "h2")
        self.note = WrapLabel("", "caption")
        self.sections = Combo("Section")
        self.sections.fill_room()
        self.close_button = Button("Close the preview", name="Close the preview, Esc")
        self.guidance_button = Button("Guidance", name="Guidance and rules of this question")
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head, words, line = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        head.setContentsMargins(20, 10, 20, 10)
        head.setSpacing(8)
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.note)
        line.setSpacing(10)
        line.addWidget(self.sections, 1)
        line.addWidget(self.guidance_button)
        line.addWidget(self.close_button)
        head.addLayout(words)
        head.addLayout(line)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        self.sections.picked.connect(self.show_section)
        self.close_button.clicked.connect(self.left)
        self.guidance_button.clicked.connect(self._ask_for_guidance)

    @property
    def live(self) -> Answering | None:
        """The controls of the current question."""
        live = self.row.live if self.row is not None else None
        return live if isinstance(live, Answering) else None

    def begin(self, template: Template) -> None:
        """Show the first section of a template that asks anything, with nothing answered."""
        self._template, self._entries = template, {}
        asking = [section for section in template.sections if any(question.asked for question in section.questions)]
        self.note.setText("Try it: nothing of what you answer here is kept.")
        self.sections.set_options(
            [
                (one.id, f"{one.number}  {one.title} · {many(sum(q.asked for q in one.questions), 'question')}")
                for one in asking
            ]
        )
        if asking:
            self.show_section(asking[0].id)

    def show_section(self, section_id: str) -> None:
        """Show a section at its first question."""
        assert self._template is not None
        self._section = next(one for one in self._template.sections if one.id == section_id)
        self.sections.set_value(section_id)
        old, self.row = self._view, None
        self._view = SectionView(self._content(), self._key)
        self._view.pressed.connect(self._pressed)
        self._stack.addWidget(self._view)
        self._stack.setCurrentWidget(self._view)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._view.set_single(bool(self._columns))
        if self._view.rows:
            self._go_to(self._view.rows[0])

    def set_narrow(self, narrow: bool) -> None:
        """One question at a time, its keys in a grid, as the desk does where the text is large."""
        self._columns = 2 if narrow else 0
        self.heading.setVisible(not narrow)
        if self._view is not None:
            self._view.set_single(narrow)
            if self.row is not None:
                self._go_to(self.row, focus=False)

    def step(self, by: int) -> None:
        """To the question after (1) or before (-1), within the section."""
        rows = self._view.shown_rows() if self._view is not None else []
        at = rows.index(self.row) + by if self.row in rows else 0
        if 0 <= at < len(rows):
            self._go_to(rows[at])

    def step_section(self, by: int) -> None:
        """To the section after (1) or before (-1)."""
        at = self.sections.currentIndex() + by
        if 0 <= at < self.sections.count():
            self.show_section(str(self.sections.itemData(at)))

    def _ask_for_guidance(self) -> None:
        if self.row is not None:
            self.guidance_asked.emit(self.row.question)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
        sections = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in sections:
            self.step_section(sections[key])
        elif key in steps and not event.modifiers() and not typing:
            self.step(steps[key])
        else:
            return False
        return True

    def _pressed(self, row: QuestionRow, zone: Zone | None) -> None:
        self._go_to(row)
        if zone is not None and zone.kind == "key":
            self._answer(row.question, Answer(na_reason=_TRIED) if zone.name == "na" else Answer(zone.name))

    def _go_to(self, row: QuestionRow, *, focus: bool = True) -> None:
        assert self._view is not None
        if self.row is not None:
            self.row.set_now(False)
        self.row = row
        live = self._answering(row.question)
        row.set_now(True, live)
        self._view.reveal(row)
        self.question_opened.emit(row.question)
        if focus:
            live.control.take_focus()

    def _answering(self, question: Question) -> Answering:
        until = self._today()
        entry = self._entries.get(question.id, Entry())
        live = Answering(question, entry, False, (until - timedelta(_PERIOD_DAYS), until), self._columns)
        live.control.answered.connect(lambda answer: self._answer(question, answer))
        live.control.na_requested.connect(lambda: self._answer(question, Answer(na_reason=_TRIED)))
        live.control.typed_through.connect(lambda: self.step(1))
        live.control.finished.connect(lambda: self.step(1))
        live.control.left.connect(live.control.take_focus)
        live.notes.noted.connect(lambda facet, text: self._noted(question, facet, text))
        live.notes.good_practice_asked.connect(lambda: self._praise(question))
        live.notes.finished.connect(lambda: self.step(1))
        live.notes.left.connect(live.control.take_focus)
        live.notes.action_asked.connect(lambda: live.remark("Actions are raised in an audit, not in the preview."))
        return live

    def _answer(self, question: Question, answer: Answer) -> None:
        self._put(question, replace(self._entries.get(question.id, Entry()), answer=answer))

    def _noted(self, question: Question, facet: Facet, text: str) -> None:
        entry = self._entries.get(question.id, Entry())
        self._put(question, replace(entry, comment=text) if facet is Facet.COMMENT else replace(entry, location=text))

    def _praise(self, question: Question) -> None:
        entry = self._entries.get(question.id, Entry())
        self._put(question, replace(entry, good_practice=not entry.good_practice))

    def _put(self, question: Question, entry: Entry) -> None:
        self._entries[question.id] = entry
        if self._view is not None:
            self._view.show_content(self._content())
        if self.live is not None and self.live.question is question:
            self.live.show_entry(entry, False)

    def _content(self) -> SectionContent:
        assert self._section is not None
        asked = tuple(
            sorted((one for one in self._section.questions if one.asked), key=lambda question: not question.is_fact)
        )
        ids = frozenset(question.id for question in asked)
        fixed = tuple((one, "worked out by the program") for one in self._section.questions if not one.asked)
        return SectionContent(asked, fixed, self._entries, frozenset(), ids, ids)
