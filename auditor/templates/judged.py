"""Judges a form that stands in memory: what the checks find in it, each at the part of the form it is about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auditor.domain.errors import Place
from auditor.templates.checks import in_order, run_checks, run_hints
from auditor.templates.draft import draft_of
from auditor.templates.masters import Master, parse_master
from auditor.templates.problems import Problem, Severity, TemplateProblems
from auditor.templates.schema import plain_of
from auditor.templates.yaml_reader import Document, KeyPath
from auditor.templates.yaml_writer import yaml_text


@dataclass(frozen=True)
class Found:
    """Something found, and the part it is about: the kind of part, its id, and the key in it if there is one."""

    problem: Problem
    part: str = ""
    id: str = ""
    key: str = ""

    @property
    def stops(self) -> bool:
        """Whether the form cannot be used before it is put right."""
        return self.problem.severity is Severity.ERROR


@dataclass(frozen=True)
class PlainDocument(Document):
    """A plain form as a document. Its places name a part and count all parts, so that they have an order."""

    parts: Mapping[KeyPath, tuple[str, str, str]] = field(default_factory=dict)
    paths: tuple[KeyPath, ...] = ()

    def place(self, *path: str | int) -> Place:
        """The part at that path, or the nearest around it that is written."""
        near = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.lines), ())
        return Place(sheet=self.part(near)[1], row=self.lines.get(near, 0))

    def part(self, path: KeyPath) -> tuple[str, str, str]:
        """Kind, id and key of what stands at the path."""
        around = (path[:end] for end in range(len(path), 0, -1))
        part, one = next((self.parts[each][:2] for each in around if each in self.parts), ("form", ""))
        keys = [each for each in path[-2:] if isinstance(each, str)]
        return part, one, keys[-1] if keys else ""


def document_of(plain: Mapping[str, Any], file: str = "") -> PlainDocument:
    """The document of a plain form: all its values as text, as they would stand in its file."""
    lines: dict[KeyPath, int] = {}
    parts: dict[KeyPath, tuple[str, str, str]] = {}
    texts = _texts(dict(plain), (), lines, parts)
    return PlainDocument(file, texts, lines, parts, tuple(lines))


def master_of(plain: Mapping[str, Any], file: str = "") -> Master:
    """A master out of the plain form of one that was checked before it was kept."""
    document = document_of(plain, file)
    form = draft_of(document).form
    return Master(document, form, plain_of(form), ())


def judge(plain: Mapping[str, Any], *, hints: bool = True) -> tuple[Found, ...]:
    """All that the checks find in a form, in its order. Where its shape is wrong nothing else can be looked at."""
    document = document_of(plain)
    try:
        draft = draft_of(document)
        found = [*run_checks(draft), *(run_hints(draft) if hints else ())]
    except TemplateProblems as error:
        found = list(error.problems)
    return tuple(_found(document, item) for item in in_order(found))


def _found(document: PlainDocument, item: Problem) -> Found:
    row = item.place.row or 0
    path = document.paths[row - 1] if row else ()
    return Found(item, *document.part(path))


_KINDS = {
    "sections": "section",
    "questions": "question",
    "options": "option",
    "themes": "theme",
    "scales": "scale",
    "variants": "variant",
}


def _texts(value: Any, path: KeyPath, lines: dict[KeyPath, int], parts: dict[KeyPath, tuple[str, str, str]]) -> Any:
    """The value as text, with every path within it numbered and every part of the form noted."""
    if path:
        lines[path] = len(lines) + 1
    if isinstance(value, Mapping):
        if len(path) > 1 and isinstance(path[-1], int):
            parts[path] = _part(value, path, parts)
        return {key: _texts(item, (*path, key), lines, parts) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(item, (*path, at), lines, parts) for at, item in enumerate(value)]
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _part(
    item: Mapping[str, Any], path: KeyPath, parts: Mapping[KeyPath, tuple[str, str, str]]
) -> tuple[str, str, str]:
    name = str(path[-2])
    if name == "options":
        return "option", f"{parts[path[:-2]][1]}/{item.get('code', '')}", ""
    return _KINDS.get(name, name), str(item.get("id", "")), ""


def stopping(found: Iterator[Found] | tuple[Found, ...]) -> tuple[Found, ...]:
    """Those that stop the form from being used."""
    return tuple(item for item in found if item.stops)


def as_file(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """The plain form as it comes back from the template file it would be; raises `TemplateProblems` where it is
    beyond what such a file can be."""
    return parse_master(yaml_text(dict(plain)), str(plain["id"])).plain
