"""What a consistency rule found in one audit: answers that contradict one another, or lack what they need."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What came of a rule. Unknown: an answer it needs is not there yet, and none so far makes it fire."""

    FIRES = "fires"
    SILENT = "silent"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """An error has to be put right or explained; a warning has to be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one rule. `questions` are those to look at, in the order of the form; none unless it fires.

    `fires_at` and `unknown_at` name where in the audit it does: question ids, section ids, or the number of a condition
    that is about the audit as a whole.
    """

    rule: str
    title: str
    severity: Severity
    message: str
    state: State
    questions: tuple[str, ...] = ()
    fires_at: frozenset[str] = frozenset()
    unknown_at: frozenset[str] = frozenset()
