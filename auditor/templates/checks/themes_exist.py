"""Sections and questions serve themes that stand in the list of themes."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.yaml_reader import KeyPath


def check(draft: Draft) -> Iterator[Problem]:
    """`theme-unknown` for each theme that is not in the list."""
    known = {theme.id for theme in draft.form.themes}
    named: list[tuple[KeyPath, list[str]]] = [
        (("sections", s), section.themes) for s, section in enumerate(draft.form.sections)
    ]
    named += [(path, question.themes) for path, question in draft.questions()]
    named += [(("variants", v, "select"), variant.select.themes) for v, variant in enumerate(draft.form.variants)]
    for path, themes in named:
        for t, theme in enumerate(themes):
            if theme not in known:
                place = draft.place(*path, "themes", t)
                remedy = did_you_mean(theme, known, "Add it to the themes.")
                yield problem("theme-unknown", place, f"There is no theme {theme}.", remedy)
