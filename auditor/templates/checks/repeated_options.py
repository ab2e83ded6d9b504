"""A code names one option of its list."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem
from auditor.templates.schema import OptionForm
from auditor.templates.yaml_reader import KeyPath


def check(draft: Draft) -> Iterator[Problem]:
    """`option-repeated` at the second and every later use of a code in one list."""
    for i, scale in enumerate(draft.form.scales):
        yield from _repeated(draft, ("scales", i), scale.options)
    for path, question in draft.questions():
        yield from _repeated(draft, path, question.options)


def _repeated(draft: Draft, path: KeyPath, options: list[OptionForm]) -> Iterator[Problem]:
    seen: set[str] = set()
    for o, option in enumerate(options):
        if option.code in seen:
            place = draft.place(*path, "options", o, "code")
            yield problem("option-repeated", place, f"The code {option.code} stands here twice.", "Keep one of them.")
        seen.add(option.code)
