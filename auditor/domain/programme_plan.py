"""The programme of a year: rounds of audits that come back in a rhythm, what is due, done, late or exempted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from auditor.domain.errors import BadInput


class Month(NamedTuple):
    """A month of a year, 1 to 12; months compare and sort by time."""

    year: int
    number: int

    @staticmethod
    def of(day: date) -> "Month":
        """The month a day lies in."""
        return Month(day.year, day.month)

    @staticmethod
    def parse(text: str) -> "Month":
        """The month of `2026-11`; raises `BadInput` (month-unread)."""
        year, _, number = text.strip().partition("-")
        if len(year) == 4 and year.isdigit() and number.isdigit() and 1 <= int(number) <= 12:
            return Month(int(year), int(number))
        raise BadInput("month-unread", "Month", "That is no month.", "Write it as 2026-11.")

    def plus(self, months: int) -> "Month":
        """The month so many later (earlier where negative)."""
        at = self.year * 12 + self.number - 1 + months
        return Month(at // 12, at % 12 + 1)

    def until(self, other: "Month") -> int:
        """Months from this one to the other."""
        return (other.year - self.year) * 12 + other.number - self.number

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.plus(1).first_day - timedelta(days=1)

    @property
    def words(self) -> str:
        """The month as a person reads it."""
        return f"{self.first_day:%B %Y}"

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A round that comes back every so many months from a first month on, until a last one if there is one.

    `templates` are template or variant ids taken in turn: one for the whole file, several for a theme each time.
    `due_day` is the day of the month on which its audits are agreed (the last one, where the month is shorter);
    `target` how many audits a round is to have.
    """

    id: str
    title: str
    templates: tuple[str, ...]
    every: int
    first: Month
    due_day: int = 28
    target: int = 0
    last: Month | None = None

    def rounds(self, first: Month, last: Month) -> Iterator["Round"]:
        """The rounds that fall between two months, both included."""
        skipped = max(0, -(-self.first.until(first) // self.every))
        at, month = skipped, self.first.plus(skipped * self.every)
        until = min(last, self.last) if self.last else last
        while month <= until:
            due = month.first_day.replace(day=min(self.due_day, month.last_day.day))
            yield Round(self, month, self.templates[at % len(self.templates)], due)
            at, month = at + 1, month.plus(self.every)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a rhythm: its month, template and due date."""

    rhythm: Rhythm
    month: Month
    template: str
    due: date


class RoundState(StrEnum):
    """Where a round stands."""

    DONE = "done"
    EXEMPTED = "exempted"
    LATE = "late"
    UNDER_WAY = "under_way"
    DUE = "due"
    PLANNED = "planned"

    @property
    def words(self) -> str:
        """The state as a person reads it."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why a round need not be held, who said so and on which day."""

    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the cycle that was started for a round: its audits and cases without one, how many audits are
    agreed, and the day on which the last one was (None: not all are)."""

    cycle_id: str
    title: str
    audits: int
    agreed: int
    due: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with its state as of a day; `days_late` counts calendar days past its due date."""

    round: Round
    state: RoundState
    cycle: Standing | None = None
    exemption: Exemption | None = None
    days_late: int = 0

    @property
    def due(self) -> date:
        """The day that counts: that of the cycle once one is started for the round."""
        return self.cycle.due if self.cycle else self.round.due


def state_of(round_: Round, cycle: Standing | None, exemption: Exemption | None, today: date) -> RoundLine:
    """Where the round stands: done once all its audits are agreed, also where that was late; exempted only while no
    cycle was started for it."""
    due = cycle.due if cycle else round_.due
    late = max(0, ((cycle.done_on if cycle and cycle.done_on else today) - due).days)
    if cycle and cycle.done_on:
        return RoundLine(round_, RoundState.DONE, cycle, exemption, late)
    if exemption and cycle is None:
        return RoundLine(round_, RoundState.EXEMPTED, None, exemption)
    if late:
        return RoundLine(round_, RoundState.LATE, cycle, exemption, late)
    if cycle:
        return RoundLine(round_, RoundState.UNDER_WAY, cycle, exemption)
    state = RoundState.DUE if round_.month <= Month.of(today) else RoundState.PLANNED
    return RoundLine(round_, state, None, exemption)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of the programme: its rounds, and its audits agreed against the target of that month."""

    month: Month
    rounds: tuple[RoundLine, ...]
    agreed: int
    target: int


@dataclass(frozen=True, slots=True)
class Share:
    """What falls to a team or an auditor: audits given, agreed, and late."""

    name: str
    given: int
    agreed: int
    late: int


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """The programme from one month to another."""

    months: tuple[MonthLine, ...]
    teams: tuple[Share, ...]
    auditors: tuple[Share, ...]
    rhythms: tuple[Rhythm, ...] = ()
    target: int = 0

    @property
    def late(self) -> tuple[RoundLine, ...]:
        """The rounds that are late."""
        return tuple(line for month in self.months for line in month.rounds if line.state is RoundState.LATE)


def common_programme(whole: str, themed: tuple[str, ...], first: Month, target: int) -> tuple[Rhythm, Rhythm]:
    """What many authorities hold: the whole file every second month, and between a theme each time, taken in turn."""
    return (
        Rhythm("", "Whole file audit", (whole,), 2, first, target=target),
        Rhythm("", "Themed audit", themed, 2, first.plus(1), target=target),
    )


def checked(rhythm: Rhythm, known: Sequence[str]) -> Rhythm:
    """The rhythm, if it can be held; raises `BadInput` with the field as the last word of its code."""
    problems = {
        "title": not rhythm.title.strip() or len(rhythm.title) > 120,
        "templates": not rhythm.templates or any(one not in known for one in rhythm.templates),
        "every": not 1 <= rhythm.every <= 24,
        "due-day": not 1 <= rhythm.due_day <= 31,
        "target": not 0 <= rhythm.target <= 10_000,
        "last": rhythm.last is not None and rhythm.last < rhythm.first,
    }
    wrong = next((name for name, is_wrong in problems.items() if is_wrong), "")
    if wrong:
        raise BadInput(f"rhythm-{wrong}", "The round", _REMEDIES[wrong][0], _REMEDIES[wrong][1])
    return rhythm


_REMEDIES = {
    "title": ("A round needs a title of up to 120 characters.", "Name it."),
    "templates": ("A round needs templates that are here.", "Choose one, or several to be taken in turn."),
    "every": ("A round comes back every 1 to 24 months.", "Choose a number of months."),
    "due-day": ("The due day is a day of the month, 1 to 31.", "Choose a day."),
    "target": ("The target is a number of audits, from 0.", "Choose a number."),
    "last": ("The last month comes before the first.", "Exchange the two months."),
}
