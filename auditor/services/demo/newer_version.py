"""A newer version of the template, published from a draft, and an auditor who proposes to move an audit to it."""

from auditor.domain.canonical import Json
from auditor.services.cycles import cycle_view
from auditor.services.demo.people import LEAD, Crew
from auditor.services.local_masters import local_master, program_masters
from auditor.services.moving import ToVersion, propose
from auditor.services.template_drafts import EditDraft, PublishDraft, StartDraft, edit_draft, publish_draft, start_draft
from auditor.services.templates import KeepTemplate, keep_template

_VARIANT = "supervision-oversight"
_VERSION = "2026.2"
_EDITS: dict[str, Json] = {
    "question/S22.09/text": "Is supervision reflective: does it look at hypotheses, feelings and other explanations?",
    "question/S22.09/guidance": "A note of a group supervision counts where it names this child.",
    "question/S22.14/removed": True,
    "question/S23.13/text": "Is recording clear and respectful, and could the child read it later?",
}
_BY, _CASE = "G. Auditor", "CF-07"


def publish_newer_version(crew: Crew, cycle_id: str) -> None:
    """Publish changed wording as a version of this workspace; propose it to the partner in one audit."""
    from auditor.domain.template_plain import template_hash
    from auditor.templates.variants import resolve

    lead = crew.session(LEAD)
    base = next(template_hash(master.plain) for master in program_masters())
    draft = lead.do(start_draft, StartDraft(base)).made
    lead.do(edit_draft, EditDraft(draft, _EDITS))
    master = lead.ask(local_master, lead.do(publish_draft, PublishDraft(draft, _VERSION)).made)
    kept = lead.do(keep_template, KeepTemplate(resolve(master, _VARIANT).plain)).made
    audits = {line.case.reference: line.audit.id for line in lead.ask(cycle_view, cycle_id).audits}
    crew.session(_BY).do(propose, ToVersion(audits[_CASE], kept))
