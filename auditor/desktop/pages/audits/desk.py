"""The desk: one audit shown section by section, with one question live at a time."""

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.drafts import Draft
from auditor.desktop.messages import Problem
from auditor.desktop.operations import Operations
from auditor.desktop.pages.audits.answering import Answering
from auditor.desktop.pages.audits.desk_drawer import DeskDrawer
from auditor.desktop.pages.audits.desk_keys import DeskKeys
from auditor.desktop.pages.audits.desk_moves import DeskMoves
from auditor.desktop.pages.audits.desk_refresh import DeskRefresh
from auditor.desktop.pages.audits.desk_state import DeskState
from auditor.desktop.pages.audits.feedback.line import FeedbackLine
from auditor.desktop.pages.audits.kept_words import KeptWords
from auditor.desktop.pages.audits.moving import MovingLine
from auditor.desktop.pages.audits.question_row import QuestionRow
from auditor.desktop.pages.audits.recorder import Recorder
from auditor.desktop.pages.audits.section_head import SectionHead
from auditor.desktop.pages.audits.section_list import SectionList
from auditor.desktop.pages.audits.section_view import SectionView
from auditor.desktop.pages.audits.sitting import Sitting
from auditor.desktop.pages.audits.standing import Standing
from auditor.desktop.shell.page import Arrangement
from auditor.domain.changes import Changes
from auditor.services.session import Session

_COLUMNS_AT_LARGE_TEXT = 2


