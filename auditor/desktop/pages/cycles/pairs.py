"""Making the pairs: who audits each case and how, filled down or shared out evenly, then given out in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Bound, Draft
from auditor.desktop.operations import Operations
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Scrolled, Surface, clear, rule
from auditor.desktop.words import MODES, many
from auditor.domain.audit import OWN_SLOTS, Mode, Slot
from auditor.domain.programme import Case
from auditor.domain.roles import Person
from auditor.services.cycles import AuditLine, GiveAudit
from auditor.services.session import Session

_LISTS = ("mode", "first", "second")
_NOBODY = ("", "Choose…")
_MODES = [(mode.value, MODES[mode][1]) for mode in Mode]


@dataclass(frozen=True, slots=True)
class ToGive:
    """A case to give out, with the audit as it was given before, if it was."""

    case: Case
    line: AuditLine | None = None


class PairRow:
    """The three lists of one case: how, first and second auditor."""

    def __init__(self, given: ToGive, auditors: Sequence[Person]) -> None:
        self.case, self.given_before = given.case, given.line is not None
        reference = given.case.reference
        people = [_NOBODY, *((person.id, person.name) for person in auditors)]
        self.mode = Combo(f"{reference}, how", _MODES)
        self.first = Combo(f"{reference}, first auditor", people)
        self.second = Combo(f"{reference}, second auditor", people)
        if given.line is not None:
            audit = given.line.audit
            self.set(audit.mode.value, audit.auditors.get(Slot.A, ""), audit.auditors.get(Slot.B, ""))

    @property
    def combos(self) -> tuple[Combo, Combo, Combo]:
        return (self.mode, self.first, self.second)

    @property
    def drafted(self) -> dict[str, QWidget | Bound]:
        """The lists as a draft holds them."""
        return {f"{self.case.id}/{name}": combo for name, combo in zip(_LISTS, self.combos, strict=True)}

    @property
    def single(self) -> bool:
        return self.mode.value == Mode.SINGLE.value

    @property
    def ready(self) -> bool:
        """Whether the right number of different people is chosen."""
        if self.single:
            return bool(self.first.value)
        return bool(self.first.value and self.second.value and self.first.value != self.second.value)

    @property
    def command(self) -> GiveAudit:
        """What giving this case out says."""
        second = "" if self.single else self.second.value
        return GiveAudit(self.case.id, Mode(self.mode.value), self.first.value, second)

    def set(self, mode: str, first: str, second: str) -> None:
        """Choose all three."""
        for combo, value in zip(self.combos, (mode, first, second), strict=True):
            combo.set_value(value)
        self.settle()

    def settle(self) -> None:
        """A single audit has no second auditor."""
        self.second.setEnabled(not self.single)


class Pairs(QWidget):
    """A row a case. `given(list[GiveAudit])` carries what is complete; `left` goes back without giving out."""

    given = Signal(object)
    left = Signal()
    people_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[PairRow] = []
        self.auditors: Sequence[Person] = ()
        self._draft: Draft | None = None
        self.share = Button("Share out evenly")
        self.share.clicked.connect(self.share_out)
        self.fill = Button("Fill down", name="Fill down from this case, Ctrl+D")
        self.fill.clicked.connect(self.fill_down)
        self.fill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shortcut = QShortcut(QKeySequence("Ctrl+D"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.fill_down)
        head = Surface("surface", horizontal=True, margins=(20, 10, 20, 10), spacing=12)
        words = "Choose how each case is audited and by whom. Ctrl+D repeats a row for every case below it."
        head.body.addWidget(WrapLabel(words, "text2"), 1)
        head.body.addWidget(self.fill)
        head.body.addWidget(self.share)
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
            self._grid.addWidget(name, number, 0)
            for column, combo in enumerate(row.combos, start=1):
                combo.picked.connect(self._settle)
                self._grid.addWidget(combo, number, column)
        self._settle()

    def keep_at(self, session: Session, operations: Operations, place: str) -> None:
        """Keep what is chosen for the cases shown until it is given out; put back what was left there."""
        fields = {name: combo for row in self.rows for name, combo in row.drafted.items()}
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

    def share_out(self) -> None:
        """Give the cases to all auditors in turn, so that everybody has about as many; what is chosen stays."""
        people = [person.id for person in self.auditors]
        if not people:
            return
        turn = 0
        for row in self.rows:
            if row.ready:
                continue
            first, second = people[turn % len(people)], people[(turn + 1) % len(people)]
            row.set(row.mode.value, first, "" if row.single else second)
            turn += 1 if row.single else 2
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
