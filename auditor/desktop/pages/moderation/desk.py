"""One audit opened for moderation: its questions as the pair answered them, the one in hand, and the judgement."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from auditor.desktop.drafts import Draft
from auditor.desktop.messages import problem_of
from auditor.desktop.operations import Operations
from auditor.desktop.pages.moderation.answer_left import AnswerLeft
from auditor.desktop.pages.moderation.deciding import Deciding
from auditor.desktop.pages.moderation.judgement import Judgement
from auditor.desktop.pages.moderation.tables import question_columns, why_words
from auditor.desktop.preferences import preferences, pressed_alone
from auditor.desktop.replies.drawer import OpenedReplies, RepliesDrawer
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.drawer import NARROWEST, WIDEST, WithDrawer
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import Scrolled
from auditor.desktop.widgets.toggles import Segments
from auditor.domain.changes import Changes
from auditor.domain.template import AnswerType
from auditor.services.moderating import moderate
from auditor.services.moderation_view import Item, ViewQuery, moderation_view
from auditor.services.session import Session

GRADES, DIFFERED, EVERY = "grades", "differed", "all"
KEYS = [
    ("↑ ↓", "question before, after"),
    ("1–9", "leave it with this answer"),
    ("W", "why you change it"),
    ("Q", "quality of the audit"),
    ("R", "replies to the audit"),
    ("Ctrl+Enter", "record what you decided"),
    ("Esc", "out of a text; back to the list"),
]


class ModerationDesk(QWidget):
    """`ended` once the outcome is recorded; `changed` when the head of the page has something new to say."""

    ended = Signal()
    changed = Signal()

    def __init__(self, session: Session, operations: Operations, audit_id: str, today: Callable[[], date]) -> None:
        super().__init__()
        self._session, self._operations = session, operations
        self.view = session.ask(moderation_view, ViewQuery(audit_id, today()))
        self.may = not self.view.found.why_not and self.view.found.waits
        self.deciding = Deciding(self.view, self)
        self._arrangement, self._aside = Arrangement.WIDE, False
        self.segments = Segments("Which questions", self._views())
        self.table: DataTable[Item] = DataTable(
            "Questions",
            question_columns(self.deciding.answer_of, "As you leave it" if self.may else "As it stands"),
            table_id="moderation-questions",
            two_lines=True,
            memory=preferences(),
            key=lambda item: item.question.id,
        )
        self.choice = Combo("Question")
        self.choice.fill_room()
        self.answer = AnswerLeft(self.deciding, may=self.may)
        self.judgement = Judgement(self.deciding)
        self.replies_button = Button("Replies…", "small", name="Replies to the audit, R")
        drawer = RepliesDrawer()
        self._both = WithDrawer(self._work(), drawer)
        self.replies = OpenedReplies(session, operations, today, drawer, self._both)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._both)
        self._connect(drawer)
        if self.may:
            self._draft = Draft(session, operations, f"moderation/{audit_id}", self, {"decision": self.deciding.bound})
        self._fill()

    @property
    def drawer(self) -> RepliesDrawer:
        """The drawer with the replies."""
        return self.replies.drawer

    def focus_question(self) -> None:
        """Put the focus where the keys of this page work."""
        if self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.answer.control is not None and self.answer.control.isVisible():
            self.answer.control.take_focus()
        else:
            self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_question(self, question_id: str) -> None:
        """Show a question, in the list of all where the list shown leaves it out."""
        if not self.table.select(question_id):
            self.segments.set_chosen(EVERY)
            self._fill()
            self.table.select(question_id)
        self._show_item(self.table.current)
        self.set_aside(False)

    def set_aside(self, aside: bool) -> None:
        """Where there is no room for both: whether the judgement takes the place of the questions."""
        self._aside = aside
        self._settle()

    @property
    def aside(self) -> bool:
        """Whether the judgement stands in the place of the questions."""
        return self._aside and self._arrangement is not Arrangement.WIDE

    def arrange(self, arrangement: Arrangement) -> None:
        """Fit the columns to the room there is."""
        self._arrangement = arrangement
        single = arrangement is Arrangement.SINGLE
        self.answer.set_single(single)
        self.table.setVisible(not single)
        self.choice.setVisible(single)
        self._both.set_stacked(arrangement is not Arrangement.WIDE)
        wide = arrangement is Arrangement.WIDE
        self.judgement.setMinimumWidth(WIDEST if wide else NARROWEST)
        self.judgement.setMaximumWidth(WIDEST if wide else 16_777_215)
        self._settle()

    def leave(self) -> None:
        """Put on disk what is half decided."""
        for form in self.findChildren(Draft):
            form.keep()

    def record(self, *, back: bool = False) -> None:
        """Record the outcome, or say in its place why not."""
        command = self.deciding.command(back=back)

        def done(_changes: Changes) -> None:
            self._draft.forget()
            self.ended.emit()

        self._operations.run(
            lambda: self._session.do(moderate, command),
            quick=True,
            on_done=done,
            on_failed=lambda error: self.judgement.show_problem(problem_of(error)),
        )

    def send_back(self) -> None:
        """Return the audit to its pair, once it is said why."""
        if self.deciding.back.strip():
            self.record(back=True)
        else:
            self.judgement.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_replies(self) -> None:
        """Open the replies beside the audit."""
        self.replies.show(self.view.found.line)

    def panes(self) -> list[QWidget]:
        """The parts F6 moves between."""
        return [self._left, self.judgement, self.drawer]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.may:
            self.record()
        elif not (self._alone(event) and self._press(event.text().upper())):
            super().keyPressEvent(event)

    def _alone(self, event: QKeyEvent) -> bool:
        in_field = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        return not in_field and pressed_alone(event) and not preferences().mutes(event)

    def _press(self, key: str) -> bool:
        if key == "R":
            self.show_replies()
        elif not self.may:
            return False
        elif key == "W":
            self.answer.why.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif key == "Q":
            self.set_aside(True)
            self.judgement.take_focus()
        else:
            return key.isdigit() and self.answer.press_digit(int(key))
        return True

    def _views(self) -> list[tuple[str, str]]:
        counts = [(GRADES, "Grades"), (DIFFERED, "Differed"), (EVERY, "All")]
        return [(name, f"{word} {len(self._items(name))}") for name, word in counts]

    def _items(self, which: str) -> list[Item]:
        items, overall = self.view.items, self.view.template.overall_question
        if which == DIFFERED:
            return sorted((item for item in items if item.differed), key=lambda item: -item.distance)
        if which == GRADES:
            grades = [item for item in items if item.question.type is AnswerType.GRADE]
            return sorted(grades, key=lambda item: item.question.id != overall)
        return list(items)

    def _fill(self) -> None:
        items = self._items(self.segments.chosen)
        self.table.set_rows(items)
        self.choice.set_options([(item.question.id, f"{item.question.number}  {item.question.text}") for item in items])
        if self.table.current is None:
            self.table.select_first()
        self._show_item(self.table.current or next(iter(items), None))

    def _show_item(self, item: Item | None) -> None:
        self.answer.setVisible(item is not None)
        if item is not None and item is not self.answer.item:
            self.choice.set_value(item.question.id)
            self.answer.show_item(item)

    def _pick(self, question_id: str) -> None:
        self.table.select(question_id)
        self._show_item(self.table.current)

    def _repaint(self) -> None:
        self.table.viewport().update()

    def _settle(self) -> None:
        wide, out = self._arrangement is Arrangement.WIDE, self.drawer.isVisibleTo(self)
        self._left.setVisible(wide or not self._aside)
        self.judgement.setVisible((wide and not out) or (not wide and self._aside))
        self.changed.emit()

    def _work(self) -> QWidget:
        line = self.view.found
        why = f"Why: {why_words(line)}" if why_words(line) else "Nothing asks for it to be moderated."
        if line.chosen.reason:
            why = f"{why}. {self.view.chosen_by} chose it: {line.chosen.reason}"
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 10, 16, 10)
        head.setSpacing(8)
        words = WrapLabel(why, "caption2")
        head.addWidget(words)
        bar = QHBoxLayout()
        bar.addWidget(self.segments)
        bar.addStretch(1)
        bar.addWidget(self.replies_button)
        head.addLayout(bar)
        head.addWidget(self.choice)
        column.addLayout(head)
        column.addWidget(self.table, 2)
        below = Scrolled(margins=(20, 12, 16, 14), spacing=0)
        below.body.addWidget(self.answer)
        below.body.addStretch(1)
        column.addWidget(below, 3)
        work = QWidget()
        across = QHBoxLayout(work)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._left, 3)
        across.addWidget(self.judgement, 2)
        theme().changed.connect(self._repaint)
        return work

    def _connect(self, drawer: RepliesDrawer) -> None:
        self.segments.changed.connect(lambda _which: self._fill())
        self.table.picked.connect(self._show_item)
        self.table.opened.connect(lambda _item: self._into_control())
        self.choice.picked.connect(self._pick)
        self.replies_button.clicked.connect(self.show_replies)
        self.answer.left.connect(self.focus_question)
        self.answer.done.connect(self.focus_question)
        self.deciding.changed.connect(self._repaint)
        self.deciding.loaded.connect(self.answer.reload)
        self.judgement.recorded.connect(self.record)
        self.judgement.returned.connect(self.send_back)
        self.judgement.jump.connect(self.show_question)
        drawer.closed.connect(self._settle)
        self.replies.shown.connect(self._settle)

    def _into_control(self) -> None:
        if self.may and self.answer.control is not None:
            self.answer.control.take_focus()
