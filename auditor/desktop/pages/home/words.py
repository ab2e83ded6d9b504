"""How Home says things: marks of rows and stages, when something is due, where a verb leads."""

from datetime import date, datetime

from auditor.desktop.dates import show_date
from auditor.desktop.marks import ANSWERS, NOT_STARTED, RAG, MarkKind, Meaning
from auditor.desktop.theme import Token
from auditor.domain.audit import Mode, Stage
from auditor.domain.programme import Cycle
from auditor.services.home import Verb, Waiting

SOON = 3
"""Days before a date from which it is said in amber."""

STAGES: dict[Stage, Meaning] = {
    Stage.SIGNED_OFF: Meaning(MarkKind.TICK_DISC, "Agreed and signed off", "good", "good_tint"),
    Stage.TO_RECONCILE: Meaning(MarkKind.HALF_DISC, "To reconcile", "accent", "soft"),
    Stage.SCORING: Meaning(MarkKind.PLAY_RING, "Being scored", "ctl", "sunken"),
    Stage.NOT_STARTED: Meaning(MarkKind.RING, "Not started", "text2", "sunken"),
}
WITHOUT_AUDITORS = Meaning(MarkKind.DASH, "Without auditors", "text2", "sunken")
MODES: dict[Mode, tuple[str, str]] = {
    Mode.BLIND: ("eye-off", "Blind"),
    Mode.JOINT: ("people", "Joint"),
    Mode.SINGLE: ("person", "Single"),
}
"""Icon and word of each way of working."""

_VERBS: dict[Verb, Meaning] = {
    Verb.START: NOT_STARTED,
    Verb.CONTINUE: Meaning(MarkKind.PLAY_RING, "Being scored", "accent", "soft"),
    Verb.RECONCILE: Meaning(ANSWERS["partly"].mark, "To reconcile", "requires", "requires_tint"),
    Verb.SIGN_OFF: Meaning(MarkKind.TICK_RING, "To sign off", "accent", "soft"),
    Verb.VERIFY: RAG["awaiting_verification"],
    Verb.GIVE_OUT: NOT_STARTED,
    Verb.OPEN: Meaning(MarkKind.TICK_DISC, "All agreed", "good", "good_tint"),
}
_PAGES: dict[Verb, str] = {
    Verb.START: "audits",
    Verb.CONTINUE: "audits",
    Verb.SIGN_OFF: "audits",
    Verb.RECONCILE: "reconcile",
    Verb.UPDATE: "actions",
    Verb.VERIFY: "actions",
    Verb.GIVE_OUT: "cycles",
    Verb.OPEN: "findings",
}


def page_for(verb: Verb) -> str:
    """The page on which the verb is carried out."""
    return _PAGES[verb]


def meaning_of(row: Waiting) -> Meaning:
    """The mark of a row: the status of an action, else what its verb says."""
    if row.verb is Verb.UPDATE and row.status is not None:
        return RAG[row.status.value]
    return _VERBS[row.verb]


def due_words(due: date | None, today: date) -> tuple[str, Token]:
    """How long there is until a day, and the colour kind it is said in."""
    if due is None:
        return "", "muted"
    days = (due - today).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late", "inadequate"
    near = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return near, "requires" if days <= SOON else "muted"


def full_day(day: date) -> str:
    """A day with its weekday, such as Friday 27/11/2026."""
    return f"{day:%A} {show_date(day)}"


def backup_words(last: datetime | None, now: datetime) -> str:
    """When the workspace was backed up last, in the clock of this computer."""
    if last is None:
        return "Not backed up yet; done when you lock"
    local = last.astimezone(now.tzinfo)
    when = f"today at {local:%H:%M}" if local.date() == now.date() else f"on {show_date(local.date())}"
    return f"Backed up {when}, checked"


def cycle_words(cases: int, pairs: int) -> str:
    """How large a round is."""
    return f"{cases} case{'' if cases == 1 else 's'}, {pairs} pair{'' if pairs == 1 else 's'}"


def is_late(cycle: Cycle, today: date) -> bool:
    """Whether the day has passed on which pairs were to have agreed."""
    return cycle.due < today
