"""The quality-assurance framework: which activities are expected of each service area in each month, and which of them
somebody has evidenced, so that a gap is seen by whoever answers for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.domain.errors import BadInput
from auditor.domain.programme_plan import Month


class ActivityKind(StrEnum):
    """What is done to assure quality."""

    AUDIT = "audit"
    DIP_SAMPLE = "dip_sample"
    OBSERVATION = "observation"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as a person reads it."""
        return {
            ActivityKind.AUDIT: "Case file audit",
            ActivityKind.DIP_SAMPLE: "Dip sample",
            ActivityKind.OBSERVATION: "Observation of practice",
            ActivityKind.OTHER: "Other activity",
        }[self]


@dataclass(frozen=True, slots=True)
class Area:
    """A service area and the teams in it, by the names that cases and people carry."""

    id: str
    title: str
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """So many of a kind expected of an area in a month, every so many months from a first month on. Case file audits
    are evidenced by the audits agreed of the area's teams; everything else somebody records."""

    id: str
    area_id: str
    kind: ActivityKind
    title: str
    each: int
    every: int
    first: Month
    last: Month | None = None

    def expected(self, month: Month) -> int:
        """How many are expected in the month."""
        since = self.first.until(month)
        ended = self.last is not None and month > self.last
        return self.each if since >= 0 and not ended and since % self.every == 0 else 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """So many of an activity were done in a month: what shows it, who recorded it."""

    id: str
    activity_id: str
    month: Month
    count: int
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A service area in a month: by activity id, how many were expected and how many evidenced."""

    expected: Mapping[str, int]
    evidenced: Mapping[str, int]

    @property
    def wanted(self) -> int:
        """How many were expected in all."""
        return sum(self.expected.values())

    @property
    def met(self) -> int:
        """How many of those expected were evidenced; more of one activity never makes up for another."""
        return sum(min(count, self.evidenced.get(one, 0)) for one, count in self.expected.items())

    @property
    def gap(self) -> int:
        """How many are missing."""
        return self.wanted - self.met


@dataclass(frozen=True, slots=True)
class Framework:
    """Service area by month. `cells[row][column]` belongs to `areas[row]` and `months[column]`."""

    areas: tuple[Area, ...]
    months: tuple[Month, ...]
    activities: tuple[Activity, ...]
    cells: tuple[tuple[Cell, ...], ...]
    evidence: tuple[Evidence, ...]


def framework(
    areas: Sequence[Area],
    activities: Sequence[Activity],
    evidence: Iterable[Evidence],
    audits: Mapping[tuple[str, Month], int],
    months: Sequence[Month],
) -> Framework:
    """The matrix over these months; `audits` are the audits agreed, by team and month."""
    recorded = tuple(evidence)
    done: dict[tuple[str, Month], int] = {}
    for item in recorded:
        done[item.activity_id, item.month] = done.get((item.activity_id, item.month), 0) + item.count
    rows = []
    for area in areas:
        own = [one for one in activities if one.area_id == area.id]
        rows.append(tuple(_cell(area, own, month, done, audits) for month in months))
    return Framework(tuple(areas), tuple(months), tuple(activities), tuple(rows), recorded)


def _cell(
    area: Area,
    activities: Sequence[Activity],
    month: Month,
    done: Mapping[tuple[str, Month], int],
    audits: Mapping[tuple[str, Month], int],
) -> Cell:
    expected = {one.id: count for one in activities if (count := one.expected(month))}
    evidenced = {one.id: done.get((one.id, month), 0) for one in activities}
    left = sum(audits.get((team, month), 0) for team in area.teams)
    counted = [one for one in activities if one.kind is ActivityKind.AUDIT]
    # An audit evidences one activity: each in turn gets what it expects, the first whatever is over.
    for one in counted:
        taken = min(left, max(0, expected.get(one.id, 0) - evidenced[one.id]))
        evidenced[one.id] += taken
        left -= taken
    if counted:
        evidenced[counted[0].id] += left
    return Cell(expected, {one: count for one, count in evidenced.items() if count})


def checked(activity: Activity) -> Activity:
    """The activity, if it can be expected; raises `BadInput` with the field as the last word of its code."""
    problems = {
        "title": (not activity.title.strip() or len(activity.title) > 120, "It needs a title of up to 120 characters."),
        "each": (not 1 <= activity.each <= 1_000, "It is expected 1 to 1,000 times."),
        "every": (not 1 <= activity.every <= 24, "It comes back every 1 to 24 months."),
        "last": (activity.last is not None and activity.last < activity.first, "It ends before it begins."),
    }
    for name, (is_wrong, message) in problems.items():
        if is_wrong:
            raise BadInput(f"activity-{name}", "The activity", message, "Put that right.")
    return activity
