"""Which sections and questions of a form are for this case, by their conditions."""

from collections.abc import Mapping
from datetime import date

from auditor.domain.answers import Answer
from auditor.domain.template import Template
from auditor.templates.sight import Inputs, Sight


def applies(template: Template, answers: Mapping[str, Answer]) -> dict[str, bool | None]:
    """By section id: whether it is for this case, or None where the answers do not say yet.

    It is advice: a section that is not for the case stays open to whoever finds something to say in it.
    """
    sight = _sight(answers, template)
    return {section.id: sight.applies(section) for section in template.sections}


def relevant(template: Template, answers: Mapping[str, Answer]) -> dict[str, bool | None]:
    """The same by question id, for questions that are asked; a question of a section that is not for the case is
    not, unless it is a gate."""
    sight = _sight(answers, template)
    return {question.id: sight.relevant(question) for question in template.asked()}


def _sight(answers: Mapping[str, Answer], template: Template) -> Sight:
    return Sight(template, Inputs(answers, date.max))
