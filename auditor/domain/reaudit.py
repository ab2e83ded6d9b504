"""Which sections of a case are read again in a re-audit."""

from collections.abc import Mapping

from auditor.domain.answers import Answer
from auditor.domain.template import Section, Template

WEAK = 3
"""The best section judgement that calls for another look: 3 (Requires improvement) and 4 (Inadequate)."""


def sections_to_reaudit(template: Template, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The ids of the sections whose judgement was 3 or 4 in the first audit, in the order of the form; `answers` are
    its effective ones. A section that was not judged, or does not apply, is not among them."""
    return tuple(section.id for section in template.sections if _is_weak(section, answers))


def _is_weak(section: Section, answers: Mapping[str, Answer]) -> bool:
    judged = (answers.get(question.id, Answer()) for question in section.questions if question.is_section_judgement)
    return any(answer.value is not None and int(str(answer.value)) >= WEAK for answer in judged)
