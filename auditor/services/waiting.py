"""What can wait for a person on Home: a row with the verb that carries it out, under the hat it is done in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.domain.action import Status
from auditor.domain.audit import Stage


class Verb(StrEnum):
    """What a row of Home does when it is opened."""

    START = "Start"
    CONTINUE = "Continue"
    RECONCILE = "Reconcile"
    SIGN_OFF = "Sign off"
    UPDATE = "Update"
    VERIFY = "Verify"
    GIVE_OUT = "Give out"
    OPEN = "Open"
    DECIDE = "Decide"
    REPLACE = "Replace"
    MODERATE = "Moderate"
    ANSWER = "Answer"
    MOVE = "Compare"
    ENTER = "Enter facts"
    ROUND = "See round"
    GAP = "Record"
    REMARKS = "Read remarks"
    HEARD = "Read"


class Hat(StrEnum):
    """In which role something waits."""

    AUDITOR = "auditor"
    SUPPORT = "business support"
    QA_LEAD = "QA lead"
    MODERATOR = "moderator"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the person. `target` is the id of an audit, action or cycle, after `verb`; of a round
    `round/<rhythm>/<month>`, of a gap `gap/<area>/<month>`."""

    hat: Hat
    verb: Verb
    target: str
    title: str
    detail: str
    due: date | None = None
    stage: Stage | None = None
    status: Status | None = None
    sample: bool = False
