"""Answers the program takes from its own record instead of asking: the references, people and dates of
an audit, the count of its actions, and views of the one overall grade."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from auditor.domain.action import Action, Status
from auditor.domain.audit import OWN_SLOTS, Audit, Mode, Slot
from auditor.domain.programme import Case, Cycle
from auditor.domain.reply import feedback_days
from auditor.domain.template import Template
from auditor.store.queries import actions as stored_actions
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme, times
from auditor.store.queries import replies as stored_replies
from auditor.store.queries.registers import values_in
from auditor.store.unit_of_work import View

_VIEW_OF = re.compile(r"(?P<question>[A-Z0-9.]+)@(?P<slot>B|agreed|moderated)")


@dataclass(frozen=True, slots=True)
class _Record:
    """What the sources are read from."""

    audit: Audit
    case: Case
    cycle: Cycle
    template: Template
    names: tuple[str, ...]
    actions: tuple[Action, ...]
    seconds: int
    finished: str
    feedback: tuple[date | None, date | None]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _all_verified(record: _Record) -> str:
    if not record.actions:
        return ""
    done = all(not action.status(date.max).is_open for action in record.actions)
    return "Yes" if done else "No"


_KINDS = {"whole-file": "Whole file", "re-audit": "Re-audit"}

SOURCES: Mapping[str, Callable[[_Record], str]] = {
    "audit.reference": lambda record: f"{record.cycle.title} · {record.case.reference}",
    "audit.kind": lambda record: _KINDS.get(record.template.id, "Themed"),
    "audit.variant": lambda record: record.template.title,
    "audit.first_auditor": lambda record: record.names[0] if record.names else "",
    "audit.second_auditor": lambda record: record.names[1] if len(record.names) > 1 else "",
    "case.reference": lambda record: record.case.reference,
    "audit.date": lambda record: record.finished,
    "audit.minutes": lambda record: str(round(record.seconds / 60)) if record.seconds else "",
    "feedback.sent": lambda record: _day(record.feedback[0]),
    "feedback.answered": lambda record: _day(record.feedback[1]),
    "actions.count": lambda record: str(len(record.actions)) if record.audit.signed_off else "",
    "actions.all_verified": lambda record: _all_verified(record) if record.audit.signed_off else "",
}
"""How each source is worded; it is empty while there is nothing to say. Sources not named here need
nothing recorded (working days between two answers)."""


def fixed_facts(
    audit: Audit, case: Case, cycle: Cycle, template: Template, view: View, *, judges: bool = True
) -> dict[str, str]:
    """The words for every question that is never asked and can be answered now, by question id. `judges` says whether
    grades and actions may be among them."""
    names = tuple(stored_people.person(view, person_id).name for person_id in audit.auditors.values())
    # Before the sign-off a count of actions would tell of a partner's, so they are not even read.
    raised = stored_actions.actions(view) if audit.signed_off else []
    own = tuple(action for action in raised if action.audit_id == audit.id and not _withdrawn(action))
    # So would minutes of the partner's time: none are told before both have handed in.
    seconds = sum(sum(times.seconds(view, audit.id, slot).values()) for slot in Slot if audit.all_submitted)
    record = _Record(
        audit,
        case,
        cycle,
        template,
        names,
        own,
        seconds,
        _finished(audit, view),
        feedback_days(stored_replies.replies(view, audit.id)),
    )
    found = {}
    for question in template.questions():
        if not judges and (question.derived.startswith("actions.") or _VIEW_OF.fullmatch(question.derived)):
            continue
        if question.derived in SOURCES:
            found[question.id] = SOURCES[question.derived](record)
        elif match := _VIEW_OF.fullmatch(question.derived):
            found[question.id] = _grade(record, match["question"], Slot(match["slot"]), view)
    return {question_id: words for question_id, words in found.items() if words}


def _grade(record: _Record, question_id: str, slot: Slot, view: View) -> str:
    """The overall grade as one slot holds it; nothing is told before both have handed in."""
    question = record.template.by_id.get(question_id)
    if question is None or not record.audit.all_submitted:
        return ""
    answer = stored.entry(view, record.audit.id, slot, question_id).answer
    option = question.option(str(answer.value))
    return option.label if option else ""


def _finished(audit: Audit, view: View) -> str:
    """The day the auditors were done with the file: the last submission, or the sign-off of a joint or single audit."""
    keys = [programme.submitted_key(slot) for slot in OWN_SLOTS] if audit.mode is Mode.BLIND else [programme.SIGNOFF]
    values = values_in(view, audit.id) if audit.all_submitted else {}
    days = [datetime.fromisoformat(str(found["at"])) for key in keys if isinstance(found := values.get(key), dict)]
    return f"{max(days).astimezone():%d/%m/%Y}" if days else ""


def _withdrawn(action: Action) -> bool:
    return action.status(date.max) is Status.WITHDRAWN
