"""What changed between two versions of a template file, and what that means for each of its variants."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from auditor.domain.question_count import question_count
from auditor.templates.masters import Master
from auditor.templates.variants import resolve

Plain = Mapping[str, Any]


class Act(StrEnum):
    """What happened to a part. Re-meant: an option that keeps its code but not its label or standing, so that answers
    given before may not say the same any more."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RE_MEANT = "re-meant"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `part` is the kind of thing (question, option, theme, rule, ...), `id` names it (an option as
    `S01.10/early_help`), `key` says what of it changed; `before` and `after` are as written."""

    act: Act
    part: str
    id: str
    key: str = ""
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        if self.act in (Act.ADDED, Act.REMOVED):
            return f"{self.act.value}: {self.part} {self.id} {self.before or self.after}".rstrip()
        return f"{self.act.value}: {self.part} {self.id}, {self.key}: {self.before or '-'} -> {self.after or '-'}"


@dataclass(frozen=True, slots=True)
class VariantDrift:
    """What a variant takes now, and what that changed; `questions_before` is None for a new variant."""

    id: str
    title: str
    sections: tuple[str, ...]
    questions: int
    core: int
    questions_before: int | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """The difference between two versions, of the master as a whole and by variant."""

    id: str
    before: str
    after: str
    changes: tuple[Change, ...]
    variants: tuple[VariantDrift, ...]


_PARTS = {
    "themes": "theme",
    "practice_areas": "practice area",
    "limiting_rules": "limiting rule",
    "label_sets": "label set",
    "shared_events": "shared event",
    "regimes": "regime",
    "indicators": "indicator",
    "timescales": "timescale",
    "consistency": "consistency rule",
    "variants": "variant",
}
_WORDS = {
    "text",
    "title",
    "short",
    "purpose",
    "guidance",
    "evidence",
    "message",
    "applies_if",
    "focus",
    "note",
    "frequency",
}
"""Keys that hold words for people: a change there is a new wording."""
_MEANING = {"label", "stands_for"}


def drift(old: Master, new: Master) -> Drift:
    """What changed from one version to the next; of a form with an overlay also what its limits stand in the place
    of."""
    before = {variant.id for variant in old.variants}
    return Drift(
        id=new.id,
        before=old.form.version,
        after=new.form.version,
        changes=compare(old.plain, new.plain),
        variants=tuple(_variant(old if variant.id in before else None, new, variant.id) for variant in new.variants),
    )


def compare(old: Plain, new: Plain) -> tuple[Change, ...]:
    """The differences between two plain forms; the order of things is not compared."""
    parts = {"sections", "scales", *_PARTS}
    found = [*_fields("template", str(new["id"]), old, new, skip=parts)]
    found += _items("section", old.get("sections", ()), new.get("sections", ()), skip=("questions",))
    found += _items("question", _questions(old), _questions(new), skip=("options",))
    found += _options(_questions(old), _questions(new))
    found += _items("scale", old.get("scales", ()), new.get("scales", ()), skip=("options",))
    found += _options(old.get("scales", ()), new.get("scales", ()))
    for name, part in _PARTS.items():
        found += _items(part, old.get(name, ()), new.get(name, ()))
    return tuple(found)


def _variant(old: Master | None, new: Master, variant_id: str) -> VariantDrift:
    now = resolve(new, variant_id)
    was = resolve(old, variant_id) if old else None
    count = question_count(now.template)
    return VariantDrift(
        id=variant_id,
        title=now.template.title,
        sections=tuple(section.id for section in now.template.sections),
        questions=count.every,
        core=count.core,
        questions_before=question_count(was.template).every if was else None,
        changes=compare(was.plain, now.plain) if was else (),
    )


def _questions(plain: Plain) -> list[Plain]:
    return [question for section in plain["sections"] for question in section["questions"]]


def _items(part: str, old: Sequence[Plain], new: Sequence[Plain], skip: Collection[str] = ()) -> Iterator[Change]:
    """Items of a list by their ids; keys under `skip` are compared elsewhere."""
    before, after = ({item["id"]: item for item in items} for items in (old, new))
    yield from (Change(Act.REMOVED, part, one, before=_name(before[one])) for one in before if one not in after)
    yield from (Change(Act.ADDED, part, one, after=_name(after[one])) for one in after if one not in before)
    for one in after:
        if one in before:
            yield from _fields(part, one, before[one], after[one], skip)


def _fields(part: str, one: str, before: Plain, after: Plain, skip: Collection[str]) -> Iterator[Change]:
    for key in (*before, *(key for key in after if key not in before)):
        if key not in skip and before.get(key) != after.get(key):
            act = Act.REWORDED if key in _WORDS else Act.CHANGED
            yield Change(act, part, one, key, _said(before.get(key)), _said(after.get(key)))


def _options(old: Sequence[Plain], new: Sequence[Plain]) -> Iterator[Change]:
    """The options of scales or questions that are in both versions."""
    before = {item["id"]: item for item in old}
    for item in new:
        if item["id"] not in before:
            continue
        was, now = ({option["code"]: option for option in one.get("options", ())} for one in (before[item["id"]], item))
        for code in (*was, *(code for code in now if code not in was)):
            yield from _option(f"{item['id']}/{code}", was.get(code), now.get(code))


def _option(one: str, was: Plain | None, now: Plain | None) -> Iterator[Change]:
    if was is None or now is None:
        act = Act.REMOVED if now is None else Act.ADDED
        yield Change(
            act, "option", one, before=str((was or {}).get("label", "")), after=str((now or {}).get("label", ""))
        )
        return
    for key in ("label", "stands_for", "descriptor"):
        if was.get(key) != now.get(key):
            act = Act.RE_MEANT if key in _MEANING else Act.REWORDED
            yield Change(act, "option", one, key, _said(was.get(key)), _said(now.get(key)))


def _name(item: Plain) -> str:
    return str(item.get("text") or item.get("title") or "")


def _said(value: object) -> str:
    """A value as it could stand in the file, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_said(item)}" for key, item in value.items())
    return ", ".join(map(_said, value)) if isinstance(value, list) else str(value)
