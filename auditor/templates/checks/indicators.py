"""The conditions of indicators can be worked out from the answers to this form."""

from collections.abc import Iterator

from auditor.templates.checks.conditions import check_condition
from auditor.templates.draft import Draft
from auditor.templates.problems import Problem


def check(draft: Draft) -> Iterator[Problem]:
    """The problems of `check_condition`."""
    for i, indicator in enumerate(draft.form.indicators):
        for key, text in (("when", indicator.when), ("among", indicator.among)):
            if text:
                yield from check_condition(draft, draft.place("indicators", i, key), text)
