"""Builds a variant: sections, themes or questions to tick, what narrows them all, and its title."""

import json
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Bound, Draft
from auditor.desktop.models.tick_rows import (
    FACTS,
    History,
    built_words,
    flip_question,
    flip_section,
    flip_theme,
    question_rows,
    section_rows,
    theme_rows,
    ticks_from,
    ticks_plain,
    with_needs,
)
from auditor.desktop.operations import Operations
from auditor.desktop.pages.templates.building.narrowing import Narrowing
from auditor.desktop.pages.templates.building.tick_list import TickHead, TickList
from auditor.desktop.pages.templates.building.ways import Ways
from auditor.desktop.pages.templates.contents import SearchLine
from auditor.desktop.widgets.fields import Field, LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.toggles import Segments, Toggle
from auditor.domain.errors import AuditorError
from auditor.domain.template import Template
from auditor.services.session import Session
from auditor.services.template_building import Builder, Built, Named, Stopped, Ticks, named

SECTIONS, THEMES, QUESTIONS = "sections", "themes", "questions"
_THEMES_HINT = "Tick themes to take their questions only; none ticked takes them all."


class BuilderView(QWidget):
    """`built(Built)` at every tick; `keep_asked`, `save_asked`, `draft_asked` with what is to be kept; `left` at the
    end."""

    built = Signal(object)
    keep_asked = Signal(object)
    save_asked = Signal(object)
    draft_asked = Signal(object)
    question_opened = Signal(str)
    left = Signal()

    def __init__(self, session: Session, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._operations = session, operations
        self._builder: Builder | None = None
        self._draft: Draft | None = None
        self._history = History()
        self.ticks = Ticks(frozenset())
        self.now: Built | None = None
        self.heading = Label("", "h2")
        self._note = WrapLabel("", "caption")
        self.segments = Segments("What to tick", ((SECTIONS, "Sections"), (THEMES, "Themes"), (QUESTIONS, "Questions")))
        self.narrowing = Narrowing()
        self.search = SearchLine("Search the questions by number or words", hint="Such as 22.1, or risk")
        self.head, self.list = TickHead(), TickList("To tick")
        self.totals, self.split = WrapLabel("", "h3"), Label("", "caption")
        self.title = LineEdit("Title of the variant", hint="Such as Neglect, spring")
        self.title_field = Field("Title of the variant", self.title)
        self.about = Toggle("Title and limits")
        self._narrow = False
        self.ways = Ways()
        self.throw_away, self.leave, self.save = self.ways.throw_away, self.ways.leave, self.ways.save
        self.draft_button, self.keep = self.ways.draft, self.ways.keep
        self._changes = _Changed(self)
        self._lay_out()
        self._connect()

    def begin(self, builder: Builder, template: Template) -> None:
        """Start from what a template takes, or from what was left half built there."""
        if self._draft is not None:
            self._draft.let_go()
        self._builder = builder
        self._history = History()
        self.narrowing.set_labels(builder)
        self.ways.offer(self._session, builder)
        self.heading.setText(f"A variant of {builder.master.title}")
        self._note.setText(
            f"Starts from {template.title}. Selects from the master and never copies, so results add up."
        )
        self.title.clear()
        self.title_field.fault("")
        self._set(builder.ticks_like(template))
        ticks = Bound(lambda: json.dumps(ticks_plain(self.ticks)), self._put_back, self._changes.changed)
        place = f"variant/{builder.master.id}/{template.id}"
        fields: dict[str, QWidget | Bound] = {"ticks": ticks, "title": self.title}
        self._draft = Draft(self._session, self._operations, place, self, fields)
        self._draft.offer_throwing_away(self.throw_away)
        self.list.select_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def whole(self) -> Template:
        """The master that is built from."""
        assert self._builder is not None
        return self._builder.whole

    def done(self) -> None:
        """The variant is kept: nothing of it is half built any more."""
        if self._draft is not None:
            self._draft.forget()
            self._draft = None

    def start_search(self) -> None:
        """Go to the search among the questions."""
        self._choose(QUESTIONS)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def need(self, stopped: Stopped) -> None:
        """Take what a rule cannot run without."""
        self.change(with_needs(self.ticks, stopped))

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what has no room in one column."""
        ways = QBoxLayout.Direction
        self._note.setVisible(not narrow)
        self.split.setVisible(not narrow)
        self.heading.setVisible(not narrow)
        self._end.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._narrow = narrow
        # Large text leaves no room for the rows and what is said of them all: one or the other is in sight.
        self.about.setVisible(narrow)
        (self._middle if narrow else self._end).insertWidget(0, self.title_field, 0 if narrow else 1)
        self._show_about(self.about.isChecked())
        self._show_rows()

    def change(self, ticks: Ticks) -> None:
        """Tick something; Ctrl+Z takes it back."""
        if ticks != self.ticks:
            self._history.went(self.ticks)
            self._set(ticks)
            self._operations.messages.done(self.totals.text(), "Ctrl+Z takes it back")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self._set(self._history.back(self.ticks))
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._set(self._history.forward(self.ticks))
        else:
            super().keyPressEvent(event)

    def _set(self, ticks: Ticks) -> None:
        assert self._builder is not None
        self.ticks = ticks
        self.now = self._builder.look(ticks)
        self.narrowing.show_ticks(ticks)
        self._show_rows()
        effort = self.now.effort
        self.totals.setText(built_words(self.now))
        self.split.setText(f"{effort.facts} facts · {effort.judgements} judgements")
        self.built.emit(self.now)
        self._changes.changed.emit()

    def _show_rows(self) -> None:
        if self._builder is None or self.now is None:
            return
        shown = self.segments.chosen
        if shown == SECTIONS:
            self.head.say("Section", FACTS)
            self.list.load(section_rows(self._builder, self.ticks, self.now))
        elif shown == THEMES:
            self.head.say(_THEMES_HINT, ("Questions",))
            self.list.load(theme_rows(self.ticks, self.now))
        else:
            self.head.say("Question", ("Kind",))
            self.list.load(question_rows(self._builder, self.now, self.search.text()))

    def _flip(self, one: str) -> None:
        assert self._builder is not None and self.now is not None
        shown = self.segments.chosen
        if shown == SECTIONS:
            self.change(flip_section(self._builder, self.ticks, one))
        elif shown == THEMES:
            self.change(flip_theme(self.ticks, one))
        else:
            self.change(flip_question(self._builder, self.ticks, self.now, one))

    def _choose(self, view: str) -> None:
        self.segments.set_chosen(view)
        self._show_about(False)
        self._show_rows()

    def _show_about(self, about: bool) -> None:
        self.about.set_on(about)
        shown = about or not self._narrow
        self.narrowing.setVisible(shown)
        self.title_field.setVisible(shown)
        rows = not about or not self._narrow
        for widget in (self.head, self.list):
            widget.setVisible(rows)
        self.search.setVisible(rows and self.segments.chosen == QUESTIONS)
        self._filler.setVisible(not rows)

    def _open(self, one: str) -> None:
        if self.segments.chosen == QUESTIONS:
            self.question_opened.emit(one)
        else:
            self._flip(one)

    def _put_back(self, text: str) -> None:
        try:
            plain = json.loads(text)
        except ValueError:
            return
        if isinstance(plain, dict):
            self.change(ticks_from(plain, self.ticks))

    def _named(self) -> Named | None:
        assert self._builder is not None
        self.title_field.fault("")
        try:
            return named(self._builder, self.title.text())
        except AuditorError as error:
            self._show_about(self._narrow)
            self.title_field.fault(f"{error.message} {error.remedy}")
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)
            return None

    def _ask(self, signal: SignalInstance) -> None:
        name = self._named()
        if name is not None:
            signal.emit((self._builder, self.ticks, name))

    def _connect(self) -> None:
        self.segments.changed.connect(self._choose)
        self.search.textChanged.connect(lambda _text: self._show_rows())
        self.search.go_on.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.ticked.connect(self._flip)
        self.list.opened.connect(self._open)
        self.about.clicked.connect(lambda: self._show_about(not self.about.isChecked()))
        self.narrowing.narrowed.connect(lambda changes: self.change(replace(self.ticks, **changes)))
        self.title.returnPressed.connect(self.keep.click)
        self.keep.clicked.connect(lambda: self._ask(self.keep_asked))
        self.save.clicked.connect(lambda: self._ask(self.save_asked))
        self.draft_button.clicked.connect(lambda: self._ask(self.draft_asked))
        self.leave.clicked.connect(self.left)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(20, 10, 20, 8)
        top.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self._note)
        top.addLayout(words, 1)
        for widget in (self.segments, self.about):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self._middle = QVBoxLayout()
        self._middle.setContentsMargins(16, 0, 16, 0)
        column.addLayout(self._middle)
        column.addWidget(self.narrowing)
        found = QHBoxLayout()
        found.setContentsMargins(20, 0, 20, 6)
        found.addWidget(self.search)
        column.addLayout(found)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        self._filler = QWidget()
        column.addWidget(self._filler, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = Surface("foot", margins=(20, 10, 20, 10), spacing=6)
        line = QHBoxLayout()
        line.addWidget(self.totals, 1)
        line.addWidget(self.split)
        foot.body.addLayout(line)
        self._end = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._end.setSpacing(8)
        self._end.addWidget(self.ways)
        foot.body.addLayout(self._end)
        return foot


class _Changed(QObject):
    """Tells the draft that something is ticked."""

    changed = Signal()
