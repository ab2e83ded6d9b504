"""The rules a question takes part in, by name, as a lead reads them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

from auditor.domain.template import Question, SourcedRule, Template

_UNITS = {"working_day": "working day"}


@dataclass(frozen=True)
class RuleRow:
    """A rule: what kind it is, its number and name, and its limit where it has one."""

    kind: str
    id: str
    title: str
    limit: str = ""

    @property
    def words(self) -> str:
        """The rule on one line."""
        return f"{self.title} ({self.limit})" if self.limit else self.title


def rules_of(template: Template, question: Question) -> list[RuleRow]:
    """The time limits, consistency rules and indicators that read a question."""
    named = f"{question.id}"
    rows = [
        RuleRow("Time limit", rule.id, rule.title, _limit(rule))
        for rule in template.timescales
        if named in json.dumps(dict(rule.body))
    ]
    rows += [
        RuleRow("Check", rule.id, rule.title) for rule in template.consistency if named in json.dumps(dict(rule.body))
    ]
    rows += [
        RuleRow("Indicator", item.id, item.title)
        for item in template.indicators
        if named in item.when or named in item.among
    ]
    return rows


def area_words(template: Template, question: Question) -> str:
    """The practice areas it tells something about, by title."""
    titles = {area.id: area.title for area in template.practice_areas}
    return ", ".join(titles.get(one, one) for one in question.serves)


def _limit(rule: SourcedRule) -> str:
    limit, unit = rule.body.get("limit"), str(rule.body.get("unit", ""))
    if not limit or not unit:
        return ""
    before = rule.body.get("instead_of")
    local = f", set locally in the place of {_length(before['limit'], before['unit'])}" if _is_limit(before) else ""
    return f"{_length(limit, unit)}{local}"


def _is_limit(item: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(item, Mapping) and {"limit", "unit"} <= set(item)


def _length(limit: object, unit: object) -> str:
    words = _UNITS.get(str(unit), str(unit))
    return f"{limit} {words}" if limit == 1 else f"{limit} {words}s"
