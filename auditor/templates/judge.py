"""Judges the conditions of consistency rules over one audit, giving each what it may see."""

from collections.abc import Collection, Hashable, Mapping
from datetime import datetime

from auditor.domain.consistency import State
from auditor.domain.identifiers import identifiers_in
from auditor.domain.scoring import fails_limit, outcome_of
from auditor.domain.template import AnswerType, Question, Template
from auditor.domain.workdays import working_days_between
from auditor.templates.rule_checks import Check, fixed_fields
from auditor.templates.sight import Inputs, Sight

_NONE: frozenset[str] = frozenset()


class Judge:
    """One audit as it stands. What is not known is left out, so that a condition that needs it stays unknown."""

    def __init__(self, template: Template, inputs: Inputs) -> None:
        self.template, self.inputs = template, inputs
        self.sight = Sight(template, inputs)
        self._alike: dict[Hashable, bool | None] = {}

    def state(self, checks: tuple[Check, ...]) -> State:
        """What came of the checks at one place: one that fires is enough, one unknown leaves it open."""
        held = [self._holds(check) for check in checks]
        if any(held):
            return State.FIRES
        return State.UNKNOWN if None in held else State.SILENT

    def _holds(self, check: Check) -> bool | None:
        names, fields = check.expression.names, check.expression.fields
        if check.question is not None:
            return self._for_question(check, check.question, fields.get("q", _NONE))
        more: dict[str, object] = self._wider(names, fields)
        if check.section:
            more["s"] = self._section(check.section, fields.get("s", _NONE))
        return self.sight.holds(check.expression, more)

    def _for_question(self, check: Check, question: Question, fields: Collection[str]) -> bool | None:
        """Questions that look alike to a condition, such as all that are still blank, are judged once."""
        seen = self._question(question, fields)
        alike = (check.expression.text, self.sight.is_settled(question.id), tuple(seen.items()))
        if alike not in self._alike:
            more = self._wider(check.expression.names, check.expression.fields) | {"q": seen}
            self._alike[alike] = self.sight.holds(check.expression, more, question.id)
        return self._alike[alike]

    def _wider(self, names: Collection[str], fields: Mapping[str, frozenset[str]]) -> dict[str, object]:
        """What is not about one place alone."""
        more: dict[str, object] = {}
        if "section_na" in names:
            more["section_na"] = _known({one: self.sight.section_na(one) for one in fields["section_na"]})
        if "audit" in names:
            more["audit"] = _known({"median_judgement": self.sight.median_judgement})
        if "grade" in names:
            more["grade"] = self._grades()
        if "workdays" in names:  # a function costs as much as all the rest
            more["workdays"] = self._workdays
        return more

    def _question(self, question: Question, fields: Collection[str]) -> dict[str, Hashable]:
        answer, settled = self.sight.answer(question.id), self.sight.is_settled(question.id)
        comment = self.inputs.comments.get(question.id, "")
        seen: dict[str, Hashable] = {name: value for name, value in fixed_fields(question).items() if name in fields}
        if "comment" in fields:
            seen["comment"] = comment
        if "actions" in fields:
            seen["actions"] = self.inputs.actions.get(question.id, 0)
        if "no_action" in fields:
            seen["no_action"] = question.id in self.inputs.no_action
        if "outcome" in fields and question.scored and settled:
            outcome = outcome_of(question, answer)
            seen["outcome"] = outcome.value if outcome else ""
        if "failed" in fields and question.scored and settled:
            seen["failed"] = fails_limit(question, answer) and question.limiting not in self.inputs.set_aside
        if "value" in fields and (value := self.sight.value(question.id)) is not None:
            seen["value"] = tuple(value) if isinstance(value, list) else value
        if "identifiers" in fields and (settled or comment):
            text = str(answer.value or "") if question.type is AnswerType.TEXT else ""
            seen["identifiers"] = tuple(sorted({item.kind.value for item in identifiers_in(f"{comment}\n{text}")}))
        return seen

    def _section(self, section_id: str, fields: Collection[str]) -> dict[str, object]:
        section = next(section for section in self.template.sections if section.id == section_id)
        judgement = next((question.id for question in section.questions if question.is_section_judgement), "")
        seen: dict[str, object | None] = {"id": section_id, "no_action": judgement in self.inputs.no_action}
        if "na" in fields:
            seen["na"] = self.sight.section_na(section_id)
        if "na_rate" in fields:
            seen["na_rate"] = self.sight.na_rate(section_id)
        if "grade" in fields:
            settled = not judgement or self.sight.is_settled(judgement)
            seen["grade"] = self.sight.value(judgement) or 0 if settled else None
        if "actions" in fields:
            seen["actions"] = sum(self.inputs.actions.get(question.id, 0) for question in section.questions)
        return _known(seen)

    def _grades(self) -> dict[str, object]:
        overall = self.template.overall_question
        grades = {slot: answers.get(overall) for slot, answers in self.inputs.slots.items()}
        return {slot: int(str(answer.value)) for slot, answer in grades.items() if answer and answer.value}

    def _workdays(self, start: datetime, end: datetime) -> int:
        return working_days_between(start.date(), end.date(), self.sight.holidays)


def _known(found: Mapping[str, object | None]) -> dict[str, object]:
    return {name: value for name, value in found.items() if value is not None}
