"""The conditions of indicators compile, name questions and options of this form, and can be worked out."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from auditor.domain.errors import Place, TemplateProblem
from auditor.templates.draft import Draft
from auditor.templates.expressions import CelValue, compile_expression
from auditor.templates.options import options_of
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.schema import QuestionForm

_COMPARED = re.compile(r"""\ba\[\s*(['"])([^'"]+)\1\s*\]\s*[!=]=\s*(['"])([^'"]*)\3""")
_CONTAINED = re.compile(r"""(['"])([^'"]*)\1\s+in\s+a\[\s*(['"])([^'"]+)\3\s*\]""")
_LISTED = re.compile(r"""\ba\[\s*(['"])([^'"]+)\1\s*\]\s+in\s+\[([^\]]*)\]""")
_QUOTED = re.compile(r"""(['"])([^'"]*)\1""")


def check(draft: Draft) -> Iterator[Problem]:
    """`expression-syntax`, `-name`, `-fault` and `-option`, and `question-unknown`."""
    for i, indicator in enumerate(draft.form.indicators):
        for key, text in (("when", indicator.when), ("among", indicator.among)):
            if text:
                yield from _expression(draft, draft.place("indicators", i, key), text)


def _expression(draft: Draft, place: Place, text: str) -> Iterator[Problem]:
    try:
        expression = compile_expression(text)
    except TemplateProblem as error:
        yield problem(error.code, place, str(error.args[0]), error.remedy)
        return
    unknown = [name for name in expression.questions if name not in draft.by_id]
    for name in unknown:
        remedy = did_you_mean(name, draft.by_id, "Name a question of this form.")
        yield problem("question-unknown", place, f"There is no question {name}.", remedy)
    if unknown:
        return
    yield from _options(draft, place, text)
    try:
        result = expression.evaluate({name: _sample(draft, draft.by_id[name]) for name in expression.questions})
    except TemplateProblem as error:
        yield problem(error.code, place, error.message, "Compare each answer with a value of its own kind.")
        return
    if result is None:
        message = f"It stays unknown even when every question is answered: {text}."
        yield problem("expression-fault", place, message, "Write answers as a['S01.10'].")


def _options(draft: Draft, place: Place, text: str) -> Iterator[Problem]:
    named = [(name, code) for _, name, _, code in _COMPARED.findall(text)]
    named += [(name, code) for _, code, _, name in _CONTAINED.findall(text)]
    named += [(name, code) for _, name, codes in _LISTED.findall(text) for _, code in _QUOTED.findall(codes)]
    for name, code in named:
        codes = [option.code for option in options_of(draft.form, draft.by_id[name])]
        if codes and code not in codes and draft.by_id[name].type != "grade":
            message = f"Question {name} has no option {code}."
            yield problem("expression-option", place, message, did_you_mean(code, codes, "Use one of its codes."))


def _sample(draft: Draft, question: QuestionForm) -> CelValue:
    """A value of the kind that answers the question."""
    codes = [option.code for option in options_of(draft.form, question)] or ["none"]
    samples: dict[str, CelValue] = {
        "choice": codes[0],
        "choices": codes[:1],
        "grade": 1,
        "date": datetime(2013, 4, 15, tzinfo=UTC),
        "datetime": datetime(2013, 4, 15, 12, tzinfo=UTC),
        "count": 1,
        "number": 1.0,
        "text": "text",
    }
    return samples[question.type]
