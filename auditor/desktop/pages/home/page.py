"""The Home page: Continue first, then everything that waits, and beside it how the round stands."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.home.beside import BackupLine, Deadline, RoundCard
from auditor.desktop.pages.home.resume_card import ResumeCard
from auditor.desktop.pages.home.waiting_list import WaitingList
from auditor.desktop.pages.home.words import page_for
from auditor.desktop.pages.plan_target import PlanOf, RemarksOn
from auditor.desktop.shell.page import Arrangement, Page
from auditor.desktop.widgets.chip import IconChip
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.desktop.widgets.panel import Scrolled
from auditor.desktop.words import backup_words, full_day
from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, may
from auditor.services.home import HomeView, hats, home
from auditor.services.session import Session
from auditor.services.waiting import Verb, Waiting

if TYPE_CHECKING:
    from auditor.services.workspace import WorkspaceInfo

NEW_CYCLE = "new"
"""What Cycles gets as its target to begin a new round; Settings gets the id of its part."""
_FOOT = "Everything stays encrypted on this computer. Nothing needs the internet."
_SENTENCE = (
    "This workspace has no cycle. A cycle holds audits made together: a template, a sample of cases and the pairs who "
    "read them. {next}"
)


class HomePage(Page):
    """What now? `info` tells about the workspace; `sample_requested` asks for the sample workspace."""

    page_id, title, icon = "home", "Home", "home"
    kinds = ("audit", "action", "cycle", "case", "person", "plan")

    sample_requested = Signal()

    def __init__(
        self,
        session: Session,
        operations: Operations,
        *,
        info: "Callable[[], WorkspaceInfo] | None" = None,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(operations, parent)
        self._session, self._info, self._today = session, info, today
        self.view: HomeView | None = None
        self.empty: EmptyState | None = None
        self.resume: ResumeCard | None = None
        self._sample = IconChip("findings", "Sample data")
        self.header.add_chip(self._sample)
        self._body = Scrolled(margins=(20, 16, 20, 16), spacing=0)
        self._body.body.setAlignment(Qt.AlignmentFlag(0))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.body.addLayout(self._columns)
        self._columns.setSpacing(16)
        self._left, right = QVBoxLayout(), QVBoxLayout()
        self._left.setSpacing(12)
        right.setSpacing(12)
        self.waiting = WaitingList(hats(session.actor))
        self.waiting.chosen.connect(self._carry_out)
        self._left.addWidget(self.waiting, 1)
        self.deadline, self.round, self.backup = Deadline(), RoundCard(), BackupLine()
        self.round.opened.connect(lambda cycle_id: self.go_to.emit("cycles", cycle_id))
        for card in (self.deadline, self.round, self.backup):
            right.addWidget(card)
        right.addStretch(1)
        self._columns.addLayout(self._left, 5)
        self._columns.addLayout(right, 2)
        self.content.addWidget(self._body, 1)

    def refresh(self, changes: Changes | None) -> None:
        self.operations.run(lambda: self._session.ask(home, self._today()), on_done=self._show, quick=True)

    def arrive(self, target: object) -> None:
        # A backup changes nothing that is recorded, so nobody hears of it otherwise.
        self.operations.run(self._show_backup, quick=True)
        stop = self._first_stop()
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, arrangement: Arrangement) -> None:
        narrow = arrangement is Arrangement.SINGLE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if narrow else across)

    def keys(self) -> list[tuple[str, str]]:
        if self.empty is not None:
            return [("1", "to 3: choose a way to begin")]
        return [("Enter", "go on with what has the focus"), ("Up", "and Down: along what waits")]

    def panes(self) -> list[QWidget]:
        return [self.empty] if self.empty is not None else [self._body]

    def _show(self, view: HomeView) -> None:
        self.view = view
        today = self._today()
        self.header.set_facts(full_day(today))
        self._sample.setVisible(bool(view.cycle and view.cycle.cycle.sample))
        self._show_empty(view.empty)
        self._show_resume(view)
        above = view.resume.case.reference if view.resume else ""
        self.waiting.show_rows(view.waiting, today, above=above, filled=not above)
        due = view.next_due or (view.cycle.cycle if view.cycle else None)
        self.deadline.setVisible(due is not None)
        if due is not None:
            self.deadline.show_cycle(due, today)
        self.round.setVisible(view.cycle is not None)
        if view.cycle is not None:
            self.round.show_view(view.cycle)
        self._show_backup()

    def _show_resume(self, view: HomeView) -> None:
        held = self.resume is not None and self.resume.button.hasFocus()
        if self.resume is not None:
            self._left.removeWidget(self.resume)
            self.resume.hide()
            self.resume.deleteLater()
        self.resume = None
        if view.resume is not None:
            self.resume = ResumeCard(view.resume)
            self.resume.resumed.connect(lambda audit_id: self.go_to.emit("audits", audit_id))
            self._left.insertWidget(0, self.resume)
            if held:
                self.resume.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_backup(self) -> None:
        self.backup.setVisible(self._info is not None)
        if self._info is not None:
            self.backup.words.setText(backup_words(self._info().last_backup, datetime.now().astimezone()))

    def _show_empty(self, empty: bool) -> None:
        self._body.setVisible(not empty)
        if empty and self.empty is None:
            self.empty = self._make_empty()
            self.content.addWidget(self.empty, 1)
        elif not empty and self.empty is not None:
            self.content.removeWidget(self.empty)
            self.empty.hide()
            self.empty.deleteLater()
            self.empty = None

    def _make_empty(self) -> EmptyState:
        actor, ways, acts = self._session.actor, [], []
        if may(actor, Duty.RUN_CYCLES):
            note = "Choose a template, take a list of cases, make the pairs. About ten minutes."
            ways.append(Way("cycles", "I am starting a cycle as QA lead", note, "New cycle…"))
            acts.append(lambda: self.go_to.emit("cycles", NEW_CYCLE))
        if may(actor, Duty.KEEP_PEOPLE):
            note = "Auditors, managers and business support, each with a PIN. A minute each."
            ways.append(Way("people", "I am adding my colleagues first", note, "Add people…"))
            acts.append(lambda: self.go_to.emit("settings", "people"))
        note = "Invented cases, labelled as sample data, in a workspace of their own. About a minute."
        ways.append(Way("findings", "I want to look around first", note, "Use sample data"))
        acts.append(self.sample_requested.emit)
        follow = "Choose how to begin." if len(ways) > 1 else "Your QA lead makes one; what is yours appears here."
        made = EmptyState("Nothing waits for you yet", _SENTENCE.format(next=follow), ways, foot=_FOOT)
        made.chosen.connect(lambda index: acts[index]())
        return made

    def _carry_out(self, row: Waiting) -> None:
        wrap = {Verb.DECIDE: PlanOf, Verb.REPLACE: PlanOf, Verb.REMARKS: RemarksOn}.get(row.verb)
        self.go_to.emit(page_for(row.verb), wrap(row.target) if wrap else row.target)

    def _first_stop(self) -> QWidget | None:
        if self.empty is not None:
            return self.empty.buttons[0]
        if self.resume is not None:
            return self.resume.button
        return self.waiting.first() or self.round.button
