"""The editor of a draft: the list of its parts, the form of one of them, and the checks beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.models.draft_rows import draft_rows, find, section_holding
from auditor.desktop.operations import Operations
from auditor.desktop.pages.templates.editor.adding import Adding
from auditor.desktop.pages.templates.editor.check_pane import CheckPane
from auditor.desktop.pages.templates.editor.part_form import PartForm
from auditor.desktop.pages.templates.editor.part_list import PartList
from auditor.desktop.pages.templates.editor.publishing import PublishBar
from auditor.desktop.pages.templates.editor.state import DraftState
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import theme
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.toggles import Segments
from auditor.domain.changes import Changes
from auditor.services.draft_parts import question_order
from auditor.services.session import Session
from auditor.services.template_drafts import PublishDraft, discard_draft, publish_draft

LIST_WIDTH, CHECKS_WIDTH = 300, 312
_ANY_WIDTH = 16_777_215
LIST, FORM, CHECKS = "list", "form", "checks"
KEYS = [
    ("Up, Down", "Go from part to part of the draft"),
    ("Enter", "Change the part; on a check: go to what it is about"),
    ("/", "Search the draft by number or words"),
    ("Ctrl+Enter", "Save the text now"),
    ("Ctrl+Z", "Undo; Ctrl+Y: do again"),
    ("Alt+Up", "Move the question up; Alt+Down: down"),
    ("Esc", "Back to the list, then to the templates"),
]
"""The keys, for F1."""


class TemplateEditor(QWidget):
    """Changes one draft. `closed(hash)` when it is published (its hash) or dropped (nothing)."""

    closed = Signal(str)

    def __init__(self, session: Session, operations: Operations, draft_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._operations = session, operations
        self.state = DraftState(session, operations, draft_id, self)
        self.list = PartList()
        self.form = PartForm(self.state)
        self.checks = CheckPane(self.state)
        self.bar = PublishBar(self.state)
        self.shown = Segments("What to show", ((LIST, "Questions"), (FORM, "Form"), (CHECKS, "Checks, publish")))
        self.middle = QStackedWidget()
        self.middle.addWidget(self.form)
        self.adding = Adding(self.state, self.middle, self.form)
        self._wide, self._single = True, False
        self._lay_out()
        self._connect()
        self.form.show_part(*self.form.at)
        self._fill_list()
        self.state.judge_soon()

    @property
    def title(self) -> str:
        """What the head of the page says."""
        return f"Draft of {self.state.form.card.title}"

    def arrive(self) -> None:
        """Put the focus where work goes on."""
        self._show(LIST)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, arrangement: Arrangement) -> None:
        """All three side by side, or one at a time."""
        self._wide = arrangement is Arrangement.WIDE
        self._switch.setVisible(not self._wide)
        self._single = arrangement is Arrangement.SINGLE
        self.bar.set_narrow(self._single)
        self.list.set_narrow(self._single)
        self._fit()
        self._show(self.shown.chosen)

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self._switch, self.list, self.middle, self.checks, self.bar]

    def leave(self) -> None:
        """Put on disk what is being typed."""
        self.form.commit()

    def close_editor(self) -> None:
        """The editor is done with: save what is typed and hear of nothing any more."""
        self.leave()
        self.state.leave()

    def go_back(self) -> bool:
        """From a form or a check to the list; False where the list has the focus already."""
        if self.adding.leave():
            return True
        focused = QApplication.focusWidget()
        if focused is None or self.list.isAncestorOf(focused):
            return False
        self.arrive()
        return True

    def go(self, part: str, one: str, key: str = "") -> None:
        """Open a part, the focus in the field of that key."""
        self.adding.leave()
        if (part, one) == self.form.at or self.form.show_part(part, one):
            self.list.go((part, one))
            self._show(FORM)
            self.form.focus_field(key)

    def press(self, key: str) -> bool:
        """Single keys, outside of fields."""
        if key == "/":
            self._show(LIST)
            self.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.list.search.selectAll()
        return key == "/"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Undo):
            self.state.undo()
        elif event.matches(QKeySequence.StandardKey.Redo) or (ctrl and event.key() == Qt.Key.Key_Y):
            self.state.redo()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._switch = Surface("side", horizontal=True, margins=(20, 8, 20, 8))
        self._switch.body.addWidget(self.shown)
        self._switch.body.addStretch(1)
        self._right = Surface("drawer")
        self._right.body.addWidget(self.checks)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.list)
        line.addWidget(self.middle, 1)
        line.addWidget(self._right)
        column.addWidget(self._switch)
        column.addLayout(line, 1)
        column.addWidget(self.bar)
        theme().changed.connect(self._fit)
        self._fit()
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            # A list takes such keys for itself before a page hears of them.
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=step: self._move(by))

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.list.adding.connect(self.adding.begin)
        self.adding.begun.connect(lambda: self._show(FORM))
        self.adding.added.connect(self.go)
        self.form.moved.connect(self._move)
        self.form.removed.connect(self._remove)
        self.form.left.connect(self.arrive)
        self.checks.wanted.connect(self.go)
        self.checks.taken_back.connect(self._take_back)
        self.checks.left_out.connect(self._leave_out)
        self.bar.published.connect(self._publish)
        self.bar.dropped.connect(self._drop)
        self.shown.changed.connect(self._show)
        self.state.changed.connect(self._changed)
        self.state.judged.connect(self._judged)
        self.state.went.connect(self.go)

    def _choose(self, part: str, one: str) -> None:
        self.adding.leave()
        if (part, one) != self.form.at:
            self.form.show_part(part, one)
            self.form.verticalScrollBar().setValue(0)

    def _open(self) -> None:
        self._show(FORM)
        self.form.focus_field()

    def _changed(self, refill: bool) -> None:
        if refill or find(self.state.form.plain, *self.form.at) is None:
            self._refill()
        self._fill_list()
        self.checks.show_changes()
        self.bar.show_state()

    def _refill(self) -> None:
        inside = QApplication.focusWidget()
        within = inside is not None and self.form.isAncestorOf(inside)
        if not self.form.show_part(*self.form.at):
            self.form.show_part("form", str(self.state.form.plain["id"]))
        if within:
            self.form.focus_field()

    def _judged(self) -> None:
        self._fill_list()
        self.checks.show_found()
        self.bar.show_state()

    def _fill_list(self) -> None:
        self.list.load(draft_rows(self.state.form, self.state.found), self.form.at)

    def _move(self, step: int) -> None:
        part, one = self.form.at
        if part != "question":
            return
        section = section_holding(self.state.form.plain, one)
        order = question_order(self.state.form.plain, section)
        at = order.index(one)
        if 0 <= at + step < len(order):
            order.insert(at + step, order.pop(at))
            self.state.edit({f"section/{section}/order": order}, f"{one} moved", self.form.at)

    def _remove(self) -> None:
        part, one = self.form.at
        following = self.list.following((part, one))
        if self.state.edit({f"{part}/{one}/removed": True}, f"{one} removed", (part, one)):
            self.form.show_part(*following)
            self.arrive()
            self.list.go(self.form.at)

    def _take_back(self, key: str) -> None:
        self.state.edit({key: None}, "A change was taken back", self.form.at, refill=True)

    def _leave_out(self, key: str) -> None:
        self.state.edit({key: True}, f"{key.split('/')[1]} was left out", self.form.at)

    def _publish(self, version: str) -> None:
        self.leave()
        self.bar.problem.clear()
        command = PublishDraft(self.state.draft_id, version)
        self._operations.run(
            lambda: self._session.do(publish_draft, command),
            on_done=self._published,
            on_failed=self.bar.problem.tell,
            busy_text="Publishing the template",
            key=f"publish/{self.state.draft_id}",
        )

    def _published(self, changes: Changes) -> None:
        self.state.leave()
        self.closed.emit(changes.made)

    def _drop(self) -> None:
        self._operations.run(
            lambda: self._session.do(discard_draft, self.state.draft_id),
            quick=True,
            on_done=lambda _changes: self.closed.emit(""),
            on_failed=self.bar.problem.tell,
        )

    def _show(self, which: str) -> None:
        self.shown.set_chosen(which)
        for name, widget in ((LIST, self.list), (FORM, self.middle), (CHECKS, self._right)):
            widget.setVisible(self._wide or name == which)
        # Large text leaves room for one thing at a time.
        self.bar.setVisible(not self._single or which == CHECKS)

    def _fit(self) -> None:
        for widget, px in ((self.list, LIST_WIDTH), (self._right, CHECKS_WIDTH)):
            wide = theme().px(px)
            widget.setMinimumWidth(wide if self._wide else 0)
            widget.setMaximumWidth(wide if self._wide else _ANY_WIDTH)
