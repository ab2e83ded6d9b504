"""Which questions a case does not need answered, by the conditions of its template."""

from collections.abc import Mapping

from auditor.domain.answers import Entry
from auditor.domain.template import Template
from auditor.templates.expressions import compile_expression
from auditor.templates.relevance import relevant


def get_ready() -> None:
    """Load what reads conditions, so that nobody waits for it the first time."""
    compile_expression("true")


def not_asked(template: Template, *slots: Mapping[str, Entry]) -> frozenset[str]:
    """The ids of questions that the answers of these slots leave out; what is not known yet is asked."""
    if not any(section.when for section in template.sections) and not any(q.relevant for q in template.questions()):
        return frozenset()  # conditions bring CEL along, which takes 0.2 s the first time
    recorded = ((question_id, entry.answer) for entries in slots for question_id, entry in entries.items())
    answers = {question_id: answer for question_id, answer in recorded if not answer.is_blank}
    return frozenset(question_id for question_id, found in relevant(template, answers).items() if found is False)
