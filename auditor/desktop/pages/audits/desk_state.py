"""What the desk knows of its audit: the frozen view, the sections shown in it, and where one is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from auditor.desktop.pages.audits.recorder import Recorded
from auditor.desktop.pages.audits.section_view import SectionContent
from auditor.desktop.pages.audits.timescale_line import is_told
from auditor.domain.answers import Entry, Facet
from auditor.domain.audit import Mode, Slot
from auditor.domain.facts_in import FactsIn
from auditor.domain.limits import HeldBack, held_back
from auditor.domain.template import Question, Section
from auditor.domain.timescale import Timescale
from auditor.services import actions, scoring
from auditor.services.actions import ActionLine
from auditor.services.checks import AuditChecks, ChecksQuery, Seen, seen
from auditor.services.cross_checks import CrossCheck, audit_cross_checks
from auditor.services.scoring import DeskView
from auditor.services.session import Session


class DeskState:
    """The audit as it stands; `reload` asks again. Nothing here is a widget."""

    def __init__(self, session: Session, audit_id: str, today: date) -> None:
        self._session, self._today = session, today
        self.view: DeskView = session.ask(scoring.desk, audit_id)
        self.actions: Sequence[ActionLine] = ()
        self.checks: AuditChecks | None = None
        """What the rules say; None until they were first evaluated."""
        self.across: tuple[CrossCheck, ...] | None = None
        """The differences with brothers and sisters, once an answer to a shared event has changed here."""
        self._shared = [name for event in self.view.template.shared_events for name in event.questions]
        self.sections: list[Section] = [section for section in self.view.template.sections if self._stands(section)]
        self._place = {question.id: at for at, question in enumerate(self.in_order)}
        self.reload_actions()

    def reload(self) -> None:
        """Ask for the audit again."""
        before = self.view.entries
        self.view = self._session.ask(scoring.desk, self.view.audit.id)
        if any(before.get(name) != self.view.entries.get(name) for name in self._shared):
            self.across = self._session.ask(audit_cross_checks, self.view.audit.id)

    def take(self, question_id: str, facet: Facet, value: Recorded) -> None:
        """What was recorded just now, until the audit is asked for again."""
        facets: dict[str, Any] = {facet.value: value}
        entry = replace(self.entry(question_id), **facets)
        typed_by = dict(self.view.typed_by)
        if facet is Facet.ANSWER:
            typed_by.pop(question_id, None)
            typed_by |= {question_id: self._session.actor.name} if self.view.audit.mode is Mode.JOINT else {}
        self.view = replace(self.view, entries={**self.view.entries, question_id: entry}, typed_by=typed_by)

    def seen(self) -> Seen:
        """What the rules may be judged by for this person."""
        return self._session.ask(seen, ChecksQuery(self.view.audit.id, self._today))

    def reload_actions(self) -> None:
        """Ask for the actions raised from it again."""
        query = actions.ActionQuery(self._today, audit_id=self.view.audit.id)
        self.actions = self._session.ask(actions.list_actions, query)

    @property
    def why_closed(self) -> str:
        """Why nothing can be changed here, or not everything; empty while all of it is open."""
        if self.view.locked or not self._finished:
            return self.view.locked
        return "Your answers are finished: Facts can still be filled in until the audit is signed off."

    def is_open(self, question: Question) -> bool:
        """Whether this person can still answer the question."""
        slot = self.view.slots.get(question.id)
        return not self.view.locked and slot is not None and slot not in self.view.audit.submitted

    @property
    def with_action(self) -> frozenset[str]:
        """The questions an action was raised from."""
        return frozenset(line.action.question_id for line in self.actions)

    def questions(self, section: Section) -> list[Question]:
        """The questions of a section in the order shown, facts first; all of them to somebody who can only look."""
        shown = self.view.asked(section) if self.view.slots else [q for q in section.questions if q.asked]
        return [q for q in shown if q.is_fact] + [q for q in shown if not q.is_fact]

    @property
    def in_order(self) -> list[Question]:
        """Every question in the order shown."""
        return [question for section in self.sections for question in self.questions(section)]

    def count(self, section: Section) -> tuple[int, int]:
        """How many questions of a section are answered, and how many this case needs answered."""
        questions = [question for question in self.questions(section) if self.is_needed(question)]
        return sum(map(self.view.is_answered, questions)), len(questions)

    @property
    def facts_in(self) -> FactsIn | None:
        """How far the facts are that are entered once for the audit; None where there are none."""
        shared = [q for q in self.in_order if self.view.slots.get(q.id) is Slot.FACTS and self.is_needed(q)]
        return FactsIn(sum(map(self.view.is_answered, shared)), len(shared)) if shared else None

    def is_needed(self, question: Question) -> bool:
        """Whether the question is for this case; one that is answered all the same counts too."""
        return self.checks is None or question.id not in self.checks.not_asked or self.view.is_answered(question)

    @property
    def left_out(self) -> Mapping[str, str]:
        """Why sections are not for this case, by their ids."""
        return self.checks.left_out if self.checks else {}

    @property
    def aside(self) -> Mapping[str, str]:
        """Why single questions are not for this case, by their ids."""
        return self.checks.aside if self.checks else {}

    @property
    def led_to(self) -> Mapping[str, int]:
        """How many checks lead into a section, by its id."""
        found = self.checks.findings if self.checks else ()
        return Counter(name for one in found for name in {self.section_of(q).id for q in one.questions})

    def timescales(self, section: Section) -> tuple[tuple[str, Timescale], ...]:
        """The time limits that are told in a section, each below the last question of it that it reads."""
        if self.checks is None:
            return ()
        told = []
        for found in filter(is_told, self.checks.timescales):
            last = max((q for q in found.questions if q in self._place), key=self._place.__getitem__, default="")
            if last and self.section_of(last).id == section.id:
                told.append((last, found))
        return tuple(told)

    @property
    def held_back(self) -> HeldBack:
        """What the limits of the grade say against signing off here; a blind audit is signed off elsewhere."""
        answers = {name: entry.answer for name, entry in self.view.entries.items()}
        return HeldBack() if self.blind else held_back(self.view.template, answers)

    def section_of(self, question_id: str) -> Section:
        return self.view.template.section_of[question_id]

    def entry(self, question_id: str) -> Entry:
        return self.view.entries.get(question_id, Entry())

    def content(self, section: Section) -> SectionContent:
        """What a section shows now."""
        fixed = tuple((q, self.view.fixed[q.id]) for q in section.questions if q.id in self.view.fixed)
        questions = tuple(self.questions(section))
        open_ones = frozenset(question.id for question in questions if self.is_open(question))
        needed = frozenset(question.id for question in questions if self.is_needed(question))
        aside = {q.id: self.aside[q.id] for q in questions if q.id in self.aside and q.id not in needed}
        return SectionContent(
            questions, fixed, self.view.entries, self.with_action, open_ones, needed, self.timescales(section), aside
        )

    @property
    def start(self) -> str:
        """Where this person stopped, else the first blank, else the first question."""
        order = self.in_order
        known = {question.id for question in order}
        if self.view.last_question in known:
            return self.view.last_question
        first = next((question for question in order if not self.view.is_answered(question)), None)
        return (first or order[0]).id if order else ""

    def blank_from(self, question_id: str, by: int) -> Question | None:
        """The next blank after (1) or before (-1) a question, going round at the end."""
        order = [q for q in self.in_order if q.id == question_id or self.is_open(q)]
        at = next((number for number, question in enumerate(order) if question.id == question_id), 0)
        around = [order[(at + by * shift) % len(order)] for shift in range(1, len(order) + 1)] if order else []
        return next((q for q in around if self.is_needed(q) and self.is_open(q) and not self.view.is_answered(q)), None)

    def shares_facts(self, section: Section) -> bool:
        """Whether a blank of the section is a fact both auditors of a blind audit read."""
        blank = (question for question in self.questions(section) if not self.view.is_answered(question))
        return self.blind and any(self.view.slots.get(question.id) is Slot.FACTS for question in blank)

    @property
    def own_blanks(self) -> list[Question]:
        """The blanks that have to be explained before one's answers are finished: those nobody else fills in."""
        own = (question for question in self.view.blanks if self.view.slots[question.id] is not Slot.FACTS)
        return [question for question in own if self.is_needed(question)]

    @property
    def can_finish(self) -> bool:
        """Whether this person hands in answers here, or signs off."""
        mine = self.view.audit.slot_of(self._session.actor.id)
        return mine is not None and not self.view.locked and not self._finished

    @property
    def may_flag(self) -> bool:
        """Whether this person has a partner to discuss questions with."""
        return self.view.audit.slot_of(self._session.actor.id) is not None and bool(self.view.partner_name)

    @property
    def blind(self) -> bool:
        return self.view.audit.mode is Mode.BLIND

    @property
    def _finished(self) -> bool:
        return self.view.audit.slot_of(self._session.actor.id) in self.view.audit.submitted

    def _stands(self, section: Section) -> bool:
        fixed = any(question.id in self.view.fixed for question in section.questions)
        return bool(self.questions(section)) or fixed
