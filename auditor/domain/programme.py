"""A cycle of audits and the cases in it: what is audited, with which template, over which period, by whom."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class FactsBy(StrEnum):
    """Whether facts are entered once for an audit or asked of both auditors."""

    SHARED = "shared"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Cycle:
    """One round of audits with one template. `period_start` to `period_end` is the part of the file that is read;
    `due` is when pairs have agreed their audits. `sample` marks invented demonstration data; `reaudit_of` is the cycle
    whose cases are read once more."""

    id: str
    title: str
    template_hash: str
    period_start: date
    period_end: date
    due: date
    facts_by: FactsBy = FactsBy.SHARED
    sample: bool = False
    reaudit_of: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A child's file in a cycle, known by a local reference that names nobody. `extra` keeps the
    list's other columns; `conflicts` are the people who hold, held or manage the case and should not audit it.

    A case that is read once more has a template of its own, and the audit it was read in first."""

    id: str
    cycle_id: str
    reference: str
    team: str = ""
    plan_type: str = ""
    age_band: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    conflicts: frozenset[str] = frozenset()
    template_hash: str = ""
    first_audit: str = ""


def not_given(cases: Iterable[Case], given: Collection[str], withdrawn: Collection[str]) -> tuple[Case, ...]:
    """The cases that nobody audits yet; those taken out of their cycle need nobody. Both are named by case id."""
    return tuple(case for case in cases if case.id not in given and case.id not in withdrawn)
