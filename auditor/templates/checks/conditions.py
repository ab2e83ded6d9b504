"""What every condition in a template has to keep: it compiles, names what is here, and can be worked out.

Not a rule of its own: the rules for indicators, sections, timescales and consistency use it.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from auditor.domain.errors import Place, TemplateProblem
from auditor.templates.draft import Draft
from auditor.templates.expressions import ANSWERS, CelValue, Expression, Missing, compile_expression
from auditor.templates.options import options_of
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.rule_names import FIELDS
from auditor.templates.schema import QuestionForm

_COMPARED = re.compile(r"""\ba\[\s*(['"])([^'"]+)\1\s*\]\s*[!=]=\s*(['"])([^'"]*)\3""")
_CONTAINED = re.compile(r"""(['"])([^'"]*)\1\s+in\s+a\[\s*(['"])([^'"]+)\3\s*\]""")
_LISTED = re.compile(r"""\ba\[\s*(['"])([^'"]+)\1\s*\]\s+in\s+\[([^\]]*)\]""")
_QUOTED = re.compile(r"""(['"])([^'"]*)\1""")
_DAY = datetime(2013, 4, 15, tzinfo=UTC)
_VALUES: Mapping[str, CelValue] = {
    "choice": "met", "choices": ["met"], "grade": 1, "date": _DAY, "datetime": _DAY, "count": 1, "number": 1.5,
    "text": "",
}  # fmt: skip


def check_condition(draft: Draft, place: Place, text: str, names: frozenset[str] = ANSWERS) -> Iterator[Problem]:
    """`expression-syntax`, `-name`, `-fault` and `-option`, `question-unknown`, `section-unknown` and
    `regime-unknown`."""
    try:
        expression = compile_expression(text, names)
    except TemplateProblem as error:
        yield problem(error.code, place, error.message, error.remedy)
        return
    unknown = list(_unknown_names(draft, place, expression))
    yield from unknown
    if not unknown:
        yield from _options(draft, place, text)
        yield from _worked_out(draft, place, expression)


def _unknown_names(draft: Draft, place: Place, expression: Expression) -> Iterator[Problem]:
    for name in expression.questions:
        if name not in draft.by_id:
            remedy = did_you_mean(name, draft.by_id, "Name a question of this form.")
            yield problem("question-unknown", place, f"There is no question {name}.", remedy)
    sections = {section.id for section in draft.form.sections}
    for name in sorted(expression.fields.get("section_na", frozenset()) - sections):
        remedy = did_you_mean(name, sections, "Name a section of this form.")
        yield problem("section-unknown", place, f"There is no section {name}.", remedy)
    dated = {regime.id for regime in draft.form.regimes if regime.since}
    for name in sorted(expression.fields.get("regime", frozenset()) - dated):
        remedy = did_you_mean(name, dated, "Name a regime with a first day.")
        yield problem("regime-unknown", place, f"There is no regime {name} with a first day.", remedy)
    for name, fields in FIELDS.items():
        for field in sorted(expression.fields.get(name, frozenset()) - fields if name in expression.names else ()):
            remedy = did_you_mean(field, fields, f"It has: {', '.join(sorted(fields))}.")
            yield problem("expression-name", place, f"{name} has no {field}.", remedy)


def _options(draft: Draft, place: Place, text: str) -> Iterator[Problem]:
    named = [(name, code) for _, name, _, code in _COMPARED.findall(text)]
    named += [(name, code) for _, code, _, name in _CONTAINED.findall(text)]
    named += [(name, code) for _, name, codes in _LISTED.findall(text) for _, code in _QUOTED.findall(codes)]
    for name, code in named:
        codes = [option.code for option in options_of(draft.form, draft.by_id[name])]
        if codes and code not in codes and draft.by_id[name].type != "grade":
            message = f"Question {name} has no option {code}."
            yield problem("expression-option", place, message, did_you_mean(code, codes, "Use one of its codes."))


def _worked_out(draft: Draft, place: Place, expression: Expression) -> Iterator[Problem]:
    kinds = list(_VALUES) if "q" in expression.names else ["choice"]
    for kind in kinds:
        try:
            result = expression.run(_sample_context(draft, expression, kind))
        except TemplateProblem as error:
            yield problem(error.code, place, error.message, "Compare each answer with a value of its own kind.")
            return
        if isinstance(result, Missing):
            message = f"It stays unknown even when every question is answered: {expression.text}."
            yield problem("expression-fault", place, message, "Write answers as a['S01.10'].")
            return


def _sample_context(draft: Draft, expression: Expression, kind: str) -> dict[str, object]:
    """Something of everything that a condition may name, `q` as a question of that kind."""
    return {
        "a": {name: sample_value(draft, draft.by_id[name]) for name in expression.questions},
        "na": [],
        "given": dict.fromkeys(expression.questions, True),
        "regime": {regime.id: {"since": _DAY} for regime in draft.form.regimes},
        "section_na": {section.id: False for section in draft.form.sections},
        "audit": {"median_judgement": 2.0},
        "grade": dict.fromkeys(FIELDS["grade"], 2),
        "q": {
            "id": "S01.01", "type": kind, "limiting": "L1", "outcome": "not_met", "failed": True,
            "value": _VALUES[kind], "comment": "", "actions": 0, "no_action": False, "identifiers": ["name"],
        },
        "s": {"id": "S01", "na": False, "na_rate": 0.6, "grade": 4, "actions": 0, "no_action": False},
        "workdays": lambda start, end: (end - start).days,
    }  # fmt: skip


def sample_value(draft: Draft, question: QuestionForm) -> CelValue:
    """A value of the kind that answers the question."""
    codes = [option.code for option in options_of(draft.form, question)]
    if question.type == "choice":
        return codes[0] if codes else "none"
    return codes[:1] if question.type == "choices" else _VALUES[question.type]
