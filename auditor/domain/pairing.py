"""Proposing who audits which case: nobody their own team's or a case they have an interest in, an even load, partners
who have not worked together, of different grade and service. The same input always gives the same proposal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from auditor.domain.frame import value_key

_ROUNDS = 4
Partners = frozenset[str]


@dataclass(frozen=True, slots=True)
class Auditor:
    """Somebody who can be given cases. `held` is how many they have in this cycle already."""

    id: str
    name: str
    grade: str = ""
    service: str = ""
    held: int = 0


@dataclass(frozen=True, slots=True)
class CaseToGive:
    """A case without auditors; `conflicts` are people who hold, held or manage it. `people` is 1 for a single audit."""

    id: str
    reference: str
    team: str = ""
    conflicts: frozenset[str] = frozenset()
    people: int = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is proposed for a case, in words why, and what could not be had. `auditors` is empty where nobody can."""

    case_id: str
    auditors: tuple[str, ...]
    why: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


@dataclass
class _State:
    """The proposal while it is being made."""

    history: Mapping[Partners, int]
    by_id: Mapping[str, Auditor]
    load: Counter[str]
    together: Counter[Partners] = field(default_factory=Counter)
    given: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def cost(self, team: Sequence[str]) -> tuple[int, int]:
        """Repeats first, then sameness of grade and of service."""
        if len(team) < 2:
            return 0, 0
        repeats = self.history.get(frozenset(team), 0) + self.together[frozenset(team)]
        first, second = (self.by_id[person] for person in team)
        return repeats, 2 * _same(first.grade, second.grade) + _same(first.service, second.service)

    def put(self, case_id: str, team: tuple[str, ...]) -> None:
        """Give the case to these, in place of whoever had it."""
        for person in self.given.get(case_id, ()):
            self.load[person] -= 1
        self.together[frozenset(self.given.get(case_id, ()))] -= 1
        self.given[case_id] = team
        self.together[frozenset(team)] += 1
        for person in team:
            self.load[person] += 1


def conflict_of(case: CaseToGive, auditor: Auditor) -> str:
    """Why the person cannot audit the case, in words; empty where nothing stands against it."""
    if auditor.id in case.conflicts:
        return "holds, held or manages this case"
    if case.team and value_key(auditor.service) == value_key(case.team):
        return "works in the case's team"
    return ""


def propose(
    cases: Sequence[CaseToGive], auditors: Sequence[Auditor], history: Mapping[Partners, int]
) -> tuple[Proposal, ...]:
    """Propose auditors for each case. `history` counts how often two people audited a case together before."""
    people = sorted(auditors, key=lambda auditor: (value_key(auditor.name), auditor.id))
    state = _State(history, {person.id: person for person in people}, Counter({p.id: p.held for p in people}))
    free = {case.id: tuple(p.id for p in people if not conflict_of(case, p)) for case in cases}
    hardest_first = sorted(cases, key=lambda case: (len(free[case.id]), value_key(case.reference), case.id))
    for case in hardest_first:
        state.put(case.id, _best(state, free[case.id], case.people))
    for _ in range(_ROUNDS):
        if not _improve(state, hardest_first, free):
            break
    return tuple(_told(case, state, people) for case in cases)


def _best(state: _State, free: Sequence[str], size: int) -> tuple[str, ...]:
    """The team with the least to do, then the least cost; names decide what is left."""
    order = {person: at for at, person in enumerate(state.by_id)}

    def price(team: tuple[str, ...]) -> tuple[int, int, tuple[int, int], list[int]]:
        loads = [state.load[person] for person in team]
        return max(loads), sum(loads), state.cost(team), [order[person] for person in team]

    # Everybody is looked at only as far as the least loaded can be told: more than enough to mix grades and services.
    least = sorted(free, key=lambda person: (state.load[person], order[person]))[:60]
    return min(combinations(least, size), key=price, default=())


def _improve(state: _State, cases: Sequence[CaseToGive], free: Mapping[str, Sequence[str]]) -> bool:
    """Exchange single auditors between two cases wherever that lowers the cost; the load stays as it is."""
    better = False
    for one, other in combinations([case for case in cases if len(state.given[case.id]) == 2], 2):
        for at, beside in ((0, 0), (0, 1), (1, 0), (1, 1)):
            first, second = state.given[one.id], state.given[other.id]
            leaving, coming = first[at], second[beside]
            if leaving in second or coming in first or coming not in free[one.id] or leaving not in free[other.id]:
                continue
            before = _cost_without(state, one.id, other.id, first, second)
            new_first, new_second = (first[1 - at], coming), (second[1 - beside], leaving)
            if _cost_without(state, one.id, other.id, new_first, new_second) < before:
                state.put(one.id, new_first)
                state.put(other.id, new_second)
                better = True
    return better


def _cost_without(
    state: _State, one: str, other: str, first: tuple[str, ...], second: tuple[str, ...]
) -> tuple[int, int]:
    """What two teams cost together, their present ones left out of the count of repeats."""
    present = Counter(frozenset(state.given[case]) for case in (one, other))
    state.together.subtract(present)
    costs = [state.cost(first), state.cost(second)]
    state.together.update(present)
    twice = int(frozenset(first) == frozenset(second))
    return costs[0][0] + costs[1][0] + twice, costs[0][1] + costs[1][1]


def _told(case: CaseToGive, state: _State, people: Sequence[Auditor]) -> Proposal:
    team = [state.by_id[person] for person in state.given[case.id]]
    if not team:
        return Proposal(case.id, (), unmet=(_nobody(case, people),))
    team.sort(key=lambda person: value_key(person.name))
    why: list[str] = []
    unmet: list[str] = []
    if case.team and all(person.service for person in team):
        why.append("nobody of the case's team")
    elif case.team:
        unmet.append("the team of an auditor is not recorded, so own team cannot be ruled out")
    if len(team) > 1:
        _tell_mix(team, state, why, unmet)
    most, least = max(state.load[p.id] for p in team), min(state.load[p.id] for p in people)
    if most > least + 1:
        unmet.append(f"one of them has {most} cases, somebody else {least}")
    return Proposal(case.id, tuple(person.id for person in team), tuple(why), tuple(unmet))


def _tell_mix(team: Sequence[Auditor], state: _State, why: list[str], unmet: list[str]) -> None:
    first, second = team
    pair = frozenset({first.id, second.id})
    before = state.history.get(pair, 0)
    here = state.together[pair]
    if before or here > 1:
        unmet.append(f"together {before + here - 1} times before" if before + here > 2 else "together once before")
    else:
        why.append("together for the first time")
    for what, one, other in (("grade", first.grade, second.grade), ("service", first.service, second.service)):
        if not one or not other:
            unmet.append(f"{what} not recorded")
        elif _same(one, other):
            unmet.append(f"same {what}: {one}")
        else:
            why.append(f"{one} with {other}")


def _nobody(case: CaseToGive, people: Sequence[Auditor]) -> str:
    reasons = Counter(reason for person in people if (reason := conflict_of(case, person)))
    left = len(people) - sum(reasons.values())
    said = ", ".join(f"{count} {_PLURAL[reason]}" for reason, count in sorted(reasons.items()))
    needs = "two auditors are" if case.people > 1 else "one auditor is"
    return f"{needs} needed and {left} can: of {len(people)}, {said or 'nobody is left out'}"


_PLURAL = {"holds, held or manages this case": "hold, held or manage it", "works in the case's team": "of its team"}


def _same(one: str, other: str) -> bool:
    return bool(one) and value_key(one) == value_key(other)
