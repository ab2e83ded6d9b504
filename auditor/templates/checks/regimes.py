"""Regimes and dated limits begin and end on days that exist, in that order, and are named where they are used."""

from collections.abc import Iterator
from datetime import date

from auditor.domain.errors import Place
from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.schema import RegimeForm, SpecialLimitForm
from auditor.templates.yaml_reader import KeyPath


def check(draft: Draft) -> Iterator[Problem]:
    """`date-impossible`, `dates-reversed` and `regime-unknown`."""
    known = {regime.id for regime in draft.form.regimes}
    for i, regime in enumerate(draft.form.regimes):
        yield from _dates(draft, ("regimes", i), regime)
        if regime.replaced_by and regime.replaced_by not in known:
            yield _unknown(draft.place("regimes", i, "replaced_by"), regime.replaced_by, known)
    for r, rule in enumerate(draft.form.timescales):
        if rule.regime not in known:
            yield _unknown(draft.place("timescales", r, "regime"), rule.regime, known)
        paths: list[KeyPath] = [("timescales", r), *(("timescales", r, "also", p) for p in range(len(rule.also)))]
        for path, part in zip(paths, (rule, *rule.also), strict=True):
            for n, special in enumerate(part.limits):
                yield from _dates(draft, (*path, "limits", n), special)


def _dates(draft: Draft, path: KeyPath, item: RegimeForm | SpecialLimitForm) -> Iterator[Problem]:
    days = {}
    for key, text in (("since", item.since), ("until", item.until)):
        try:
            days[key] = date.fromisoformat(text) if text else None
        except ValueError:
            remedy = "Write it as year-month-day, such as 2013-04-15."
            yield problem("date-impossible", draft.place(*path, key), f"{text} is not a date.", remedy)
    since, until = days.get("since"), days.get("until")
    if since and until and until < since:
        place = draft.place(*path, "until")
        yield problem("dates-reversed", place, f"It ends on {until}, before it begins.", "Put the two in order.")


def _unknown(place: Place, name: str, known: set[str]) -> Problem:
    remedy = did_you_mean(name, known, "Add it to the regimes.")
    return problem("regime-unknown", place, f"There is no regime {name}.", remedy)
