"""Wrong PINs on this computer: counted beside the ledger, so that guessing takes longer each time, wherever."""

from datetime import UTC, datetime, timedelta

from auditor.domain.errors import NotAllowed
from auditor.store.queries.drafts import draft, keep_draft
from auditor.store.unit_of_work import UnitOfWork, View

FREE = 2
"""Wrong tries that cost nothing: a finger that slipped."""

LONGEST = 30
_PLACE = "wrong-pins"


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong tries in a row: 4, 8, 16, then half a minute."""
    return 0 if wrong <= FREE else min(2 ** min(wrong - 1, 10), LONGEST)


def require_patience(person_id: str, now: datetime, view: View) -> None:
    """Raise `NotAllowed` (pin-wait) while a try has to wait. A clock that was put back never locks anybody out for
    longer than the wait itself."""
    wrong, last = _tries(person_id, view)
    waited = now - last
    left = timedelta(seconds=wait_after(wrong)) - waited
    if waited >= timedelta() and left > timedelta():
        seconds = int(left.total_seconds()) + 1
        raise NotAllowed("pin-wait", "Wait a moment", f"The PIN was wrong {wrong} times.", f"Wait {seconds} seconds.")


def count_wrong(person_id: str, now: datetime, unit: UnitOfWork) -> None:
    """One more wrong try."""
    wrong, _ = _tries(person_id, unit)
    keep_draft(unit, person_id, _PLACE, {"wrong": wrong + 1, "at": now.isoformat()})


def forget_wrong(person_id: str, unit: UnitOfWork) -> None:
    """The PIN was right."""
    keep_draft(unit, person_id, _PLACE, None)


def any_wrong(person_id: str, view: View) -> bool:
    """Whether there is anything to forget."""
    return draft(view, person_id, _PLACE) is not None


def _tries(person_id: str, view: View) -> tuple[int, datetime]:
    kept = draft(view, person_id, _PLACE)
    if not isinstance(kept, dict) or not isinstance(kept["wrong"], int):
        return 0, datetime.min.replace(tzinfo=UTC)
    return kept["wrong"], datetime.fromisoformat(str(kept["at"]))
