"""Drawing a sample: the same frame and seed give the same cases anywhere.

Cases stand in the order of SHA-256 of seed and reference; each stratum gives its share from the top of that order.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.domain.frame import Frame, cleaned, frame_hash, rank_hash, reference_key, strata_of, value_key


class Exclusion(StrEnum):
    """Why a case of the frame cannot be drawn."""

    RECENT = "audited_recently"
    CONFLICT = "conflict_of_interest"
    IN_CYCLE = "in_the_cycle"

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        return _EXCLUSION_WORDS[self]


_EXCLUSION_WORDS = {
    Exclusion.RECENT: "audited too recently",
    Exclusion.CONFLICT: "an auditor holds, held or manages it",
    Exclusion.IN_CYCLE: "in this cycle already",
}


@dataclass(frozen=True, slots=True)
class Quota:
    """At least so many cases whose column holds one of these values."""

    column: str
    values: tuple[str, ...]
    least: int

    @property
    def words(self) -> str:
        """The quota as a person reads it."""
        return f"at least {self.least} with {self.column}: {' or '.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sample is to be drawn: how many, with which seed, by which columns (none is a simple sample)."""

    n: int
    seed: int
    strata: tuple[str, ...] = ()
    quotas: tuple[Quota, ...] = ()


class Why(StrEnum):
    """Why a case is in the sample, or not."""

    DRAWN = "drawn"
    FOR_QUOTA = "drawn_for_a_quota"
    GAVE_WAY = "gave_way_to_a_quota"
    NOT_REACHED = "not_reached"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one case: its row in the frame (from 0), rank among all cases, hash, stratum, and why."""

    row: int
    reference: str
    key: str
    rank: int
    hash: str
    stratum: str
    why: Why
    excluded: Exclusion | None = None

    @property
    def drawn(self) -> bool:
        """Whether the case is in the sample."""
        return self.why in (Why.DRAWN, Why.FOR_QUOTA)


@dataclass(frozen=True, slots=True)
class StratumCount:
    """A stratum: its cases in the frame, those that could be drawn, its share, and how many were drawn."""

    title: str
    frame: int
    eligible: int
    share: int
    drawn: int


@dataclass(frozen=True, slots=True)
class QuotaResult:
    """How a quota came out: how many cases that count could be drawn, and how many were."""

    quota: Quota
    available: int
    drawn: int

    @property
    def met(self) -> bool:
        """Whether enough are drawn."""
        return self.drawn >= self.quota.least

    @property
    def words(self) -> str:
        """How it came out, and where it was not met, why."""
        said = f"{self.quota.words}: {self.drawn} drawn"
        if self.met:
            return said
        if self.available < self.quota.least:
            return f"{said}. Only {self.available} that could be drawn count towards it."
        return f"{said}. No drawn case could give way without breaking another quota."


@dataclass(frozen=True, slots=True)
class Draw:
    """What a draw came to. `lines` holds every case of the frame in the order of the hashes."""

    plan: Plan
    frame_hash: str
    lines: tuple[Line, ...]
    strata: tuple[StratumCount, ...]
    quotas: tuple[QuotaResult, ...]
    excluded: Mapping[Exclusion, int] = field(default_factory=dict)

    @property
    def drawn(self) -> tuple[Line, ...]:
        """The sample in the order of the hashes."""
        return tuple(line for line in self.lines if line.drawn)

    @property
    def short(self) -> int:
        """How many cases are missing because the frame has too few that can be drawn."""
        return self.plan.n - sum(count.drawn for count in self.strata)


def allocate(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """Shares of `n` in proportion to the sizes, by largest remainder; a tie goes to the larger stratum, then by name.
    Every stratum gets at least one where `n` reaches; no more is given than there is."""
    left = {name: size for name, size in sizes.items() if size}
    n = min(n, sum(left.values()))
    shares = dict.fromkeys(sizes, 0)
    everybody_gets_one = n >= len(left)
    while left:
        given = _by_largest_remainder(left, n - sum(shares.values()))
        empty = [name for name, share in given.items() if not share]
        if not (everybody_gets_one and empty):
            return shares | given
        for name in empty:
            shares[name] = 1
            del left[name]
    return shares


def _by_largest_remainder(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    total = sum(sizes.values())
    given = {name: n * size // total for name, size in sizes.items()}
    first = sorted(sizes, key=lambda name: (-(n * sizes[name] % total), -sizes[name], value_key(name)))
    for name in first[: n - sum(given.values())]:
        given[name] += 1
    return given


def draw(frame: Frame, plan: Plan, excluded: Mapping[str, Exclusion] | None = None) -> Draw:
    """Draw a sample. `excluded` names cases by reference key; they are never drawn."""
    out = excluded or {}
    references = frame.references
    keys = [reference_key(reference) for reference in references]
    hashes = [rank_hash(plan.seed, key) for key in keys]
    order = sorted(range(len(keys)), key=lambda row: (hashes[row], keys[row]))
    titles = strata_of(frame, plan.strata)
    eligible: dict[str, list[int]] = {title: [] for title in sorted(set(titles), key=value_key)}
    for row in order:
        if keys[row] not in out:
            eligible[titles[row]].append(row)
    shares = allocate({title: len(rows) for title, rows in eligible.items()}, plan.n)
    drawing = _Drawing(titles, order, {title: rows[: shares[title]] for title, rows in eligible.items()})
    counts = {quota: _counting(frame, quota) for quota in plan.quotas}
    able = [row for row in order if keys[row] not in out]
    for quota in plan.quotas:
        drawing.meet(quota, counts, able)
    chosen = drawing.chosen
    lines = tuple(
        Line(
            row=row,
            reference=references[row],
            key=keys[row],
            rank=rank,
            hash=hashes[row],
            stratum=titles[row],
            why=Why.EXCLUDED if keys[row] in out else drawing.why(row),
            excluded=out.get(keys[row]),
        )
        for rank, row in enumerate(order, 1)
    )
    return Draw(
        plan=plan,
        frame_hash=frame_hash(frame),
        lines=lines,
        strata=_counted(titles, eligible, shares, chosen),
        quotas=tuple(
            QuotaResult(quota, sum(row in rows for row in able), len(rows & chosen)) for quota, rows in counts.items()
        ),
        excluded={reason: sum(line.excluded is reason for line in lines) for reason in Exclusion},
    )


class _Drawing:
    """The sample while quotas are being met."""

    def __init__(self, titles: Sequence[str], order: Sequence[int], by_stratum: Mapping[str, list[int]]) -> None:
        self._titles = titles
        self._place = {row: at for at, row in enumerate(order)}
        self._by_stratum = {title: list(rows) for title, rows in by_stratum.items()}
        self._brought: set[int] = set()
        self._gone: set[int] = set()

    @property
    def chosen(self) -> frozenset[int]:
        return frozenset(row for rows in self._by_stratum.values() for row in rows)

    def why(self, row: int) -> Why:
        if row in self._by_stratum[self._titles[row]]:
            return Why.FOR_QUOTA if row in self._brought else Why.DRAWN
        return Why.GAVE_WAY if row in self._gone else Why.NOT_REACHED

    def meet(self, quota: Quota, counts: Mapping[Quota, frozenset[int]], able: Sequence[int]) -> None:
        """Let the first cases that count come in, each in place of the last one drawn that no quota needs."""
        chosen, stuck = self.chosen, set[str]()
        for row in (row for row in able if row in counts[quota] and row not in chosen):
            chosen = self.chosen
            if len(chosen & counts[quota]) >= quota.least or len(stuck) == len(self._by_stratum):
                return
            if self._titles[row] in stuck:
                continue
            needed = frozenset[int]().union(
                counts[quota], *(rows for other, rows in counts.items() if len(rows & chosen) <= other.least)
            )
            leaving = self._who_gives_way(self._titles[row], needed)
            if leaving is None:
                # Spare cases only become fewer, so this stratum need not be looked at again.
                stuck.add(self._titles[row])
                continue
            self._by_stratum[self._titles[leaving]].remove(leaving)
            self._by_stratum[self._titles[row]].append(row)
            self._brought.add(row)
            self._gone.add(leaving)

    def _who_gives_way(self, stratum: str, needed: frozenset[int]) -> int | None:
        """The last drawn of the same stratum, else of the stratum with the most. A quota is a minimum somebody named:
        even the only case of a stratum gives way to it when nothing else can."""
        others = sorted(self._by_stratum, key=lambda title: (-len(self._by_stratum[title]), value_key(title)))
        for title in (stratum, *others):
            spare = [row for row in self._by_stratum[title] if row not in needed]
            if spare:
                return max(spare, key=self._place.__getitem__)
        return None


def _counting(frame: Frame, quota: Quota) -> frozenset[int]:
    wanted = {value_key(value) for value in quota.values}
    keys = cleaned(frame.columns[quota.column], value_key)
    return frozenset(row for row, key in enumerate(keys) if key in wanted)


def _counted(
    titles: Sequence[str],
    eligible: Mapping[str, Sequence[int]],
    shares: Mapping[str, int],
    chosen: frozenset[int],
) -> tuple[StratumCount, ...]:
    held: dict[str, int] = defaultdict(int)
    for title in titles:
        held[title] += 1
    drawn: dict[str, int] = defaultdict(int)
    for row in chosen:
        drawn[titles[row]] += 1
    return tuple(
        StratumCount(title, held[title], len(rows), shares[title], drawn[title]) for title, rows in eligible.items()
    )
