"""Drafts of templates: a master that is being changed, one small change at a time, until it is published or dropped."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Refused
from auditor.domain.revision import Entity, new_id
from auditor.domain.roles import Duty, Person, require
from auditor.domain.template_plain import template_hash
from auditor.services.local_masters import KeepMaster, keep_master, no_such_master, program_masters, record_base
from auditor.services.templates import shipped_templates
from auditor.store.ledger import utc_now
from auditor.store.queries import masters as stored
from auditor.store.queries.masters import DraftCard
from auditor.store.unit_of_work import UnitOfWork, View

if TYPE_CHECKING:
    from auditor.templates.judged import Found

KIND = "template_draft"
LONGEST_VERSION = 64


@dataclass(frozen=True, slots=True)
class StartDraft:
    """A draft of the master with this content hash, the program's or the workspace's own."""

    base: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class EditDraft:
    """New values by key (`question/S01.02/text`); None takes a change back. `sentence` is for the status line."""

    draft_id: str
    values: Mapping[str, Json]
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """Put the changes of a draft on another master of the same id, such as a newer one of the program."""

    draft_id: str
    base: str


@dataclass(frozen=True, slots=True)
class PublishDraft:
    """Make a draft a master under a version never used before."""

    draft_id: str
    version: str


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A draft as it stands: the form it gives, the changes in it, and those that found nothing to change."""

    card: DraftCard
    base: Mapping[str, Any]
    plain: Mapping[str, Any]
    edits: Mapping[str, Json]
    lost: tuple[str, ...]


def start_draft(command: StartDraft, actor: Person, unit: UnitOfWork) -> Changes:
    """Begin a draft; `made` is its id."""
    require(actor, Duty.KEEP_TEMPLATES)
    plain = _master_plain(command.base, unit)
    card = DraftCard(
        id=new_id(),
        title=command.title.strip() or str(plain["title"]),
        base=record_base(plain, actor, unit),
        base_id=str(plain["id"]),
        base_version=str(plain["version"]),
        by=actor.id,
        at=utc_now(),
    )
    _keep(card, actor, unit)
    return Changes(frozenset({(KIND, card.id)}), f"A draft of {card.title} was started", card.id)


def edit_draft(command: EditDraft, actor: Person, unit: UnitOfWork) -> Changes:
    """Record changes, or take some back. A value that is what the base has anyway is no change."""
    from auditor.templates.edits import EditKey, checked, edited

    card = open_draft(command.draft_id, actor, unit)
    base, edits = base_of(card, unit), stored.draft_edits(unit, card.id)
    keys = {text: EditKey.parse(text) for text in command.values}
    for text, value in command.values.items():
        if value is not None:
            checked(keys[text], value)
    after = edited(base, {**edits, **command.values})
    if any(text in after.lost for text, value in command.values.items() if value is not None):
        raise BadInput("edit-lost", "Not in this draft", "There is no such part in the draft.", "Look at it again.")
    for text, value in command.values.items():
        said = None if _is_as_before(base, edits, keys[text], value) else value
        if said is not None or text in edits:
            unit.record(actor.id, Entity.TEMPLATE, card.id, stored.EDIT + text, said)
    return Changes(frozenset({(KIND, card.id)}), command.sentence)


def move_draft(command: MoveDraft, actor: Person, unit: UnitOfWork) -> Changes:
    """Put the changes on another master of the same id. Those that find nothing there are kept and listed."""
    card = open_draft(command.draft_id, actor, unit)
    plain = _master_plain(command.base, unit)
    if plain["id"] != card.base_id:
        message = f"The draft is one of {card.base_id}, and this master is {plain['id']}."
        raise Refused("another-master", "Another template", message, "Start a draft of that one instead.")
    base = record_base(plain, actor, unit)
    for key, value in _carried(card, base, unit).items():
        unit.record(actor.id, Entity.TEMPLATE, card.id, stored.EDIT + key, value)
    _keep(replace(card, base=base, base_version=str(plain["version"])), actor, unit)
    return Changes(frozenset({(KIND, card.id)}), f"The draft is now one of version {plain['version']}")


def discard_draft(draft_id: str, actor: Person, unit: UnitOfWork) -> Changes:
    """Drop a draft. What was changed in it stays in the record and is not used."""
    card = open_draft(draft_id, actor, unit)
    _keep(replace(card, discarded=True), actor, unit)
    return Changes(frozenset({(KIND, card.id)}), f"The draft of {card.title} was dropped")


