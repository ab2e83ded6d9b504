"""The programme and the framework on the Cycles page: what is asked, which months, and what the page needs to know."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.programme.bar import CYCLES, FRAMEWORK, PROGRAMME, ProgrammeBar
from auditor.desktop.pages.cycles.programme.framework_view import FrameworkPane
from auditor.desktop.pages.cycles.programme.offers import Offers
from auditor.desktop.pages.cycles.programme.opened_round import Known
from auditor.desktop.pages.cycles.programme.planned import Planned, planned
from auditor.desktop.pages.cycles.programme.programme_view import ProgrammePane
from auditor.desktop.preferences import preferences
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.words import many
from auditor.domain.programme_plan import Month, common_programme
from auditor.domain.roles import Duty, Role, may
from auditor.services import programme_plan as plan
from auditor.services.cycles import all_cycles
from auditor.services.people import everybody
from auditor.services.qa_framework import FrameworkQuery, framework_view
from auditor.services.session import Session

MONTHS, BEFORE, STEP = 12, 3, 6
_USUAL_TARGET = 20
_THEMES = frozenset({
    "supervision-oversight", "child-protection", "child-in-need", "children-in-care", "chronology-recording",
    "equality-voice",
})  # fmt: skip
"""What the common programme takes in turn: a year of themes."""
KEYS = [
    ("Enter", "open the round, or the area in that month"),
    ("Arrows", "along the rounds or cells"),
    ("E", "and L: earlier, later months; T: this month"),
    ("N", "plan a round, or record evidence"),
]


class ProgrammeHost(QWidget):
    """Holds both views and the bar that switches. `start_asked(Planned)`, `cycle_asked(cycle_id)`."""

    start_asked = Signal(object)
    cycle_asked = Signal(str)
    form_open = Signal(bool)
    loaded = Signal()
    """What the page's head says may be different now."""

    def __init__(self, session: Session, operations: Operations, today: Callable[[], date]) -> None:
        super().__init__()
        self._session, self._operations, self._today = session, operations, today
        actor = session.actor
        self.may_plan, self.sees = may(actor, Duty.RUN_CYCLES), may(actor, Duty.SEE_FINDINGS)
        self.may_record = self.sees and (self.may_plan or actor.has(Role.MANAGER))
        self.first = Month.of(today()).plus(-BEFORE)
        self._facts = {PROGRAMME: "", FRAMEWORK: ""}
        self.bar = ProgrammeBar(sees_framework=self.sees)
        self.bar.moved.connect(self.turn)
        self.offers = Offers(session, operations, self)
        self.programme = ProgrammePane(session, operations, today, self.offers, may_plan=self.may_plan)
        self.framework = FrameworkPane(
            session, operations, today, may_plan=self.may_plan and self.sees, may_record=self.may_record
        )
        self._stack = QStackedWidget()
        for pane in (self.programme, self.framework):
            self._stack.addWidget(pane)
            pane.opened.form_open.connect(self.form_open)
        self.programme.opened.start_asked.connect(lambda line: self.start_asked.emit(planned(line)))
        self.programme.opened.cycle_asked.connect(self.cycle_asked)
        self.programme.common_asked.connect(lambda: self.offers.when_there(self._plan_common))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @property
    def view(self) -> str:
        """Which of the two is shown."""
        return PROGRAMME if self._stack.currentWidget() is self.programme else FRAMEWORK

    @property
    def _pane(self) -> ProgrammePane | FrameworkPane:
        return self.programme if self.view == PROGRAMME else self.framework

    def show_view(self, view: str) -> None:
        """Show one of the two, fresh."""
        self._stack.setCurrentWidget(self.framework if view == FRAMEWORK and self.sees else self.programme)
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what is shown."""
        self.bar.show_months(self.first, MONTHS)
        self._operations.run(self._load, quick=True)
        self.loaded.emit()

    def takes(self, target: object) -> bool:
        """Show what a target names, `round/<rhythm>/<month>` or `gap/<area>/<month>`; False where it names neither."""
        kind, _, rest = target.partition("/") if isinstance(target, str) else ("", "", "")
        one, _, month = rest.partition("/")
        if target in (PROGRAMME, FRAMEWORK):
            self.show_view(str(target))
        elif kind in ("round", "gap") and month:
            wanted = Month.parse(month)
            if not 0 <= self.first.until(wanted) < MONTHS:
                self.first = wanted.plus(-BEFORE)
            self.show_view(PROGRAMME if kind == "round" else FRAMEWORK)
            if kind == "round":
                self.programme.open_round((one, month))
            else:
                self.framework.open_spot((one, wanted))
        else:
            return False
        return True

    def turn(self, steps: int) -> None:
        """Half a year earlier (-1) or later (1); 0 is back to now."""
        self.first = self.first.plus(steps * STEP) if steps else Month.of(self._today()).plus(-BEFORE)
        self.refresh()

    @property
    def main_words(self) -> str:
        """The word on the page's filled button; nothing where there is nothing to do, or the way is shown below."""
        if self._pane.main.currentIndex() == 1:
            return ""
        if self.view == PROGRAMME:
            return "Plan a round…" if self.may_plan else ""
        return "Record evidence…" if self.may_record else ""

    @property
    def second_words(self) -> str:
        """The word on an ordinary button beside it."""
        if self._pane.main.currentIndex() == 1 or not self.may_plan:
            return ""
        return "Target of a month…" if self.view == PROGRAMME else "Add a service area…"

    def do_main(self) -> None:
        """What the filled button does."""
        if self.view == PROGRAMME:
            self.programme.opened.plan_new()
        else:
            self.framework.record()

    def do_second(self) -> None:
        """What the ordinary button does."""
        if self.view == PROGRAMME:
            self.programme.opened.set_target()
        else:
            self.framework.opened.add_area()

    def follow(self, planning: bool, *, in_sight: bool) -> None:
        """Let the bar say what the page shows: one of the two views, the cycles, or nothing it switches between."""
        self.bar.setVisible(in_sight)
        self.bar.follow(self.view if planning else CYCLES)

    def head(self) -> tuple[str, str]:
        """Title and facts for the page's head."""
        return ("Programme" if self.view == PROGRAMME else "Framework"), self._facts[self.view]

    def hold(self, what: Planned, cycle_id: str) -> None:
        """The cycle that was started is the one for the round."""
        command = plan.HoldRound(what.rhythm_id, what.month, cycle_id)
        self._operations.run(lambda: self._session.do(plan.hold_round, command), quick=True)

    def arrive(self) -> None:
        """The focus goes where work goes on."""
        self._pane.arrive()

    def arrange(self, arrangement: Arrangement) -> None:
        """Fit the parts to the room there is."""
        for part in (self.bar, self.programme, self.framework):
            part.arrange(arrangement)

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self._pane.main, self._pane.drawer]

    def go_back(self) -> bool:
        """Leave a form or the drawer."""
        return self._pane.go_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_E: lambda: self.turn(-1),
            Qt.Key.Key_L: lambda: self.turn(1),
            Qt.Key.Key_T: lambda: self.turn(0),
        }
        # A tick or a list of a form that is being filled in leaves letters to the page: this one would take its place.
        if self.main_words and self._pane.opened.form is None:
            acts[Qt.Key.Key_N] = self.do_main
        act = acts.get(event.key())
        if act is None or event.modifiers() or preferences().mutes(event):
            super().keyPressEvent(event)
        else:
            act()

    def _load(self) -> None:
        if self.view != PROGRAMME:
            self._load_framework()
            return
        self._load_programme()
        if not self.offers.there:
            self.offers.when_there(self._name_templates)

    def _name_templates(self) -> None:
        if self.view == PROGRAMME:
            self._operations.run(self._load_programme, quick=True)

    def _load_programme(self) -> None:
        ask, today = self._session.ask, self._today()
        view = ask(plan.programme_view, plan.ProgrammeQuery(self.first, MONTHS, today))
        held = ask(plan.held_cycles, None)
        free = [cycle for cycle in ask(all_cycles, None) if cycle.id not in held]
        self.programme.load(view, Known(self.offers.options, free))
        late = f"{many(len(view.late), 'round')} late" if view.late else "no round late"
        rounds = many(sum(len(month.rounds) for month in view.months), "round")
        self._facts[PROGRAMME] = f"{rounds} in these months, {late}" if view.rhythms else ""

    def _load_framework(self) -> None:
        ask = self._session.ask
        found = ask(framework_view, FrameworkQuery(self.first, MONTHS))
        teams = {person.team for person in ask(everybody, None)} | set(ask(plan.teams_of_cases, None))
        placed = {team for area in found.areas for team in area.teams}
        self.framework.load(found, sorted(teams - placed - {""}))
        self._facts[FRAMEWORK] = many(len(found.areas), "service area") if found.areas else ""

    def _plan_common(self) -> None:
        offered = tuple(one for one, _ in self.offers.options)
        whole = "whole-file" if "whole-file" in offered else offered[0]
        themed = tuple(one for one in offered if one in _THEMES)
        month = Month.of(self._today())
        rhythms = common_programme(whole, themed or (whole,), month.plus(1), _USUAL_TARGET)
        command = plan.KeepRhythms(rhythms, offered)
        self._operations.run(lambda: self._session.do(plan.keep_rhythms, command), quick=True)
