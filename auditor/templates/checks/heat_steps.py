"""The steps of heat are four rising upper bounds in per cent; the fifth step is everything above them."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`heat-steps` where they are anything else."""
    steps = draft.form.heat_steps
    if len(steps) != 4 or steps != sorted(set(steps)) or steps[-1] >= 100:
        message = "The steps of heat are not four rising numbers below 100."
        yield problem("heat-steps", draft.place("heat_steps"), message, "Write [0, 25, 50, 75] or your own.")
