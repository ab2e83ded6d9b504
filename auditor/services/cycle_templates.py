"""The templates of a cycle: its own, and those of audits that were set up with, or have moved to, another."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.domain.programme import Cycle
from auditor.domain.template import Template
from auditor.domain.template_union import union
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import View


@dataclass(frozen=True)
class CycleTemplates:
    """`whole` holds every question that any audit of the cycle asks; `others` are the templates of the audits that have
    another than the cycle, by audit id."""

    own: Template
    whole: Template
    others: Mapping[str, Template]

    @property
    def every(self) -> tuple[Template, ...]:
        """The cycle's own template, and every other."""
        return (self.own, *{one.hash: one for one in self.others.values()}.values())

    def of(self, audit_id: str) -> Template:
        """The template one audit is done with."""
        return self.others.get(audit_id, self.own)


def cycle_templates(view: View, cycle: Cycle) -> CycleTemplates:
    """The templates of a cycle's audits."""
    own = stored_people.template(view, cycle.template_hash)
    hashes = {audit_id: one for audit_id, one in programme.template_hashes(view, cycle.id).items() if one != own.hash}
    others = {audit_id: stored_people.template(view, one) for audit_id, one in hashes.items()}
    return CycleTemplates(own, union([own, *others.values()]), others)
