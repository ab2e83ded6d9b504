"""What a page is asked to open: the plan of an audit, or the remarks on a template, rather than these themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanOf:
    """The plan of one audit: its pair, its day, whether it goes on."""

    audit_id: str


@dataclass(frozen=True, slots=True)
class RemarksOn:
    """What auditors said of a template, by its content hash."""

    template_hash: str
