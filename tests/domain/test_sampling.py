"""Drawing a sample: allocation, order, exclusions, quotas; what the writing of a frame never changes."""

import hashlib
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.frame import Field, Frame, frame_hash, rank_hash, reference_key
from auditor.domain.sampling import Exclusion, Plan, Quota, Why, allocate, draw

TEAMS = ["North", "South", "Über Team", ""]
ORIGINS = ["White British", "Black Caribbean", "Asian", ""]


def frame(*rows: tuple[str, str, str]) -> Frame:
    columns = tuple(zip(*rows, strict=True)) if rows else ((), (), ())
    headings = {"Case ref": columns[0], "Team": columns[1], "Ethnicity": columns[2]}
    return Frame(headings, {Field.REFERENCE: "Case ref", Field.TEAM: "Team", Field.ETHNICITY: "Ethnicity"})


def rows(most: int = 40) -> st.SearchStrategy[list[tuple[str, str, str]]]:
    cells = st.tuples(st.sampled_from(TEAMS), st.sampled_from(ORIGINS))
    return st.lists(cells, max_size=most).map(
        lambda given: [(f"CÉ-{at:03}", team, origin) for at, (team, origin) in enumerate(given)]
    )


def plans() -> st.SearchStrategy[Plan]:
    quotas = st.lists(
        st.builds(
            Quota,
            st.just("Ethnicity"),
            st.lists(st.sampled_from(ORIGINS[1:3]), min_size=1, unique=True).map(tuple),
            st.integers(0, 6),
        ),
        max_size=2,
    ).map(tuple)
    strata = st.sampled_from([(), ("Team",), ("Ethnicity",), ("Team", "Ethnicity")])
    return st.builds(Plan, st.integers(0, 45), st.integers(0, 10**9), strata, quotas)


def keys_of(made: Any) -> list[str]:
    return [line.key for line in made.drawn]


def test_the_order_is_the_sha256_of_seed_and_reference() -> None:
    made = draw(frame(("CF 02", "", ""), ("cf-01", "", "")), Plan(1, 7))
    expected = {key: hashlib.sha256(f"7:{key}".encode()).hexdigest() for key in ("cf02", "cf-01")}
    assert [line.hash for line in made.lines] == sorted(expected.values())
    assert {line.key: line.hash for line in made.lines} == expected
    assert [line.why for line in made.lines] == [Why.DRAWN, Why.NOT_REACHED]
    assert rank_hash(7, "cf02") != rank_hash(8, "cf02")


@pytest.mark.parametrize(
    ("sizes", "n", "shares"),
    [
        ({"a": 50, "b": 30, "c": 20}, 10, {"a": 5, "b": 3, "c": 2}),
        ({"a": 97, "b": 2, "c": 1}, 10, {"a": 8, "b": 1, "c": 1}),
        ({"a": 5, "b": 5, "c": 5}, 4, {"a": 2, "b": 1, "c": 1}),
        ({"a": 5, "b": 5, "c": 5}, 2, {"a": 1, "b": 1, "c": 0}),
        ({"b": 7, "a": 7, "c": 6}, 1, {"a": 1, "b": 0, "c": 0}),
        ({"a": 2, "b": 0}, 9, {"a": 2, "b": 0}),
        ({}, 3, {}),
    ],
)
def test_shares_are_proportional_with_at_least_one(sizes: dict[str, int], n: int, shares: dict[str, int]) -> None:
    assert allocate(sizes, n) == shares


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 200), max_size=12), st.integers(0, 500))
def test_shares_add_up_and_never_exceed_what_there_is(sizes: dict[str, int], n: int) -> None:
    shares = allocate(sizes, n)
    assert sum(shares.values()) == min(n, sum(sizes.values()))
    assert all(0 <= shares[name] <= size for name, size in sizes.items())
    filled = [name for name, size in sizes.items() if size]
    if n >= len(filled):
        assert all(shares[name] for name in filled)


