"""What the conditions of consistency rules may name, and which questions a rule needs."""

from auditor.templates.expressions import compile_expression
from auditor.templates.schema import ConsistencyForm, PartForm, TimescaleForm
from auditor.templates.sight import RELEVANCE

AUDIT_WIDE = RELEVANCE | {"section_na", "audit", "grade"}
"""A condition about the audit as a whole."""
EACH_QUESTION = AUDIT_WIDE | {"q"}
"""A condition judged for every question that is asked, which it sees as `q`."""
EACH_SECTION = AUDIT_WIDE | {"s"}
"""A condition judged for every section, which it sees as `s`."""

FIELDS = {
    "q": frozenset(
        {"id", "type", "limiting", "outcome", "failed", "value", "comment", "actions", "no_action", "identifiers"}
    ),
    "s": frozenset({"id", "na", "na_rate", "grade", "actions", "no_action"}),
    "audit": frozenset({"median_judgement"}),
    "grade": frozenset({"A", "B", "agreed", "moderated"}),
}
"""What can be taken from each of them."""


def conditions_of(rule: ConsistencyForm) -> list[tuple[tuple[str | int, ...], str, frozenset[str]]]:
    """Every condition of a rule: where it stands in the rule, its text, and the names it may use."""
    found: list[tuple[tuple[str | int, ...], str, frozenset[str]]] = [
        (("when", i), text, AUDIT_WIDE) for i, text in enumerate(rule.when)
    ]
    if rule.each_question:
        found.append((("each_question",), rule.each_question, EACH_QUESTION))
    if rule.each_section:
        found.append((("each_section",), rule.each_section, EACH_SECTION))
    return found


def consistency_needs(rule: ConsistencyForm) -> list[frozenset[str]]:
    """The questions each condition of a rule names; the rule can run where one of its conditions can."""
    return [frozenset(compile_expression(text, names).questions) for _, text, names in conditions_of(rule)]


def timescale_needs(rule: TimescaleForm) -> frozenset[str]:
    """The questions that a time limit reads, its conditions included."""
    named = {name for part in (rule, *rule.also) for name in questions_of(part)}
    texts = [rule.when, *(special.when for part in (rule, *rule.also) for special in part.limits)]
    for text in filter(None, texts):
        named.update(compile_expression(text, RELEVANCE).questions)
    return frozenset(named)


def questions_of(part: PartForm) -> set[str]:
    """The questions one test reads, its conditions left out."""
    named = {part.start, part.start_else, part.end, part.count, part.attest, *(later.after for later in part.later)}
    return named - {""}
