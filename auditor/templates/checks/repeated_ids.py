"""An id names one thing: no two sections, questions, themes, scales, rules or variants share one."""

from collections.abc import Iterator, Sequence

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem

_LISTS = (
    "sections",
    "themes",
    "practice_areas",
    "scales",
    "label_sets",
    "limiting_rules",
    "shared_events",
    "regimes",
    "indicators",
    "timescales",
    "consistency",
    "variants",
)


def check(draft: Draft) -> Iterator[Problem]:
    """`id-repeated` at the second and every later use."""
    for name in _LISTS:
        ids = [item.id for item in getattr(draft.form, name)]
        yield from _repeated(draft, [((name, i), one) for i, one in enumerate(ids)])
    yield from _repeated(draft, [(path, question.id) for path, question in draft.questions()])


def _repeated(draft: Draft, items: Sequence[tuple[tuple[str | int, ...], str]]) -> Iterator[Problem]:
    first: dict[str, tuple[str | int, ...]] = {}
    for path, one in items:
        if one in first:
            before = draft.place(*first[one], "id")
            where = f"in line {before.line}" if before.line else f"at {before.sheet}!{before.row}"
            message = f"The id {one} is already used {where}."
            yield problem("id-repeated", draft.place(*path, "id"), message, "Give it an id never used before.")
        first.setdefault(one, path)
