"""Effective answers and the theme rollup, kept in step with the ledger answer by answer.

Effective is the moderated answer, else the agreed one, else the fact. Own slots (A, B) never count.
"""

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from auditor.domain.answers import Answer, Entry, Facet, question_key
from auditor.domain.audit import Slot
from auditor.domain.scoring import Counts, count_of, outcome_of
from auditor.domain.standing import Lens
from auditor.domain.template import Question
from auditor.store.audit_setup import AuditSetups
from auditor.store.tables import COUNT_COLUMNS

EFFECTIVE_SLOTS = (Slot.MODERATED, Slot.AGREED, Slot.FACTS)
"""In order of precedence."""

ALL_THEMES = ""
"""The cell of an audit in which each question counts once, however many themes it serves."""

_RECORDED = (
    "SELECT slot, key, value FROM register"
    " WHERE entity_id = ? AND slot IN ('moderated', 'agreed', 'facts') AND key IN (?, ?, ?)"
)
_EFFECTIVE = "SELECT answer, good_practice FROM effective WHERE audit_id = ? AND question_id = ?"
_PUT = (
    "INSERT INTO effective (audit_id, question_id, slot, answer, outcome, good_practice) VALUES (?,?,?,?,?,?)"
    " ON CONFLICT (audit_id, question_id) DO UPDATE SET slot=excluded.slot, answer=excluded.answer,"
    " outcome=excluded.outcome, good_practice=excluded.good_practice"
)
_DROP = "DELETE FROM effective WHERE audit_id = ? AND question_id = ?"
_ADD = (
    f"INSERT INTO theme_cell (cycle_id, theme, audit_id, {', '.join(COUNT_COLUMNS)})"  # noqa: S608 - our own columns
    f" VALUES (?,?,?,{','.join('?' * len(COUNT_COLUMNS))}) ON CONFLICT (cycle_id, theme, audit_id) DO UPDATE SET "
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in COUNT_COLUMNS)
)


def update_effective(connection: Connection, setups: AuditSetups, audit_id: str, question_id: str) -> None:
    """Work out the effective answer of one question again and move the cells of its themes by the difference."""
    known = setups.cycle_and_template(connection, audit_id)
    question = known[1].by_id.get(question_id) if known else None
    if known is None or question is None:
        return
    before = _counted_before(connection, audit_id, question)
    slot, answer, good_practice = _effective_now(connection, setups.lens(connection, audit_id), audit_id, question_id)
    if slot is None:
        connection.exec_driver_sql(_DROP, (audit_id, question_id))
    else:
        outcome = outcome_of(question, answer)
        connection.exec_driver_sql(
            _PUT,
            (
                audit_id,
                question_id,
                slot.value,
                json.dumps(answer.to_plain()),
                outcome.value if outcome else None,
                int(good_practice),
            ),
        )
    difference = count_of(question, answer, good_practice).minus(before)
    add_to_cells(connection, known[0], audit_id, (ALL_THEMES, *question.themes), difference)


def add_to_cells(connection: Connection, cycle_id: str, audit_id: str, themes: Iterable[str], counts: Counts) -> None:
    """Add counts (negative ones too) to the cells of the themes."""
    if counts == Counts():
        return
    for theme in themes:
        connection.exec_driver_sql(_ADD, (cycle_id, theme, audit_id, *counts))


def _counted_before(connection: Connection, audit_id: str, question: Question) -> Counts:
    row = connection.exec_driver_sql(_EFFECTIVE, (audit_id, question.id)).fetchone()
    return count_of(question, Answer.from_plain(json.loads(row[0])), bool(row[1])) if row else Counts()


def _effective_now(
    connection: Connection, lens: Lens | None, audit_id: str, question_id: str
) -> tuple[Slot | None, Answer, bool]:
    keys = [question_key(question_id, facet) for facet in (Facet.ANSWER, Facet.GOOD_PRACTICE, Facet.UNDER)]
    rows = connection.exec_driver_sql(_RECORDED, (audit_id, *keys)).fetchall()
    recorded = {(slot, key): json.loads(value) for slot, key, value in rows}
    for slot in EFFECTIVE_SLOTS:
        answer, mark, under = (recorded.get((slot.value, key)) for key in keys)
        entry = Entry(Answer.from_plain(answer), good_practice=bool(mark))
        if lens:
            entry = lens.see(slot, question_id, entry, under).shown
        if not entry.answer.is_blank:
            return slot, entry.answer, entry.good_practice
    return None, Answer(), False
