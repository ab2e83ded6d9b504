"""The programme: rounds that come back, what is due, done, late or exempted, and who carries how much of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from auditor.domain.answers import checked_text
from auditor.domain.audit import Audit
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Missing, Refused
from auditor.domain.programme import not_given
from auditor.domain.programme_plan import (
    Month,
    MonthLine,
    ProgrammeView,
    Rhythm,
    Round,
    RoundLine,
    Share,
    Standing,
    checked,
    state_of,
)
from auditor.domain.reply import require_nameless
from auditor.domain.revision import Entity, new_id
from auditor.domain.roles import Duty, Person, may, require
from auditor.services.cycles import AuditLine, audit_lines
from auditor.store.queries import people as stored_people
from auditor.store.queries import plan as stored
from auditor.store.queries import plans as stored_plans
from auditor.store.queries import programme
from auditor.store.queries.signed import signed_on
from auditor.store.unit_of_work import UnitOfWork, View

MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class KeepRhythm:
    """A rhythm to add (its id is empty then) or to change; `offered` are the ids of the templates there are."""

    rhythm: Rhythm
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeepRhythms:
    """Rhythms to add in one act: all of them, or none."""

    rhythms: tuple[Rhythm, ...]
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DropRhythm:
    """Plan no more rounds of it; cycles that were started stay."""

    rhythm_id: str


@dataclass(frozen=True, slots=True)
class ExemptRound:
    """A round need not be held, and why; an empty reason takes that back."""

    rhythm_id: str
    month: Month
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class HoldRound:
    """A cycle is the one for a round."""

    rhythm_id: str
    month: Month
    cycle_id: str


@dataclass(frozen=True, slots=True)
class SetTarget:
    """How many audits are to be agreed in a month, over all rounds; 0 for no target."""

    audits: int


@dataclass(frozen=True, slots=True)
class ProgrammeQuery:
    """So many months from a first one on, as of a day."""

    first: Month
    months: int
    today: date


def keep_rhythm(command: KeepRhythm, actor: Person, unit: UnitOfWork) -> Changes:
    """Add or change a rhythm; `made` is its id."""
    require(actor, Duty.RUN_CYCLES)
    rhythm = checked(command.rhythm, command.offered)
    if rhythm.id:
        _known(unit, rhythm.id)
    others = (one.title.casefold() for one in stored.rhythms(unit) if one.id != rhythm.id)
    if rhythm.title.casefold() in others:
        raise BadInput("round-title-taken", "Title in use", "A round of that title is planned.", "Choose another one.")
    rhythm_id = rhythm.id or new_id()
    unit.record(actor.id, Entity.PLAN, rhythm_id, stored.RHYTHM, stored.rhythm_plain(rhythm))
    return Changes(frozenset({("plan", rhythm_id)}), f"{rhythm.title} planned", rhythm_id)


def keep_rhythms(command: KeepRhythms, actor: Person, unit: UnitOfWork) -> Changes:
    """Add several rhythms at once."""
    made = [keep_rhythm(KeepRhythm(one, command.offered), actor, unit) for one in command.rhythms]
    touched = frozenset(pair for changes in made for pair in changes.touched)
    return Changes(touched, " and ".join(one.title for one in command.rhythms) + " planned")


def drop_rhythm(command: DropRhythm, actor: Person, unit: UnitOfWork) -> Changes:
    """Plan no more rounds of a rhythm."""
    require(actor, Duty.RUN_CYCLES)
    rhythm = _known(unit, command.rhythm_id)
    unit.record(actor.id, Entity.PLAN, rhythm.id, stored.RHYTHM, None)
    return Changes(frozenset({("plan", rhythm.id)}), f"{rhythm.title} no longer planned")


def exempt_round(command: ExemptRound, actor: Person, unit: UnitOfWork) -> Changes:
    """Exempt a round with its reason, which stays beside the name of whoever gave it, or take that back."""
    require(actor, Duty.RUN_CYCLES)
    round_ = _round(unit, command.rhythm_id, command.month)
    reason = checked_text(command.reason, "The reason", 1_000).strip()
    # A plan has no key of its own, so what it names could never be erased.
    require_nameless(reason)
    if reason and (round_.rhythm.id, round_.month) in stored.cycles_of_rounds(unit):
        raise Refused(
            "round-held", "Under way", "A cycle was started for this round.", "Cancel its audits with a reason instead."
        )
    if not reason and (round_.rhythm.id, round_.month) not in stored.exemptions(unit):
        raise Refused("not-exempted", "Not exempted", "This round is to be held.", "To exempt it, say why.")
    value: dict[str, Json] = {"reason": reason, "by": actor.id, "on": command.on.isoformat()}
    unit.record(actor.id, Entity.PLAN, round_.rhythm.id, stored.exempt_key(round_.month), value if reason else None)
    said = f"{round_.rhythm.title} of {command.month.number:02}/{command.month.year} "
    return Changes(frozenset({("plan", round_.rhythm.id)}), said + ("exempted" if reason else "to be held again"))


def hold_round(command: HoldRound, actor: Person, unit: UnitOfWork) -> Changes:
    """Say which cycle is the one for a round."""
    require(actor, Duty.RUN_CYCLES)
    round_ = _round(unit, command.rhythm_id, command.month)
    cycle = programme.cycle(unit, command.cycle_id)
    standing = stored.cycles_of_rounds(unit).get((round_.rhythm.id, round_.month), cycle.id)
    if standing != cycle.id:
        raise Refused("round-held", "Held already", "Another cycle is the one for this round.", "Choose another round.")
    value: dict[str, Json] = {"rhythm": round_.rhythm.id, "month": str(round_.month)}
    unit.record(actor.id, Entity.CYCLE, cycle.id, stored.ROUND_OF, value)
    touched = frozenset({("plan", round_.rhythm.id), ("cycle", cycle.id)})
    return Changes(touched, f"{cycle.title} is the round of {round_.month.number:02}/{round_.month.year}")


def set_target(command: SetTarget, actor: Person, unit: UnitOfWork) -> Changes:
    """Set the target of a month."""
    require(actor, Duty.RUN_CYCLES)
    if not 0 <= command.audits <= 10_000:
        raise BadInput("target-unfit", "The target", "The target is a number of audits, from 0.", "Choose a number.")
    unit.record(actor.id, Entity.PLAN, stored.PROGRAMME, stored.TARGET, command.audits)
    return Changes(frozenset({("plan", stored.PROGRAMME)}), f"Target: {command.audits} audits a month")


def programme_view(query: ProgrammeQuery, actor: Person, view: View) -> ProgrammeView:
    """The programme over these months. Shares count the audits of cycles due in them; those of other auditors are for
    people who see findings or run cycles."""
    if not 1 <= query.months <= MOST_MONTHS:
        raise BadInput("months-unfit", "Months", f"1 to {MOST_MONTHS} months can be shown.", "Choose fewer.")
    last = query.first.plus(query.months - 1)
    every = audit_lines("", actor, view)
    lines = [line for line in every if not line.audit.cancelled]
    signed = signed_on(view)
    agreed = Counter(Month.of(signed[line.audit.id]) for line in lines if _agreed(line.audit, signed))
    rhythms, target = stored.rhythms(view), stored.target(view)
    rounds = _rounds(rhythms, query, every, signed, view)
    within = [line for line in lines if query.first <= Month.of(line.cycle.due) <= last]
    return ProgrammeView(
        months=tuple(
            MonthLine(month, tuple(rounds[month]), agreed[month], target or _sum_of_targets(rounds[month]))
            for month in (query.first.plus(at) for at in range(query.months))
        ),
        teams=_shares(((line.case.team or "No team named", line) for line in within), signed, query.today),
        auditors=_shares(_told_of_auditors(within, actor), signed, query.today),
        rhythms=tuple(rhythms),
        target=target,
    )


def rounds_between(query: ProgrammeQuery, lines: Sequence[AuditLine], view: View) -> list[RoundLine]:
    """The rounds of these months as they stand, by month; `lines` are the audits there are."""
    rhythms = stored.rhythms(view)
    found = _rounds(rhythms, query, lines, signed_on(view), view) if rhythms else {}
    return [line for month in sorted(found) for line in found[month]]


def held_cycles(_query: None, _actor: Person, view: View) -> frozenset[str]:
    """The ids of the cycles that are the one for a round."""
    return frozenset(stored.cycles_of_rounds(view).values())


def teams_of_cases(_query: None, _actor: Person, view: View) -> frozenset[str]:
    """The teams that cases name."""
    return frozenset(case.team for case in programme.cases(view) if case.team)


def _rounds(
    rhythms: Sequence[Rhythm],
    query: ProgrammeQuery,
    lines: Sequence[AuditLine],
    signed: Mapping[str, date],
    view: View,
) -> dict[Month, list[RoundLine]]:
    held, exempted = stored.cycles_of_rounds(view), stored.exemptions(view)
    names = stored_people.names(view)
    standings = _standings(set(held.values()), lines, signed, view)
    found: dict[Month, list[RoundLine]] = defaultdict(list)
    for rhythm in rhythms:
        for round_ in rhythm.rounds(query.first, query.first.plus(query.months - 1)):
            key = (rhythm.id, round_.month)
            exemption = exempted.get(key)
            named = replace(exemption, by=names.get(exemption.by, "somebody")) if exemption else None
            found[round_.month].append(state_of(round_, standings.get(held.get(key, "")), named, query.today))
    return found


def _standings(
    cycle_ids: set[str], lines: Sequence[AuditLine], signed: Mapping[str, date], view: View
) -> dict[str, Standing]:
    """How the cycles stand that were started for rounds; a case nobody audits yet keeps its cycle from being done."""
    given = {line.case.id for line in lines}
    left = Counter(case.cycle_id for case in not_given(programme.cases(view), given, stored_plans.withdrawals(view)))
    found = {}
    for cycle in programme.cycles(view):
        if cycle.id in cycle_ids:
            own = [line for line in lines if line.cycle.id == cycle.id and not line.audit.cancelled]
            days = [signed[line.audit.id] for line in own if _agreed(line.audit, signed)]
            complete = bool(days) and len(days) == len(own) and not left[cycle.id]
            done_on = max(days) if complete else None
            found[cycle.id] = Standing(cycle.id, cycle.title, len(own), len(days), cycle.due, done_on)
    return found


def _told_of_auditors(lines: Iterable[AuditLine], actor: Person) -> Iterator[tuple[str, AuditLine]]:
    """Each audit under the names of its auditors, as far as the person may read who carries how much and is late."""
    everybody = may(actor, Duty.SEE_FINDINGS) or may(actor, Duty.RUN_CYCLES)
    for line in lines:
        for person_id, name in zip(line.audit.auditors.values(), line.auditor_names, strict=True):
            if everybody or person_id == actor.id:
                yield name, line


def _shares(lines: Iterable[tuple[str, AuditLine]], signed: Mapping[str, date], today: date) -> tuple[Share, ...]:
    grouped: dict[str, list[AuditLine]] = defaultdict(list)
    for name, line in lines:
        grouped[name].append(line)
    return tuple(
        Share(
            name=name,
            given=len(own),
            agreed=sum(1 for line in own if _agreed(line.audit, signed)),
            late=sum(1 for line in own if not _agreed(line.audit, signed) and line.due < today),
        )
        for name, own in sorted(grouped.items(), key=lambda item: item[0].casefold())
    )


def _agreed(audit: Audit, signed: Mapping[str, date]) -> bool:
    return audit.signed_off and audit.id in signed


def _sum_of_targets(rounds: Sequence[RoundLine]) -> int:
    return sum(line.round.rhythm.target for line in rounds)


def _known(view: View, rhythm_id: str) -> Rhythm:
    found = next((rhythm for rhythm in stored.rhythms(view) if rhythm.id == rhythm_id), None)
    if found is None:
        raise Missing("no-such-round", "No such round", "No round of that name is planned.", "List the programme.")
    return found


def _round(view: View, rhythm_id: str, month: Month) -> Round:
    found = next(_known(view, rhythm_id).rounds(month, month), None)
    if found is None:
        raise Missing("no-such-round", "No such round", "Nothing is planned in that month.", "List the programme.")
    return found
