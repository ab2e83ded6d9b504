"""Comment snippets: one's own on this computer, shared ones for everybody in the workspace."""

from dataclasses import dataclass

from auditor.domain.audit import OWN_SLOTS
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Missing, NotAllowed, Refused
from auditor.domain.identifiers import identifiers_in
from auditor.domain.revision import Entity, new_id
from auditor.domain.roles import Duty, Person, may, require
from auditor.domain.snippets import LONGEST_SNIPPET, Snippet, same_words
from auditor.store.queries import drafts, entries, programme
from auditor.store.queries.registers import values_in
from auditor.store.unit_of_work import UnitOfWork, View

_PLACE, _KEY = "snippets", "snippet/"


@dataclass(frozen=True, slots=True)
class KeepSnippet:
    """A new snippet, or with an `id` what one is to say from now on. `sure` keeps an own one that may name somebody."""

    text: str
    id: str = ""
    shared: bool = False
    sure: bool = False


def snippets(_query: None, actor: Person, view: View) -> list[Snippet]:
    """The person's own snippets and the shared ones."""
    own = [Snippet(name, text, by=actor.id) for name, text in _own(view, actor).items()]
    return own + list(_shared(view).values())


def keep_snippet(command: KeepSnippet, actor: Person, unit: UnitOfWork) -> Changes:
    """Keep a snippet. A shared one may neither name anybody nor tell the words of a sealed answer."""
    text = command.text.strip()
    if not text or len(text) > LONGEST_SNIPPET:
        message = f"A snippet has up to {LONGEST_SNIPPET:,} characters; this has {len(text):,}."
        raise BadInput("snippet-length", "Snippet", message, "Write a phrase to begin a comment with.")
    if (command.shared or not command.sure) and identifiers_in(text):
        remedy = "Take out what belongs to one child; two low lines (__) leave a gap to fill in."
        raise Refused("names-somebody", "One child's words", "It seems to name somebody or hold a number.", remedy)
    standing = next((snippet for snippet in snippets(None, actor, unit) if snippet.id == command.id), None)
    if standing is not None and standing.shared:
        _require_keeper(standing, actor)
    name = standing.id if standing else new_id()
    if command.shared:
        require(actor, Duty.SHARE_SNIPPETS)
        _require_unsealed(text, actor, unit)
        value: dict[str, Json] = {"text": text, "by": standing.by if standing else actor.id}
        unit.record(actor.id, Entity.WORKSPACE, unit.workspace_id, f"{_KEY}{name}", value)
        _keep_own(unit, actor, {key: said for key, said in _own(unit, actor).items() if key != name})
    else:
        _withdraw(standing, actor, unit)
        _keep_own(unit, actor, {**_own(unit, actor), name: text})
    whose = "for everybody" if command.shared else "for you"
    return Changes(frozenset({("snippet", name)}), f"Snippet kept {whose}", name)


def remove_snippet(snippet_id: str, actor: Person, unit: UnitOfWork) -> Changes:
    """Offer a snippet no longer; comments written with it stay as they are."""
    standing = next((snippet for snippet in snippets(None, actor, unit) if snippet.id == snippet_id), None)
    if standing is None:
        raise Missing("no-such-snippet", "Snippet gone", "There is no such snippet.", "Choose one of the list.")
    if standing.shared:
        _require_keeper(standing, actor)
    _withdraw(standing, actor, unit)
    _keep_own(unit, actor, {key: said for key, said in _own(unit, actor).items() if key != snippet_id})
    return Changes(frozenset({("snippet", snippet_id)}), "Snippet removed")


def may_keep(snippet: Snippet, person: Person) -> bool:
    """Whether the person may change or remove it: one's own, and every shared one for those who keep the forms."""
    return snippet.by == person.id or may(person, Duty.KEEP_TEMPLATES)


def _require_keeper(snippet: Snippet, actor: Person) -> None:
    if not may_keep(snippet, actor):
        remedy = "Ask them or a QA lead, or keep one of your own."
        raise NotAllowed("not-your-snippet", "Shared by somebody else", "You did not share this snippet.", remedy)


def _require_unsealed(text: str, actor: Person, unit: UnitOfWork) -> None:
    """What everybody reads must not be the comment of a blind audit that the partner has not finished."""
    for audit in programme.audits(unit):
        slot = audit.slot_of(actor.id)
        if slot is None or slot not in OWN_SLOTS or audit.all_submitted:
            continue
        if any(same_words(text, entry.comment) for entry in entries.entries(unit, audit.id, slot).values()):
            message = "These words stand in a comment of yours that your partner must not read yet."
            remedy = "Keep it for yourself now; share it when both of you have finished."
            raise Refused("sealed-words", "Still sealed", message, remedy)


def _withdraw(standing: Snippet | None, actor: Person, unit: UnitOfWork) -> None:
    if standing is not None and standing.shared:
        unit.record(actor.id, Entity.WORKSPACE, unit.workspace_id, f"{_KEY}{standing.id}", None)


def _own(view: View, actor: Person) -> dict[str, str]:
    found = drafts.draft(view, actor.id, _PLACE)
    return {name: str(text) for name, text in found.items()} if isinstance(found, dict) else {}


def _keep_own(unit: UnitOfWork, actor: Person, own: dict[str, str]) -> None:
    drafts.keep_draft(unit, actor.id, _PLACE, dict(own) or None)


def _shared(view: View) -> dict[str, Snippet]:
    found = {}
    for key, value in values_in(view, view.workspace_id).items():
        if key.startswith(_KEY) and isinstance(value, dict):
            name = key.removeprefix(_KEY)
            found[name] = Snippet(name, str(value["text"]), True, str(value["by"]))
    return found