class Desk(QWidget):
    """Three columns: sections, questions, guidance. `changed` when the head of the page has something new to say;
    `reopen` when the audit was finished and has to be shown anew."""

    changed = Signal()
    reopen = Signal()

    def __init__(self, session: Session, operations: Operations, audit_id: str, today: date) -> None:
        super().__init__()
        self.session, self.operations, self.today = session, operations, today
        self.state = DeskState(session, audit_id, today)
        self.recorder = Recorder(session, operations, lambda: self.state.view, self)
        self.refreshing = DeskRefresh(self)
        self.moves = DeskMoves(self)
        self.drawer = DeskDrawer(self)
        self._kept = KeptWords(session, operations, audit_id)
        self._keys = DeskKeys(self.moves)
        self._views: dict[str, SectionView] = {}
        self._stale: set[str] = set()
        self._row: QuestionRow | None = None
        self._section_id = ""
        self.arrangement = Arrangement.WIDE
        self.sitting = Sitting(self)
        # After the layouts have settled, the current question is brought back into sight.
        self._in_sight = QTimer(self)
        self._in_sight.setSingleShot(True)
        self._in_sight.timeout.connect(self._bring_into_sight)
        self.list, self.head, self.guidance = SectionList(), SectionHead(), self.drawer.guidance
        self.stack = QStackedWidget()
        self.banner = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.list.show_sections(self.state.sections)
        self._show_progress()
        self._begin()

    @property
    def row(self) -> QuestionRow | None:
        """The row of the current question."""
        return self._row

    @property
    def live(self) -> Answering | None:
        """The controls of the current question, where it can be answered."""
        live = self._row.live if self._row else None
        return live if isinstance(live, Answering) else None

    @property
    def section_view(self) -> SectionView:
        """The section shown."""
        return self._views[self._section_id]

    @property
    def section_id(self) -> str:
        return self._section_id

    def show_question(self, question_id: str, *, focus: bool = True, keep_at: int | None = None) -> None:
        """Make this the current question; `keep_at` keeps its top at that height, under the mouse."""
        self.moves.stop_dwell()
        if not question_id:
            self.show_section(self.state.sections[0].id if self.state.sections else "")
            return
        if not self.let_go():
            return
        if self._row is not None:
            self._row.set_now(False)
        self.show_section(self.state.section_of(question_id).id)
        view = self.section_view
        row = self._row = view.row(question_id)
        if row is None:
            return
        row.set_now(True, self._answering(row) if self.state.is_open(row.question) else None)
        view.reveal(row, keep_at=keep_at)
        self._in_sight.start()
        self.drawer.follow()
        if focus:
            self.focus_question()

    def show_section(self, section_id: str) -> None:
        """Show a section, building it if it was not shown before."""
        section = next((known for known in self.state.sections if known.id == section_id), None)
        if section is None or section_id == self._section_id:
            return
        self._section_id = section_id
        self.sitting.turn_to(section_id)
        view = self._views.get(section_id)
        if view is None:
            view = self._views[section_id] = SectionView(self.state.content(section), self._keys.press)
            view.pressed.connect(self.moves.press_row)
            view.grew.connect(self._in_sight.start)
            view.folded.connect(self.moves.after_fold)
            self.stack.addWidget(view)
        elif section_id in self._stale:
            view.show_content(self.state.content(section))
        self._stale.discard(section_id)
        view.set_single(self._single)
        view.set_only_blank(self.head.filter.isChecked())
        view.set_only_flagged(self.head.flagged.isChecked())
        self.stack.setCurrentWidget(view)
        self.list.set_current(section_id)
        self.head.show_section(section)

    def focus_question(self) -> None:
        """Put the focus where the current question is answered."""
        if self.live is not None:
            self.live.take_focus()
        elif self._row is not None:
            self._row.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> bool:
        """Put what is half typed on disk; False, with the focus there, where it cannot be saved or read."""
        self.leave_question()
        if self.live is None or not self.live.held:
            self._kept.keep(self.live)
            return True
        if self.isVisible():
            self.live.to_what_holds()
        return False

    def leave_question(self) -> None:
        """Put what is half typed on disk."""
        if self.live is not None:
            self.live.commit()

    def leave(self) -> bool:
        """Put everything on disk before the desk goes: what is recorded nowhere else, and half-filled forms.

        False where words would be lost even so.
        """
        self.leave_question()
        self.sitting.record()
        for form in self.findChildren(Draft):
            form.keep()
        return self._kept.keep(self.live)

    def refresh(self, changes: Changes | None) -> None:
        """Show what is on disk now."""
        self.refreshing.ask(changes)

    def arrange(self, arrangement: Arrangement) -> None:
        """Fit the columns to the room there is."""
        changed = (arrangement is Arrangement.SINGLE) != self._single
        self.arrangement = arrangement
        self.drawer.arrange(arrangement)
        self.list.setVisible(not self._single)
        self.head.set_narrow(guidance=arrangement is not Arrangement.WIDE, single=self._single)
        self.head.show_progress(self.state)
        for view in self._views.values():
            view.set_single(self._single)
        if changed and self._row is not None:
            self.show_question(self._row.question.id, focus=self.isAncestorOf(QApplication.focusWidget() or self))

    def give_way(self, away: bool) -> None:
        """Make room for the drawer: the sections go, or at large text the question; or come back."""
        self._middle.setHidden(away and self._single)
        self.list.setHidden(away or self._single)

    def panes(self) -> list[QWidget]:
        """The parts F6 moves between; the middle one leads back to the current question."""
        middle = self._row if self._row is not None else self.stack
        return [self.list, self.head, middle, self.guidance]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sitting.begin()
        self.drawer.show_question()
        self.drawer.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._in_sight.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.sitting.end()
        self.leave_question()
        self.drawer.end()

    def _begin(self) -> None:
        known = {question.id for question in self.state.in_order}
        left = self._kept.question_id
        self.show_question(left if left in known else self.state.start, focus=False)
        self._kept.put_back(self.live)

    def _answering(self, row: QuestionRow) -> Answering:
        cycle = self.state.view.cycle
        columns = _COLUMNS_AT_LARGE_TEXT if self._single else 0
        question_id, entry = row.question.id, self.state.entry(row.question.id)
        period = (cycle.period_start, cycle.period_end)
        live = Answering(row.question, entry, question_id in self.state.with_action, period, columns)
        live.show_typed_by(self.state.view.typed_by.get(question_id, ""))
        live.notes.offer_flag(self.state.may_flag)
        self.moves.connect_live(live)
        return live

    def _show_failure(self, question_id: str, problem: Problem) -> None:
        if self.live is not None and self.live.question.id == question_id:
            self.live.show_failure(problem, self.state.entry(question_id))

    def _bring_into_sight(self) -> None:
        if self._row is not None and self._row.isVisible():
            self.section_view.reveal(self._row)

    def show_contents(self) -> None:
        """Show the section, and how far everything is, as it stands now."""
        self._stale = set(self._views)
        section = next((known for known in self.state.sections if known.id == self._section_id), None)
        if section is not None:
            self.section_view.show_content(self.state.content(section))
        self._stale.discard(self._section_id)
        self._show_progress()

    def _show_progress(self) -> None:
        state = self.state
        self.list.show_progress(state)
        self.head.show_progress(state)
        self.head.show_flags(any(entry.flag is not None for entry in state.view.entries.values()))
        self.guidance.show_actions(state.actions)
        self.drawer.show_checks()
        self.changed.emit()

    def _set_only_flagged(self, only: bool) -> None:
        self.section_view.set_only_flagged(only)
        self.moves.after_fold()

    def _set_only_blank(self, only: bool) -> None:
        self.section_view.set_only_blank(only)
        self.moves.after_fold()

    @property
    def _single(self) -> bool:
        return self.arrangement is Arrangement.SINGLE

    def _lay_out(self) -> None:
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        self.moving, self.feedback = MovingLine(self), FeedbackLine(self)
        for told in (Standing(self.state, self.session, self.operations), self.moving, self.feedback):
            column.addWidget(told)
        self.banner.setContentsMargins(16, 0, 16, 8)
        column.addLayout(self.banner)
        column.addWidget(self.stack, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.list)
        line.addWidget(self._middle, 1)
        line.addWidget(self.guidance)

    def _connect(self) -> None:
        self.list.chosen.connect(self.moves.open_section)
        self.head.chosen.connect(self.moves.open_section)
        self.head.only_blank.connect(self._set_only_blank)
        self.head.only_flagged.connect(self._set_only_flagged)
        self.head.drawer_asked.connect(self.drawer.open)
        self.drawer.checked.connect(self.show_contents)
        self.recorder.failed.connect(self._show_failure)
        self.recorder.taken_back.connect(self.show_question)
