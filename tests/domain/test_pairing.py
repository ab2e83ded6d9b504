"""Proposed pairs: nobody with an interest, an even load, few repeats, mixed grades and services, the same each time."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.pairing import Auditor, CaseToGive, Proposal, conflict_of, propose

TEAMS = ("North", "South", "East")


def staff(count: int) -> list[Auditor]:
    grades = ("Team manager", "Service manager", "Reviewing officer")
    return [Auditor(f"p{at}", f"{chr(65 + at)}. Auditor", grades[at % 3], TEAMS[at % 2]) for at in range(count)]


def people() -> st.SearchStrategy[list[Auditor]]:
    return st.lists(
        st.tuples(st.sampled_from(["", "TM", "SM"]), st.sampled_from(["", *TEAMS]), st.integers(0, 3)), max_size=8
    ).map(lambda rows: [Auditor(f"p{at}", f"P{at}", *row) for at, row in enumerate(rows)])


def cases() -> st.SearchStrategy[list[CaseToGive]]:
    conflicts = st.frozensets(st.sampled_from([f"p{at}" for at in range(8)]), max_size=4)
    rows = st.lists(st.tuples(st.sampled_from(["", *TEAMS]), conflicts, st.sampled_from([1, 2])), max_size=8)
    return rows.map(lambda items: [CaseToGive(f"c{at}", f"CF-{at}", *row) for at, row in enumerate(items)])


def by_case(made: tuple[Proposal, ...]) -> dict[str, tuple[str, ...]]:
    return {proposal.case_id: proposal.auditors for proposal in made}


@given(cases(), people(), st.randoms(use_true_random=False))
def test_nobody_with_an_interest_and_the_same_in_any_order(
    given_cases: list[CaseToGive], auditors: list[Auditor], chance: object
) -> None:
    made = propose(given_cases, auditors, {})
    by_id = {auditor.id: auditor for auditor in auditors}
    for case, proposal in zip(given_cases, made, strict=True):
        assert proposal.case_id == case.id
        able = [auditor for auditor in auditors if not conflict_of(case, auditor)]
        assert len(set(proposal.auditors)) == (case.people if len(able) >= case.people else 0)
        assert not any(conflict_of(case, by_id[person]) for person in proposal.auditors)
        assert proposal.auditors or proposal.unmet
    again = propose(list(reversed(given_cases)), list(reversed(auditors)), {})
    assert by_case(again) == by_case(made)


def test_the_load_is_even_and_partners_change() -> None:
    made = propose([CaseToGive(f"c{at}", f"CF-{at:02}") for at in range(12)], staff(6), {})
    load = Counter(person for proposal in made for person in proposal.auditors)
    assert set(load.values()) == {4}
    assert max(Counter(map(frozenset, by_case(made).values())).values()) == 1


def test_those_who_worked_together_before_are_parted() -> None:
    auditors = staff(4)
    history = {frozenset(("p0", "p3")): 2, frozenset(("p1", "p2")): 2}
    made = propose([CaseToGive("c0", "CF-1"), CaseToGive("c1", "CF-2")], auditors, history)
    assert not {frozenset(team) for team in by_case(made).values()} & set(history)
    assert "together for the first time" in made[0].why


def test_grades_and_services_are_mixed_where_that_is_possible() -> None:
    auditors = [
        Auditor("a", "A", "Team manager", "North"),
        Auditor("b", "B", "Team manager", "North"),
        Auditor("c", "C", "Reviewing officer", "South"),
        Auditor("d", "D", "Reviewing officer", "South"),
    ]
    made = propose([CaseToGive("c0", "CF-1"), CaseToGive("c1", "CF-2")], auditors, {})
    assert all(len({person in "ab" for person in team}) == 2 for team in by_case(made).values())
    assert "Team manager with Reviewing officer" in made[0].why


def test_what_could_not_be_had_is_said() -> None:
    auditors = [Auditor("a", "A", "Team manager", "North"), Auditor("b", "B", "Team manager", "North")]
    (pair,) = propose([CaseToGive("c0", "CF-1", "South")], auditors, {frozenset("ab"): 1})
    assert pair.auditors == ("a", "b")
    assert pair.unmet == ("together once before", "same grade: Team manager", "same service: North")
    (nobody,) = propose([CaseToGive("c0", "CF-1", "north", frozenset("b"))], auditors, {})
    assert nobody.auditors == () and "0 can" in nobody.unmet[0]


def test_who_has_cases_already_is_given_fewer() -> None:
    auditors = [Auditor(name, name, held=2 if name in "ab" else 0) for name in "abcd"]
    made = propose([CaseToGive("c0", "CF-1"), CaseToGive("c1", "CF-2")], auditors, {})
    assert {person for team in by_case(made).values() for person in team} == {"c", "d"}


def test_twenty_eight_auditors_of_a_pilot_are_paired_without_a_repeat_or_own_team() -> None:
    auditors = [*staff(26), Auditor("y", "Y. Auditor", "Head", "East"), Auditor("z", "Z. Auditor", "Head", "East")]
    listed = [CaseToGive(f"c{at}", f"CF-{at:02}", TEAMS[at % 3]) for at in range(14)]
    made = propose(listed, auditors, {})
    assert Counter(person for proposal in made for person in proposal.auditors) == Counter(p.id for p in auditors)
    assert len({frozenset(team) for team in by_case(made).values()}) == 14
    service = {auditor.id: auditor.service for auditor in auditors}
    assert not any(service[person] == case.team for case in listed for person in by_case(made)[case.id])
