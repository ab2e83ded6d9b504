"""The rules of the whole question bank over a full audit: all of them, and after one answer what hangs on it."""

import json
import random
from functools import partial

from auditor.resources import forms_dir
from auditor.templates.consistency import rule_book
from auditor.templates.masters import read_master
from auditor.templates.relevance import applies
from auditor.templates.schema import MasterForm
from auditor.templates.sight import Inputs
from auditor.templates.timescales import timescales
from tests.benchmarks.figures import Figure, alternating, percentile, timed
from tests.templates.rule_kit import TODAY, everything
from tests.templates.test_rule_book import any_answer

FORM = forms_dir() / "child-care-case-file.yaml"
COMMENT = "What the record shows, and where in it that stands, in a line or two as people write them."


def run() -> list[Figure]:
    pick = random.Random(7)
    template = everything()
    answers = {question.id: any_answer(question, pick) for question in template.asked()}
    inputs = Inputs(answers, TODAY, dict.fromkeys(answers, COMMENT))
    book = rule_book(template)
    found = book.evaluate(inputs)
    once = [timed(partial(book.reevaluate, found, inputs, [name])) for name in answers]
    whole, limits, sections = alternating(
        20, lambda: book.evaluate(inputs), lambda: timescales(template, inputs), lambda: applies(template, answers)
    )
    return [
        Figure("consistency rules after one answer, median over all questions", percentile(once, 50), aim="< 5 ms"),
        Figure("consistency rules after one answer, 99th of a hundred", percentile(once, 99), aim="< 5 ms"),
        Figure("all 42 consistency rules of a full audit", percentile(whole, 50)),
        Figure("all 41 time limits of a full audit", percentile(limits, 50), aim="< 5 ms"),
        Figure("which sections apply", percentile(sections, 50)),
        _reading(),
    ]


def _reading() -> Figure:
    """Reading and checking the YAML against taking the same data from JSON through the same models."""
    text = json.dumps(read_master(FORM).plain)
    reading, _ = alternating(3, lambda: read_master(FORM), lambda: json.loads(text))
    models, _ = alternating(3, lambda: MasterForm.model_validate(_as_text(json.loads(text))), lambda: None)
    baseline = "json.loads + pydantic of the same"
    return Figure("question bank read and checked from YAML", percentile(reading, 50), baseline, percentile(models, 50))


def _as_text(value: object) -> object:
    """Scalars as the YAML reader gives them."""
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
