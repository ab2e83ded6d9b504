"""What is recorded in the slots of an audit. Callers ask `domain.audit.may_read_slot` first; nothing here decides
that."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from auditor.domain.answers import CONTENT, Answer, Entry, Facet, question_key, split_key
from auditor.domain.audit import Slot
from auditor.domain.canonical import Json
from auditor.domain.scoring import Outcome
from auditor.store.queries.registers import value_of
from auditor.store.register import conflicting
from auditor.store.unit_of_work import View

_OF_AUDITS = (
    "SELECT audit_id, question_id, answer FROM effective WHERE audit_id IN (SELECT value FROM json_each(?))"
    " AND question_id IN (SELECT value FROM json_each(?))"
)


def entries(view: View, audit_id: str, slot: Slot, authors: Collection[str] = ()) -> dict[str, Entry]:
    """What counts of one slot, by question id; where authors are named, only what they recorded themselves.

    In an audit that was moved to another version of its template, answers that do not stand under it are left out.
    """
    lens, found = view.setups.lens(view.connection, audit_id), recorded(view, audit_id, slot, authors)
    return {
        question_id: lens.see(slot, question_id, entry, under).shown if lens else entry
        for question_id, (entry, under, _) in found.items()
        if lens is None or lens.asks(slot, question_id) or (entry.flag is not None and question_id in lens.now.by_id)
    }


def recorded(
    view: View, audit_id: str, slot: Slot, authors: Collection[str] = ()
) -> dict[str, tuple[Entry, Json, str]]:
    """Everything recorded in one slot as it was written, by question id, each with the versions it was answered under
    and the version for which its carried answer was read."""
    rows = view.connection.exec_driver_sql(
        "SELECT key, value, author_id FROM register WHERE entity_id = ? AND slot = ?", (audit_id, slot.value)
    )
    facets: dict[str, dict[Facet, Any]] = defaultdict(dict)
    for key, value, author in rows:
        named = split_key(key)
        if named and (not authors or author in authors):
            facets[named[0]][named[1]] = json.loads(value)
    return {
        question_id: (_entry(found), found.get(Facet.UNDER), str(found.get(Facet.READ) or ""))
        for question_id, found in facets.items()
    }


def entry(view: View, audit_id: str, slot: Slot, question_id: str) -> Entry:
    """What counts of everything recorded in one slot against one question."""
    found = {facet: value_of(view, audit_id, question_key(question_id, facet), slot.value) for facet in Facet}
    lens = view.setups.lens(view.connection, audit_id)
    written = _entry(found)
    return lens.see(slot, question_id, written, found[Facet.UNDER]).shown if lens else written


def effective_answers(view: View, audit_id: str) -> dict[str, Answer]:
    """The effective answers of an audit, by question id."""
    rows = view.connection.exec_driver_sql("SELECT question_id, answer FROM effective WHERE audit_id = ?", (audit_id,))
    return {question_id: Answer.from_plain(json.loads(answer)) for question_id, answer in rows}


def effective_of_cycle(view: View, audit_ids: list[str], question_ids: list[str]) -> dict[str, dict[str, Answer]]:
    """Effective answers to a few questions over many audits, by audit id and question id."""
    found: dict[str, dict[str, Answer]] = {audit_id: {} for audit_id in audit_ids}
    rows = view.connection.exec_driver_sql(_OF_AUDITS, (json.dumps(audit_ids), json.dumps(question_ids)))
    for audit_id, question_id, answer in rows:
        found[audit_id][question_id] = Answer.from_plain(json.loads(answer))
    return found


def outcomes(view: View, audit_id: str) -> Mapping[str, tuple[Slot, Outcome, bool]]:
    """Slot, outcome and good-practice mark of every scored effective answer of an audit, by question id."""
    rows = view.connection.exec_driver_sql(
        "SELECT question_id, slot, outcome, good_practice FROM effective WHERE audit_id = ? AND outcome IS NOT NULL",
        (audit_id,),
    )
    return {question_id: (Slot(slot), Outcome(outcome), bool(mark)) for question_id, slot, outcome, mark in rows}


def authors(view: View, audit_id: str, slot: Slot, facet: Facet = Facet.COMMENT) -> dict[str, str]:
    """Who recorded the current comment (or another facet) of each question in a slot, by question id."""
    rows = view.connection.exec_driver_sql(
        "SELECT key, author_id FROM register WHERE entity_id = ? AND slot = ?", (audit_id, slot.value)
    )
    named = ((split_key(key), author) for key, author in rows)
    return {found[0]: author for found, author in named if found and found[1] is facet}


def recorded_on(view: View, audit_id: str, slot: Slot) -> dict[str, str]:
    """When the current answer of each question was recorded (UTC ISO text), by question id."""
    rows = view.connection.exec_driver_sql(
        "SELECT key, wall_clock FROM register WHERE entity_id = ? AND slot = ?", (audit_id, slot.value)
    )
    named = ((split_key(key), clock) for key, clock in rows)
    return {found[0]: clock for found, clock in named if found and found[1] is Facet.ANSWER}


def last_recorded(view: View, audit_id: str, slots: set[Slot], author_id: str) -> str:
    """The question this person recorded something against last, in the slots named; empty where there is none."""
    latest = max(
        (
            (clock, named[0])
            for slot in slots
            for key, clock, author in view.connection.exec_driver_sql(
                "SELECT key, wall_clock, author_id FROM register WHERE entity_id = ? AND slot = ?",
                (audit_id, slot.value),
            )
            if author == author_id and (named := split_key(key))
        ),
        default=("", ""),
    )
    return latest[1]


def conflicts(view: View, audit_id: str) -> list[tuple[Slot, str]]:
    """Slot and question id of all content recorded differently on two machines and not yet resolved."""
    found = []
    for slot, key in conflicting(view.connection, audit_id):
        named = split_key(key) if slot else None
        if named and named[1] in CONTENT:
            found.append((Slot(slot), named[0]))
    return found


def _entry(found: Mapping[Facet, Any]) -> Entry:
    return Entry(
        answer=Answer.from_plain(found.get(Facet.ANSWER)),
        comment=found.get(Facet.COMMENT) or "",
        location=found.get(Facet.LOCATION) or "",
        good_practice=bool(found.get(Facet.GOOD_PRACTICE)),
        flag=found.get(Facet.FLAG),
    )
