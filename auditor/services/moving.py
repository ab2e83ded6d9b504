"""Moving an audit to a newer version of its template: the difference first, both auditors' word, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.domain.answers import Facet, question_key
from auditor.domain.audit import Audit, Slot, as_told_to, require_write
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import Missing, NotAllowed, Refused
from auditor.domain.moving import LEAD, UNDONE, Move, Said, Versions, move_key
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, may, require
from auditor.domain.template import Template
from auditor.services.carried import Carried, Counted, carried, counted
from auditor.services.newer_versions import newer
from auditor.store.ledger import utc_now
from auditor.store.queries import moves as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.queries.people import TemplateCard
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class MoveQuery:
    """What a move of an audit would mean; an empty target is the one proposed, else the newest there is."""

    audit_id: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class ToVersion:
    """One audit, and the version (template hash) to move it to."""

    audit_id: str
    target: str


@dataclass(frozen=True, slots=True)
class CycleToVersion:
    """Every audit of a cycle that can still be moved, and the version to move them to."""

    cycle_id: str
    target: str


@dataclass(frozen=True, slots=True)
class MarkRead:
    """A carried answer of one's own that needs no answer any more was read."""

    audit_id: str
    slot: Slot
    question_id: str


@dataclass(frozen=True)
class MoveView:
    """How an audit stands with newer versions of its template, for one person.

    `offers` are the newer versions, the newest first; `target` is the one spoken of, `counted` what the move does to
    the viewer's own answers. `accepted` and `waiting_for` are names. `why_not` says why nothing can be moved, or is
    empty; `before` is the version an undo goes back to.
    """

    audit: Audit
    now: Template
    offers: tuple[TemplateCard, ...]
    target: Template | None
    counted: Counted | None
    proposed: bool
    accepted: tuple[str, ...]
    declined: tuple[str, ...]
    waiting_for: tuple[str, ...]
    mine: Said | None
    may_accept: bool
    may_propose: bool
    why_not: str
    before: Template | None
    carried: tuple[Carried, ...]

    @property
    def unread(self) -> tuple[Carried, ...]:
        """What still waits for the viewer to look at it."""
        return tuple(item for item in self.carried if not item.read)


def move_view(query: MoveQuery, actor: Person, view: View) -> MoveView:
    """What a move would mean to this person; nothing of a partner's sealed answers is read for it."""
    audit = as_told_to(programme.audit(view, query.audit_id), actor)
    versions, names = stored.versions(view, audit.id), stored_people.names(view)
    offers = newer(audit.template_hash, stored_people.template_cards(view))
    target = query.target or _spoken_of(versions, offers)
    if target and target not in {card.hash for card in offers}:
        raise _not_newer()
    move = next((one for one in versions.proposed if one.target == target), None)
    said = _said_by(move, audit)
    template = stored_people.template(view, target) if target else None
    mine, of_pair = said.get(actor.id), actor.id in audit.auditors.values()
    why_not = why_kept(audit)
    return MoveView(
        audit=audit,
        now=stored_people.template(view, audit.template_hash),
        offers=offers,
        target=template,
        counted=counted(audit, actor, view, template, versions) if template else None,
        proposed=move is not None,
        accepted=tuple(names.get(who, "") for who, word in said.items() if word is Said.YES),
        declined=tuple(names.get(who, "") for who, word in said.items() if word is Said.NO),
        waiting_for=tuple(names.get(who, "") for who in audit.auditors.values() if said.get(who) is None),
        mine=mine,
        may_accept=of_pair and not why_not and mine is not Said.YES,
        may_propose=(of_pair or may(actor, Duty.RUN_CYCLES)) and not why_not,
        why_not=why_not,
        before=stored_people.template(view, versions.before) if versions.before else None,
        carried=carried(audit, actor, view),
    )


