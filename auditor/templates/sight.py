"""What the conditions of a template may see of one audit: all of it is handed in, nothing is fetched.

Unanswered questions stay unknown. A question that its section or its own relevance leaves out counts as N/A while it is
blank, and so does one that the variant does not ask.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from statistics import median

from auditor.domain.answers import Answer, Entry
from auditor.domain.template import AnswerType, Question, Section, Template
from auditor.domain.timescale import begins
from auditor.domain.workdays import working_days_between
from auditor.templates.bank_holidays import bank_holidays
from auditor.templates.expressions import ANSWERS, CelValue, Expression, Missing, cel_value, compile_expression
from auditor.templates.names import SLOT_OF, WORKING_DAYS_OF

RELEVANCE = ANSWERS | {"given", "regime"}
"""What conditions of sections, questions and timescales may name."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that rules are judged by.

    `answers`, `comments` and `actions` (how many were raised) are by question id, as one view of the audit shows them:
    an auditor's own with the facts, or the effective ones. `slots` holds answers by slot (`A`, `B`, `agreed`, ...), if
    the view may know them. `complete`: handed in, so what is blank stays blank. `no_action` names weak answers for
    which a reason for no action is recorded; `set_aside` the limiting rules overridden with a reason.
    """

    answers: Mapping[str, Answer]
    today: date
    comments: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, int] = field(default_factory=dict)
    slots: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    complete: bool = False
    audit_date: date | None = None
    no_action: AbstractSet[str] = frozenset()
    set_aside: AbstractSet[str] = frozenset()

    @staticmethod
    def of_entries(entries: Mapping[str, Entry], today: date, **more: object) -> "Inputs":
        """The inputs for what the desk holds: entries by question id. `more` are further fields by name."""
        answers = {name: entry.answer for name, entry in entries.items() if not entry.answer.is_blank}
        comments = {name: entry.comment for name, entry in entries.items() if entry.comment}
        return Inputs(answers, today, comments, **more)  # type: ignore[arg-type]  # the caller names fields


class Sight:
    """One audit as conditions see it; worked out on demand and kept."""

    def __init__(self, template: Template, inputs: Inputs) -> None:
        self.template, self.inputs = template, inputs
        self._values: dict[str, CelValue | None] = {}
        self._applies: dict[str, bool | None] = {}
        self._given: dict[str, bool | None] = {}

    def holds(self, expression: Expression, more: Mapping[str, object] | None = None, own: str = "") -> bool | None:
        """Whether a condition is true; None where an answer it needs is not there yet.

        A condition that needs the answer to a question that does not apply is false, once every question it names is
        settled. `more`: further variables; `own`: the question the condition is judged for.
        """
        result = expression.run(self._context(expression) | dict(more or {}))
        if not isinstance(result, Missing):
            return result
        named = {*expression.questions, own} - {""}
        about_a_question = result.key in named or (own and result.key in {"value", "outcome", "failed", "identifiers"})
        return False if about_a_question and all(map(self.is_settled, named)) else None

    def value(self, question_id: str) -> CelValue | None:
        """The answer as conditions see it; None where there is none."""
        if question_id not in self._values:
            question = self.template.by_id.get(question_id)
            answer = self.answer(question_id)
            usable = question is not None and not answer.is_na and answer.value is not None
            self._values[question_id] = cel_value(question, answer.value) if question and usable else None
        return self._values[question_id]

    def answer(self, question_id: str) -> Answer:
        """What is recorded, or worked out where the question is derived; blank if nothing is."""
        found = self.inputs.answers.get(question_id)
        if found is not None:
            return found
        question = self.template.by_id.get(question_id)
        return self._derived(question) if question and question.derived else Answer()

    def given(self, question_id: str) -> bool | None:
        """Whether there is an answer: no where it does not apply or was left blank; None while it may still come."""
        if question_id not in self._given:
            answer = self.answer(question_id)
            if answer.is_blank:
                self._given[question_id] = False if self.is_settled(question_id) else None
            else:
                self._given[question_id] = not answer.is_na
        return self._given[question_id]

    def is_na(self, question_id: str) -> bool:
        """Whether the question does not apply: said so, left out by its relevance, or not asked in this variant."""
        if question_id not in self.template.by_id:
            return True
        answer = self.answer(question_id)
        return answer.is_na or (answer.is_blank and self._left_out(question_id))

    def is_settled(self, question_id: str) -> bool:
        """Whether nothing more is expected."""
        return self.inputs.complete or not self.answer(question_id).is_blank or self.is_na(question_id)

    def applies(self, section: Section) -> bool | None:
        """Whether the section's condition holds; None where that is not known yet."""
        if not section.when:
            return True
        if section.id not in self._applies:
            self._applies[section.id] = None  # while it is being worked out; a checked template never asks back
            self._applies[section.id] = self.holds(compile_expression(section.when, RELEVANCE))
        return self._applies[section.id]

    def relevant(self, question: Question) -> bool | None:
        """Whether the question is asked in this case, its section's condition included; None: not known yet."""
        section = True if question.gate else self.applies(self.template.section_of[question.id])
        if section is False or not question.relevant:
            return section
        own = self.holds(compile_expression(question.relevant, RELEVANCE))
        return own if own is False or section else None

    def section_na(self, section_id: str) -> bool | None:
        """Whether all that the section asks is N/A; None while questions are blank and none is answered."""
        asked = self._asked(section_id)
        if any(self.given(name) for name in asked):
            return False
        return True if all(map(self.is_na, asked)) else (False if self.inputs.complete else None)

    def na_rate(self, section_id: str) -> float | None:
        """The share of its questions answered N/A, those left out by relevance not counted; None until all are
        settled."""
        asked = [name for name in self._asked(section_id) if not (self._blank(name) and self._left_out(name))]
        if not asked or not all(map(self.is_settled, asked)):
            return None
        return sum(self.answer(name).is_na for name in asked) / len(asked)

    @cached_property
    def median_judgement(self) -> float | None:
        """The middle section judgement; None until all are settled, or if there is none."""
        names = [question.id for question in self.template.asked() if question.is_section_judgement]
        if not all(map(self.is_settled, names)):
            return None
        grades = [int(str(value)) for name in names if (value := self.value(name)) is not None]
        return float(median(grades)) if grades else None

    @cached_property
    def regimes(self) -> dict[str, dict[str, datetime]]:
        """The first day of each dated regime, as conditions see it."""
        known = {regime.id: regime for regime in self.template.regimes}
        starts = {name: begins(known, name) for name in known}
        return {name: {"since": _midnight(day)} for name, day in starts.items() if day is not None}

    @cached_property
    def holidays(self) -> frozenset[date]:
        """Bank holidays of the years the answers speak of, and a year on."""
        dated = {AnswerType.DATE, AnswerType.DATETIME}
        years = {self.inputs.today.year, (self.inputs.audit_date or self.inputs.today).year}
        for name, answer in self.inputs.answers.items():
            question = self.template.by_id.get(name)
            if question and question.type in dated and answer.value:
                years.add(int(str(answer.value)[:4]))
        return bank_holidays(min(years), max(years) + 1)

    def _context(self, expression: Expression) -> dict[str, object]:
        context: dict[str, object] = {}
        names = expression.questions
        if "a" in expression.names:
            context["a"] = {name: value for name in names if (value := self.value(name)) is not None}
        if "na" in expression.names:
            context["na"] = [name for name in names if self.is_na(name)]
        if "given" in expression.names:
            context["given"] = {name: given for name in names if (given := self.given(name)) is not None}
        if "regime" in expression.names:
            context["regime"] = self.regimes
        return context

    def _asked(self, section_id: str) -> list[str]:
        section = next((section for section in self.template.sections if section.id == section_id), None)
        return [question.id for question in section.questions if question.asked] if section else []

    def _blank(self, question_id: str) -> bool:
        return self.answer(question_id).is_blank

    def _left_out(self, question_id: str) -> bool:
        return self.relevant(self.template.by_id[question_id]) is False

    def _derived(self, question: Question) -> Answer:
        """The answers that follow from what is handed in; others are blank."""
        if question.derived == "audit.date":
            return Answer((self.inputs.audit_date or self.inputs.today).isoformat())
        if question.derived == "actions.count":
            return Answer(sum(self.inputs.actions.values()))
        if match := SLOT_OF.fullmatch(question.derived):
            return self.inputs.slots.get(match[2], {}).get(match[1], Answer())
        if match := WORKING_DAYS_OF.fullmatch(question.derived):
            start, end = self.value(match[1]), self.value(match[2])
            if isinstance(start, datetime) and isinstance(end, datetime) and start <= end:
                return Answer(working_days_between(start.date(), end.date(), self.holidays))
        return Answer()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
