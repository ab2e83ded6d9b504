"""Measures one time limit in one audit, from dates, counts and holidays that are handed in; nothing is fetched."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from auditor.domain.spans import Span, Unit, add_span, day_of, intervals_in, span_between
from auditor.domain.template import Period, Regime
from auditor.domain.timescale import (
    Kept,
    Limit,
    Part,
    SpecialLimit,
    Test,
    Timescale,
    TimescaleRule,
    in_force,
)
from auditor.domain.timescale_words import outcome_words, shown_date

Known = date | int | str
"""A date (with a time of day: an aware datetime), a count, or the standing of a choice (`yes`, `no`, ...)."""

FLAGS = (Test.FLAG_OVER, Test.FLAG_UNDER)


@dataclass(frozen=True)
class Facts:
    """What is known of a case: values by question id, the ids that do not apply, results of CEL conditions by their
    text (None: not yet known), and the calendar."""

    values: Mapping[str, Known]
    not_applicable: AbstractSet[str]
    conditions: Mapping[str, bool | None]
    today: date
    holidays: AbstractSet[date]
    regimes: Mapping[str, Regime]
    period: Period | None = None


def measure(rule: TimescaleRule, facts: Facts) -> Timescale:
    """What came of the rule: of a combined rule the worst of its parts, told together."""
    meant = facts.conditions.get(rule.when) if rule.when else True
    if meant is None:
        return _plain(rule, rule.questions, Kept.UNKNOWN, "not known yet whether it is for this case")
    if not meant:
        return _plain(rule, rule.questions, Kept.NOT_APPLICABLE, "not for this case")
    parts = tuple(_Measure(rule, part, facts).result() for part in rule.parts)
    if len(parts) == 1:
        return parts[0]
    worst = max(parts, key=lambda part: part.kept.rank)
    told = "; ".join(part.sentence.removeprefix(f"{rule.title}: ") for part in parts)
    return replace(worst, sentence=f"{rule.title}: {told}", questions=rule.questions, parts=parts)


def _plain(rule: TimescaleRule, questions: tuple[str, ...], kept: Kept, words: str) -> Timescale:
    flag = rule.parts[0].test in FLAGS
    return Timescale(rule.id, rule.title, kept, f"{rule.title}: {words}", questions, flag)


class _Measure:
    """One part of a rule against the facts."""

    def __init__(self, rule: TimescaleRule, part: Part, facts: Facts) -> None:
        self.rule, self.part, self.facts = rule, part, facts
        self._local: tuple[str, ...] = ()

    def result(self) -> Timescale:
        """What came of it; where a local limit or change-over decided it, that is said."""
        match self.part.test:
            case Test.ATTESTED:
                found = self._attested()
            case Test.COUNT:
                found = self._counted()
            case _:
                found = self._dated()
        return replace(found, sentence="; ".join((found.sentence, *self._local)))

    def _attested(self) -> Timescale:
        if self._is_na(self.part.attest):
            return self._say(Kept.NOT_APPLICABLE, "marked not applicable")
        limit = self._limit(None)
        if limit is None or self.part.attest not in self.facts.values:
            return self._say(Kept.UNKNOWN, "not answered yet")
        match self.facts.values[self.part.attest]:
            case "yes" | "met":
                return self._say(Kept.MET, f"the file says within {limit.span}", limit=limit.span)
            case "no" | "not_met" | "partly":
                return self._say(Kept.NOT_MET, f"the file says not within {limit.span}", limit=limit.span)
            case _:
                return self._say(Kept.UNKNOWN, f"not evidenced, limit {limit.span}", limit=limit.span)

    def _counted(self) -> Timescale:
        needed = [self.part.count, *(item.after for item in self.part.later)]
        if self._is_na(self.part.count):
            return self._say(Kept.NOT_APPLICABLE, "marked not applicable")
        window = self._window()
        if window is None or any(name not in self.facts.values and not self._is_na(name) for name in needed):
            return self._say(Kept.UNKNOWN, "not all of it is answered yet")
        start, end = window
        if end < start:
            return self._say(Kept.NOT_APPLICABLE, "it began after the period audited")
        if not self._in_force(start):
            return self._say(Kept.NOT_APPLICABLE, f"other rules held on {shown_date(start)}")
        limit = self._limit(start)
        if limit is None:
            return self._say(Kept.UNKNOWN, "not known yet which limit holds")
        done, expected = int(str(self.facts.values[self.part.count])), self._expected(start, end, limit)
        missing = max(expected - done, 0)
        verdict = f"{missing} short" if missing else "often enough"
        words = (
            f"{done} from {shown_date(start)} to {shown_date(end)}, at least {expected} expected"
            f" (one every {_every(limit)}): {verdict}"
        )
        return self._say(
            Kept.NOT_MET if missing else Kept.MET,
            words,
            taken=Span(done, Unit.TIME),
            limit=Span(expected, Unit.TIME),
            over=Span(missing, Unit.TIME) if missing else None,
            start=start,
            end=end,
        )

    def _dated(self) -> Timescale:
        name = self._start_question()
        if self._is_na(name):
            return self._say(Kept.NOT_APPLICABLE, "marked not applicable")
        start = self._date(name)
        if start is None:
            return self._say(Kept.UNKNOWN, "no date to count from yet")
        if not self._in_force(day_of(start)):
            return self._say(Kept.NOT_APPLICABLE, f"other rules held on {shown_date(start)}", start=start)
        limit = self._limit(day_of(start))
        if limit is None:
            return self._say(Kept.UNKNOWN, "not known yet which limit holds", start=start)
        if self._is_na(self.part.end):
            return self._say(Kept.NOT_APPLICABLE, "the later date is marked not applicable", start=start)
        end = self._date(self.part.end)
        timed = [moment for moment in (start, end) if isinstance(moment, datetime)]
        if limit.unit is Unit.HOUR and len(timed) < 2 - (end is None):
            return self._say(Kept.UNKNOWN, "hours cannot be counted, since only the day is recorded", start=start)
        due = add_span(start, limit.number, limit.unit, self.facts.holidays)
        return self._open(start, due, limit) if end is None else self._ended(start, end, due, limit)

    def _open(self, start: date, due: date, limit: Limit) -> Timescale:
        """Nothing has ended it yet: late from the day after its last day on."""
        if self.part.test not in (Test.ELAPSED, Test.INTERVAL):
            return self._say(Kept.UNKNOWN, "no date to count to yet", start=start, due=due)
        now = self._now(start)
        if not self._exceeds(start, now, due, limit):
            words = f"not done yet, in time until {shown_date(due)}"
            return self._say(Kept.UNKNOWN, words, start=start, due=due, limit=limit.span)
        return self._told(Kept.LATE_RUNNING, start, now, due, limit)

    def _ended(self, start: date, end: date, due: date, limit: Limit) -> Timescale:
        if limit.unit is not Unit.HOUR:
            start, end = day_of(start), day_of(end)
        if end < start:
            if self.part.test not in (Test.RECENCY, Test.FLAG_OVER):
                words = f"{shown_date(end)} lies before {shown_date(start)}"
                return self._say(Kept.UNKNOWN, words, start=start, end=end)
            start = end  # what happened after the period is as recent as can be
        flagged_under = self.part.test is Test.FLAG_UNDER and end < due
        over = self.part.test is not Test.FLAG_UNDER and self._exceeds(start, end, due, limit)
        return self._told(Kept.NOT_MET if over or flagged_under else Kept.MET, start, end, due, limit)

    def _exceeds(self, start: date, end: date, due: date, limit: Limit) -> bool:
        """Whether `end` is too late; a weekend after the last working day is not."""
        if limit.unit is Unit.WORKING_DAY:
            return span_between(start, end, limit.unit, self.facts.holidays).number > limit.number
        return end > due

    def _told(self, kept: Kept, start: date, end: date, due: date, limit: Limit) -> Timescale:
        taken = span_between(start, end, limit.unit, self.facts.holidays)
        over = None
        if kept.rank > Kept.UNKNOWN.rank:
            over = span_between(min(due, end), max(due, end), limit.unit, self.facts.holidays)
        told = self._say(kept, "", taken=taken, limit=limit.span, over=over, start=start, end=end, due=due)
        if kept is Kept.LATE_RUNNING:
            told = replace(told, end=None)
        return replace(told, sentence=f"{self.rule.title}: {outcome_words(self.part.test, told, end)}")

    def _say(self, kept: Kept, words: str, **found: Span | date | None) -> Timescale:
        said = _plain(self.rule, self.part.questions, kept, words)
        return replace(said, flag=self.part.test in FLAGS, **found)  # type: ignore[arg-type]  # one kind a field

    def _start_question(self) -> str:
        part = self.part
        return part.start_else if part.start_else and self._is_na(part.start) else part.start

    def _window(self) -> tuple[date, date] | None:
        """The days a count is about; None while one of its dates is not answered."""
        period = self.facts.period
        starts = [self.part.start, period.start if period else ""]
        ends = [self.part.end, period.end if period else ""]
        found = [
            [self._date(name) for name in dict.fromkeys(names) if name and not self._is_na(name)]
            for names in (starts, ends)
        ]
        days = [[day_of(moment) for moment in moments if moment is not None] for moments in found]
        if any(None in moments for moments in found) or not days[0] or not days[1]:
            return None
        return max(days[0]), min(days[1])

    def _expected(self, start: date, end: date, limit: Limit) -> int:
        """How often it was due: interval by interval, where a later interval takes over."""
        expected, at, held = 0, start, limit
        for later in self.part.later:
            turned = self._date(later.after)
            if turned is None:
                continue
            turn = day_of(add_span(turned, later.months, Unit.MONTH, self.facts.holidays))
            if at < turn < end:
                expected += intervals_in(at, turn, held.number, held.unit, self.facts.holidays)
                at = turn
            if turn <= at:
                held = later.limit
        return expected + intervals_in(at, end, held.number, held.unit, self.facts.holidays)

    def _limit(self, start: date | None) -> Limit | None:
        """The limit that holds for a start: a special one, else the rule's own; None while it is
        not known whether a special one holds."""
        for special in self.part.special:
            if not special.covers(start):
                continue
            held = self._holds(special)
            if held is None:
                return None
            if held:
                return special.limit
        limit = self.part.limit
        if limit.instead_of is not None:
            self._local = (f"local limit in the place of {limit.instead_of.span}",)
        return limit

    def _holds(self, special: SpecialLimit) -> bool | None:
        return self.facts.conditions.get(special.when) if special.when else True

    def _in_force(self, start: date) -> bool:
        holds = in_force(self.facts.regimes, self.rule.regime, start)
        if not holds:
            self._local = tuple(self._changed_over())
        return holds

    def _changed_over(self) -> Iterator[str]:
        """The local days of change that the rule hangs on."""
        regime = self.facts.regimes[self.rule.regime]
        for one in (regime, self.facts.regimes.get(regime.replaced_by)):
            if one is not None and one.since is not None and one.instead_of is not None:
                yield f"local change-over on {shown_date(one.since)}, elsewhere on {shown_date(one.instead_of)}"

    def _is_na(self, name: str) -> bool:
        return name in self.facts.not_applicable

    def _date(self, name: str) -> date | None:
        value = self.facts.values.get(name)
        return value if isinstance(value, date) else None

    def _now(self, start: date) -> date:
        """Today; for hours its first moment, so that nothing is called late before it surely is."""
        if isinstance(start, datetime):
            return datetime.combine(self.facts.today, time(), tzinfo=UTC)
        return self.facts.today


def _every(limit: Limit) -> str:
    return str(limit.span) if limit.number > 1 else limit.unit.words(1)
