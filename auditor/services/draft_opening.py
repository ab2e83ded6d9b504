"""From a template somebody looks at to the draft in which it is changed."""

from dataclasses import dataclass

from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, Person, require
from auditor.domain.template_plain import template_hash
from auditor.services.local_masters import no_such_master, program_masters
from auditor.services.template_drafts import StartDraft, drafts, start_draft
from auditor.store.queries import masters as stored
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class ChangeTemplate:
    """The master to change, by the id and version that a template names."""

    master: str
    version: str


def change_template(command: ChangeTemplate, actor: Person, unit: UnitOfWork) -> Changes:
    """Go on with the open draft of that master, or start one. `made` is the draft's id."""
    require(actor, Duty.KEEP_TEMPLATES)
    standing = next((card for card in drafts(None, actor, unit) if card.base_id == command.master), None)
    if standing is not None:
        return Changes(made=standing.id)
    return start_draft(StartDraft(_master_hash(command, unit)), actor, unit)


def _master_hash(command: ChangeTemplate, view: View) -> str:
    """The workspace's own master of that version, else the program's."""
    named = (command.master, command.version)
    own = next((card.hash for card in stored.master_cards(view) if (card.id, card.version) == named), "")
    if own:
        return own
    for master in program_masters():
        if (master.id, master.form.version) == named:
            return template_hash(master.plain)
    raise no_such_master()
