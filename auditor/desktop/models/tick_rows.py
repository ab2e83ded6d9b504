"""A variant that is being built, as rows to tick, and what a tick does to what is ticked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from auditor.desktop.models.template_rows import count_words, kind_words, matching
from auditor.desktop.words import many
from auditor.domain.template import Template
from auditor.services.template_building import Builder, Built, Stopped, Ticks

FACTS = ("Facts", "Judgements", "Minutes")


class Tick(Enum):
    """How much of a row is taken; the value is what a screen reader says."""

    ON = "ticked"
    PART = "partly ticked"
    OFF = "not ticked"


@dataclass(frozen=True)
class TickRow:
    """A section, theme or question to tick; a heading has no tick. `figures` stand in columns at the right."""

    id: str
    number: str
    title: str
    tick: Tick | None = None
    note: str = ""
    figures: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What a screen reader says."""
        state = [self.tick.value] if self.tick else []
        return ", ".join([*state, f"{self.number} {self.title}".strip(), *filter(None, (self.note, *self.figures))])


def section_rows(builder: Builder, ticks: Ticks, built: Built) -> list[TickRow]:
    """Every section of the master, with what is asked of it, or what it would ask."""
    reach = builder.within_reach(ticks)
    rows = []
    for section in builder.whole.sections:
        now, most = built.by_section[section.id], reach[section.id]
        on = section.id in ticks.sections
        tick = Tick.ON if on and now.questions >= most.questions else Tick.PART if now.questions else Tick.OFF
        note = ""
        if not now.questions and not most.questions:
            note = "nothing in it fits the limits above"
        elif tick is Tick.PART:
            note = f"{now.questions} of {max(most.questions, now.questions)}"
        told = now if now.questions else most
        figures = (str(told.facts), str(told.judgements), str(round(told.minutes)))
        rows.append(TickRow(section.id, section.number, section.title, tick, note, figures))
    return rows


def theme_rows(ticks: Ticks, built: Built) -> list[TickRow]:
    """Every theme with its share of the master's questions. None ticked takes all of them."""
    return [
        TickRow(
            share.id,
            "",
            share.title,
            Tick.ON if share.id in ticks.themes else Tick.OFF,
            figures=(f"{share.taken} of {share.of}",),
        )
        for share in built.themes
    ]


def question_rows(builder: Builder, built: Built, words: str) -> list[TickRow]:
    """The questions that the words find, under the headings of their sections."""
    rows: list[TickRow] = []
    heading = ""
    for question in matching(builder.whole, words):
        section = builder.whole.section_of[question.id]
        if section.id != heading:
            heading = section.id
            rows.append(TickRow(section.id, section.number, section.title))
        tick = Tick.ON if question.id in built.taken else Tick.OFF
        rows.append(TickRow(question.id, question.number, question.text, tick, figures=(kind_words(question),)))
    return rows


def flip_section(builder: Builder, ticks: Ticks, section_id: str) -> Ticks:
    """Take a section whole, or not at all: what was said of its single questions no longer holds."""
    section = next(one for one in builder.whole.sections if one.id == section_id)
    inside = frozenset(question.id for question in section.questions)
    whole = section_id in ticks.sections and not ticks.leave & inside
    return replace(
        ticks,
        sections=ticks.sections - {section_id} if whole else ticks.sections | {section_id},
        take=ticks.take - inside,
        leave=ticks.leave - inside,
        always=ticks.always - {section_id} if whole else ticks.always,
    )


def flip_theme(ticks: Ticks, theme_id: str) -> Ticks:
    """Narrow to a theme besides those that are ticked, or no longer."""
    return replace(ticks, themes=ticks.themes ^ {theme_id})


def flip_question(builder: Builder, ticks: Ticks, built: Built, question_id: str) -> Ticks:
    """Take a single question or leave it, whatever its section and themes say."""
    take, leave = ticks.take - {question_id}, ticks.leave - {question_id}
    selected = builder.selected(ticks, question_id)
    if question_id in built.taken:
        return replace(ticks, take=take, leave=leave | {question_id} if selected else leave)
    form = builder.master.form
    overall = ticks.overall or bool(form.overall and form.overall.question == question_id)
    return replace(ticks, take=take if selected else take | {question_id}, leave=leave, overall=overall)


def with_needs(ticks: Ticks, stopped: Stopped) -> Ticks:
    """Take what a rule needs to run."""
    needed = frozenset(stopped.missing)
    return replace(ticks, take=ticks.take | needed, leave=ticks.leave - needed)


def leaving_out(builder: Builder, template: Template, left: frozenset[str]) -> Ticks:
    """The ticks of a template without these questions."""
    ticks = builder.ticks_like(template)
    known = left & builder.whole.by_id.keys()
    return replace(ticks, leave=ticks.leave | known, take=ticks.take - known)


def built_words(built: Built) -> str:
    """What the ticks come to, in one line."""
    sections = sum(1 for one in built.by_section.values() if one.questions)
    worked_out = f" · {built.count.worked_out} worked out" if built.count.worked_out else ""
    return f"{many(sections, 'section')} · {count_words(built.count)}{worked_out}"


class History:
    """What was ticked before, to take ticks back and to tick again."""

    def __init__(self) -> None:
        self._past: list[Ticks] = []
        self._future: list[Ticks] = []

    def went(self, before: Ticks) -> None:
        """Something else is ticked now."""
        self._past.append(before)
        self._future.clear()

    def back(self, now: Ticks) -> Ticks:
        """What was ticked before; the same where nothing was."""
        return self._move(now, self._past, self._future)

    def forward(self, now: Ticks) -> Ticks:
        """What was taken back last."""
        return self._move(now, self._future, self._past)

    def _move(self, now: Ticks, source: list[Ticks], to: list[Ticks]) -> Ticks:
        if not source:
            return now
        to.append(now)
        return source.pop()


def ticks_plain(ticks: Ticks) -> dict[str, object]:
    """Ticks as they are kept in a draft."""
    plain: dict[str, object] = {"overall": ticks.overall, "labels": ticks.labels}
    return plain | {name: sorted(getattr(ticks, name)) for name in _SETS}


def ticks_from(plain: Mapping[str, object], begun: Ticks) -> Ticks:
    """Ticks out of a draft; what nobody ticks stays as it was begun."""
    sets: dict[str, Any] = {name: frozenset(map(str, _listed(plain.get(name)))) for name in _SETS}
    return replace(begun, **sets, overall=plain.get("overall") is not False, labels=str(plain.get("labels") or ""))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


_SETS = ("sections", "themes", "tiers", "types", "completed_by", "always", "take", "leave")