def propose(command: ToVersion, actor: Person, unit: UnitOfWork) -> Changes:
    """Propose a move. An auditor of the audit accepts it by proposing; a QA lead leaves that to the pair."""
    audit = programme.audit_header(unit, command.audit_id)
    if actor.id in audit.auditors.values():
        return accept(command, actor, unit)
    require(actor, Duty.RUN_CYCLES)
    _require_movable(audit)
    _require_newer(audit, command.target, unit)
    _say(audit, LEAD, command.target, Said.YES, actor, unit)
    return _changes(audit, "Move proposed to the auditors")


def propose_for_cycle(command: CycleToVersion, actor: Person, unit: UnitOfWork) -> Changes:
    """Propose a move for every audit of a cycle that can be moved; raises `Refused` (nothing-to-move) if none can."""
    require(actor, Duty.RUN_CYCLES)
    programme.cycle(unit, command.cycle_id)
    cards = stored_people.template_cards(unit)
    made = [
        propose(ToVersion(audit.id, command.target), actor, unit)
        for audit in programme.audits(unit, command.cycle_id)
        if not why_kept(audit) and command.target in {card.hash for card in newer(audit.template_hash, cards)}
    ]
    if not made:
        raise Refused(
            "nothing-to-move",
            "Nothing to move",
            "No audit of this cycle can be moved to that version: they have it, or their answers are handed in.",
            "Finished audits keep the version they were made with.",
        )
    touched = frozenset[tuple[str, str]]().union(*(changes.touched for changes in made))
    return Changes(touched, f"Move proposed for {len(made)} audit{'' if len(made) == 1 else 's'}")


def accept(command: ToVersion, actor: Person, unit: UnitOfWork) -> Changes:
    """Accept a move; when every auditor of the audit has, it stands under the new version."""
    audit, slot = _own(command.audit_id, actor, unit)
    _require_newer(audit, command.target, unit)
    for other in stored.versions(unit, audit.id).proposed:
        if other.target != command.target and slot in other.accepted:
            _say(audit, slot.value, other.target, Said.NO, actor, unit)
    _say(audit, slot.value, command.target, Said.YES, actor, unit)
    version = stored_people.template(unit, command.target).version
    moved = stored.versions(unit, audit.id).now == command.target
    return _changes(audit, f"Moved to version {version}" if moved else "Accepted; the move waits for your partner")


def decline(command: ToVersion, actor: Person, unit: UnitOfWork) -> Changes:
    """Say no to a move, or take back one's own yes while it waits."""
    audit, slot = _own(command.audit_id, actor, unit)
    if command.target not in {move.target for move in stored.versions(unit, audit.id).proposed}:
        raise Missing("no-such-move", "Nothing proposed", "That move is not proposed.", "Look at the audit again.")
    _say(audit, slot.value, command.target, Said.NO, actor, unit)
    return _changes(audit, "Move declined; the audit stays with its version")


def undo_move(audit_id: str, actor: Person, unit: UnitOfWork) -> Changes:
    """Go back to the version before. What was answered stands as it stood; what was answered since is kept as well."""
    audit = programme.audit_header(unit, audit_id)
    if actor.id not in audit.auditors.values():
        require(actor, Duty.RUN_CYCLES)
    _require_movable(audit)
    versions = stored.versions(unit, audit_id)
    if not versions.before:
        raise Refused("never-moved", "Never moved", "This audit has the version it began with.", "Nothing is to undo.")
    value: dict[str, Json] = {"turn": versions.turn(versions.now) + 1, "by": actor.id, "at": utc_now()}
    unit.record(actor.id, Entity.AUDIT, audit.id, move_key(UNDONE, versions.now), value)
    return _changes(audit, f"Back to version {stored_people.template(unit, versions.before).version}")


def mark_read(command: MarkRead, actor: Person, unit: UnitOfWork) -> Changes:
    """Tick a carried answer as read. It stays in the list of what was carried, and in the history."""
    audit = programme.audit_header(unit, command.audit_id)
    require_write(audit, actor, command.slot)
    mine = [item for item in carried(audit, actor, unit) if item.slot is command.slot]
    found = next((item for item in mine if item.question_id == command.question_id), None)
    if found is None:
        raise Missing("nothing-carried", "Nothing carried", "No answer waits there.", "Look at the list again.")
    if found.to_answer:
        raise Refused(
            "answer-again",
            "Still asked",
            f"Question {found.number} is still asked, so reading is not enough.",
            "Answer it again; what was answered before stays in the history.",
        )
    where = question_key(command.question_id, Facet.READ)
    unit.record(actor.id, Entity.AUDIT, audit.id, where, audit.template_hash, command.slot.value)
    return _changes(audit, f"{found.number} read")


