"""The round that is open in the drawer: what it is, where it stands, and what a lead can do about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication

from auditor.desktop.dates import show_date
from auditor.desktop.forms.foot import Acts, in_pairs
from auditor.desktop.forms.form_in_drawer import FormInDrawer
from auditor.desktop.forms.inline_form import InlineForm, Options
from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.programme.calendar import place_of
from auditor.desktop.pages.cycles.programme.offers import Offers
from auditor.desktop.pages.cycles.programme.round_forms import (
    DropForm,
    ExemptForm,
    RhythmForm,
    TargetForm,
    ThisCycleForm,
)
from auditor.desktop.pages.cycles.programme.words import meaning_of, rhythm_words
from auditor.desktop.widgets.buttons import ReasonLine
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.words import many
from auditor.domain.changes import Changes
from auditor.domain.programme import Cycle
from auditor.domain.programme_plan import Month, ProgrammeView, Rhythm, RoundLine, RoundState
from auditor.services import programme_plan as plan
from auditor.services.session import Session


@dataclass(frozen=True, slots=True)
class Known:
    """What the drawer needs to know beside the programme: the templates there are, and cycles no round has yet."""

    templates: Options
    cycles: Sequence[Cycle]

    @property
    def titles(self) -> Mapping[str, str]:
        """The title of each template, by id."""
        return dict(self.templates)


class OpenedRound(FormInDrawer[Drawer]):
    """Owns the drawer of the programme. `start_asked(RoundLine)`, `cycle_asked(cycle_id)`."""

    start_asked = Signal(object)
    cycle_asked = Signal(str)
    shown = Signal(object)
    """The round the drawer is about, or None."""

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], both: WithDrawer, drawer: Drawer,
        offers: Offers, *, may_plan: bool,
    ) -> None:  # fmt: skip
        super().__init__(session, operations, today, drawer, both)
        self._offers, self._may = offers, may_plan
        self._known = Known((), ())
        self._target = 0
        self.line: RoundLine | None = None
        drawer.closed.connect(self._forget)

    def load(self, view: ProgrammeView, known: Known) -> None:
        """Take over a fresh programme; the open round is shown anew unless somebody is writing."""
        self._known, self._target = known, view.target
        if self.line is None:
            return
        place = place_of(self.line)
        lines = (line for month in view.months for line in month.rounds)
        self.line = next((line for line in lines if place_of(line) == place), None)
        if self.form is None:
            self.back()

    def show(self, line: RoundLine) -> None:
        """Open the drawer on a round."""
        self.drop_form()
        self.line = line
        focused = QApplication.focusWidget()
        inside = focused is not None and self._drawer.isAncestorOf(focused)
        self._drawer.clear()
        self._drawer.head.addWidget(Chip(meaning_of(line)), 0, Qt.AlignmentFlag.AlignLeft)
        for title, words in self._facts(line):
            self._drawer.body.addWidget(Label(title, "label"))
            self._drawer.body.addWidget(WrapLabel(words))
        self._fill_foot(line)
        self._both.open(f"{line.round.rhythm.title} · {line.round.month.words}", with_foot=True)
        if inside:
            self._drawer.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit(line)

    def plan_new(self) -> None:
        """Open the form for a round that comes back."""
        self._open_rhythm(None, "Plan a round", "programme/round/new")

    def set_target(self) -> None:
        """Open the form for the target of a month."""
        form = TargetForm(self._target)
        form.asked.connect(lambda: self._send(form, plan.set_target, lambda: plan.SetTarget(form.audits)))
        self._open_form(form, "Target of a month", "programme/target")

    def back(self) -> None:
        if self.line is not None:
            self.show(self.line)
        else:
            self._drawer.close_drawer()

    def _facts(self, line: RoundLine) -> list[tuple[str, str]]:
        rhythm, cycle, out = line.round.rhythm, line.cycle, line.exemption
        templates = [self._known.titles.get(one, one) for one in rhythm.templates]
        turn = f"{self._known.titles.get(line.round.template, line.round.template)}"
        if len(templates) > 1:
            turn += f" (in turn: {', '.join(templates)})"
        facts = [
            ("Template", turn),
            ("Agreed by", show_date(cycle.due if cycle else line.round.due)),
            ("Comes back", rhythm_words(rhythm)),
            ("Audits to be made", str(rhythm.target) if rhythm.target else ""),
            ("Cycle", f"{cycle.title}: {cycle.agreed} of {many(cycle.audits, 'audit')} agreed" if cycle else ""),
            ("All agreed on", show_date(cycle.done_on) if cycle else ""),
        ]
        if out and line.state is RoundState.EXEMPTED:
            facts.insert(0, ("Exempted because", f"{out.reason} ({out.by}, {show_date(out.on)})"))
        return [(title, words) for title, words in facts if words]

    def _fill_foot(self, line: RoundLine) -> None:
        acts: Acts = []
        if line.cycle:
            cycle_id = line.cycle.cycle_id
            acts.append(("Open the cycle", lambda: self.cycle_asked.emit(cycle_id)))
        if not self._may:
            self._drawer.foot.addWidget(ReasonLine("To look at:", "a QA lead or administrator plans the rounds."))
        elif line.state is RoundState.EXEMPTED:
            acts.append(("Take the exemption back", self._take_back))
        elif not line.cycle:
            acts.append(("Start this round…", lambda: self.start_asked.emit(line)))
            acts.append(("This cycle is it…", self._say_which))
            acts.append(("Exempt…", self._exempt))
        buttons = in_pairs(self._drawer.foot, acts)
        which = next((button for button in buttons if button.text() == "This cycle is it…"), None)
        if which is not None and not self._known.cycles:
            which.block("there is no cycle that is not the one for a round already")
        if self._may:
            links: Acts = [("Change all its rounds…", self._change), ("Drop all its rounds…", self._drop)]
            in_pairs(self._drawer.body, links, "link")

    def _here(self) -> RoundLine:
        assert self.line is not None
        return self.line

    def _forget(self) -> None:
        self.line = None
        self.shown.emit(None)

    def _take_back(self) -> None:
        line = self._here()
        command = plan.ExemptRound(line.round.rhythm.id, line.round.month, "", self._today())
        self._operations.run(lambda: self._session.do(plan.exempt_round, command), quick=True)

    def _exempt(self) -> None:
        line = self._here()
        rhythm, month = line.round.rhythm, line.round.month
        form = ExemptForm(f"{rhythm.title} of {month.words}")
        form.asked.connect(
            lambda: self._send(
                form, plan.exempt_round, lambda: plan.ExemptRound(rhythm.id, month, form.reason, self._today())
            )
        )
        self._open_form(form, "", f"programme/exempt/{rhythm.id}/{month}")

    def _say_which(self) -> None:
        line = self._here()
        rhythm_id, month = line.round.rhythm.id, line.round.month
        form = ThisCycleForm(self._known.cycles)
        form.asked.connect(
            lambda: self._send(form, plan.hold_round, lambda: plan.HoldRound(rhythm_id, month, form.cycle_id))
        )
        self._open_form(form, "", f"programme/cycle/{rhythm_id}/{month}")

    def _change(self) -> None:
        rhythm = self._here().round.rhythm
        self._open_rhythm(rhythm, "", f"programme/round/{rhythm.id}")

    def _drop(self) -> None:
        rhythm = self._here().round.rhythm
        note = f"No more rounds of {rhythm.title} are planned. Cycles that were started stay."
        form = DropForm("Drop all its rounds?", "Drop them", note=note)
        form.asked.connect(lambda: self._send(form, plan.drop_rhythm, lambda: plan.DropRhythm(rhythm.id)))
        self._open_form(form, "", f"programme/drop/{rhythm.id}")
        form.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_rhythm(self, rhythm: Rhythm | None, title: str, place: str) -> None:
        about = self.line

        def open_now() -> None:
            # Somebody may have gone on while the templates were read.
            if title or self.line is about:
                options = self._offers.options
                offered = tuple(one for one, _ in options)
                form = RhythmForm(options, Month.of(self._today()), rhythm)
                form.asked.connect(
                    lambda: self._send(form, plan.keep_rhythm, lambda: plan.KeepRhythm(form.rhythm(), offered))
                )
                self._open_form(form, title, place)

        self._offers.when_there(open_now)

    def _open_form(self, form: InlineForm, title: str, place: str) -> None:
        """A form about the round that is open, or (with a title) about the programme as a whole."""
        if title:
            self.line = None
            self.shown.emit(None)
            self._both.open(title, with_foot=True)
        self._drawer.clear()
        self.put(form, place)

    def _send(self, form: InlineForm, act: Callable[..., Changes], command: Callable[[], object]) -> None:
        places: Mapping[str, str] = getattr(form, "PLACES", {})
        self.send(form, lambda: self._session.do(act, command()), places, lambda _changes: self._sent())

    def _sent(self) -> None:
        # The page was asked to refresh while the form was still open.
        self.back()
        self.done.emit()
