"""The evidence that a sample was drawn fairly, in words and tables, for a page or a sheet that anybody can check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.domain.draw_record import DrawRecord
from auditor.domain.frame import rank_hash, reference_key
from auditor.domain.sampling import Exclusion, QuotaResult, StratumCount, Why

WHY_WORDS = {
    Why.DRAWN: "in the order",
    Why.FOR_QUOTA: "for a quota",
    Why.GAVE_WAY: "gave way to a quota",
    Why.NOT_REACHED: "further down the order",
    Why.EXCLUDED: "left out",
}
GONE = "erased since"


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A case of the sample: its place in the order of all cases, the start of its hash, and why it is in."""

    rank: int
    reference: str
    hash: str
    stratum: str
    why: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A case that was taken out, what came in for it, and who said so, when and why."""

    reference: str
    replaced_by: str
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Evidence:
    """All there is to say of one draw. `facts` are labels with their values, `rule` the sentences that say how to draw
    the same cases again."""

    title: str
    facts: tuple[tuple[str, str], ...]
    rule: tuple[str, ...]
    excluded: tuple[tuple[str, int], ...]
    strata: tuple[StratumCount, ...]
    quotas: tuple[QuotaResult, ...]
    drawn: tuple[DrawnLine, ...]
    replaced: tuple[Replaced, ...] = ()
    sample: bool = False


def evidence_of(
    record: DrawRecord,
    references: Mapping[str, str],
    *,
    title: str,
    by: str = "",
    replaced: Sequence[Replaced] = (),
    sample: bool = False,
) -> Evidence:
    """The evidence of a draw; `references` gives the reference of each drawn case, as far as it is still kept."""
    lines = []
    for one in record.drawn:
        reference = references.get(one.case, "")
        hashed = rank_hash(record.plan.seed, reference_key(reference)) if reference else ""
        lines.append(DrawnLine(one.rank, reference or GONE, hashed, one.stratum, WHY_WORDS[one.why]))
    return Evidence(
        title=title,
        facts=_facts(record, by),
        rule=_rule(record),
        excluded=tuple((reason.words, record.excluded.get(reason, 0)) for reason in Exclusion),
        strata=record.strata,
        quotas=record.quotas,
        drawn=tuple(sorted(lines, key=lambda line: line.rank)),
        replaced=tuple(replaced),
        sample=sample,
    )


def _facts(record: DrawRecord, by: str) -> tuple[tuple[str, str], ...]:
    drawn = len(record.drawn)
    asked = f"{record.plan.n:,}" if drawn == record.plan.n else f"{drawn:,} of the {record.plan.n:,} asked for"
    facts = (
        ("Cases in the frame", f"{record.frame_size:,}"),
        ("Cases drawn", asked),
        ("Seed", str(record.plan.seed)),
        ("Fingerprint of the frame (SHA-256)", record.frame_hash),
        ("Drawn on", f"{record.on:%d/%m/%Y}"),
        ("Drawn by", by),
    )
    return tuple((label, value) for label, value in facts if value)


def _rule(record: DrawRecord) -> tuple[str, ...]:
    plan, rules = record.plan, record.rules
    said = [
        "Every case of the frame stands in the order of the SHA-256 of the seed, a colon and its reference in small "
        f"letters without spaces, such as of “{plan.seed}:cf-01”. The order of the list makes no difference.",
    ]
    if rules.exclude_months:
        said.append(f"Cases audited in the {rules.exclude_months} months before the draw are left out.")
    if rules.exclude_conflicts:
        said.append("Cases that an auditor holds, held or manages are left out.")
    if plan.strata:
        said.append(
            f"The frame is divided by {' and '.join(plan.strata)}. Each group gives its share of the sample in "
            "proportion to its cases, by largest remainder, and at least one where the sample is large enough; a tie "
            "goes to the larger group, then by name. In each group the first in the order are drawn."
        )
    else:
        said.append(f"The first {plan.n:,} in the order are drawn.")
    if plan.quotas:
        said.append(
            "Where a quota was not met, the next case that counts towards it came in for the last one drawn of the "
            "same group that no quota needs, or of the largest group where the same group had none to spare. "
            "Quotas are told as drawn, before any replacement."
        )
    said.append(
        "A case that has to be replaced gives way to the next in the order of the same group."
        if record.strata_kept
        else "The groups are special-category data and were not kept with the cases: only their counts are."
    )
    return tuple(said)
