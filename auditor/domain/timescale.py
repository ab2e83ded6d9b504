"""Time limits on practice: what a rule of the template asks for, the regime it belongs to, and what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from auditor.domain.errors import BadInput
from auditor.domain.spans import Span, Unit
from auditor.domain.template import Regime, SourcedRule


class Test(StrEnum):
    """How a limit is tested."""

    __test__ = False  # a word of the field, not a case for pytest

    ELAPSED = "elapsed"
    """From one step to the next."""
    INTERVAL = "interval"
    """From one event to the next of its kind."""
    RECENCY = "recency"
    """How old the latest event is at the end of the period."""
    COUNT = "count"
    """Whether it happened as often as the interval asks over the period."""
    FLAG_OVER = "flag_over"
    """A sign, not a failing: longer than the limit."""
    FLAG_UNDER = "flag_under"
    """A sign, not a failing: sooner than the limit."""
    ATTESTED = "attested"
    """No dates are asked for; an answer says whether it was kept."""


class Kept(StrEnum):
    """What came of a limit, worst last."""

    NOT_APPLICABLE = "not_applicable"
    MET = "met"
    UNKNOWN = "unknown"
    LATE_RUNNING = "late_running"
    NOT_MET = "not_met"

    @property
    def rank(self) -> int:
        """0 for not applicable, up to 4 for not met."""
        return list(Kept).index(self)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many units; `instead_of` is the limit of the master where this is a local one in its place."""

    number: int
    unit: Unit
    instead_of: "Limit | None" = None

    @property
    def span(self) -> Span:
        """The same as a length."""
        return Span(self.number, self.unit)


@dataclass(frozen=True, slots=True)
class SpecialLimit:
    """Another limit for starts between two dates (both included), or for cases for which the CEL `when` is true."""

    limit: Limit
    when: str = ""
    since: date | None = None
    until: date | None = None

    def covers(self, start: date | None) -> bool:
        """Whether it is meant for that start."""
        if start is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= start) and (self.until is None or start <= self.until)


@dataclass(frozen=True, slots=True)
class LaterLimit:
    """The interval that holds from so many months after the date that answers the question `after`."""

    after: str
    months: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class Part:
    """One test of a rule. `start`, `end`, `count` and `attest` are question ids or ""; `start_else` stands in where
    `start` is N/A. A count runs from the later of `start` and the beginning of the period to the earlier of `end`
    and its end."""

    test: Test
    limit: Limit
    start: str = ""
    start_else: str = ""
    end: str = ""
    count: str = ""
    attest: str = ""
    special: tuple[SpecialLimit, ...] = ()
    later: tuple[LaterLimit, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions it reads, those of conditions left out."""
        named = (self.start, self.start_else, self.end, self.count, self.attest, *(item.after for item in self.later))
        return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True, slots=True)
class TimescaleRule:
    """A rule of the template, ready to be measured. `when` is CEL: the cases it is for; "" is every case."""

    id: str
    title: str
    regime: str
    parts: tuple[Part, ...]
    when: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions it reads, those of conditions left out."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.questions))

    @property
    def conditions(self) -> Iterator[str]:
        """Every CEL condition in it."""
        if self.when:
            yield self.when
        yield from (special.when for part in self.parts for special in part.special if special.when)


@dataclass(frozen=True, slots=True)
class Timescale:
    """What came of one rule in one audit.

    `taken`, `limit` and `over` are lengths; of a count they are times done, expected and missing. `due` is the last day
    (or moment) in time. `flag` rules give signs: not met reads "flagged". `parts` holds the tests of a combined rule.
    """

    rule: str
    title: str
    kept: Kept
    sentence: str
    questions: tuple[str, ...] = ()
    flag: bool = False
    taken: Span | None = None
    limit: Span | None = None
    over: Span | None = None
    start: date | None = None
    end: date | None = None
    due: date | None = None
    parts: tuple["Timescale", ...] = ()


_LOCAL_REGIMES = frozenset({"local", "audit"})
_LONGEST = {Unit.HOUR: 1, Unit.DAY: 24, Unit.WORKING_DAY: 24 * 7 / 5, Unit.WEEK: 168, Unit.MONTH: 730, Unit.TERM: 2920,
            Unit.YEAR: 8760}  # fmt: skip


def rule_of(sourced: SourcedRule) -> TimescaleRule:
    """The rule that a template carries, whose form has been checked before."""
    body: Mapping[str, Any] = sourced.body
    parts = (_part(body), *(_part(item) for item in body.get("also", ())))
    return TimescaleRule(sourced.id, sourced.title, body["regime"], parts, body.get("when", ""))


def check_local_limit(rule: TimescaleRule, limit: Limit) -> None:
    """Raise `BadInput` (`local-limit-too-long`) where an authority would set itself more time than a national rule
    gives; rules that are local anyway take any limit."""
    national = rule.parts[0].limit
    if rule.regime not in _LOCAL_REGIMES and _hours(limit) > _hours(national):
        message = f"{rule.title}: {limit.span} is longer than the {national.span} that hold everywhere."
        raise BadInput("local-limit-too-long", "Limit too long", message, "Set a shorter limit or none.")


def in_force(regimes: Mapping[str, Regime], regime_id: str, start: date) -> bool:
    """Whether something that began on that day falls under the regime; unknown regimes always hold."""
    regime = regimes.get(regime_id)
    if regime is None:
        return True
    since = begins(regimes, regime_id)
    ends = begins(regimes, regime.replaced_by)
    return (
        (since is None or since <= start)
        and (regime.until is None or start <= regime.until)
        and (ends is None or start < ends)
    )


def begins(regimes: Mapping[str, Regime], regime_id: str) -> date | None:
    """The first day of a regime; None if it has none."""
    regime = regimes.get(regime_id)
    return regime.since if regime else None


def _hours(limit: Limit) -> float:
    return limit.number * _LONGEST[limit.unit]


def _part(item: Mapping[str, Any]) -> Part:
    return Part(
        test=Test(item["test"]),
        limit=_limit(item),
        start=item.get("start", ""),
        start_else=item.get("start_else", ""),
        end=item.get("end", ""),
        count=item.get("count", ""),
        attest=item.get("attest", ""),
        special=tuple(
            SpecialLimit(_limit(one), one.get("when", ""), _day(one.get("since")), _day(one.get("until")))
            for one in item.get("limits", ())
        ),
        later=tuple(LaterLimit(one["after"], one.get("months", 0), _limit(one)) for one in item.get("later", ())),
    )


def _limit(item: Mapping[str, Any]) -> Limit:
    before = item.get("instead_of")
    return Limit(item["limit"], Unit(item["unit"]), _limit(before) if before else None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
