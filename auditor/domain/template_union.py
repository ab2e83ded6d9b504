"""Several templates as one, to look at a cycle whose audits were not all done with the same one: a question keeps its
id in each of them, so that its results add up."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from auditor.domain.template import Section, Template


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


def union(templates: Sequence[Template]) -> Template:
    """Everything that any of the templates has, under the name of the first; where two say otherwise of the same thing,
    the first holds."""
    first = templates[0]
    others = {one.hash: one for one in templates if one.hash != first.hash}
    if not others:
        return first
    every = (first, *others.values())
    return replace(
        first,
        sections=_sections(every),
        themes=_first_of(theme for one in every for theme in one.themes),
        indicators=_first_of(indicator for one in every for indicator in one.indicators),
    )


def _sections(templates: Sequence[Template]) -> tuple[Section, ...]:
    """Sections and questions by their ids, which sort as the form does."""
    found: dict[str, list[Section]] = {}
    for template in templates:
        for section in template.sections:
            found.setdefault(section.id, []).append(section)
    joined = [
        replace(same[0], questions=_in_order(question for section in same for question in section.questions))
        for same in found.values()
    ]
    return _in_order(joined)


def _in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(_first_of(items), key=lambda item: item.id))


def _first_of(items: Iterable[Item]) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for item in items:
        found.setdefault(item.id, item)
    return tuple(found.values())
