"""The programme of the year: its calendar, the shares below it, and the drawer of a round."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.programme.calendar import Calendar, place_of
from auditor.desktop.pages.cycles.programme.offers import Offers
from auditor.desktop.pages.cycles.programme.opened_round import Known, OpenedRound
from auditor.desktop.pages.cycles.programme.shares import Shares
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.desktop.widgets.panel import Scrolled
from auditor.domain.programme_plan import Month, ProgrammeView, RoundLine
from auditor.services.session import Session

_SENTENCE = (
    "The programme says which audits come back in which months, so that everybody sees what is due, what is late and "
    "what was left out for whose reason."
)
_BY_A_LEAD = "A QA lead or administrator plans it."


class ProgrammePane(QWidget):
    """`common_asked` wants the common programme planned in one press."""

    common_asked = Signal()

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], offers: Offers, *, may_plan: bool
    ) -> None:
        super().__init__()
        self._today = today
        self.calendar, self.shares, self.drawer = Calendar(), Shares(), Drawer("Round")
        scrolled = Scrolled(margins=(20, 12, 20, 16), spacing=12)
        scrolled.body.addWidget(self.calendar)
        scrolled.body.addWidget(self.shares)
        self.empty = _empty(may_plan=may_plan)
        self.main = QStackedWidget()
        self.main.addWidget(scrolled)
        self.main.addWidget(self.empty)
        self.both = WithDrawer(self.main, self.drawer)
        self.opened = OpenedRound(session, operations, today, self.both, self.drawer, offers, may_plan=may_plan)
        self.opened.shown.connect(self._mark)
        self.opened.done.connect(self.arrive)
        self.calendar.opened.connect(self.opened.show)
        self.empty.chosen.connect(lambda index: self.opened.plan_new() if index else self.common_asked.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.both)

    def load(self, view: ProgrammeView, known: Known) -> None:
        """Show these months."""
        was = self.main.currentIndex()
        self.main.setCurrentIndex(0 if view.rhythms else 1)
        self.calendar.show_view(view, Month.of(self._today()), known.titles)
        self.shares.show_view(view)
        self.opened.load(view, known)
        if was != self.main.currentIndex() and self.isVisible() and self.opened.form is None:
            self.arrive()

    def open_round(self, place: tuple[str, str]) -> None:
        """Open the drawer on a round, if it is shown."""
        key = next((key for key in self.calendar.keys if key.place == place), None)
        if key is not None:
            self.calendar.focus(place)
            self.opened.show(key.line)

    def arrive(self) -> None:
        """The focus goes to the round that is open, else to the first from this month on."""
        if self.main.currentIndex() == 1:
            if self.empty.buttons:
                self.empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        line = self.opened.line
        if line is None or not self.calendar.focus(place_of(line)):
            self.calendar.arrive(Month.of(self._today()))

    def arrange(self, arrangement: Arrangement) -> None:
        """Fit the parts to the room there is."""
        self.both.set_stacked(arrangement is not Arrangement.WIDE)
        self.shares.set_narrow(arrangement is Arrangement.SINGLE)

    def go_back(self) -> bool:
        """Leave the form or the drawer."""
        if self.opened.form is not None:
            self.opened.leave()
            return True
        if self.drawer.isVisible():
            self.drawer.close_drawer()
            return True
        return False

    def _mark(self, line: RoundLine | None) -> None:
        self.calendar.mark_open(place_of(line) if line else ("", ""))


def _empty(*, may_plan: bool) -> EmptyState:
    if not may_plan:
        return EmptyState("No programme yet", f"{_SENTENCE} {_BY_A_LEAD}")
    ways = [
        Way(
            "cycles",
            "Whole file every second month, a themed cycle between",
            "What many authorities do: plans both, 20 audits a round. Everything can be changed afterwards. One press.",
            "Plan both",
        ),
        Way(
            "edit",
            "A rhythm of our own",
            "Title, template or several in turn, how often, from when, due day. About a minute a round.",
            "Plan a round…",
        ),
    ]
    return EmptyState("No programme yet", _SENTENCE, ways)
