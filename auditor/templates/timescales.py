"""The time limits of a template, measured in one audit."""

from datetime import UTC, date, datetime

from auditor.domain.template import AnswerType, Template
from auditor.domain.timescale import Timescale, TimescaleRule, rule_of
from auditor.domain.timescale_measure import Facts, Known, measure
from auditor.templates.expressions import compile_expression
from auditor.templates.sight import RELEVANCE, Inputs, Sight


def timescales(template: Template, inputs: Inputs) -> tuple[Timescale, ...]:
    """What came of every time limit, in the order of the form."""
    sight = Sight(template, inputs)
    return tuple(measure(rule, _facts(rule, sight)) for rule in map(rule_of, template.timescales))


def _facts(rule: TimescaleRule, sight: Sight) -> Facts:
    period = sight.template.period
    named = [*rule.questions, *((period.start, period.end) if period else ())]
    return Facts(
        values={name: value for name in named if (value := _known(name, sight)) is not None},
        not_applicable={name for name in named if sight.is_na(name)},
        conditions={text: sight.holds(compile_expression(text, RELEVANCE)) for text in rule.conditions},
        today=sight.inputs.today,
        holidays=sight.holidays,
        regimes={regime.id: regime for regime in sight.template.regimes},
        period=period,
    )


def _known(question_id: str, sight: Sight) -> Known | None:
    """The answer as rules of time take it; clock times stand as they were entered."""
    question, answer = sight.template.by_id.get(question_id), sight.answer(question_id)
    if question is None or answer.is_na or answer.value is None:
        return None
    match question.type:
        case AnswerType.DATE:
            return date.fromisoformat(str(answer.value))
        case AnswerType.DATETIME:
            return datetime.fromisoformat(str(answer.value)).replace(tzinfo=UTC)
        case AnswerType.COUNT:
            return int(str(answer.value))
        case _:
            option = question.option(str(answer.value))
            return option.stands_for.value if option else None
