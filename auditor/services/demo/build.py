"""Builds the sample workspace in a folder of its own: people, three cycles with their audits, and actions."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from auditor.domain.errors import BadInput
from auditor.domain.template import Template
from auditor.services.actions import RaiseAction, TakeStep, raise_action, take_step
from auditor.services.cycle_start import StartCycle, start_cycle
from auditor.services.cycles import NewCase, all_cycles, cycle_view
from auditor.services.demo.changed_plans import change_plans
from auditor.services.demo.drawing import draw_cases, replace_one
from auditor.services.demo.moderation import moderate_some
from auditor.services.demo.newer_version import publish_newer_version
from auditor.services.demo.people import LEAD, PIN, Crew, settle
from auditor.services.demo.plans import ActionPlan, CyclePlan, action_plans, cycle_plan
from auditor.services.demo.profile import CaseProfile
from auditor.services.demo.programme import plan_programme
from auditor.services.demo.recorder import Recorder
from auditor.services.demo.remarks import keep_snippets, remark_on_the_tool
from auditor.services.demo.second_reading import read_again
from auditor.services.demo.words import Words
from auditor.services.session import Session
from auditor.services.templates import Shipped, shipped_templates
from auditor.services.workspace import Locked, OpenedWorkspace, create_workspace, unlock_workspace
from auditor.store.instance_lock import InstanceLock

PASSPHRASE = "every case in here is invented"
SEED = 2013
_PILOT = "pilot-2013"
PLANS = ("review-2013", _PILOT, "autumn")
"""The cycles in the order they are made: Home shows the last."""

_FOLDER, _MARKER = "workspace", "SAMPLE.txt"
_FIRST_LINE = "This folder holds the sample workspace of Casefile Auditor. Everybody and every case in it is invented."


@dataclass(frozen=True, slots=True)
class Demo:
    """The sample workspace, open, with its QA lead signed in. `review` is the id of the cycle of 2013."""

    opened: OpenedWorkspace
    session: Session
    folder: Path
    review: str

    def lock(self) -> Locked:
        """Lock the workspace."""
        return self.opened.lock()


def open_demo(out: Path) -> Demo | None:
    """The sample workspace built in `out` before; None where none was, or it was not finished."""
    if not _is_finished(out):
        return None
    opened = unlock_workspace(out / _FOLDER, PASSPHRASE)
    try:
        session = opened.sign_in_by_name(LEAD, lambda: PIN)
        title = cycle_plan(PLANS[0], date.today()).title
        review = next(cycle.id for cycle in session.ask(all_cycles, None) if cycle.title == title)
    except BaseException:
        opened.workspace.close()
        raise
    return Demo(opened, session, out / _FOLDER, review)


def build_demo(out: Path, today: date, tell: Callable[[str], None] = lambda _words: None) -> Demo:
    """Build the sample workspace in `out`; a former one there is replaced. `tell` hears what begins, seven times.

    Raises `BadInput` (folder-not-empty) where anything else lies there, `WorkspaceError` (workspace-in-use) while a
    window has the former one open.
    """
    folder = _cleared(out)
    tell("Making an encrypted workspace and its people")
    opened, _ = create_workspace(folder, PASSPHRASE, "Sample workspace")
    try:
        crew = settle(opened)
        cycles = {name: _record(crew, name, today, tell) for name in PLANS}
        tell("Raising actions")
        for action in action_plans(today):
            _raise(crew, cycles[action.cycle], action)
        plan_programme(crew, cycles[PLANS[-1]], today)
        if len(cycles) > 1:
            tell("Reading some audits again, and what came of the others")
            _afterwards(crew, cycles, today)
        opened.back_up()
    except BaseException:
        opened.workspace.close()
        raise
    _write_marker(out, finished=True)
    return Demo(opened, crew.session(LEAD), folder, cycles[PLANS[0]])


def _record(crew: Crew, name: str, today: date, tell: Callable[[str], None]) -> str:
    """Record the cycle of that name, with its re-audit where it has one; gives its id."""
    plan = cycle_plan(name, today)
    tell(f"Recording {plan.title}")
    words = Words(Random(f"{SEED} {name}"))  # noqa: S311 - sample data
    cycle_id = _Round(crew, plan, words, today).record()
    if name == _PILOT:
        tell("Reading its weak sections once more")
        read_again(crew, plan, cycle_id)
    return cycle_id


def _afterwards(crew: Crew, cycles: Mapping[str, str], today: date) -> None:
    """What follows on audits: moderation, replies, changed plans, remarks, a newer version."""
    review, pilot, autumn = (cycles[name] for name in PLANS)
    moderate_some(crew, review)
    change_plans(crew, autumn, pilot)
    keep_snippets(crew)
    remark_on_the_tool(crew, autumn)
    publish_newer_version(crew, autumn)


def _marker_of(out: Path) -> str:
    marker = out / _MARKER
    return marker.read_text(encoding="utf-8", errors="replace") if marker.is_file() else ""


def _is_former(out: Path) -> bool:
    """Whether a sample was built, or begun, in the folder."""
    return _marker_of(out).startswith(_FIRST_LINE)


def _is_finished(out: Path) -> bool:
    return _is_former(out) and f"Passphrase: {PASSPHRASE}" in _marker_of(out)


def _cleared(out: Path) -> Path:
    """The place of the workspace in `out`, which is new, empty, or held a sample before."""
    folder = out / _FOLDER
    if out.exists() and not _is_former(out) and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(
            "folder-not-empty",
            "Something is here already",
            f"{out} is not empty and holds no former sample.",
            "Name a new or empty folder.",
        )
    if folder.exists():
        InstanceLock.acquire(folder).release()
        shutil.rmtree(folder)
    out.mkdir(parents=True, exist_ok=True)
    _write_marker(out, finished=False)
    return folder


def _write_marker(out: Path, finished: bool) -> None:
    """How to open the sample; until it is finished, nobody takes it for one."""
    lines = (
        _FIRST_LINE,
        "",
        f"Passphrase: {PASSPHRASE}" if finished else "It was not finished: build it again.",
        f"Sign in as {LEAD}; the PIN of everybody is {PIN}.",
        "`auditor demo` replaces the workspace in this folder.",
    )
    (out / _MARKER).write_text("\n".join(lines) + "\n", encoding="utf-8")


class _Round:
    """One cycle of the sample being recorded."""

    def __init__(self, crew: Crew, plan: CyclePlan, words: Words, today: date) -> None:
        self._plan, self._today, self._lead = plan, today, crew.session(LEAD)
        self._recorder = Recorder(crew, plan.period, words, str(SEED))

    def record(self) -> str:
        """Start the cycle, give the audits out, and record each as far as it has come; gives the cycle's id."""
        plan = self._plan
        shipped = next(item for item in shipped_templates() if item.template.id == plan.template)
        cycle_id = self._start(shipped)
        cases = {case.reference: case.id for case in self._lead.ask(cycle_view, cycle_id).cases}
        for at, profile in enumerate(plan.cases[: plan.given]):
            case_id, reached = cases[profile.reference], plan.stage_of(profile.reference)
            self._recorder.audit(shipped.template, profile, case_id, plan.pair_of(at), reached)
        return cycle_id

    def _start(self, shipped: Shipped) -> str:
        """The cycle with the cases that are planned for it, or that are drawn where it is a sample."""
        plan, period = self._plan, self._plan.period
        command = StartCycle(
            template=shipped.plain,
            title=plan.title,
            period_start=period.start,
            period_end=period.end,
            due=period.due,
            cases=tuple(_listed(case, shipped.template) for case in plan.cases),
            sample=True,
        )
        if plan.draw is None:
            return self._lead.do(start_cycle, command).made
        drawn = draw_cases(plan.draw, self._lead, self._today)
        cycle_id = self._lead.do(start_cycle, replace(command, cases=drawn.cases, draw=drawn.record)).made
        replace_one(plan.draw, cycle_id, self._lead, self._today)
        return cycle_id


def _listed(case: CaseProfile, template: Template) -> NewCase:
    """The case as a list names it."""
    option = template.by_id["S00.11"].option(case.team)
    extra = {"Sibling group": case.family} if case.family else {}
    return NewCase(case.reference, option.label if option else "", case.plan_type, case.age_band, extra)


def _raise(crew: Crew, cycle_id: str, plan: ActionPlan) -> None:
    lead = crew.session(LEAD)
    audits = {line.case.reference: line.audit.id for line in lead.ask(cycle_view, cycle_id).audits}
    command = RaiseAction(
        text=plan.text,
        owner_id=crew[plan.owner].id,
        on=plan.raised,
        due=plan.due,
        cycle_id=cycle_id,
        audit_id=audits[plan.case] if plan.case else "",
        question_id=plan.question,
        theme=plan.theme,
        intended_outcome=plan.outcome,
    )
    action_id = lead.do(raise_action, command).made
    for step in plan.steps:
        crew.session(step.by).do(take_step, TakeStep(action_id, step.step, step.on, step.note, step.evidence))
