"""What stands behind the numbers of a cycle: the answers and the words of a cell."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.domain.answers import Answer, Entry
from auditor.domain.audit import OWN_SLOTS, Audit, Slot, may_read_slot
from auditor.domain.programme import Case
from auditor.domain.roles import Duty, Person, require
from auditor.domain.scoring import Outcome
from auditor.domain.template import Question, Template
from auditor.services.cycle_templates import cycle_templates
from auditor.services.scoring import answer_words
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class CellQuery:
    """A cell of either matrix: a theme (empty: every theme) in one audit (empty: all), with one outcome (None: any)."""

    cycle_id: str
    theme: str = ""
    audit_id: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A comment, who wrote it and where in the file its evidence lies."""

    author: str
    text: str
    location: str


@dataclass(frozen=True, slots=True)
class CellLine:
    """One effective answer behind a cell, with the words about it. `reason` is why it was agreed,
    where that was said."""

    audit_id: str
    case_reference: str
    question: Question
    outcome: Outcome
    answer: str
    good_practice: bool
    words: tuple[Words, ...]
    reason: str


def behind_cell(query: CellQuery, actor: Person, view: View) -> list[CellLine]:
    """The answers and comments behind a cell, issues first, in the order of the form."""
    require(actor, Duty.SEE_FINDINGS)
    cycle = programme.cycle(view, query.cycle_id)
    templates = cycle_templates(view, cycle)
    cases = {case.id: case for case in programme.cases(view, cycle.id)}
    names = stored_people.names(view)
    lines = [
        line
        for audit in programme.audits(view, cycle.id)
        if query.audit_id in ("", audit.id) and audit.case_id in cases and not audit.cancelled
        for line in _lines(query, audit, cases[audit.case_id], templates.of(audit.id), names, actor, view)
    ]
    return sorted(lines, key=lambda line: (not line.outcome.is_issue, line.case_reference))


def _lines(
    query: CellQuery,
    audit: Audit,
    case: Case,
    template: Template,
    names: Mapping[str, str],
    actor: Person,
    view: View,
) -> list[CellLine]:
    outcomes = stored.outcomes(view, audit.id)
    wanted = [q for q in template.asked() if q.id in outcomes and (not query.theme or query.theme in q.themes)]
    answers = stored.effective_answers(view, audit.id)
    told = _Told(audit, names, actor, view)
    lines = []
    for question in wanted:
        slot, outcome, good = outcomes[question.id]
        if query.outcome in (None, outcome):
            answer = answers.get(question.id, Answer())
            lines.append(
                CellLine(
                    audit_id=audit.id,
                    case_reference=case.reference,
                    question=question,
                    outcome=outcome,
                    answer=answer_words(question, answer),
                    good_practice=good,
                    words=told.about(question.id, slot),
                    reason=answer.reason,
                )
            )
    return lines


class _Told:
    """The comments of one audit, slot by slot, read once; sealed slots are not read at all."""

    def __init__(self, audit: Audit, names: Mapping[str, str], actor: Person, view: View) -> None:
        self._names = names
        slots = [
            slot
            for slot in Slot
            if may_read_slot(audit, actor, slot) and (slot not in OWN_SLOTS or audit.all_submitted)
        ]
        self._entries = {slot: stored.entries(view, audit.id, slot) for slot in slots}
        self._authors = {slot: stored.authors(view, audit.id, slot) for slot in slots}

    def about(self, question_id: str, effective: Slot) -> tuple[Words, ...]:
        """The agreed comment, or both auditors' where none was agreed, or the one beside the fact."""
        own = self._words(question_id, effective)
        if effective is Slot.MODERATED:  # a moderator leaves the words of the pair as they are
            own = own or self._words(question_id, Slot.AGREED) or self._words(question_id, Slot.FACTS)
        if own or effective is Slot.FACTS:
            return own
        return tuple(words for slot in OWN_SLOTS for words in self._words(question_id, slot))

    def _words(self, question_id: str, slot: Slot) -> tuple[Words, ...]:
        entry = self._entries.get(slot, {}).get(question_id, Entry())
        if not entry.comment:
            return ()
        author = self._names.get(self._authors[slot].get(question_id, ""), "")
        return (Words(author, entry.comment, entry.location),)
