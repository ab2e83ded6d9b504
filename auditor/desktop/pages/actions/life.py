"""The life of an action as steps: what was done, by whom and when, what is awaited now and what comes after."""

from itertools import groupby

from auditor.desktop.dates import show_date
from auditor.desktop.widgets.progress import Step as LifeStep
from auditor.desktop.widgets.progress import StepState
from auditor.domain.action import Step, StepTaken
from auditor.services.actions import ActionLine

_DONE_WORDS = {
    Step.RAISED: "Raised",
    Step.ACCEPTED: "Accepted by owner",
    Step.PROGRESS: "In progress",
    Step.CHANGED: "Owner or date changed",
    Step.DONE: "Done, with evidence",
    Step.VERIFIED: "Verified by another person",
    Step.RETURNED: "Returned",
    Step.WITHDRAWN: "Withdrawn",
}
_STILL_TO_COME = {
    Step.RAISED: (Step.ACCEPTED, Step.DONE, Step.VERIFIED),
    Step.ACCEPTED: (Step.DONE, Step.VERIFIED),
    Step.PROGRESS: (Step.DONE, Step.VERIFIED),
    Step.CHANGED: (Step.DONE, Step.VERIFIED),
    Step.RETURNED: (Step.DONE, Step.VERIFIED),
    Step.DONE: (Step.VERIFIED,),
    Step.VERIFIED: (),
    Step.WITHDRAWN: (),
}


def life_of(line: ActionLine) -> list[LifeStep]:
    """The steps from raised to closed. Updates in a row are one step with their number."""
    action = line.action
    named = list(zip(action.steps, line.step_names, strict=True))
    past = [_past(list(run)) for _, run in groupby(named, key=_alike)]
    to_come = _STILL_TO_COME[action.last.step]
    future = [_future(line, step, first=number == 0) for number, step in enumerate(to_come)]
    return [*past, *future]


def _alike(item: tuple[StepTaken, str]) -> tuple[Step, bool]:
    return item[0].step, item[0].step is Step.PROGRESS


def _past(run: list[tuple[StepTaken, str]]) -> LifeStep:
    taken, name = run[-1]
    updates = f" · {len(run)} updates" if len(run) > 1 else ""
    return LifeStep(_DONE_WORDS[taken.step], f"{show_date(taken.on)} · {name}{updates}", StepState.DONE)


def _future(line: ActionLine, step: Step, *, first: bool) -> LifeStep:
    note = ""
    if first and step is Step.VERIFIED and line.action.done:
        note = f"waiting since {show_date(line.action.done.on)}"
    elif first and step is Step.ACCEPTED:
        note = f"waiting for {line.owner_name}"
    elif step is Step.DONE:
        note = f"due {show_date(line.action.due)}"
    return LifeStep(_DONE_WORDS[step], note, StepState.NOW if first else StepState.OPEN)


def origin_words(line: ActionLine) -> str:
    """Where an action comes from: a question of a case, a case, or the cycle as a whole."""
    action = line.action
    if not action.audit_id:
        return "Service level"
    number = action.question_id.removeprefix("S").lstrip("0")
    return f"{action.case_reference} question {number}" if number else action.case_reference
