"""Reads the plans of the sample's cycles and actions from the program's own resources."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from auditor.domain.action import Step
from auditor.domain.answers import Answer, Entry, Value
from auditor.resources import resources_dir
from auditor.services.demo.drawing import DrawPlan
from auditor.services.demo.profile import CaseProfile, Period
from auditor.services.demo.scribe import Reached

_HALF_A_YEAR = 6
_LEAST_DAYS_LEFT = 3


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """A cycle of the sample: its cases in order, the pairs that share them in turn, how far each audit has come.

    `given` is how many of the cases have auditors; `draw` says how the cases were drawn, where they are a sample."""

    title: str
    template: str
    period: Period
    cases: tuple[CaseProfile, ...]
    pairs: tuple[tuple[str, str], ...]
    reached: Mapping[str, Reached]
    given: int
    draw: DrawPlan | None = None

    def pair_of(self, at: int) -> tuple[str, str]:
        """The auditors of the case at that place."""
        return self.pairs[at % len(self.pairs)]

    def stage_of(self, reference: str) -> Reached:
        """How far the audit of the case has come; signed off unless the plan says otherwise."""
        return self.reached.get(reference, Reached.SIGNED_OFF)


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step of a planned action: who takes it, when, with which words and evidence."""

    step: Step
    by: str
    on: date
    note: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """An action of the sample; `case` and `question` are empty where it is for the service as a whole."""

    cycle: str
    text: str
    owner: str
    raised: date
    due: date
    steps: tuple[StepPlan, ...]
    case: str = ""
    question: str = ""
    theme: str = ""
    outcome: str = ""


def cycle_plan(name: str, today: date) -> CyclePlan:
    """The plan of that name; a cycle without dates of its own runs now."""
    plain = _read(name)
    period = _running(today) if not plain["period"] else _fixed(plain)
    cases = tuple(_profile(case, plain) for case in plain["cases"])
    pairs = tuple((first, second) for first, _, second in (pair.partition("/") for pair in plain["pairs"]))
    shared = len(cases) % len(pairs) == 0
    return CyclePlan(
        title=plain["title"].format(year=today.year),
        template=plain["template"],
        period=period,
        cases=cases,
        pairs=pairs,
        reached={reference: Reached[stage.upper()] for reference, stage in plain["reached"].items()},
        given=len(cases) if shared else len(pairs),
        draw=DrawPlan(**plain["draw"]) if "draw" in plain else None,
    )


def action_plans(today: date) -> list[ActionPlan]:
    """The actions of the sample, in the order they are raised."""
    plans = [_action(plain, today) for plain in _read("actions")["actions"]]
    return sorted(plans, key=lambda plan: plan.raised)


def _read(name: str) -> Any:
    return json.loads((resources_dir() / "demo" / f"{name}.json").read_text(encoding="utf-8"))


def _fixed(plain: Mapping[str, Any]) -> Period:
    start, end = map(date.fromisoformat, plain["period"])
    return Period(start, end, date.fromisoformat(plain["due"]))


def _running(today: date) -> Period:
    """The half year that ended with last month; due on the first Friday that is at least three days away."""
    end = today.replace(day=1) - timedelta(1)
    month = end.year * 12 + end.month - _HALF_A_YEAR
    start = date(month // 12, month % 12 + 1, 1)
    soon = today + timedelta(_LEAST_DAYS_LEFT)
    return Period(start, end, soon + timedelta((4 - soon.weekday()) % 7))


def _profile(case: Mapping[str, Any], plan: Mapping[str, Any]) -> CaseProfile:
    fixed = {**plan["fixed"], **case.get("fixed", {})}
    said = {rule["question"]: rule["words"] for rule in plan["said_when"] if fixed.get(rule["question"]) == rule["is"]}
    return CaseProfile(
        reference=case["reference"],
        team=case["team"],
        plan_type=case["plan_type"],
        age_band=case["age_band"],
        status=tuple(case["status"]),
        sections=tuple(case.get("sections", ())),
        legal=case.get("legal", "none"),
        ethnicity=case.get("ethnicity", "white_british"),
        children=case.get("children", 1),
        strength=case["strength"],
        family=case.get("family", ""),
        fixed={question_id: Answer(_value(value)) for question_id, value in fixed.items()},
        said={**said, **case.get("said", {})},
        apart={
            question_id: (_entry(one), _entry(other)) for question_id, (one, other) in case.get("apart", {}).items()
        },
    )


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _entry(plain: Sequence[str]) -> Entry:
    return Entry(Answer(plain[0]), plain[1])


def _action(plain: Mapping[str, Any], today: date) -> ActionPlan:
    steps = tuple(
        StepPlan(Step(step), by, _day(on, today), note, evidence) for step, by, on, note, evidence in plain["steps"]
    )
    return ActionPlan(
        cycle=plain["cycle"],
        text=plain["text"],
        owner=plain["owner"],
        raised=_day(plain["raised"], today),
        due=_day(plain["due"], today),
        steps=steps,
        case=plain.get("case", ""),
        question=plain.get("question", ""),
        theme=plain.get("theme", ""),
        outcome=plain.get("outcome", ""),
    )


def _day(plain: str | int, today: date) -> date:
    return today + timedelta(plain) if isinstance(plain, int) else date.fromisoformat(plain)
