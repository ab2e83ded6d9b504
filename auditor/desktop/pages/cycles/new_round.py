"""The path that starts a new cycle: what, which cases, and then the pairs; also adds cases to one that stands."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.drafts import Bound, Draft
from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.cases_step import AskFile, CasesStep, ask_for_list
from auditor.desktop.pages.cycles.programme.planned import Planned
from auditor.desktop.pages.cycles.proposals import free_title, proposed_title
from auditor.desktop.pages.cycles.what_step import Offer, What, WhatStep
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.panel import Scrolled, Surface
from auditor.desktop.widgets.progress import LifeSteps, Step, StepState
from auditor.desktop.words import many
from auditor.domain.changes import Changes
from auditor.domain.question_count import question_count
from auditor.domain.roles import Duty, may
from auditor.services.cycle_start import StartCycle, start_cycle
from auditor.services.cycles import AddCases, CreateCycle, add_cases, all_cycles, create_cycle
from auditor.services.local_masters import offered_templates
from auditor.services.reaudit import ReauditPlan, StartReaudit, reaudit_plan, start_reaudit
from auditor.services.session import Session
from auditor.services.templates import kept_template, kept_templates

_STEPS = (
    ("What is audited", "template, period, due date"),
    ("Cases", "a list, a sample, or typed in"),
    ("Pairs", "who reads which case"),
)
_COLUMN = 780


def templates_offered(session: Session) -> list[Offer]:
    """Every template that can be used: the program's and the workspace's own, then kept ones not among them."""
    offers = [
        Offer(item.template, question_count(item.template).core, item.plain, item.cannot_run)
        for item in session.ask(offered_templates, None)
    ]
    known = {offer.template.hash for offer in offers}
    for card in session.ask(kept_templates, None):
        if card.hash not in known:
            template = session.ask(kept_template, card.hash)
            offers.append(Offer(template, question_count(template).core, {}))
    return offers


def plans_to_offer(session: Session) -> list[ReauditPlan]:
    """The re-audits of earlier cycles that have something to read once more, for somebody who may plan one."""
    if not may(session.actor, Duty.SEE_FINDINGS):
        return []
    plans = (session.ask(reaudit_plan, cycle.id) for cycle in session.ask(all_cycles, None))
    return [plan for plan in plans if plan.cases]


class NewRound(QWidget):
    """Steps 1 and 2 of the path. `started(cycle_id)` when the cycle and its cases are on disk; `left` on cancel."""

    started = Signal(str)
    left = Signal()
    step_changed = Signal()

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], *,
        ask_file: AskFile = ask_for_list, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._operations, self._today = session, operations, today
        self._cycle_id = ""
        self.planned: Planned | None = None
        self._draft: Draft | None = None
        self.what = WhatStep(today())
        self.cases = CasesStep(session, operations, today, ask_file=ask_file)
        self.cases.changed.connect(self._settle)
        self.what.reaudit.changed.connect(self._settle)
        self.problem = InlineProblem()
        self.next, self.back = Button("Next", "p"), Button("Cancel")
        self.next.clicked.connect(self.go_on)
        self.back.clicked.connect(self.go_back)
        self.throw_away = Button("Throw away", "quiet", name="Throw away what is filled in for the cycle")
        self.throw_away.clicked.connect(self.left)
        self._stack = QStackedWidget()
        for step in (self.what, self.cases):
            self._stack.addWidget(step)
        self.side = Surface("side", margins=(20, 20, 16, 20))
        self._steps = LifeSteps("Steps")
        self.side.body.addWidget(self._steps)
        self.side.body.addStretch(1)
        self._lay_out()
        theme().changed.connect(self._fit)
        self._fit()

    @property
    def step(self) -> int:
        """The step shown, from 0."""
        return self._stack.currentIndex()

    def begin(self, taken: Sequence[str] = (), template_hash: str = "", planned: Planned | None = None) -> None:
        """Start a new cycle; `taken` are the titles that are in use, `template_hash` names the template to propose.
        For a round of the programme its title, template and due date are proposed."""
        self._begin("")
        self.planned = planned
        title = planned.title if planned else proposed_title(self._today())
        self.what.reset(free_title(title, taken), self._today())
        if planned:
            self.what.due.set_iso(planned.due.isoformat())
        self.what.wanted = planned.template if planned else ""
        self._keep_at(planned.place if planned else "cycle/new", self.what.drafted() | self.cases.drafted())
        if template_hash:
            self.what.pick(template_hash)
        self._operations.run(
            lambda: templates_offered(self._session),
            on_done=self.what.offer,
            on_failed=self._no_templates,
            busy_text="Reading the templates",
        )
        self._operations.run(lambda: plans_to_offer(self._session), on_done=self.what.reaudit.offer)
        self._go(0)

    def add_to(self, cycle_id: str) -> None:
        """Add cases to a cycle that stands."""
        self._begin(cycle_id)
        self._keep_at(f"cycle/{cycle_id}/cases", self.cases.drafted())
        self._go(1)

    def _begin(self, cycle_id: str) -> None:
        if self._draft is not None:
            self._draft.let_go()
        self._cycle_id = cycle_id
        self.planned = None
        self.cases.reset(cycle_id)
        self.problem.clear()

    def _keep_at(self, place: str, fields: Mapping[str, QWidget | Bound]) -> None:
        self._draft = Draft(self._session, self._operations, place, self, fields)
        self._draft.offer_throwing_away(self.throw_away)

    def arrive(self) -> None:
        """The focus goes to the first field of the step."""
        (self.what if self.step == 0 else self.cases).arrive()

    def arrange(self, arrangement: Arrangement) -> None:
        """In one column the steps have no room."""
        self.side.setVisible(arrangement is not Arrangement.SINGLE)

    def go_on(self) -> None:
        """On to the cases, or put cycle and cases on disk."""
        self.problem.clear()
        if self.step == 0:
            what = self.what.check()
            if what is not None and what.first_cycle:
                self._start_reaudit(what)
            elif what is not None:
                self._go(1)
        elif self._cycle_id:
            self._add()
        else:
            self._start()

    def go_back(self) -> bool:
        """A step back, or out of the path."""
        if self.step == 1 and not self._cycle_id:
            self._go(0)
        else:
            self.left.emit()
        return True

    def _start(self) -> None:
        what = self.what.check()
        if what is None or what.offer is None:
            self._go(0)
        elif what.offer.plain:
            command = StartCycle(
                what.offer.plain,
                what.title,
                what.period_start,
                what.period_end,
                what.due,
                what.facts_by,
                self.cases.cases,
                draw=self.cases.record,
            )
            self._run(lambda: self._session.do(start_cycle, command))
        else:
            self._start_with_kept(what, what.offer.template.hash)

    def _start_reaudit(self, what: What) -> None:
        """Cases and templates come from the earlier cycle."""
        dates = (what.period_start, what.period_end, what.due)
        command = StartReaudit(what.first_cycle, what.title, *dates, what.facts_by)
        self._run(lambda: self._session.do(start_reaudit, command))

    def _start_with_kept(self, what: What, template_hash: str) -> None:
        """The workspace holds the template already."""
        command = CreateCycle(
            what.title,
            template_hash,
            what.period_start,
            what.period_end,
            what.due,
            what.facts_by,
            cases=self.cases.cases,
            draw=self.cases.record,
        )
        self._run(lambda: self._session.do(create_cycle, command))

    def _add(self) -> None:
        command = AddCases(self._cycle_id, self.cases.cases, self.cases.record)
        self._run(lambda: self._session.do(add_cases, command))

    def _run(self, act: Callable[[], Changes]) -> None:
        self._operations.run(act, on_done=self._done, on_failed=self._fail, busy_text="Saving the cycle", key="cycle")

    def _done(self, changes: Changes) -> None:
        if self._draft is not None:
            self._draft.forget()
        self.started.emit(changes.made or self._cycle_id)

    def _no_templates(self, error: Exception) -> None:
        self.what.about.setText("The templates could not be read.")
        self.problem.tell(error)

    def _fail(self, error: Exception) -> None:
        self.problem.tell(error)

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        states = [StepState.DONE if n < step else StepState.NOW if n == step else StepState.OPEN for n in range(3)]
        self._steps.set_steps([Step(title, note, state) for (title, note), state in zip(_STEPS, states, strict=True)])
        self._settle()
        self.step_changed.emit()
        self.arrive()

    def _settle(self) -> None:
        self.back.set_text("Back" if self.step == 1 and not self._cycle_id else "Cancel")
        count = len(self.cases.cases)
        if self.step == 0:
            plan = self.what.reaudit.plan
            self.next.set_text(f"Start with {many(len(plan.cases), 'case')}" if plan else "Next: cases")
            self.next.unblock()
            return
        self.next.set_text(f"Add {many(count, 'case')}")
        if count:
            self.next.unblock()
        else:
            self.next.block("choose a list, draw a sample or type at least one case")

    def _lay_out(self) -> None:
        scrolled = Scrolled(margins=(20, 16, 20, 16), spacing=12)
        self._column = QWidget()
        inside = QVBoxLayout(self._column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self._stack)
        scrolled.body.addWidget(self._column)
        foot = Surface("foot", margins=(20, 12, 20, 12), spacing=10)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.throw_away)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        foot.body.addWidget(self.problem)
        foot.body.addLayout(buttons)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(scrolled, 1)
        right.addWidget(foot)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addLayout(right, 1)

    def _fit(self) -> None:
        self.side.setFixedWidth(theme().px(232))
        self._column.setMaximumWidth(theme().px(_COLUMN))
