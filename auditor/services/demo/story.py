"""What an invented case shows and how two auditors read it: mostly alike, now and then a step or two apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from auditor.domain.answers import Answer, Entry, Value
from auditor.domain.limits import ceiling
from auditor.domain.scoring import Outcome, outcome_of
from auditor.domain.template import AnswerType, Question, Section, Template
from auditor.services.demo.facts import NO_SUCH_PLAN, NOT_IN_CASE, FactDraw
from auditor.services.demo.profile import CaseProfile, Period
from auditor.services.demo.words import Words

_STEPS = ("met", "partly", "not_met")
_WEAK = frozenset({"supervision", "management", "chronology", "drift", "planning", "analysis"})
_STRONG = frozenset({"safety", "multi_agency", "health", "education"})
_SAME, _ONE_STEP = 0.86, 0.98
_ON_ISSUE, _ON_MET = 0.3, 0.06
_PLANS = frozenset({"S06", "S07", "S08", "S11", "S12", "S13", "S14", "S15"})
_NO_PLAN: Mapping[str, tuple[str, ...]] = {
    "S07.01": ("S07.10", "S07.11"),
    "S08.01": ("S08.07", "S08.08"),
    "S11.03": ("S11.17",),
}


@dataclass(frozen=True)
class Story:
    """Everything that will be recorded about one case. Facts and agreed answers are by question id, the two auditors'
    sheets too; `left_out` are the sections that do not apply, each with its reason."""

    profile: CaseProfile
    facts: Mapping[str, Entry]
    first: Mapping[str, Entry]
    second: Mapping[str, Entry]
    agreed: Mapping[str, Answer]
    left_out: Sequence[tuple[str, str]]


def tell(template: Template, profile: CaseProfile, period: Period, words: Words, rng: Random) -> Story:
    """The story of a case, the same for the same seed."""
    facts = FactDraw(profile, period, rng).draw(template)
    teller = _Teller(template, profile, period, words, rng)
    agreed = teller.judgements(facts)
    sections = [section for section in template.sections if not profile.applies(section.id)]
    return Story(
        profile=profile,
        facts={question_id: Entry(answer, profile.said.get(question_id, "")) for question_id, answer in facts.items()},
        first=teller.sheet(agreed, first=True),
        second=teller.sheet(agreed, first=False),
        agreed=agreed,
        left_out=[(section.id, NO_SUCH_PLAN if section.id in _PLANS else NOT_IN_CASE) for section in sections],
    )


class _Teller:
    def __init__(self, template: Template, profile: CaseProfile, period: Period, words: Words, rng: Random) -> None:
        self._template, self._profile, self._period = template, profile, period
        self._words, self._rng = words, rng

    def judgements(self, facts: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers that the record bears out, by question id."""
        found: dict[str, Answer] = {}
        forced = _forced(facts)
        for section in self._template.sections:
            if self._profile.applies(section.id):
                asked = [question for question in section.questions if question.asked and not question.is_fact]
                for question in asked:
                    given = self._profile.fixed.get(question.id) or forced.get(question.id)
                    found[question.id] = given or self._judge(question, section, {**facts, **found})
        if self._template.overall_question in found:
            best = ceiling(self._template, {**facts, **found}).best
            found[self._template.overall_question] = self._overall(found, best)
        return found

    def sheet(self, agreed: Mapping[str, Answer], *, first: bool) -> dict[str, Entry]:
        """How one auditor answers: as the record has it, or near it, with comments here and there."""
        return {question_id: self._entry(question_id, answer, first) for question_id, answer in agreed.items()}

    def _judge(self, question: Question, section: Section, known: Mapping[str, Answer]) -> Answer:
        if question.type is AnswerType.TEXT:
            return Answer(self._words.text(question.id))
        if question.type is AnswerType.GRADE:
            return Answer(str(_grade(section, known)))
        if question.id == "S26.03":
            return Answer("safe" if self._profile.strength > 0.55 else "safe_with_current_actions")
        if question.na_allowed and self._rng.random() < 0.1:
            return Answer(na_reason=NOT_IN_CASE)
        return Answer(self._met(question))

    def _met(self, question: Question) -> str:
        theme = question.themes[0] if question.themes else ""
        good = self._profile.strength + (0.15 if theme in _STRONG else -0.1 if theme in _WEAK else 0.05)
        if question.limiting:
            good += 0.2
        if self._rng.random() < good:
            return "met"
        if question.limiting == "L1":
            return "partly"
        return self._rng.choices(("partly", "not_met", "not_evidenced"), (5, 2 if not question.limiting else 1, 2))[0]

    def _overall(self, found: Mapping[str, Answer], best: int) -> Answer:
        """The middle of the section judgements, no better than the limits allow."""
        by_id = self._template.by_id
        grades = sorted(int(str(a.value)) for q, a in found.items() if by_id[q].is_section_judgement and not a.is_na)
        return Answer(str(max(grades[len(grades) // 2] if grades else 3, best)))

    def _entry(self, question_id: str, agreed: Answer, first: bool) -> Entry:
        if question_id in self._profile.apart:
            return self._profile.apart[question_id][0 if first else 1]
        question = self._template.by_id[question_id]
        answer = self._reading(question, agreed, first)
        said = self._profile.said.get(question_id, "") if first else ""
        if said:
            return Entry(answer, said, self._words.location(self._template.section_of[question_id].id, self._period))
        outcome = outcome_of(question, answer)
        if question.type is not AnswerType.CHOICE or outcome in (None, Outcome.NA):
            return Entry(answer)
        if self._rng.random() > (_ON_ISSUE if outcome is not Outcome.MET else _ON_MET):
            return Entry(answer)
        comment = self._words.comment(question, answer, self._period)
        where = self._words.location(self._template.section_of[question_id].id, self._period)
        good = outcome is Outcome.MET and bool(comment)
        return Entry(answer, comment, where if comment and self._rng.random() < 0.8 else "", good)

    def _reading(self, question: Question, agreed: Answer, first: bool) -> Answer:
        if question.type is AnswerType.TEXT:
            return agreed if first else Answer(self._words.text(question.id))
        chance = self._rng.random()
        if agreed.is_na or question.id in self._profile.fixed or chance < _SAME:
            return agreed
        line: Sequence[Value] = ("1", "2", "3", "4") if question.type is AnswerType.GRADE else _STEPS
        if agreed.value not in line:
            return Answer("partly") if agreed.value == "not_evidenced" else agreed
        far = 2 if chance > _ONE_STEP else 1
        at = line.index(str(agreed.value))
        near = [step for step in (at - far, at + far) if 0 <= step < len(line)]
        return Answer(line[self._rng.choice(near)]) if near else agreed


def _grade(section: Section, known: Mapping[str, Answer]) -> int:
    """A section judgement from the share of its scored questions that are met."""
    outcomes = [outcome_of(question, known[question.id]) for question in section.questions if question.id in known]
    counted = [outcome for outcome in outcomes if outcome not in (None, Outcome.NA)]
    share = counted.count(Outcome.MET) / max(1, len(counted))
    return 1 if share > 0.93 else 2 if share > 0.68 else 3 if share > 0.3 else 4


def _forced(facts: Mapping[str, Answer]) -> dict[str, Answer]:
    """Judgements that follow from facts: what is not there cannot be rated."""
    value = {question_id: answer.value for question_id, answer in facts.items()}
    found: dict[str, Answer] = {}
    if value.get("S22.01") == 0:
        found |= dict.fromkeys(("S22.09", "S22.10"), Answer("not_evidenced"))
    if value.get("S23.01") in ("no", "not_evidenced"):
        found |= dict.fromkeys(("S23.11", "S23.12"), Answer(na_reason=NOT_IN_CASE))
    for plan, rated in _NO_PLAN.items():
        if value.get(plan) in ("no", "not_evidenced"):
            found |= dict.fromkeys(rated, Answer("not_met"))
    return found
