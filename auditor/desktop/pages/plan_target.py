"""What a page is asked to open: the plan of an audit, rather than the audit itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanOf:
    """The plan of one audit: its pair, its day, whether it goes on."""

    audit_id: str
