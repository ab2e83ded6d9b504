"""Builds a variant from ticks: what it would ask, take, cover and give up, quickly enough to say so at every tick."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from auditor.domain.effort import Effort, effort
from auditor.domain.question_count import QuestionCount, question_count
from auditor.domain.template import Question, Template
from auditor.domain.template_plain import template_from_plain
from auditor.templates.masters import Master
from auditor.templates.schema import SelectForm, VariantForm
from auditor.templates.scoring_schema import ScoringForm
from auditor.templates.selection import selects, taken_questions
from auditor.templates.variants import Resolved, RuleNeeds, needs_of, resolve_form


@dataclass(frozen=True)
class Ticks:
    """What is ticked. Sections are named one by one; of themes, tiers, kinds and who completes, none is all.

    `always` are sections that only the tier narrows; `take` and `leave` are single questions in or out.
    """

    sections: frozenset[str]
    themes: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    completed_by: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()
    take: frozenset[str] = frozenset()
    leave: frozenset[str] = frozenset()
    overall: bool = True
    labels: str = ""
    scoring: ScoringForm | None = None


@dataclass(frozen=True)
class Named:
    """What a built variant is called: the id in files, the title for people, and what it looks at."""

    id: str
    title: str
    focus: str = ""


@dataclass(frozen=True)
class Share:
    """How many of the master's questions of a theme or practice area are asked."""

    id: str
    title: str
    taken: int
    of: int


@dataclass(frozen=True)
class Stopped:
    """An indicator or rule that cannot run, with the questions it would need and the sections they stand in.

    `near` tells that some of what it reads is asked: without the rest an answer stands there that nothing judges.
    """

    id: str
    title: str
    missing: tuple[str, ...]
    sections: tuple[str, ...]
    near: bool


@dataclass(frozen=True)
class Built:
    """What the ticks come to. `taken` holds the ids of questions; `effort` and sections count what is asked of them."""

    taken: frozenset[str]
    effort: Effort
    count: QuestionCount
    by_section: Mapping[str, Effort]
    themes: tuple[Share, ...]
    areas: tuple[Share, ...]
    stopped: tuple[Stopped, ...]