@given(rows(), plans(), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_capitals_and_spaces_never_change_the_draw(
    listed: list[tuple[str, str, str]], plan: Plan, chance: Any
) -> None:
    first = draw(frame(*listed), plan)
    other = [tuple(_otherwise(cell, chance) for cell in row) for row in listed]
    chance.shuffle(other)
    columns = tuple(zip(*other, strict=True)) if other else ((), (), ())
    written = [("Ethnicity", columns[2]), ("Team", columns[1]), ("Case ref", columns[0])]
    second = draw(Frame(dict(written), dict(frame().fields)), plan)
    assert keys_of(first) == keys_of(second)
    assert first.frame_hash == second.frame_hash
    assert [(count.frame, count.eligible, count.share, count.drawn) for count in first.strata] == [
        (count.frame, count.eligible, count.share, count.drawn) for count in second.strata
    ]


def _otherwise(cell: str, chance: Any) -> str:
    form = chance.choice(["NFC", "NFD"])
    text = unicodedata.normalize(form, chance.choice([cell, cell.upper(), cell.lower()]))
    return str(chance.choice([text, f"  {text} ", text.replace(" ", "\u00a0 ")]))


def test_another_value_makes_another_frame() -> None:
    one, other = frame(("CF-01", "North", "Asian")), frame(("CF-01", "South", "Asian"))
    assert frame_hash(one) != frame_hash(other)


@given(rows(), plans(), st.sets(st.integers(0, 39)))
def test_the_excluded_are_never_drawn_and_shares_are_kept(
    listed: list[tuple[str, str, str]], plan: Plan, out: set[int]
) -> None:
    excluded = {reference_key(listed[at][0]): Exclusion.RECENT for at in out if at < len(listed)}
    made = draw(frame(*listed), plan, excluded)
    assert not set(keys_of(made)) & set(excluded)
    assert len(made.drawn) == min(plan.n, len(listed) - len(excluded))
    assert made.short == plan.n - len(made.drawn)
    assert made.excluded[Exclusion.RECENT] == len(excluded)
    assert sum(count.frame for count in made.strata) == len(listed)
    assert sum(count.share for count in made.strata) == len(made.drawn)


@given(rows(), plans())
def test_quotas_are_met_or_reported(listed: list[tuple[str, str, str]], plan: Plan) -> None:
    made = draw(frame(*listed), plan)
    drawn = [listed[line.row] for line in made.drawn]
    for result in made.quotas:
        assert result.drawn == sum(row[2] in result.quota.values for row in drawn)
        assert result.met is (result.drawn >= result.quota.least)
    if len(plan.quotas) == 1 and made.quotas[0].available >= plan.quotas[0].least <= len(made.drawn):
        assert made.quotas[0].met
    assert all(line.why in (Why.DRAWN, Why.FOR_QUOTA) for line in made.drawn)


def test_for_a_quota_the_last_of_the_same_team_gives_way() -> None:
    listed = [(f"N{at}", "North", "White British") for at in range(6)]
    listed += [(f"S{at}", "South", "White British") for at in range(5)]
    listed.append(("S9", "South", "Asian"))
    quota = Quota("Ethnicity", ("asian",), 1)
    seed = next(seed for seed in range(99) if "s9" not in keys_of(draw(frame(*listed), Plan(4, seed, ("Team",)))))
    before = draw(frame(*listed), Plan(4, seed, ("Team",)))
    after = draw(frame(*listed), Plan(4, seed, ("Team",), (quota,)))
    (left,) = set(keys_of(before)) - set(keys_of(after))
    assert left == [line.key for line in before.drawn if line.stratum == "South"][-1]
    assert set(keys_of(after)) - set(keys_of(before)) == {"s9"}
    why = {line.key: line.why for line in after.lines}
    assert (why["s9"], why[left]) == (Why.FOR_QUOTA, Why.GAVE_WAY)
    assert [count.drawn for count in after.strata] == [count.drawn for count in before.strata]
    assert after.quotas[0].met


def test_a_quota_that_is_met_already_changes_nothing() -> None:
    listed = [(f"N{at}", "North", "Asian") for at in range(9)]
    plain, with_quota = Plan(3, 1), Plan(3, 1, (), (Quota("Ethnicity", ("Asian",), 2),))
    assert keys_of(draw(frame(*listed), plain)) == keys_of(draw(frame(*listed), with_quota))


def test_a_quota_nobody_can_meet_says_how_many_there_are() -> None:
    made = draw(frame(("CF-1", "", "Asian"), ("CF-2", "", "")), Plan(1, 1, (), (Quota("Ethnicity", ("Asian",), 2),)))
    (result,) = made.quotas
    assert not result.met and result.available == 1 and "Only 1" in result.words
