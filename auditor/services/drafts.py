"""Half-filled forms, kept for the person who was filling them in until they are sent or thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.domain.changes import Changes
from auditor.domain.roles import Person
from auditor.store.queries import drafts as stored
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """What stands in the fields of the form at a place ("reconcile/<audit>/<question>"); no fields forget it."""

    place: str
    fields: Mapping[str, str]


def keep_draft(command: KeepDraft, actor: Person, unit: UnitOfWork) -> Changes:
    """Keep or forget a draft. It changes nothing anybody else sees."""
    filled = {name: text for name, text in command.fields.items() if text}
    stored.keep_draft(unit, actor.id, command.place, dict(filled) or None)
    return Changes()


def draft(place: str, actor: Person, view: View) -> dict[str, str]:
    """What the person left in the fields of the form at the place, by field; empty where nothing was left."""
    found = stored.draft(view, actor.id, place)
    return {name: str(text) for name, text in found.items()} if isinstance(found, dict) else {}