class Builder:
    """Selections from one master. What does not change with the ticks is worked out once."""

    def __init__(self, master: Master) -> None:
        self.master = master
        self.whole: Template = template_from_plain(master.plain)
        self._reach: dict[Ticks, dict[str, Effort]] = {}

    @cached_property
    def _needs(self) -> list[RuleNeeds]:
        return needs_of(self.master.form)

    @cached_property
    def _asked(self) -> tuple[Question, ...]:
        return tuple(self.whole.asked())

    @cached_property
    def _by_theme(self) -> dict[str, frozenset[str]]:
        return _grouped((theme, one.id) for one in self._asked for theme in one.themes)

    @cached_property
    def _by_area(self) -> dict[str, frozenset[str]]:
        return _grouped((area, one.id) for one in self._asked for area in one.serves)

    def ticks_of(self, variant_id: str = "") -> Ticks:
        """The ticks of one of the master's variants, or those that take everything."""
        every = frozenset(section.id for section in self.whole.sections)
        variant = next((item for item in self.master.variants if item.id == variant_id), None)
        if variant is None:
            return Ticks(every)
        select = variant.select
        return Ticks(
            sections=frozenset(select.sections) | frozenset(select.always) if select.sections else every,
            themes=frozenset(select.themes),
            tiers=frozenset(select.tiers),
            types=frozenset(select.types),
            completed_by=frozenset(select.completed_by),
            always=frozenset(select.always),
            take=frozenset(select.take),
            leave=frozenset(select.leave),
            overall="overall" not in variant.model_fields_set,
            labels=variant.labels,
            scoring=variant.scoring,
        )

    def ticks_like(self, template: Template) -> Ticks:
        """The ticks that take what a template asks: those of a variant of the master, or else question by question."""
        if any(item.id == template.id for item in self.master.variants):
            return self.ticks_of(template.id)
        here = frozenset(section.id for section in template.sections)
        inside = (one.id for section in self.whole.sections if section.id in here for one in section.questions)
        return Ticks(
            sections=here,
            leave=frozenset(one for one in inside if one not in template.by_id),
            overall=bool(template.overall_question) or self.master.form.overall is None,
        )

    def variant(self, ticks: Ticks, named: Named) -> VariantForm:
        """The selection as it stands in a file: keys that say nothing are left out."""
        plain: dict[str, Any] = {"id": named.id, "title": named.title}
        if named.focus:
            plain["focus"] = named.focus
        if ticks.labels:
            plain["labels"] = ticks.labels
        if not ticks.overall:
            plain["overall"] = None
        if ticks.scoring:
            plain["scoring"] = ticks.scoring
        return VariantForm(**plain, select=SelectForm(**self._select(ticks)))

    def look(self, ticks: Ticks) -> Built:
        """What the ticks come to."""
        taken = taken_questions(self.master.form, self.variant(ticks, Named("look", "Look")))
        asked = [question for question in self._asked if question.id in taken]
        return Built(
            taken=taken,
            effort=effort(asked),
            count=question_count(self.whole, taken),
            by_section=self._by_section(taken),
            themes=_shares(((item.id, item.title) for item in self.whole.themes), self._by_theme, taken),
            areas=_shares(((item.id, item.title) for item in self.whole.practice_areas), self._by_area, taken),
            stopped=tuple(self._stopped(rule, taken) for rule in self._needs if not rule.can_run(taken)),
        )

    def within_reach(self, ticks: Ticks) -> Mapping[str, Effort]:
        """What each section would ask if it were ticked whole, within tier, kind, themes and who completes."""
        every = frozenset(section.id for section in self.whole.sections)
        whole = replace(ticks, sections=every, take=frozenset(), leave=frozenset(), scoring=None)
        if whole not in self._reach:
            taken = taken_questions(self.master.form, self.variant(whole, Named("look", "Look")))
            self._reach = {whole: self._by_section(taken)}
        return self._reach[whole]

    def resolve(self, ticks: Ticks, named: Named) -> Resolved:
        """The variant ready for use."""
        return resolve_form(self.master, self.variant(ticks, named))

    def selected(self, ticks: Ticks, question_id: str) -> bool:
        """Whether the ticks take a question if nobody takes or leaves it by itself."""
        without = replace(ticks, take=frozenset(), leave=frozenset())
        select = self.variant(without, Named("look", "Look")).select
        section = self.whole.section_of[question_id].id
        form = next(item for part in self.master.form.sections for item in part.questions if item.id == question_id)
        return selects(select, section, form)

    def _select(self, ticks: Ticks) -> dict[str, Any]:
        """Sections are named only where not all are ticked: a section the master gains later comes by itself."""
        sections = [section.id for section in self.whole.sections]
        ticked = [one for one in sections if one in ticks.sections]
        take, leave = set(ticks.take), set(ticks.leave)
        if not ticked:
            # No section at all cannot be written; the sections of the single questions, without the rest, can.
            ticked = [one for one in sections if any(name in take for name in self._in(one))] or sections
            leave |= {name for one in ticked for name in self._in(one)} - take
        select: dict[str, Any] = {} if len(ticked) == len(sections) else {"sections": ticked}
        ordered: dict[str, tuple[Iterable[str], frozenset[str]]] = {
            "always": (sections, ticks.always & frozenset(ticked)),
            "tiers": (("core", "optional"), ticks.tiers),
            "types": (sorted(ticks.types), ticks.types),
            "themes": ((item.id for item in self.whole.themes), ticks.themes),
            "completed_by": (("business_support", "auditor"), ticks.completed_by),
            "take": (self.whole.by_id, frozenset(take)),
            "leave": (self.whole.by_id, frozenset(leave)),
        }
        for key, (order, chosen) in ordered.items():
            if chosen:
                select[key] = [one for one in order if one in chosen]
        return select

    def _by_section(self, taken: frozenset[str]) -> dict[str, Effort]:
        return {
            section.id: effort(one for one in section.questions if one.id in taken) for section in self.whole.sections
        }

    def _in(self, section_id: str) -> list[str]:
        return [one.id for part in self.whole.sections if part.id == section_id for one in part.questions]

    def _stopped(self, rule: RuleNeeds, taken: frozenset[str]) -> Stopped:
        # The way that needs least more: nobody has to take everything a rule could look at.
        best = min((way - taken for way in rule.ways), key=len, default=frozenset())
        missing = tuple(one for one in self.whole.by_id if one in best)
        sections = dict.fromkeys(self.whole.section_of[one].id for one in missing)
        near = any(way & taken for way in rule.ways)
        return Stopped(rule.id, rule.title, missing, tuple(sections), near)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, one in pairs:
        found.setdefault(key, set()).add(one)
    return {key: frozenset(ids) for key, ids in found.items()}


def _shares(
    items: Iterable[tuple[str, str]], groups: Mapping[str, frozenset[str]], taken: frozenset[str]
) -> tuple[Share, ...]:
    return tuple(Share(one, title, len(groups[one] & taken), len(groups[one])) for one, title in items if one in groups)
