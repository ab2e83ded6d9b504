"""The Cycles page: the list, one cycle, the path of a new one, and making the pairs."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.acts import all_views, auditors_here, give_all, head_words
from auditor.desktop.pages.cycles.cases_step import AskFile, ask_for_list
from auditor.desktop.pages.cycles.listing import CycleList
from auditor.desktop.pages.cycles.new_round import NewRound
from auditor.desktop.pages.cycles.no_cycle import no_cycle
from auditor.desktop.pages.cycles.one import OneCycle
from auditor.desktop.pages.cycles.pair_row import ToGive
from auditor.desktop.pages.cycles.pairs import PAIR_KEYS, Pairs
from auditor.desktop.pages.cycles.programme.bar import CYCLES
from auditor.desktop.pages.cycles.programme.host import KEYS as PROGRAMME_KEYS
from auditor.desktop.pages.cycles.programme.host import ProgrammeHost
from auditor.desktop.pages.cycles.programme.planned import Planned
from auditor.desktop.shell.page import Arrangement, Page
from auditor.desktop.theme import polish
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import IconChip
from auditor.desktop.words import many
from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, may
from auditor.domain.template import Template
from auditor.services.cycles import CycleView, GiveAudit
from auditor.services.session import Session

NEW = "new"
_WHY_NOT = "a QA lead or administrator makes cycles"


class CyclesPage(Page):
    """`arrive` takes a cycle's id, "new" or a template for the path of a new cycle, what `ProgrammeHost.takes` of the
    programme, or nothing for the list."""

    page_id, title, icon = "cycles", "Cycles", "cycles"
    kinds = ("cycle", "case", "audit", "person", "plan")

    def __init__(
        self, session: Session, operations: Operations, *,
        today: Callable[[], date] = date.today, ask_file: AskFile = ask_for_list, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(operations, parent)
        self._session = session
        self._may = may(session.actor, Duty.RUN_CYCLES)
        self._views: list[CycleView] = []
        self._cycle_id = ""
        self.list = CycleList(today)
        self.list.opened.connect(self.open_cycle)
        self.one = OneCycle(session, operations, today, may_give=self._may, ask_list=ask_file)
        self.one.change_pair.connect(self._change_pair)
        self.one.go_to.connect(self.go_to)
        self.round = NewRound(session, operations, today, ask_file=ask_file)
        self.round.started.connect(self._started)
        self.round.left.connect(self._leave_path)
        self.round.step_changed.connect(self._say_head)
        self.pairs = Pairs(operations)
        self.pairs.given.connect(self._give)
        self.pairs.left.connect(self._leave_path)
        self.pairs.people_asked.connect(lambda: self.go_to.emit("settings", "people"))
        self._remake_pairs: Callable[[], None] = self._leave_path
        self.empty = no_cycle(may_make=self._may)
        self.empty.chosen.connect(lambda _index: self.begin_new())
        self.programme = ProgrammeHost(session, operations, today)
        self._connect_programme()
        self.stack = QStackedWidget()
        for view in (self.list, self.one, self.round, self.pairs, self.empty, self.programme):
            self.stack.addWidget(view)
        self.content.addWidget(self.programme.bar)
        self.content.addWidget(self.stack, 1)
        self._add_buttons()
        # A form in the drawer has the next thing to do.
        for opened in (self.one.opened, self.programme):
            opened.form_open.connect(lambda is_open: polish(self.main, k="" if is_open else "p"))

    def refresh(self, changes: Changes | None) -> None:
        self.operations.run(lambda: all_views(self._session), on_done=self._show_views, quick=True)
        if self.stack.currentWidget() is self.programme:
            self.programme.refresh()

    def arrive(self, target: object) -> None:
        if target == NEW:
            self.begin_new()
        elif isinstance(target, Template):
            self.begin_new(target.hash)
        elif self.programme.takes(target):
            self._show(self.programme)
        elif isinstance(target, str) and target:
            self.open_cycle(target)
        else:
            self._settle_focus()

    def arrange(self, arrangement: Arrangement) -> None:
        for view in (self.list, self.one, self.round, self.pairs, self.programme):
            view.arrange(arrangement)

    def keys(self) -> list[tuple[str, str]]:
        shown = self.stack.currentWidget()
        if shown is self.pairs:
            return [*PAIR_KEYS, ("Backspace", "back to the cycle")]
        if shown is self.one:
            return [("Enter", "what is known of the case"), ("Backspace", "back to the list")]
        return PROGRAMME_KEYS if shown is self.programme else [("Enter", "open the cycle")]

    def panes(self) -> list[QWidget]:
        if self.stack.currentWidget() is self.one:
            return [self.one.table, self.one.drawer]
        shown = self.programme.panes() if self.stack.currentWidget() is self.programme else [self.stack]
        return [self.programme.bar, *shown]

    def go_back(self) -> bool:
        shown = self.stack.currentWidget()
        if shown is self.round:
            return self.round.go_back()
        if shown is self.pairs:
            self._leave_path()
            return True
        if shown is self.one:
            if not self.one.go_back():
                self._show(self.list)
            return True
        return shown is self.programme and self.programme.go_back()

    def open_cycle(self, cycle_id: str) -> None:
        """Show one cycle."""
        self._cycle_id = cycle_id
        view = self._view()
        if view is not None:
            self.one.show_view(view)
            self._show(self.one)

    def begin_new(self, template_hash: str = "", planned: Planned | None = None) -> None:
        """Start the path of a new cycle, with a template proposed, or for a round of the programme."""
        if self._may:
            self._cycle_id = ""
            self._show(self.round)
            self.round.begin([view.cycle.title for view in self._views], template_hash, planned)

    def _connect_programme(self) -> None:
        self.programme.bar.views.changed.connect(self._change_view)
        self.programme.cycle_asked.connect(self.open_cycle)
        self.programme.start_asked.connect(lambda planned: self.begin_new(planned=planned))
        self.programme.loaded.connect(self._say_head)

    def _change_view(self, view: str) -> None:
        if view == CYCLES:
            self._show(self.list)
        else:
            self.programme.show_view(view)
            self._show(self.programme)

    def _show_views(self, views: list[CycleView]) -> None:
        self._views = views
        self.list.show_views(views)
        view = self._view()
        if view is not None:
            self.one.show_view(view)
        if self.stack.currentWidget() is self.pairs and self.pairs.auditors != auditors_here(self._session):
            self._remake_pairs()
        if self.stack.currentWidget() in (self.list, self.empty):
            self.stack.setCurrentWidget(self.list if views else self.empty)
        self._drop_given_pairs()
        self._say_head()

    def _view(self) -> CycleView | None:
        return next((view for view in self._views if view.cycle.id == self._cycle_id), None)

    def _show(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(self.empty if view is self.list and not self._views else view)
        self._say_head()
        self._settle_focus()

    def _settle_focus(self) -> None:
        shown = self.stack.currentWidget()
        if isinstance(shown, CycleList | OneCycle | NewRound | Pairs | ProgrammeHost):
            shown.arrive()
            if shown is self.one and self.one.table.isHidden() and self._may:
                self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.empty.buttons:
            self.empty.buttons[0].setFocus()

    def _add_buttons(self) -> None:
        self.see = self.header.add_button(Button("See the findings"))
        self.see.clicked.connect(lambda: self.go_to.emit("findings", self._cycle_id))
        self.add = self.header.add_button(Button("Add cases…"))
        self.add.clicked.connect(self._add_cases)
        self.main = self.header.add_button(Button("New cycle…", "p"))
        self.main.clicked.connect(self._do_main)
        self._sample = IconChip("findings", "Sample data")
        self.header.add_chip(self._sample)

    def _say_head(self) -> None:
        shown, view, programme = self.stack.currentWidget(), self._view(), self.programme
        one, planning = shown is self.one and view is not None, shown is programme
        left = len(view.not_given) if view else 0
        programme.follow(planning, in_sight=planning or shown in (self.list, self.empty))
        self._sample.setVisible(bool(one and view and view.cycle.sample))
        self.header.offer(self.see, one and may(self._session.actor, Duty.SEE_FINDINGS))
        self.header.offer(self.add, (one and self._may) or (planning and bool(programme.second_words)))
        give = bool(one and left and self._may)
        self.header.offer(self.main, (shown is self.list) or give or (planning and bool(programme.main_words)))
        self.add.set_text(programme.second_words if planning else "Add cases…")
        if planning:
            self.main.set_text(programme.main_words)
        else:
            self.main.set_text(f"Give out {many(left, 'case')}…" if one else "New cycle…")
        if planning or self._may:
            self.main.unblock()
        else:
            self.main.block(_WHY_NOT)
        page = "new" if shown is self.round else "pairs" if shown is self.pairs else "one" if one else ""
        words = programme.head() if planning else head_words(page, view, self.round.step, len(self._views))
        self.header.set_title(*words)

    def _do_main(self) -> None:
        if self.stack.currentWidget() is self.programme:
            self.programme.do_main()
        elif self.stack.currentWidget() is self.one:
            self._give_out()
        else:
            self.begin_new()

    def _add_cases(self) -> None:
        if self.stack.currentWidget() is self.programme:
            self.programme.do_second()
            return
        self._show(self.round)
        self.round.add_to(self._cycle_id)
        self._say_head()

    def _started(self, cycle_id: str) -> None:
        self._cycle_id = cycle_id
        if self.round.planned:
            self.programme.hold(self.round.planned, cycle_id)
        self.refresh(None)
        self._give_out()

    def _leave_path(self) -> None:
        if self._view() is None:
            self._show(self.programme if self.round.planned else self.list)
        else:
            self.open_cycle(self._cycle_id)

    def _give_out(self) -> None:
        view = self._view()
        if view is not None:
            self._make_pairs([ToGive(case) for case in view.not_given], f"cycle/{view.cycle.id}/pairs")

    def _change_pair(self, case_id: str) -> None:
        view = self._view()
        if view is not None:
            line = next((line for line in view.audits if line.case.id == case_id), None)
            self._make_pairs([ToGive(case, line) for case in view.cases if case.id == case_id], f"case/{case_id}/pair")

    def _make_pairs(self, cases: list[ToGive], place: str) -> None:
        auditors = auditors_here(self._session)
        if not auditors:
            self.operations.messages.refused("Nobody has the role Auditor yet", "add people in Settings first")
            self.go_to.emit("settings", "people")
            return
        self._remake_pairs = lambda: self._make_pairs(cases, place)
        self.pairs.show_cases(cases, auditors, may_add=may(self._session.actor, Duty.KEEP_PEOPLE))
        self.pairs.keep_at(self._session, self.operations, place)
        self._show(self.pairs)

    def _drop_given_pairs(self) -> None:
        """Where giving out ended half way, only what is left is shown again."""
        view = self._view()
        changing = any(row.given_before for row in self.pairs.rows)
        if view is None or self.stack.currentWidget() is not self.pairs or changing:
            return
        left = {case.id for case in view.not_given}
        if left and any(row.case.id not in left for row in self.pairs.rows):
            self._give_out()

    def _give(self, commands: list[GiveAudit]) -> None:
        self.operations.run_long(
            give_all(self._session, commands),
            "Giving out the cases",
            on_done=lambda _changes: self._given(),
            on_failed=self._not_given,
            key="pairs",
        )

    def _given(self) -> None:
        self.pairs.given_out()
        self._leave_path()

    def _not_given(self, error: Exception) -> None:
        self.refresh(None)
        self.pairs.tell(error)
