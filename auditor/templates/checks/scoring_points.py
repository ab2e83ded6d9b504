"""Points fall from met to not met, and belong to scales, questions and options that exist."""

from collections.abc import Iterator

from auditor.templates.checks.scored import Scored, scorings
from auditor.templates.draft import Draft
from auditor.templates.options import options_of
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.schema import OptionForm
from auditor.templates.scoring_schema import OptionPointsForm
from auditor.templates.yaml_reader import KeyPath


def check(draft: Draft) -> Iterator[Problem]:
    """`scoring-points`, `scale-unknown` and `question-unknown`."""
    for scored in scorings(draft):
        points = scored.form.points
        if points and not points.met >= points.partly >= points.not_met < points.met:
            message = "Partly met is worth more than met, not met more than partly, or all are worth the same."
            place = draft.place(*scored.path, "points")
            yield problem("scoring-points", place, message, "Let points fall: {met: 2, partly: 1, not_met: 0}.")
        for n, item in enumerate(scored.form.options):
            yield from _item(draft, scored, (*scored.path, "options", n), item)


def _item(draft: Draft, scored: Scored, path: KeyPath, item: OptionPointsForm) -> Iterator[Problem]:
    if bool(item.scale) == bool(item.question):
        message = "These points name neither a scale nor a question, or both."
        yield problem("scoring-points", draft.place(*path), message, "Name the one or the other.")
        return
    scales = {scale.id: scale.options for scale in draft.form.scales}
    key, name = ("scale", item.scale) if item.scale else ("question", item.question)
    known = scales if item.scale else draft.by_id
    if name not in known:
        remedy = did_you_mean(name, known, f"Name a {key} of this form.")
        yield problem(f"{key}-unknown", draft.place(*path, key), f"There is no {key} {name}.", remedy)
        return
    options: list[OptionForm] = scales[name] if item.scale else options_of(draft.form, draft.by_id[name])
    codes = [option.code for option in options]
    for code in item.points:
        if code not in codes:
            place = draft.place(*path, "points", code)
            remedy = did_you_mean(code, codes, "Use one of its codes.")
            yield problem("scoring-points", place, f"The {key} {name} has no option {code}.", remedy)
    if not any(item.points.values()):
        message = f"No answer of the {key} {name} is worth anything."
        yield problem("scoring-points", draft.place(*path, "points"), message, "Give the best answer points.")
