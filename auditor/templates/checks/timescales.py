"""A time limit has what its test needs: dates, a count or an answer of this form, and conditions that work out."""

from collections.abc import Iterator

from auditor.templates.checks.conditions import check_condition
from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.schema import PartForm
from auditor.templates.sight import RELEVANCE
from auditor.templates.yaml_reader import KeyPath

_NEEDS = {
    "elapsed": ("start", "end"),
    "interval": ("start", "end"),
    "recency": ("start", "end"),
    "flag_over": ("start", "end"),
    "flag_under": ("start", "end"),
    "count": ("count",),
    "attested": ("attest",),
}
_DATES = {"date", "datetime"}


def check(draft: Draft) -> Iterator[Problem]:
    """`question-unknown`, `timescale-not-a-date`, `-not-a-count`, `-incomplete`, `-needs-times` and the problems of
    `check_condition`."""
    for r, rule in enumerate(draft.form.timescales):
        path: KeyPath = ("timescales", r)
        if rule.when:
            yield from check_condition(draft, draft.place(*path, "when"), rule.when, RELEVANCE)
        yield from _part(draft, path, rule.id, rule)
        for p, part in enumerate(rule.also):
            yield from _part(draft, (*path, "also", p), rule.id, part)
    if draft.form.period:
        for key, name in (("start", draft.form.period.start), ("end", draft.form.period.end)):
            yield from _question(draft, ("period", key), "The period", "date", name)


def _part(draft: Draft, path: KeyPath, rule: str, part: PartForm) -> Iterator[Problem]:
    kinds = {"start": "date", "start_else": "date", "end": "date", "count": "count", "attest": ""}
    for key, kind in kinds.items():
        if name := getattr(part, key):
            yield from _question(draft, (*path, key), rule, kind, name)
    for n, later in enumerate(part.later):
        yield from _question(draft, (*path, "later", n, "after"), rule, "date", later.after)
    for n, special in enumerate(part.limits):
        if special.when:
            yield from check_condition(draft, draft.place(*path, "limits", n, "when"), special.when, RELEVANCE)
    missing = [key for key in _NEEDS[part.test] if not getattr(part, key)]
    if part.test == "count" and not (part.start or draft.form.period):
        missing.append("start")
    if missing:
        message = f"{rule} is tested by {part.test}, but says no {' and no '.join(missing)}."
        yield problem("timescale-incomplete", draft.place(*path, "test"), message, "Name the questions it needs.")
    yield from _hours(draft, path, rule, part)


def _hours(draft: Draft, path: KeyPath, rule: str, part: PartForm) -> Iterator[Problem]:
    if part.unit != "hour" or part.test in ("count", "attested"):
        return
    for key in ("start", "start_else", "end"):
        question = draft.by_id.get(getattr(part, key))
        if question and question.type == "date":
            message = f"{rule} counts hours, but question {question.id} asks for a day only."
            place = draft.place(*path, key)
            yield problem("timescale-needs-times", place, message, "Make it a datetime, or limit the days.")


def _question(draft: Draft, path: KeyPath, rule: str, kind: str, name: str) -> Iterator[Problem]:
    place = draft.place(*path)
    question = draft.by_id.get(name)
    if question is None:
        remedy = did_you_mean(name, draft.by_id, "Name a question of this form.")
        yield problem("question-unknown", place, f"There is no question {name}.", remedy)
    elif kind == "date" and question.type not in _DATES:
        message = f"{rule} runs from or to question {name}, which is not a date."
        yield problem("timescale-not-a-date", place, message, "Name a question of type date or datetime.")
    elif kind == "count" and question.type != "count":
        message = f"{rule} counts question {name}, which is not a count."
        yield problem("timescale-not-a-count", place, message, "Name a question of type count.")
