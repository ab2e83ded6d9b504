"""Which parts of a master a variant takes. A question is taken as it is written or not at all."""

from collections.abc import Iterator
from typing import Any

from auditor.templates.names import questions_behind
from auditor.templates.schema import MasterForm, QuestionForm, SelectForm, VariantForm, plain_of

Plain = dict[str, Any]


def selects(select: SelectForm, section: str, question: QuestionForm) -> bool:
    """Whether a question of that section is taken. Sections under `always` are only narrowed by tier; single
    questions under `leave` never are, those under `take` always."""
    if question.id in select.leave or question.id in select.take:
        return question.id not in select.leave
    if select.tiers and question.tier not in select.tiers:
        return False
    if section in select.always:
        return True
    return (
        (not select.sections or section in select.sections)
        and (not select.types or question.type in select.types)
        and (not select.completed_by or question.completed_by in select.completed_by)
        and (not select.themes or not set(select.themes).isdisjoint(question.themes))
    )


def taken_questions(form: MasterForm, variant: VariantForm) -> frozenset[str]:
    """The ids a variant takes: what it selects, without the overall judgement where that is switched off, and
    without questions derived from an answer that is not there."""
    taken = {
        question.id: question
        for section in form.sections
        for question in section.questions
        if selects(variant.select, section.id, question)
    }
    if not asks_overall(variant) and form.overall is not None:
        taken.pop(form.overall.question, None)
    orphans = {one for one, question in taken.items() if not set(questions_behind(question.derived)) <= set(taken)}
    return frozenset(taken) - orphans


def asks_overall(variant: VariantForm) -> bool:
    """Whether the variant keeps the master's overall judgement; `overall: none` switches it off."""
    return "overall" not in variant.model_fields_set


def sections_of(form: MasterForm, taken: frozenset[str]) -> list[Plain]:
    """The sections that keep a question, in the plain form and the order of the master."""
    kept: list[Plain] = []
    for section in plain_of(form)["sections"]:
        questions = [question for question in section["questions"] if question["id"] in taken]
        if questions:
            kept.append({**section, "questions": questions})
    themes = used(kept, "themes")
    return [
        {**section, "themes": [theme for theme in section["themes"] if theme in themes]}
        if "themes" in section
        else section
        for section in kept
    ]


def used(sections: list[Plain], key: str) -> set[str]:
    """The words that the questions of these sections have under `key` (`scale`, `themes`, `limiting`)."""
    return set(_words(sections, key))


def _words(sections: list[Plain], key: str) -> Iterator[str]:
    for section in sections:
        for question in section["questions"]:
            value = question.get(key, ())
            yield from (value,) if isinstance(value, str) else value
