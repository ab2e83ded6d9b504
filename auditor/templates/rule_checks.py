"""The consistency rules of a template, compiled: every condition at every place of the audit it is judged at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.domain.template import Question, SourcedRule, Template
from auditor.templates.expressions import Expression, Missing, compile_expression
from auditor.templates.names import questions_behind
from auditor.templates.rule_names import AUDIT_WIDE, EACH_QUESTION, EACH_SECTION
from auditor.templates.sight import RELEVANCE


@dataclass(frozen=True, slots=True)
class Check:
    """One condition at one place of the audit: `at` is a question id, a section id, or the condition's number."""

    at: str
    expression: Expression
    question: Question | None = None
    section: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule of the template with all the places it is judged at, and where it says to look."""

    source: SourcedRule
    checks: Mapping[str, tuple[Check, ...]]
    leads_to: tuple[str, ...]

    @staticmethod
    def of(template: Template, source: SourcedRule) -> "Rule":
        """The rule that a checked template carries."""
        body: Mapping[str, Any] = source.body
        checks = [Check(str(n), compile_expression(text, AUDIT_WIDE)) for n, text in enumerate(body.get("when", ()))]
        checks += _each_question(template, body.get("each_question", ""))
        checks += _each_section(template, body.get("each_section", ""))
        places: dict[str, tuple[Check, ...]] = {}
        for check in checks:
            places[check.at] = (*places.get(check.at, ()), check)
        return Rule(source, places, tuple(body.get("leads_to", ())))


def fixed_fields(question: Question) -> dict[str, str | bool]:
    """What a condition sees as `q` whatever is answered."""
    fixed: dict[str, str | bool] = {"id": question.id, "type": question.type.value, "limiting": question.limiting}
    if not question.scored:
        fixed |= {"outcome": "", "failed": False}
    return fixed


def questions_led_to(template: Template, check: Check) -> set[str]:
    """The questions to look at where a check fires: its own, a section's judgement, or those it names."""
    if check.question is not None:
        return {check.question.id}
    if check.section:
        section = next(section for section in template.sections if section.id == check.section)
        judgement = [question.id for question in section.questions if question.is_section_judgement]
        return set(judgement or [question.id for question in section.questions if question.asked][:1])
    return set(check.expression.questions)


class Dependencies:
    """Which answers a check hangs on."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._asked = {
            section.id: {question.id for question in section.questions if question.asked}
            for section in template.sections
        }
        self._deciding: dict[str, frozenset[str]] = {}

    def of(self, checks: Iterable[Check]) -> frozenset[str]:
        """The questions whose answers, comments or actions can change what comes of these checks."""
        named = {name for check in checks for name in self._named(check)}
        sources = {source for name in named for source in questions_behind(self._derived(name))}
        return frozenset(named | sources)

    def deciding(self, name: str) -> frozenset[str]:
        """The questions that decide whether that one is asked; they matter as long as it is blank."""
        if name not in self._deciding:
            self._deciding[name] = frozenset()  # while it is being worked out
            question = self._template.by_id.get(name)
            texts = []
            if question:
                texts = [question.relevant, "" if question.gate else self._template.section_of[name].when]
            near = {one for text in texts if text for one in compile_expression(text, RELEVANCE).questions}
            self._deciding[name] = frozenset(near).union(*map(self.deciding, near))
        return self._deciding[name]

    def _derived(self, name: str) -> str:
        question = self._template.by_id.get(name)
        return question.derived if question else ""

    def _named(self, check: Check) -> set[str]:
        names, fields = check.expression.names, check.expression.fields
        named = set(check.expression.questions)
        if check.question is not None:
            named.add(check.question.id)
        for section in {check.section, *fields.get("section_na", ())} - {""}:
            named |= self._asked.get(section, set())
        if "audit" in names:
            named |= {question.id for question in self._template.asked() if question.is_section_judgement}
        if "grade" in names:
            named.add(self._template.overall_question)
        return named


def _each_question(template: Template, text: str) -> Iterator[Check]:
    """A check for each asked question that could ever make the condition true: what is fixed about a question, such
    as its type, rules most of them out."""
    if not text:
        return
    expression = compile_expression(text, EACH_QUESTION)
    nothing: dict[str, object] = {name: {} for name in EACH_QUESTION} | {"na": []}
    for question in template.asked():
        result = expression.run(nothing | {"q": fixed_fields(question)})
        if result is True or isinstance(result, Missing):
            yield Check(question.id, expression, question)


def _each_section(template: Template, text: str) -> Iterator[Check]:
    if text:
        expression = compile_expression(text, EACH_SECTION)
        yield from (Check(section.id, expression, section=section.id) for section in template.sections)
