"""What changed between two templates, in groups and plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.desktop.words import many

if TYPE_CHECKING:
    from auditor.templates.drift import Change

_PARTS = (
    "template", "section", "question", "option", "scale", "theme", "practice area", "timescale",
    "consistency rule", "indicator", "limiting rule", "label set", "regime", "variant",
)  # fmt: skip
_PLURALS = {"timescale": "time limits", "consistency rule": "consistency rules"}
_ACTS = {
    "added": "New",
    "removed": "No longer there",
    "reworded": "In other words",
    "re-meant": "Same code, another meaning",
    "changed": "Changed",
}
_KEYS = {
    "text": "wording",
    "title": "title",
    "short": "short title",
    "purpose": "purpose",
    "guidance": "guidance",
    "evidence": "what to look for",
    "themes": "themes",
    "completed_by": "who completes it",
    "tier": "tier",
    "type": "kind of answer",
    "scale": "scale",
    "polarity": "polarity",
    "na_allowed": "N/A allowed",
    "serves": "practice areas",
    "relevant": "asked only if",
    "limit": "limit",
    "unit": "unit of the limit",
    "instead_of": "what a local one stands in the place of",
    "label": "label",
    "stands_for": "what it stands for",
    "descriptor": "what it means",
    "when": "condition",
    "moved_from": "section it was moved from",
    "version": "version",
}


@dataclass(frozen=True)
class ChangeRow:
    """One difference: what it is about, what of it changed, and how it read before and reads now."""

    part: str
    act: str
    what: str
    key: str
    before: str
    after: str

    @property
    def id(self) -> tuple[str, ...]:
        """What stays the same of it when others go."""
        return self.part, self.act, self.what, self.key

    @property
    def said(self) -> str:
        """The difference on one line."""
        if self.before and self.after:
            return f"{self.before} → {self.after}"
        if self.key:
            return f"now {self.after}" if self.after else f"was {self.before}"
        return self.after or self.before


@dataclass(frozen=True)
class ChangeGroup:
    """The differences of one kind of part, such as all questions that are no longer there."""

    title: str
    rows: tuple[ChangeRow, ...]


def change_groups(changes: "Iterable[Change]") -> list[ChangeGroup]:
    """The differences by part and by what happened, the parts people ask about first."""
    rows = [_row(change) for change in changes]
    groups = []
    for part in dict.fromkeys((*_PARTS, *(row.part for row in rows))):
        for act, happened in _ACTS.items():
            found = tuple(row for row in rows if (row.part, row.act) == (part, act))
            if found:
                groups.append(ChangeGroup(f"{_plural(part)}: {happened.lower()}", found))
    return groups


def summary_words(groups: Iterable[ChangeGroup]) -> str:
    """How much changed, in one line."""
    count = sum(len(group.rows) for group in groups)
    return many(count, "difference") if count else "Nothing changed: both say the same."


def _row(change: "Change") -> ChangeRow:
    key = _KEYS.get(change.key, change.key.replace("_", " "))
    return ChangeRow(change.part, change.act.value, _number(change.id), key, change.before, change.after)


def _number(one: str) -> str:
    """`S04.18` as people say it; everything else by its id."""
    head, slash, rest = one.partition("/")
    section, dot, item = head.partition(".")
    if section[:1] == "S" and section[1:].isdigit():
        head = f"{section[1:].lstrip('0') or '0'}{dot}{item}"
    return f"{head}{slash}{rest}"


def _plural(part: str) -> str:
    return _PLURALS.get(part, part if part == "template" else f"{part}s").capitalize()
