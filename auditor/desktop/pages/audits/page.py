"""The Audits page: the list of audits, or one of them on the desk."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.audit_list import LIST_KEYS, AuditList, needs_me, next_for_me, what_next
from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.desk_chips import DeskChips, head_words
from auditor.desktop.pages.audits.desk_keys import keys as desk_keys
from auditor.desktop.pages.audits.plans_drawer import OpenedPlan, PlanDrawer
from auditor.desktop.pages.audits.replies_beside import RepliesBeside
from auditor.desktop.pages.audits.sheet.sheet_over import SheetOver
from auditor.desktop.pages.audits.sheet.sheet_view import KEYS as SHEET_KEYS
from auditor.desktop.pages.plan_target import PlanOf
from auditor.desktop.preferences import preferences, pressed_alone
from auditor.desktop.shell.page import Arrangement, Page
from auditor.desktop.theme import polish, theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.domain.audit import Stage
from auditor.domain.changes import Changes
from auditor.services.cycles import AuditLine
from auditor.services.facts_in import lines_with_facts
from auditor.services.session import Session


class AuditsPage(Page):
    """`arrive(audit_id)` opens an audit on the desk; `arrive(None)` goes back to where one was."""

    page_id, title, icon = "audits", "Audits", "audits"
    kinds = ("audit", "action", "cycle", "case")
    low_header = True

    def __init__(self, operations: Operations, session: Session, today: Callable[[], date] = date.today) -> None:
        super().__init__(operations)
        self._session, self._today = session, today
        self._lines: list[AuditLine] = []
        self._arrangement = Arrangement.WIDE
        self.desk: Desk | None = None
        self.chips = DeskChips(self.header)
        self.plan_button = self.header.add_button(Button("Plan…", name="Plan of the audit chosen, P"))
        self.list = AuditList()
        self.list.opened.connect(self._open_line)
        self.drawer = PlanDrawer()
        self._beside = WithDrawer(self.list, self.drawer)
        self.plan = OpenedPlan(session, operations, self._today, self.drawer, self._beside)
        self.plan.done.connect(lambda: self.list.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.plan_button.clicked.connect(self._open_beside)
        self.list.table.picked.connect(lambda line: self.plan.follow(line.audit.id) if line else None)
        self.replies = RepliesBeside(session, operations, self._today, self.list, self._beside)
        for beside in (self.plan, self.replies.opened):
            beside.form_open.connect(self._fill_next)
        self.header.add_button(self.replies.button)
        self._next: Button = self.header.add_button(Button("", "p"))
        self._empty = EmptyState(
            "No audits yet",
            "An audit is one case file read with one template. Audits come from a cycle: cases are added to it and "
            "given to pairs.",
            [Way("cycles", "Go to the cycles", "Give the cases of one to pairs, or set one up · 10 min", "Cycles")],
        )
        self._empty.chosen.connect(lambda _way: self.go_to.emit("cycles", None))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.replies)
        self._stack.addWidget(self._empty)
        self.sheet = SheetOver(session, operations, self._today, self._stack)
        self.sheet.turned.connect(self._sheet_turned)
        self.plan.sheet_asked.connect(self.sheet.open)
        self.content.addWidget(self.sheet, 1)
        self._next.clicked.connect(self._take_next)
        self._next.refused.connect(lambda _reason: self._take_next())
        theme().changed.connect(self._show_head)

    def refresh(self, changes: Changes | None) -> None:
        if self.desk is not None:
            desk = self.desk
            self.operations.run(lambda: desk.refresh(changes), quick=True)
        self.replies.refresh(changes)
        if self.desk is None or changes is None or changes.touches("cycle", "case"):
            self.operations.run(lambda: self._session.ask(lines_with_facts, ""), quick=True, on_done=self._show_lines)

    def arrive(self, target: object) -> None:
        if isinstance(target, PlanOf):
            self._arrive_at_plan(target.audit_id)
        elif isinstance(target, str) and target:
            self.open_audit(target)
        elif self.desk is not None:
            self.desk.focus_question()
        else:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_beside(self) -> None:
        # A head holds three buttons: at the desk this one stands for the sheet, to which the plan leads from the list.
        (self.open_plan if self.desk is None else self.open_sheet)()

    def open_plan(self) -> None:
        """Show the plan of the audit the cursor is on."""
        line = self.list.table.current
        if self.desk is None and line is not None:
            self.operations.run(lambda: self.plan.show(line.audit.id), quick=True)
            first = next(iter(self.drawer.buttons.values()), self.drawer.close_button)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_sheet(self) -> None:
        """Show the answer sheet of the audit on the desk, or of the one the cursor is on."""
        line = self.list.table.current
        if self.desk is not None and self.desk.let_go():
            self.sheet.open(self.desk.state.view.audit.id)
        elif self.desk is None and line is not None:
            self.sheet.open(line.audit.id)

    def open_audit(self, audit_id: str) -> None:
        """Show an audit on the desk."""
        self.sheet.close_if_open()
        if self.desk is not None and self.desk.state.view.audit.id == audit_id:
            self.desk.focus_question()
            return
        if not self.close_desk():
            return
        today = self._today()
        self.operations.run(
            lambda: Desk(self._session, self.operations, audit_id, today), quick=True, on_done=self._show_desk
        )

    def close_desk(self) -> bool:
        """Back to the list; False where the desk stays, because words on it could be put nowhere."""
        if self.desk is None:
            return True
        if not self.desk.leave():
            self.desk.focus_question()
            return False
        desk, self.desk = self.desk, None
        self._stack.removeWidget(desk)
        desk.hide()
        desk.deleteLater()
        self.refresh(None)
        return True

    def go_back(self) -> bool:
        if self.sheet.close_if_open():
            return True
        if self.desk is None and self.replies.close_if_open():
            return True
        if self.desk is None:
            open_drawer = self.drawer.isVisibleTo(self)
            self.drawer.close_drawer()
            return open_drawer
        if self.close_desk():
            self.arrive(None)
        return True

    def leave(self) -> None:
        if self.desk is not None:
            self.desk.leave()

    def arrange(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        self._beside.set_stacked(arrangement is not Arrangement.WIDE)
        self.replies.set_stacked(arrangement is not Arrangement.WIDE)
        self.sheet.view.set_narrow(arrangement is Arrangement.SINGLE)
        if self.desk is not None:
            self.desk.arrange(arrangement)
        self._show_head()

    def keys(self) -> list[tuple[str, str]]:
        return SHEET_KEYS if self.sheet.is_open else desk_keys() if self.desk is not None else LIST_KEYS

    def panes(self) -> list[QWidget]:
        if self.sheet.is_open:
            return [self.header, self.sheet.view]
        return [self.header, *(self.desk.panes() if self.desk is not None else [self.list, self.drawer])]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = pressed_alone(event) and not preferences().mutes(event)
        if alone and self.desk is None and event.key() == Qt.Key.Key_P:
            self.open_plan()
        elif event.key() == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.open_sheet()
        elif alone and self.desk is None and event.key() == Qt.Key.Key_R:
            self.replies.show_current()
        else:
            super().keyPressEvent(event)

    def _arrive_at_plan(self, audit_id: str) -> None:
        """From Home: the list with the plan of this audit beside it."""
        if self.close_desk():
            self._show_lines(self._session.ask(lines_with_facts, ""))
            self.list.table.select(audit_id)
            self.open_plan()

    def _show_desk(self, desk: Desk) -> None:
        self.desk = desk
        desk.changed.connect(self._show_head)
        # Not now: the desk is in the middle of showing what changed.
        desk.reopen.connect(self._reopen, Qt.ConnectionType.QueuedConnection)
        self._stack.addWidget(desk)
        self._stack.setCurrentWidget(desk)
        desk.arrange(self._arrangement)
        desk.drawer.show_question()
        self._show_head()
        if desk.row is not None:
            desk.section_view.reveal(desk.row)
        desk.focus_question()

    def _reopen(self) -> None:
        if self.desk is not None:
            audit_id = self.desk.state.view.audit.id
            if self.close_desk():
                self.open_audit(audit_id)

    def _show_lines(self, lines: list[AuditLine]) -> None:
        self._lines = lines
        self.list.show_lines(lines)
        if self.desk is None:
            self._stack.setCurrentWidget(self.replies if lines else self._empty)
            shown = self.drawer.view if self.drawer.isVisibleTo(self) else None
            if shown is not None:
                self.plan.follow(shown.audit.id)
            self._show_head()

    def _open_line(self, line: AuditLine) -> None:
        if line.stage is Stage.TO_RECONCILE and line.mine is not None:
            self.go_to.emit("reconcile", line.audit.id)
        else:
            self.open_audit(line.audit.id)

    def _take_next(self) -> None:
        """Whatever the one button of the head stands for now."""
        if self.desk is None:
            line = next_for_me(self._lines)
            if line is not None:
                self._open_line(line)
        elif self.desk.state.can_finish:
            self.desk.moves.forms.open_finish()
        else:
            self.go_to.emit("reconcile", self.desk.state.view.audit.id)

    def _sheet_turned(self) -> None:
        self._show_head()
        if not self.sheet.is_open:
            self.arrive(None)

    def _show_head(self) -> None:
        covered, listed = self.sheet.is_open, self.desk is None
        self.chips.show(None if covered else self.desk, self._session.actor.id)
        self.plan_button.set_text("Plan…" if listed else "Answer sheet…")
        self.plan_button.setAccessibleName("Plan of the audit chosen, P" if listed else "Answer sheet in Excel, Ctrl+E")
        at_desk = self.desk is not None and self.desk.state.view.audit.slot_of(self._session.actor.id) is not None
        self.plan_button.setVisible(not covered and (bool(self._lines) if listed else at_desk))
        self.replies.button.setVisible(not covered and listed and self.replies.offers(self.list.table.current))
        if covered:
            self.header.set_title(self.sheet.view.reference, "Answer sheet in Excel")
            self._next.hide()
        elif self.desk is None:
            self._show_list_head()
        else:
            self._show_desk_head(self.desk)

    def _show_list_head(self) -> None:
        waiting, count = sum(map(needs_me, self._lines)), len(self._lines)
        self.header.set_title("Audits", f"{count} audit{'' if count == 1 else 's'}, {waiting} waiting for you")
        line = next_for_me(self._lines)
        if line is not None:
            self._set_next(f"{what_next(line)} · {line.case.reference}")
        else:
            self._next.hide()

    def _show_desk_head(self, desk: Desk) -> None:
        view, state = desk.state.view, desk.state
        self.header.set_title(view.case.reference, head_words(state))
        blanks = len(state.own_blanks)
        if state.can_finish:
            word = "Finish my answers…" if state.blind else "Sign off…"
            still = f"{blanks} question{'' if blanks == 1 else 's'} still blank" if blanks else ""
            why_not = ". ".join(filter(None, (still, state.held_back.blocked)))
            self._set_next(word, why_not)
        elif view.audit.stage is Stage.TO_RECONCILE and state.blind and view.audit.slot_of(self._session.actor.id):
            self._set_next("Agree the answers")
        else:
            self._next.hide()

    def _set_next(self, word: str, blocked: str = "") -> None:
        self._next.set_text(word)
        if blocked:
            self._next.block(blocked)
        else:
            self._next.unblock()
        self._fill_next()
        self._next.show()

    def _fill_next(self) -> None:
        """Filled while it is the next thing to do: not while blocked, and not beside a form that is to be sent."""
        forms = [self.plan.form, self.replies.opened.form, self.desk.moves.forms.banner if self.desk else None]
        polish(self._next, k="" if self._next.reason or any(form is not None for form in forms) else "p")
