"""What is kept of a draw: enough to show that it was fair and to replace a case, and nothing that tells who a child
is. Special-category values stay counts unless the lead decided to keep them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from auditor.domain.canonical import Json
from auditor.domain.frame import reference_key
from auditor.domain.sampling import Draw, Exclusion, Line, Plan, Quota, QuotaResult, StratumCount, Why

LEAST_IN_RESERVE = 5


@dataclass(frozen=True, slots=True)
class Rules:
    """Which cases are left out of a draw, and whether special-category values are kept with the cases drawn."""

    exclude_months: int = 0
    exclude_conflicts: bool = False
    keep_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class DrawnCase:
    """A case of the sample by its id in the cycle (until it is added, by its reference key)."""

    case: str
    rank: int
    stratum: str
    why: Why


@dataclass(frozen=True, slots=True)
class Reserve:
    """A case that comes next in its stratum, with what its entry in the cycle would hold."""

    reference: str
    rank: int
    stratum: str
    details: Mapping[str, str]
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """A draw as the ledger keeps it. `strata_kept` is False where the strata are special-category data and nobody
    chose to keep them: then no case's stratum is recorded, and nothing is held in reserve."""

    plan: Plan
    rules: Rules
    frame_hash: str
    frame_size: int
    on: date
    by: str
    drawn: tuple[DrawnCase, ...]
    strata: tuple[StratumCount, ...]
    quotas: tuple[QuotaResult, ...]
    excluded: Mapping[Exclusion, int]
    reserve: tuple[Reserve, ...] = ()
    strata_kept: bool = True

    def with_cases(self, ids: Mapping[str, str]) -> "DrawRecord":
        """The record once its cases are in a cycle; `ids` maps reference keys to case ids."""
        return replace(self, drawn=tuple(replace(one, case=ids[one.case]) for one in self.drawn))

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        plan, rules = self.plan, self.rules
        return {
            "n": plan.n,
            "seed": plan.seed,
            "by_columns": list(plan.strata),
            "rules": {
                "exclude_months": rules.exclude_months,
                "exclude_conflicts": rules.exclude_conflicts,
                "keep_sensitive": rules.keep_sensitive,
            },
            "frame": {"sha256": self.frame_hash, "cases": self.frame_size},
            "on": self.on.isoformat(),
            "by": self.by,
            "drawn": [[one.case, one.rank, one.stratum, one.why.value] for one in self.drawn],
            "strata": [[one.title, one.frame, one.eligible, one.share, one.drawn] for one in self.strata],
            "quotas": [
                {
                    "column": one.quota.column,
                    "values": list(one.quota.values),
                    "least": one.quota.least,
                    "available": one.available,
                    "drawn": one.drawn,
                }
                for one in self.quotas
            ],
            "excluded": {reason.value: count for reason, count in self.excluded.items()},
            "reserve": [
                [one.reference, one.rank, one.stratum, dict(one.details), list(one.conflicts)] for one in self.reserve
            ],
            "strata_kept": self.strata_kept,
        }

    @staticmethod
    def from_plain(plain: Json) -> "DrawRecord":
        """What `to_plain` wrote."""
        assert isinstance(plain, dict)
        frame, rules = plain["frame"], plain["rules"]
        assert isinstance(frame, dict)
        assert isinstance(rules, dict)
        quotas = tuple(_quota(one) for one in _list(plain["quotas"]))
        return DrawRecord(
            plan=Plan(
                _int(plain["n"]), _int(plain["seed"]), _texts(plain["by_columns"]), tuple(q.quota for q in quotas)
            ),
            rules=Rules(_int(rules["exclude_months"]), bool(rules["exclude_conflicts"]), bool(rules["keep_sensitive"])),
            frame_hash=str(frame["sha256"]),
            frame_size=_int(frame["cases"]),
            on=date.fromisoformat(str(plain["on"])),
            by=str(plain["by"]),
            drawn=tuple(_drawn(one) for one in _list(plain["drawn"])),
            strata=tuple(_stratum(one) for one in _list(plain["strata"])),
            quotas=quotas,
            excluded=_excluded(plain["excluded"]),
            reserve=tuple(_reserve(one) for one in _list(plain["reserve"])),
            strata_kept=bool(plain["strata_kept"]),
        )


def in_reserve(draw: Draw) -> list[Line]:
    """The cases that come next: in each stratum as many again as were drawn, and a few at least."""
    room = {count.title: max(LEAST_IN_RESERVE, count.drawn) for count in draw.strata}
    found = []
    for line in draw.lines:
        if line.why in (Why.NOT_REACHED, Why.GAVE_WAY) and room[line.stratum]:
            room[line.stratum] -= 1
            found.append(line)
    return found


def next_in_order(reserve: Sequence[Reserve], stratum: str, taken: frozenset[str]) -> Reserve | None:
    """The next case of the stratum; `taken` are the reference keys of cases that cannot come in."""
    return next((one for one in reserve if one.stratum == stratum and reference_key(one.reference) not in taken), None)


def _drawn(plain: Json) -> DrawnCase:
    case, rank, stratum, why = _list(plain)
    return DrawnCase(str(case), _int(rank), str(stratum), Why(str(why)))


def _stratum(plain: Json) -> StratumCount:
    title, *counts = _list(plain)
    return StratumCount(str(title), *map(_int, counts))


def _quota(plain: Json) -> QuotaResult:
    assert isinstance(plain, dict)
    quota = Quota(str(plain["column"]), _texts(plain["values"]), _int(plain["least"]))
    return QuotaResult(quota, _int(plain["available"]), _int(plain["drawn"]))


def _excluded(plain: Json) -> dict[Exclusion, int]:
    assert isinstance(plain, dict)
    return {Exclusion(reason): _int(count) for reason, count in plain.items()}


def _reserve(plain: Json) -> Reserve:
    reference, rank, stratum, details, conflicts = _list(plain)
    assert isinstance(details, dict)
    named = {name: str(text) for name, text in details.items()}
    return Reserve(str(reference), _int(rank), str(stratum), named, _texts(conflicts))


def _list(plain: Json) -> list[Json]:
    return plain if isinstance(plain, list) else []


def _texts(plain: Json) -> tuple[str, ...]:
    return tuple(map(str, _list(plain)))


def _int(plain: Json) -> int:
    assert isinstance(plain, int)
    return plain
