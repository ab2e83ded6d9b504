"""What has changed of an audit's plan, in sentences for whoever opens it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from auditor.domain.audit import Audit
from auditor.domain.plans import Plans, Said


def news(audit: Audit, plans: Plans, names: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each thing that is not as it was planned, with its reason."""
    return tuple(_sentences(audit, plans, names))


def day_of(said: Said) -> str:
    """The day somebody said so, in the clock of this computer."""
    return f"{datetime.fromisoformat(said.at).astimezone():%d/%m/%Y}"


def _sentences(audit: Audit, plans: Plans, names: Mapping[str, str]) -> Iterator[str]:
    if audit.void_words:
        yield audit.void_words
    if plans.withdrawn:
        yield f"Case taken out of the cycle: {plans.withdrawn.reason}"
    if plans.cancelled:
        yield f"Cancelled on {day_of(plans.cancelled)} by {names.get(plans.cancelled.by, '')}: {plans.cancelled.reason}"
    for made in (one for slot in audit.auditors for one in plans.replaced.get(slot, ())):
        new, former = names.get(made.new, ""), names.get(made.former, "")
        yield f"{new} took over from {former} on {day_of(made.said)}: {made.said.reason}"
    extension = plans.extension
    if extension.to:
        yield f"More time until {extension.to:%d/%m/%Y}"
    if extension.asked and not audit.is_over:
        asked = extension.asked
        yield f"{names.get(asked.said.by, '')} asks for time until {asked.until:%d/%m/%Y}: {asked.said.reason}"
    elif extension.decided and not extension.granted and not audit.is_over:
        declined = extension.decided
        yield f"No more time, said {names.get(declined.said.by, '')}: {declined.said.reason or 'without a reason'}"
