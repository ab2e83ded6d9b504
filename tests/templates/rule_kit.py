"""The whole question bank as one template, and answers written briefly, for tests of rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from auditor.domain.answers import Answer
from auditor.domain.template import Template
from auditor.resources import forms_dir
from auditor.templates.masters import read_master
from auditor.templates.sight import Inputs
from auditor.templates.variants import resolve

TODAY = date(2026, 11, 24)
NA = Answer(na_reason="Does not arise in this case")
Said = str | int | tuple[str, ...] | Answer


@cache
def everything() -> Template:
    """Every question of the form that comes with the program, optional ones included."""
    master = read_master(forms_dir() / "child-care-case-file.yaml")
    whole = master.form.variants[0]
    wide = whole.model_copy(update={"select": whole.select.model_copy(update={"tiers": []})})
    form = master.form.model_copy(update={"variants": [wide]})
    return resolve(replace(master, form=form), whole.id).template


def said(answers: Mapping[str, Said]) -> dict[str, Answer]:
    """Answers by question id."""
    return {name: value if isinstance(value, Answer) else Answer(value) for name, value in answers.items()}


def inputs(answers: Mapping[str, Said], **more: object) -> Inputs:
    """Inputs with those answers; today is a fixed day."""
    return Inputs(said(answers), TODAY, **more)  # type: ignore[arg-type]  # a test names fields
