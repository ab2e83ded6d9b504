"""How the programme says things: the mark and word of a round, months, and how often a round comes back."""

from collections.abc import Mapping
from dataclasses import replace

from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.words import many
from auditor.domain.programme_plan import Month, Rhythm, RoundLine, RoundState

_STATES: dict[RoundState, Meaning] = {
    RoundState.DONE: Meaning(MarkKind.TICK_DISC, "Done", "good", "good_tint"),
    RoundState.EXEMPTED: Meaning(MarkKind.DASH, "Exempted", "text2", "sunken"),
    RoundState.LATE: Meaning(MarkKind.DIAMOND_BANG, "Late", "inadequate", "inadequate_tint"),
    RoundState.UNDER_WAY: Meaning(MarkKind.PLAY_RING, "Under way", "good", "good_tint"),
    RoundState.DUE: Meaning(MarkKind.DOT_RING, "Due", "accent", "soft"),
    RoundState.PLANNED: Meaning(MarkKind.RING, "Planned", "text2", "sunken"),
}


def meaning_of(line: RoundLine) -> Meaning:
    """The mark and the words of a round: how far it is, how late, or by whom it is exempted."""
    meaning = _STATES[line.state]
    if line.state is RoundState.LATE:
        return replace(meaning, word=f"{many(line.days_late, 'day')} late")
    if line.state is RoundState.UNDER_WAY and line.cycle:
        return replace(meaning, word=f"Under way, {line.cycle.agreed} of {line.cycle.audits}")
    if line.state is RoundState.EXEMPTED and line.exemption:
        return replace(meaning, word=f"Exempted by {line.exemption.by}")
    if line.state is RoundState.DUE:
        return replace(meaning, word=f"Due by {line.round.due:%d/%m}")
    if line.state is RoundState.DONE and line.days_late:
        return replace(meaning, word=f"Done, {many(line.days_late, 'day')} late")
    return meaning


def said_of(line: RoundLine, titles: Mapping[str, str]) -> str:
    """A round in one sentence, for a screen reader."""
    template = titles.get(line.round.template, line.round.template)
    why = f", because: {line.exemption.reason}" if line.state is RoundState.EXEMPTED and line.exemption else ""
    return f"{line.round.rhythm.title}, {line.round.month.words}: {meaning_of(line).word}{why}, template {template}"


def short_month(month: Month) -> str:
    """The month where there is little room."""
    return f"{month.first_day:%b} {month.year % 100:02}"


def span_words(first: Month, months: int) -> str:
    """From one month to another."""
    last = first.plus(months - 1)
    return f"{first.first_day:%b %Y} to {last.first_day:%b %Y}"


def every_words(months: int) -> str:
    """How often something comes back."""
    return "every month" if months == 1 else f"every {months} months"


def rhythm_words(rhythm: Rhythm) -> str:
    """How often a round comes back, and from when to when."""
    until = f" until {rhythm.last.words}" if rhythm.last else ""
    return f"{every_words(rhythm.every).capitalize()} from {rhythm.first.words}{until}"


def month_options(first: Month, last: Month, *also: Month | None) -> list[tuple[str, str]]:
    """The months to choose from, `also` among them wherever they lie."""
    months = {first.plus(at) for at in range(first.until(last) + 1)} | {one for one in also if one}
    return [(str(month), month.words) for month in sorted(months)]
