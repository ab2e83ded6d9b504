"""Evaluates the consistency rules of a template over one audit, and after a change only what depends on it."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from auditor.domain.answers import Answer
from auditor.domain.consistency import Finding, Severity, State
from auditor.domain.template import Template
from auditor.templates.judge import Judge
from auditor.templates.rule_checks import Dependencies, Rule, questions_led_to
from auditor.templates.sight import Inputs


class RuleBook:
    """The consistency rules of one template, compiled, with the rules that hang on each question."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.rules = tuple(Rule.of(template, source) for source in template.consistency)
        self._order = {question.id: number for number, question in enumerate(template.questions())}
        self._direct: dict[str, set[tuple[int, str]]] = {}
        self._decided: dict[str, set[str]] = {}
        dependencies = Dependencies(template)
        for number, rule in enumerate(self.rules):
            for at, checks in rule.checks.items():
                for name in dependencies.of(checks):
                    self._direct.setdefault(name, set()).add((number, at))
        for name in self._direct:
            for other in dependencies.deciding(name):
                self._decided.setdefault(other, set()).add(name)
        self._action_counts = {question.id for question in template.questions() if question.derived == "actions.count"}

    def dependents(self, question_id: str) -> tuple[str, ...]:
        """The ids of the rules that an answer, comment or action at that question can change, in the form's order."""
        names = {question_id, *self._decided.get(question_id, ())}
        numbers = {number for name in names for number, _ in self._direct.get(name, ())}
        return tuple(self.rules[number].source.id for number in sorted(numbers))

    def evaluate(self, inputs: Inputs) -> tuple[Finding, ...]:
        """What came of every rule, in the order of the form."""
        judge = Judge(self.template, inputs)
        return tuple(self._finding(rule, judge, rule.checks) for rule in self.rules)

    def reevaluate(self, before: tuple[Finding, ...], inputs: Inputs, changed: Iterable[str]) -> tuple[Finding, ...]:
        """The same after answers, comments or actions changed at those questions alone: only what depends on them is
        judged again, the rest is taken from `before`. All other inputs have to be as they were."""
        changed = self._action_counts.union(changed)
        # Whether a question is asked matters as long as it is blank.
        decided = {name for one in changed for name in self._decided.get(one, ()) if _is_blank(inputs, name)}
        touched: dict[int, set[str]] = {}
        for name in changed | decided:
            for number, at in self._direct.get(name, ()):
                touched.setdefault(number, set()).add(at)
        judge = Judge(self.template, inputs)
        found = list(before)
        for number, places in touched.items():
            found[number] = self._finding(self.rules[number], judge, places, before[number])
        return tuple(found)

    def _finding(self, rule: Rule, judge: Judge, places: Iterable[str], before: Finding | None = None) -> Finding:
        states = {at: judge.state(rule.checks[at]) for at in places}
        fires_at = {at for at, state in states.items() if state is State.FIRES}
        unknown_at = {at for at, state in states.items() if state is State.UNKNOWN}
        if before is not None:
            fires_at |= before.fires_at - states.keys()
            unknown_at |= before.unknown_at - states.keys()
        return Finding(
            rule=rule.source.id,
            title=rule.source.title,
            severity=Severity(str(rule.source.body["severity"])),
            message=str(rule.source.body["message"]),
            state=State.FIRES if fires_at else State.UNKNOWN if unknown_at else State.SILENT,
            questions=self._questions(rule, fires_at),
            fires_at=frozenset(fires_at),
            unknown_at=frozenset(unknown_at),
        )

    def _questions(self, rule: Rule, fires_at: Collection[str]) -> tuple[str, ...]:
        fired = [check for at in fires_at for check in rule.checks[at]]
        named = set(rule.leads_to) if fired else set()
        for check in fired:
            if check.question or check.section or not rule.leads_to:
                named |= questions_led_to(self.template, check)
        return tuple(sorted(named & self._order.keys(), key=self._order.__getitem__))


def rule_book(template: Template) -> RuleBook:
    """The rule book of a template; the last few are kept, by the templates' hashes."""
    return _kept(_ByHash(template))


def evaluate(template: Template, inputs: Inputs) -> tuple[Finding, ...]:
    """What came of every consistency rule of the template, in the order of the form."""
    return rule_book(template).evaluate(inputs)


def _is_blank(inputs: Inputs, question_id: str) -> bool:
    return inputs.answers.get(question_id, Answer()).is_blank


class _ByHash:
    """A template as a key: two with one hash are one."""

    def __init__(self, template: Template) -> None:
        self.template = template

    def __hash__(self) -> int:
        return hash(self.template.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and self.template.hash == other.template.hash


@lru_cache(maxsize=8)
def _kept(key: _ByHash) -> RuleBook:
    return RuleBook(key.template)
