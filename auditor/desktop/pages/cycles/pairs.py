"""Making the pairs: who audits each case and how, proposed or filled down, changed by hand, then given out in one
go."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Draft
from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.pair_row import PairRow, ToGive
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Scrolled, Surface, clear, rule
from auditor.desktop.words import many
from auditor.domain.audit import OWN_SLOTS
from auditor.domain.pairing import Proposal
from auditor.domain.roles import Person
from auditor.services.pairing import PairQuery, propose_pairs
from auditor.services.session import Session

PAIR_KEYS = [("Ctrl+P", "propose pairs"), ("Ctrl+D", "repeat this row for every case below")]


class Pairs(QWidget):
    """A row a case. `given(list[GiveAudit])` carries what is complete; `left` goes back without giving out."""

    given = Signal(object)
    left = Signal()
    people_asked = Signal()

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._session: Session | None = None
        self.rows: list[PairRow] = []
        self.auditors: Sequence[Person] = ()
        self._draft: Draft | None = None
        self.propose = Button("Propose pairs", name="Propose pairs for the cases without, Ctrl+P")
        self.propose.clicked.connect(self.propose_pairs)
        self.fill = Button("Fill down", name="Fill down from this case, Ctrl+D")
        self.fill.clicked.connect(self.fill_down)
        self.fill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for keys, act in (("Ctrl+D", self.fill_down), ("Ctrl+P", self.propose_pairs)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        head = Surface("surface", horizontal=True, margins=(20, 10, 20, 10), spacing=12)
        words = (
            "A proposal gives nobody a case of their own team or one they hold, held or manage, shares out evenly, and "
            "mixes partners, grades and services. Change it as you like; Ctrl+D repeats a row below."
        )
        head.body.addWidget(WrapLabel(words, "text2"), 1)
        head.body.addWidget(self.fill)
        head.body.addWidget(self.propose)
        scrolled = Scrolled(margins=(20, 12, 20, 12), spacing=0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for column, stretch in enumerate((2, 1, 2, 2)):
            self._grid.setColumnStretch(column, stretch)
        scrolled.body.addLayout(self._grid)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(0)
        for widget in (head, self._make_alone(), rule()):
            column_layout.addWidget(widget)
        column_layout.addWidget(scrolled, 1)
        column_layout.addWidget(self._make_foot())

    def show_cases(self, cases: Sequence[ToGive], auditors: Sequence[Person], *, may_add: bool = False) -> None:
        """Show these cases; `auditors` are the people who can be chosen, `may_add` who looks may add more."""
        if self._draft is not None:
            self._draft.let_go()
        clear(self._grid)
        self.auditors = auditors
        self._say_who_is_missing(auditors, may_add)
        self.problem.clear()
        for column, title in enumerate(("Case", "How", "First auditor", "Second auditor")):
            self._grid.addWidget(Label(title, "label"), 0, column)
        self.rows = [PairRow(given, auditors) for given in cases]
        for number, row in enumerate(self.rows, start=1):
            about = " · ".join(part for part in (row.case.plan_type, row.case.team) if part)
            name = Label(f"{row.case.reference}   {about}" if about else row.case.reference)
            self._grid.addWidget(name, 2 * number - 1, 0)
            for column, combo in enumerate(row.combos, start=1):
                combo.picked.connect(self._settle)
                self._grid.addWidget(combo, 2 * number - 1, column)
            self._grid.addWidget(row.note, 2 * number, 1, 1, len(row.combos))
        self._settle()

    def keep_at(self, session: Session, operations: Operations, place: str) -> None:
        """Keep what is chosen for the cases shown until it is given out; put back what was left there."""
        fields = {name: combo for row in self.rows for name, combo in row.drafted.items()}
        self._session, self._operations = session, operations
        self._draft = Draft(session, operations, place, self, fields)
        self._draft.offer_throwing_away(self.throw_away)

    def given_out(self) -> None:
        """The complete rows are given out; what is chosen in the others is still to come."""
        if self._draft is not None and all(row.ready for row in self.rows):
            self._draft.forget()

    def arrive(self) -> None:
        """Start at the first case that still needs somebody."""
        row = next((row for row in self.rows if not row.ready), None)
        target = row.first if row else self.give
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, arrangement: Arrangement) -> None:
        """The explanation has no room in one column."""
        self.fill.setVisible(arrangement is not Arrangement.SINGLE)

    def fill_down(self) -> None:
        """Repeat the row with the focus for every case below it."""
        at = self._focused_row()
        if at is None:
            return
        model = self.rows[at]
        for row in self.rows[at + 1 :]:
            row.set(model.mode.value, model.first.value, model.second.value)
        self._settle()

    def propose_pairs(self) -> None:
        """Propose auditors for every case that has none yet; what is chosen stays."""
        session = self._session
        open_rows = [row for row in self.rows if not row.ready]
        if session is None or not open_rows:
            return
        query = PairQuery(
            open_rows[0].case.cycle_id,
            tuple(row.case.id for row in open_rows),
            frozenset(row.case.id for row in open_rows if row.single),
            {row.case.id: row.chosen for row in self.rows if row.ready},
        )
        self._operations.run(
            lambda: session.ask(propose_pairs, query),
            on_done=self._take_proposals,
            on_failed=self.tell,
            busy_text="Proposing pairs",
            key="propose",
        )

    def _take_proposals(self, made: Sequence[Proposal]) -> None:
        by_case = {one.case_id: one for one in made}
        for row in self.rows:
            if row.case.id in by_case and not row.ready:
                row.take(by_case[row.case.id])
        self._settle()
        self.arrive()

    def tell(self, error: Exception) -> None:
        """Show why giving out stopped."""
        self.problem.tell(error)

    def _make_alone(self) -> Surface:
        line = Surface("surface", horizontal=True, margins=(20, 0, 20, 10), spacing=12)
        self.alone = WrapLabel("", "text2")
        self.to_people = Button("Add auditors", "link")
        self.to_people.clicked.connect(self.people_asked)
        line.body.addWidget(self.alone, 1)
        line.body.addWidget(self.to_people)
        self._missing = line
        return line

    def _say_who_is_missing(self, auditors: Sequence[Person], may_add: bool) -> None:
        self._missing.setVisible(len(auditors) < len(OWN_SLOTS))
        names = " and ".join(person.name for person in auditors)
        self.alone.setText(
            f"Only {names} can audit so far, and a pair is two people. Auditors are added under Settings > People."
        )
        self.to_people.setVisible(may_add)

    def _make_foot(self) -> Surface:
        foot = Surface("foot", margins=(20, 12, 20, 12), spacing=10)
        self.problem = InlineProblem()
        self.why = ReasonLine("", "")
        line = Surface("surface", horizontal=True, spacing=12)
        self.ready = Label("", "h3")
        self.give, later = Button("Give out", "p"), Button("Later")
        self.throw_away = Button("Throw away", "quiet", name="Throw away the pairs chosen here")
        self.throw_away.clicked.connect(self.left)
        self.give.clicked.connect(self._give)
        later.clicked.connect(self.left)
        line.body.addWidget(self.ready)
        line.body.addWidget(self.why, 1)
        line.body.addWidget(self.throw_away)
        line.body.addWidget(later)
        line.body.addWidget(self.give)
        foot.body.addWidget(self.problem)
        foot.body.addWidget(line)
        return foot

    def _settle(self) -> None:
        for row in self.rows:
            row.settle()
        ready = sum(1 for row in self.rows if row.ready)
        self.ready.setText(f"{ready} of {len(self.rows)} ready")
        self.give.set_text(f"Give out {many(ready, 'case')}")
        twice = next((row for row in self.rows if not row.single and row.first.value == row.second.value != ""), None)
        if ready:
            self.give.unblock()
        else:
            self.give.block("no case has its auditors yet")
        self.why.setVisible(twice is not None or not ready)
        if twice is not None:
            self.why.set_reason(f"{twice.case.reference}:", "a pair is two different people.")
        else:
            self.why.set_reason("Nothing to give out yet:", "blind and joint audits need two people, single ones one.")

    def _give(self) -> None:
        self.given.emit([row.command for row in self.rows if row.ready])

    def _focused_row(self) -> int | None:
        focused = QApplication.focusWidget()
        return next((number for number, row in enumerate(self.rows) if focused in row.combos), None)
