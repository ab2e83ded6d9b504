"""Proposing who audits the cases of a cycle, and saying what stands against those who are chosen."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.domain.audit import Audit
from auditor.domain.pairing import Auditor, CaseToGive, Proposal, conflict_of, propose
from auditor.domain.programme import Case
from auditor.domain.roles import Duty, Person, require
from auditor.store.queries import people as stored_people
from auditor.store.queries import plans as stored_plans
from auditor.store.queries import programme as stored
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class PairQuery:
    """Propose pairs for a cycle: for these cases, or for all without auditors. `chosen` are pairs that stand, by case
    id; `single` are cases for one auditor."""

    cycle_id: str
    case_ids: tuple[str, ...] = ()
    single: frozenset[str] = frozenset()
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def propose_pairs(query: PairQuery, actor: Person, view: View) -> tuple[Proposal, ...]:
    """A proposal for each case, in the order of their references."""
    require(actor, Duty.RUN_CYCLES)
    out = set(stored_plans.withdrawals(view))
    audits = [audit for audit in stored.audits(view) if audit.case_id not in out]
    here = [audit for audit in audits if audit.cycle_id == query.cycle_id and audit.case_id not in query.case_ids]
    given = {audit.case_id for audit in here} | out | set(query.chosen)
    listed = [
        case
        for case in stored.cases(view, query.cycle_id)
        if case.id not in given and (not query.case_ids or case.id in query.case_ids)
    ]
    held = Counter(person for audit in here for person in audit.auditors.values())
    held.update(person for team in query.chosen.values() for person in team)
    auditors = [_auditor(person, held[person.id]) for person in stored_people.active_auditors(view)]
    cases = [_case(case, 1 if case.id in query.single else 2) for case in listed]
    return propose(cases, auditors, _history(audits, query))


def interest(case: Case, person: Person) -> str:
    """What stands against this person auditing the case, in words; empty where nothing does."""
    return conflict_of(_case(case, 2), _auditor(person, 0))


def _history(audits: Sequence[Audit], query: PairQuery) -> Mapping[frozenset[str], int]:
    """How often two people were given a case together, this cycle's other cases and the chosen pairs included."""
    pairs: list[Collection[str]] = [a.auditors.values() for a in audits if a.case_id not in query.case_ids]
    pairs += query.chosen.values()
    return Counter(frozenset(pair) for pair in pairs if len(set(pair)) == 2)


def _auditor(person: Person, held: int) -> Auditor:
    return Auditor(person.id, person.name, person.job_title, person.team, held)


def _case(case: Case, people: int) -> CaseToGive:
    return CaseToGive(case.id, case.reference, case.team, case.conflicts, people)
