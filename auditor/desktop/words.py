"""Words several pages share: marks of stages and ways of working, numbers, what is due, what is backed up."""

from datetime import date, datetime

from auditor.desktop.dates import show_date
from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.theme import Token
from auditor.domain.audit import Mode, Moderated, Stage, Void

SOON = 3
"""Days before a date from which it is said in amber."""

STAGES: dict[Stage, Meaning] = {
    Stage.SIGNED_OFF: Meaning(MarkKind.TICK_DISC, "Agreed and signed off", "good", "good_tint"),
    Stage.TO_RECONCILE: Meaning(MarkKind.HALF_DISC, "To reconcile", "accent", "soft"),
    Stage.SCORING: Meaning(MarkKind.PLAY_RING, "Being scored", "text2", "sunken"),
    Stage.NOT_STARTED: Meaning(MarkKind.RING, "Not started", "text2", "sunken"),
    Stage.CANCELLED: Meaning(MarkKind.DASH, "Cancelled", "text2", "sunken"),
}
TO_MODERATE = Meaning(MarkKind.HALF_DISC, "Waiting for moderation", "accent", "soft")
MODERATED: dict[Moderated, Meaning] = {
    Moderated.UPHELD: Meaning(MarkKind.TICK_DISC, Moderated.UPHELD.words, "good", "good_tint"),
    Moderated.CHANGED: Meaning(MarkKind.TICK_DISC, Moderated.CHANGED.words, "good", "good_tint"),
    Moderated.RETURNED: Meaning(MarkKind.HALF_DISC, Moderated.RETURNED.words, "requires", "requires_tint"),
}
VOID: dict[Void, Meaning] = {
    Void.CHANGED: Meaning(MarkKind.WARNING, "Sign-off void", "requires", "requires_tint"),
    Void.RETURNED: Meaning(MarkKind.WARNING, Void.RETURNED.words, "requires", "requires_tint"),
}
"""A sign-off that no longer holds; the whole sentence is `Void.words`."""
WITHOUT_AUDITORS = Meaning(MarkKind.DASH, "Without auditors", "text2", "sunken")
MODES: dict[Mode, tuple[str, str]] = {
    Mode.BLIND: ("eye-off", "Blind"),
    Mode.JOINT: ("people", "Joint"),
    Mode.SINGLE: ("person", "Single"),
}
"""Icon and word of each way of working."""
STAGE_BAR: dict[Stage, Token] = {
    Stage.SIGNED_OFF: "good",
    Stage.TO_RECONCILE: "accent",
    Stage.SCORING: "ctl",
    Stage.NOT_STARTED: "line2",
    Stage.CANCELLED: "line",
}
"""The colour of each stage in a bar of parts."""


def due_words(due: date | None, today: date, *, sample: bool = False) -> tuple[str, Token]:
    """How long there is until a day, and the colour kind it is said in; invented sample data is never late."""
    if due is None or (sample and due < today):
        return "", "muted"
    days = (due - today).days
    if days < 0:
        return f"{_long(-days)} late", "inadequate"
    near = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return near, "requires" if days <= SOON else "muted"


def _long(days: int) -> str:
    """A length of time in the unit a person would name."""
    for length, unit in ((365, "year"), (30, "month")):
        if days >= 2 * length:
            return f"{days // length} {unit}s"
    return many(days, "day")


def many(count: int, one: str, several: str = "") -> str:
    """A number with its word, such as 1 case, 2 cases."""
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


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