def publish_draft(command: PublishDraft, actor: Person, unit: UnitOfWork) -> Changes:
    """Make the draft a master of this workspace; refused while a check stops it. `made` is the master's hash."""
    from auditor.templates.judged import as_file, judge, stopping

    card = open_draft(command.draft_id, actor, unit)
    version = command.version.strip()
    if len(version) > LONGEST_VERSION:
        message = f"The name of a version has at most {LONGEST_VERSION} characters; this one has {len(version)}."
        raise BadInput("version-too-long", "The version is too long", message, "Shorten it, such as 2026.2.")
    if not version:
        raise BadInput("version-needed", "Version needed", "A new version needs a name.", "Write one, such as 2026.2.")
    plain = {**draft_form(card.id, actor, unit).plain, "version": version}
    stops = stopping(judge(plain, hints=False))
    if stops:
        first = stops[0].problem
        raise Refused("draft-not-ready", "Not ready", f"{len(stops)} to put right first. {first.message}", first.remedy)
    source = {one.hash: one.base for one in stored.master_cards(unit)}
    keep = KeepMaster(as_file(plain), card.id, source.get(card.base, "") or card.base)
    kept = keep_master(keep, actor, unit)
    _keep(replace(card, published=kept.made), actor, unit)
    return Changes(frozenset({(KIND, card.id)})) | kept


def drafts(_query: None, actor: Person, view: View) -> list[DraftCard]:
    """The drafts that are open, the newest first."""
    require(actor, Duty.KEEP_TEMPLATES)
    return [card for card in stored.draft_cards(view) if card.is_open]


def draft_form(draft_id: str, actor: Person, view: View) -> DraftForm:
    """A draft with its form."""
    from auditor.templates.edits import edited

    require(actor, Duty.KEEP_TEMPLATES)
    card = stored.draft_card(view, draft_id)
    base = base_of(card, view)
    edits = {key: value for key, value in stored.draft_edits(view, draft_id).items() if value is not None}
    after = edited(base, edits)
    return DraftForm(card, base, after.plain, edits, after.lost)


def draft_problems(draft_id: str, actor: Person, view: View) -> tuple["Found", ...]:
    """What the checks find in a draft, hints on its wording among them, in the order of the form."""
    from auditor.templates.judged import judge

    return judge(draft_form(draft_id, actor, view).plain)


def open_draft(draft_id: str, actor: Person, view: View) -> DraftCard:
    """A draft that this person may change now."""
    require(actor, Duty.KEEP_TEMPLATES)
    card = stored.draft_card(view, draft_id)
    if not card.is_open:
        message = "The draft was published or dropped, and stays as it is."
        raise Refused("draft-closed", "Draft closed", message, "Start a new draft.")
    return card


def base_of(card: DraftCard, view: View) -> dict[str, Any]:
    """The plain form of the master a draft was made from."""
    plain = stored.master_plain(view, card.base)
    if plain is None:
        raise no_such_master()
    return plain


def used_ids(card: DraftCard, view: View) -> set[str]:
    """Every id that any version or draft of this master ever had, those taken away again among them."""
    from auditor.templates.new_ids import ids_in

    plains = [plain for plain in stored.every_master(view) if plain["id"] == card.base_id]
    plains += [dict(one.plain) for one in shipped_templates() if one.template.master == card.base_id]
    found = {one for plain in plains for one in ids_in(plain)}
    for other in stored.draft_cards(view):
        if other.base_id == card.base_id:
            found |= {key.partition("/")[2].rpartition("/")[0] for key in stored.draft_edits(view, other.id)}
    return found


def _carried(card: DraftCard, base: str, view: View) -> dict[str, Json]:
    """The changes in the masters a draft was made from, which a master of the program does not have."""
    own = {one.hash: one for one in stored.master_cards(view)}
    if base in own:
        return {}
    carried: dict[str, Json] = {}
    at = card.base
    while at in own and own[at].source:
        before = stored.draft_edits(view, own[at].source)
        carried = {**{key: value for key, value in before.items() if value is not None}, **carried}
        at = stored.draft_card(view, own[at].source).base if before else ""
    made = stored.draft_edits(view, card.id)
    return {key: value for key, value in carried.items() if made.get(key) is None}


def _is_as_before(base: Mapping[str, Any], edits: Mapping[str, Json], key: Any, value: Json) -> bool:
    """Whether the value is what the base has, the order of questions among the added ones left to speak for itself."""
    from auditor.domain.errors import Missing
    from auditor.templates.edits import ADDED, ORDER, REMOVED, EditKey, value_at

    if value is None or key.field == ADDED or (key.field == ORDER and any("/added" in one for one in edits)):
        return value is None
    if key.field == REMOVED:
        return value is False
    try:
        before = value_at(base, key)
    except Missing:
        # The part was added in the draft: what was said when it was added is its base.
        added = edits.get(str(EditKey(key.part, key.id, ADDED)))
        return isinstance(added, dict) and key.field in added and added[key.field] == value
    return bool(before == value)


def _master_plain(master_hash: str, view: View) -> dict[str, Any]:
    kept = stored.master_plain(view, master_hash)
    if kept is not None:
        return kept
    for master in program_masters():
        if template_hash(master.plain) == master_hash:
            return dict(master.plain)
    raise no_such_master()


def _keep(card: DraftCard, actor: Person, unit: UnitOfWork) -> None:
    unit.record(actor.id, Entity.TEMPLATE, card.id, stored.DRAFT, card.to_plain())
