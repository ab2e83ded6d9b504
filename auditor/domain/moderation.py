"""Moderation: which signed-off audits a moderator reads again and why, and how the audit itself is judged."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.domain.audit import Audit
from auditor.domain.canonical import Json
from auditor.domain.errors import BadInput, NotAllowed
from auditor.domain.roles import Person, Role

LEAST_SHARE, MOST_SHARE, USUAL_SHARE = 10, 20, 15
"""Per cent of a cycle's audits drawn at random."""

FIRST_AUDITS = 3
"""So many audits of a new auditor are read again."""

WIDE_GAP = 2
"""Grades between the two auditors from which their audit is read again."""


class Why(StrEnum):
    """Why an audit goes to moderation, the most telling first."""

    AGAIN = "again"
    BY_HAND = "by_hand"
    EXTREME = "extreme"
    GAP = "gap"
    FIRST_AUDITS = "first_audits"
    SHARE = "share"

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        return _WHY_WORDS[self]


_WHY_WORDS = {
    Why.AGAIN: "Signed off again since it was moderated",
    Why.BY_HAND: "Chosen by hand",
    Why.EXTREME: "Best or lowest grade",
    Why.GAP: "Two grades apart before discussion",
    Why.FIRST_AUDITS: "One of an auditor's first three",
    Why.SHARE: "Drawn at random",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """Which audits of a cycle a moderator reads again. `share` is in per cent; 0 draws none at random. The same seed
    draws the same audits on every computer; it is the cycle's id unless somebody chose another."""

    share: int = USUAL_SHARE
    extremes: bool = True
    gaps: bool = True
    first_audits: bool = True
    seed: str = ""

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        return {name: getattr(self, name) for name in ("share", "extremes", "gaps", "first_audits", "seed")}

    @staticmethod
    def from_plain(plain: Json, seed: str) -> "Rules":
        """The rules that `to_plain` wrote; where none were, the usual ones with this seed."""
        if not isinstance(plain, dict):
            return Rules(seed=seed)
        share = plain.get("share")
        return Rules(
            share=share if isinstance(share, int) else USUAL_SHARE,
            extremes=bool(plain.get("extremes", True)),
            gaps=bool(plain.get("gaps", True)),
            first_audits=bool(plain.get("first_audits", True)),
            seed=str(plain.get("seed", seed)),
        )


def checked_rules(rules: Rules) -> Rules:
    """The rules as they can be kept; raises `BadInput` (share-range, seed-needed)."""
    if rules.share and not LEAST_SHARE <= rules.share <= MOST_SHARE:
        raise BadInput(
            "share-range",
            "Share drawn at random",
            f"{rules.share} % is outside {LEAST_SHARE} to {MOST_SHARE} %.",
            f"Choose {LEAST_SHARE} to {MOST_SHARE} %, or 0 to draw none.",
        )
    if not rules.seed.strip() or len(rules.seed) > 40:
        raise BadInput(
            "seed-needed", "Seed", "The draw needs a seed of up to 40 characters.", "Any number or word will do."
        )
    return rules


@dataclass(frozen=True, slots=True)
class Candidate:
    """A signed-off audit as the choice sees it. Grades are whole numbers, 1 the best; None where none was given.

    `first` and `second` were given before discussion; `extreme` says whether `agreed` is the best or lowest grade of
    its scale; `again` whether it was moderated and signed off once more; `by_hand` whether somebody chose it.
    """

    id: str
    auditors: tuple[str, ...]
    signed_at: str
    first: int | None = None
    second: int | None = None
    extreme: bool = False
    again: bool = False
    by_hand: bool = False

    @property
    def gap(self) -> int:
        """Grades between the two auditors before they talked."""
        return abs(self.first - self.second) if self.first is not None and self.second is not None else 0


def drawn(audit_ids: Iterable[str], rules: Rules) -> frozenset[str]:
    """The audits of a cycle drawn at random: the share, rounded up, with the lowest hashes of seed and audit.

    All the audits of the cycle take part, signed off or not, so that nobody's answers and no order of arrival move it.
    """
    ranked = sorted(audit_ids, key=lambda audit_id: _rank(rules.seed, audit_id))
    return frozenset(ranked[: -(-len(ranked) * rules.share // 100)])


def _rank(seed: str, audit_id: str) -> str:
    return hashlib.sha256(f"{seed}\n{audit_id}".encode()).hexdigest()


def first_audits(candidates: Iterable[Candidate]) -> frozenset[str]:
    """The audits that are among the first three of one of their auditors, by the day they were signed off."""
    found: set[str] = set()
    done: dict[str, int] = {}
    for candidate in sorted(candidates, key=lambda item: (item.signed_at, item.id)):
        if any(done.get(person, 0) < FIRST_AUDITS for person in candidate.auditors):
            found.add(candidate.id)
        for person in candidate.auditors:
            done[person] = done.get(person, 0) + 1
    return frozenset(found)


def reasons(candidate: Candidate, rules: Rules, sample: frozenset[str], first: frozenset[str]) -> tuple[Why, ...]:
    """Why a signed-off audit goes to moderation; `sample` as `drawn`, `first` as `first_audits` gave it. Empty where
    nothing asks for it."""
    holds = {
        Why.AGAIN: candidate.again,
        Why.BY_HAND: candidate.by_hand,
        Why.EXTREME: rules.extremes and candidate.extreme,
        Why.GAP: rules.gaps and candidate.gap >= WIDE_GAP,
        Why.FIRST_AUDITS: rules.first_audits and candidate.id in first,
        Why.SHARE: candidate.id in sample,
    }
    return tuple(why for why in Why if holds[why])


class Mark(StrEnum):
    """How far the audit itself meets one point of its quality."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"

    @property
    def words(self) -> str:
        """The mark as a person reads it."""
        return {"met": "Met", "partly": "Partly met", "not_met": "Not met"}[self]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One point of the audit of audits. Its id is never reused."""

    id: str
    short: str
    text: str


QUALITY = (
    Criterion("evidence", "Evidence", "Each judgement follows from evidence, and where it lies in the file is said."),
    Criterion("reasons", "Reasons", "The reasons are written so that another reader would come to the same grade."),
    Criterion("child", "Voice of the child", "What the child said and lives with was weighed."),
    Criterion("difference", "Difference made", "It asks what changed for the child, beyond whether forms are done."),
    Criterion("risk", "Risk and limits", "Limiting answers, checks and urgent concerns were dealt with."),
    Criterion("follow_up", "Follow-up", "What is weak led to an action somebody can finish; good practice is named."),
)
"""How was this judgement reached? What a moderator asks of the audit itself, apart from its grades."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One point of the quality of an audit, as the moderator marked it."""

    mark: Mark
    comment: str = ""


def missing_quality(quality: Mapping[str, Judged]) -> str:
    """What is missing before the quality of the audit is judged, in one sentence; empty where nothing is."""
    unmarked = [point.short for point in QUALITY if point.id not in quality]
    if unmarked:
        return f"Not marked yet: {', '.join(unmarked)}."
    silent = [p.short for p in QUALITY if quality[p.id].mark is not Mark.MET and not quality[p.id].comment.strip()]
    return f"Say in a few words what was missing: {', '.join(silent)}." if silent else ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The overall grade of a moderated audit: when it was first moderated, and as it stands now."""

    auditors: tuple[str, ...]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far moderation moved the grades of one auditor's audits; up is towards the best grade."""

    person_id: str
    moderated: int = 0
    up: int = 0
    down: int = 0
    steps: int = 0

    @property
    def unmoved(self) -> int:
        """Audits whose grade was upheld."""
        return self.moderated - self.up - self.down


def calibrate(moved: Sequence[Moved]) -> list[Calibration]:
    """A row for every auditor with a moderated audit, the most often moved first. `steps` adds up how far, up counted
    positive: below 0 the auditor was too generous."""
    people = sorted({person for item in moved for person in item.auditors})
    rows = []
    for person in people:
        steps = [item.before - item.after for item in moved if person in item.auditors]
        up, down = sum(1 for step in steps if step > 0), sum(1 for step in steps if step < 0)
        rows.append(Calibration(person, len(steps), up, down, sum(steps)))
    return sorted(rows, key=lambda row: (-(row.up + row.down), row.person_id))


def why_not_moderate(audit: Audit, person: Person) -> str:
    """Why the person cannot moderate the audit, in one sentence; empty where they can once it is signed off."""
    if not (person.active and person.has(Role.MODERATOR)):
        return "Only somebody with the role Moderator decides."
    if person.id in audit.auditors_ever:
        return "You audited this case, so somebody else moderates it."
    return ""


def require_independent(audit: Audit, person: Person) -> None:
    """Raise `NotAllowed` (not-the-moderator) unless the person holds the role and never had a part in the audit."""
    why_not = why_not_moderate(audit, person)
    if why_not:
        raise NotAllowed("not-the-moderator", "Not yours to moderate", why_not, "Ask another moderator.")


def closeness(person: Person, case_team: str, auditors: Iterable[Person]) -> str:
    """What a moderator should weigh before going on: working in the team of the case or of an auditor. Empty where
    neither is so; whoever it concerns decides."""
    team = person.team.strip().casefold()
    if not team:
        return ""
    if team == case_team.strip().casefold():
        return "This is a case of your own team."
    near = [auditor.name for auditor in auditors if auditor.team.strip().casefold() == team]
    return f"You work in one team with {' and '.join(near)}." if near else ""