def withdraw(audit: Audit, slot: Slot, actor: Person, unit: UnitOfWork) -> None:
    """Take back what was said in a slot of moves that still wait: whoever takes the slot over speaks anew."""
    for move in stored.versions(unit, audit.id).proposed:
        if slot in move.accepted | move.declined:
            unit.record(actor.id, Entity.AUDIT, audit.id, move_key(slot.value, move.target), None)


def waiting_for(audit: Audit, person: Person, view: View) -> Move | None:
    """The move of an audit that waits for this person's word."""
    slot = _slot(audit, person)
    if slot is None or why_kept(audit):
        return None
    proposed = stored.versions(view, audit.id).proposed
    return next((move for move in proposed if slot not in move.accepted | move.declined), None)


def _spoken_of(versions: Versions, offers: tuple[TemplateCard, ...]) -> str:
    proposed = {move.target for move in versions.proposed}
    return next((card.hash for card in offers if card.hash in proposed), offers[0].hash if offers else "")


def _said_by(move: Move | None, audit: Audit) -> Mapping[str, Said]:
    if move is None:
        return {}
    said = dict.fromkeys(move.accepted, Said.YES) | dict.fromkeys(move.declined, Said.NO)
    return {person: said[slot] for slot, person in audit.auditors.items() if slot in said}


def _slot(audit: Audit, person: Person) -> Slot | None:
    return next((slot for slot, auditor in audit.auditors.items() if auditor == person.id), None)


def _own(audit_id: str, actor: Person, unit: UnitOfWork) -> tuple[Audit, Slot]:
    audit = programme.audit_header(unit, audit_id)
    slot = _slot(audit, actor)
    if slot is None:
        raise NotAllowed(
            "not-of-the-pair",
            "Not yours to decide",
            "Only the auditors of an audit can accept or decline its move.",
            "Propose it; its auditors decide.",
        )
    _require_movable(audit)
    return audit, slot


def why_kept(audit: Audit) -> str:
    """Why an audit keeps its version; empty where it can move."""
    if audit.signed_off_by:
        return "It was signed off, so it keeps the version it was made with."
    if audit.cancelled:
        return "It is cancelled."
    return "Answers are handed in, so it keeps the version they were given under." if audit.submitted else ""


def _require_movable(audit: Audit) -> None:
    why = why_kept(audit)
    if why:
        code = "move-signed-off" if audit.signed_off_by else "move-cancelled" if audit.cancelled else "move-submitted"
        raise Refused(code, "Stays as it is", f"This audit cannot be moved. {why}", "Use the new version next time.")


def _require_newer(audit: Audit, target: str, view: View) -> None:
    if target not in {card.hash for card in newer(audit.template_hash, stored_people.template_cards(view))}:
        raise _not_newer()


def _not_newer() -> Refused:
    return Refused(
        "not-newer",
        "No newer version",
        "That is not a newer version of the template of this audit.",
        "Choose one of the newer versions of the same template.",
    )


def _say(audit: Audit, who: str, target: str, said: Said, actor: Person, unit: UnitOfWork) -> None:
    versions = stored.versions(unit, audit.id)
    value: dict[str, Json] = {
        "from": versions.now,
        "turn": versions.turn(target),
        "said": said.value,
        "by": actor.id,
        "at": utc_now(),
    }
    unit.record(actor.id, Entity.AUDIT, audit.id, move_key(who, target), value)


def _changes(audit: Audit, sentence: str) -> Changes:
    return Changes(frozenset({("audit", audit.id), ("cycle", audit.cycle_id)}), sentence)
