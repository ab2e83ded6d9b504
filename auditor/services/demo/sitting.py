"""What is left at the desk beside answers: the time spent at each section, and what an auditor wants to talk over."""

from collections.abc import Mapping
from random import Random

from auditor.domain.answers import Entry
from auditor.domain.effort import effort
from auditor.domain.template import Template

_SLOW: Mapping[str, float] = {"S22": 2.4, "S17": 1.8, "S05": 1.6}
"""Sections that take longer than their questions should: supervision lies in another file, for one."""
_PACE = (0.75, 1.2)
_TALK = (
    "I read these notes twice. Is this partly met or not met for you?",
    "The date is missing here. Do we take what the worker said for it?",
    "We may mean different things by this question.",
    "The two plans say different things. Which one did you read?",
)
_ISSUES = ("partly", "not_met", "not_evidenced")


def seconds_spent(template: Template, entries: Mapping[str, Entry], rng: Random) -> dict[str, int]:
    """The seconds somebody sat at each section in which they answered something."""
    spent = {}
    for section in template.sections:
        answered = [question for question in section.questions if question.id in entries]
        if answered:
            minutes = effort(answered).minutes * rng.uniform(*_PACE) * _SLOW.get(section.id, 1.0)
            spent[section.id] = max(5, round(60 * minutes))
    return spent


def to_talk_over(entries: Mapping[str, Entry], rng: Random, most: int = 2) -> dict[str, str]:
    """Some questions, answered below met, that an auditor flags for the partner, with the words they leave."""
    weak = [question_id for question_id, entry in entries.items() if entry.answer.value in _ISSUES]
    chosen = rng.sample(weak, min(most, len(weak)))
    return dict(zip(chosen, rng.sample(_TALK, len(chosen)), strict=True))
