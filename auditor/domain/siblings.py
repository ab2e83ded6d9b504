"""Brothers and sisters in one cycle: which column of a case list says so, and what their audits should agree on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.domain.answers import Answer
from auditor.domain.consistency import State
from auditor.domain.template_parts import SharedEvent

_HEADINGS = frozenset(
    {
        "sibling group", "sibling group id", "sibling group reference", "sibling reference", "sibling ref",
        "family reference", "family ref", "family id", "family number", "family group", "household id",
        "household reference",
    }
)  # fmt: skip
"""Columns of references. One headed Siblings, Family or Household holds names or a yes as often."""

_NO_GROUP = frozenset({"", "-", "0", "n", "n/a", "na", "nil", "no", "none", "not known", "unknown", "y", "yes"})


def is_group_heading(heading: str) -> bool:
    """Whether a column of that heading says which children are brothers and sisters; signs and case do not matter."""
    return " ".join(re.findall(r"[a-z0-9]+", heading.casefold())) in _HEADINGS


def sibling_group(extra: Mapping[str, str]) -> str:
    """The sibling group of a case out of the further columns of its list, in one way of writing; empty where it has
    none."""
    said = (" ".join(value.casefold().split()) for heading, value in extra.items() if is_group_heading(heading))
    return next((value for value in said if value not in _NO_GROUP), "")


@dataclass(frozen=True, slots=True)
class Member:
    """The audit of one child of a group: effective answers only, and the questions it asks in this case."""

    audit_id: str
    reference: str
    answers: Mapping[str, Answer]
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """What one audit says of a shared event."""

    audit_id: str
    reference: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question of a shared event over a sibling group. It fires where two answers differ, and is unknown where none
    do so far and one is still missing; `waiting` are the references of the cases without an answer."""

    event: SharedEvent
    question_id: str
    group: str
    state: State
    said: tuple[Said, ...]
    waiting: tuple[str, ...]


def compare(events: Iterable[SharedEvent], group: str, members: Sequence[Member]) -> list[Comparison]:
    """Every shared event over one group, in the order of the form. N/A is left out: an event need not have concerned
    every child."""
    return [_one(event, question_id, group, members) for event in events for question_id in event.questions]


def groups_of(cases: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, list[str]]:
    """The ids of the cases of each sibling group with two cases or more; `cases` are ids with their further columns."""
    found: dict[str, list[str]] = defaultdict(list)
    for case_id, extra in cases:
        if group := sibling_group(extra):
            found[group].append(case_id)
    return {group: ids for group, ids in found.items() if len(ids) > 1}


def _one(event: SharedEvent, question_id: str, group: str, members: Sequence[Member]) -> Comparison:
    answers = [(member, member.answers.get(question_id, Answer())) for member in members]
    said = tuple(
        Said(member.audit_id, member.reference, answer)
        for member, answer in answers
        if not answer.is_blank and not answer.is_na
    )
    waiting = tuple(member.reference for member, answer in answers if answer.is_blank and question_id in member.asked)
    differ = any(not one.answer.same_as(said[0].answer) for one in said)
    enough = len(said) + len(waiting) > 1
    state = State.FIRES if differ else State.UNKNOWN if waiting and enough else State.SILENT
    return Comparison(event, question_id, group, state, said, waiting)
