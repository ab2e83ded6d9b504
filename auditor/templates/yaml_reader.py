"""Reads YAML written by anybody into dicts, lists and text, with the line of each value; refuses what harms.

Every scalar stays text (`no` is a word, not False); the schema turns the few numbers and truths into theirs.
Events are read one by one, so that limits hold while reading and a hostile file is never built.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from auditor.domain.errors import Place
from auditor.templates.problems import Problem, TemplateProblems, problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 150_000

# The C parser is ten times faster; the pure one reads the same language.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = {"", "~", "null", "Null", "NULL"}

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """What a file says (`plain`: dicts, lists and text) and the line each value starts on, by its path."""

    file: str
    plain: dict[str, Any]
    lines: Mapping[KeyPath, int]

    def place(self, *path: str | int) -> Place:
        """Where the value at that path stands, or the nearest part around it that is written."""
        lines = (self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines)
        return Place(self.file, next(lines, 1))


@dataclass(frozen=True)
class SheetDocument(Document):
    """The same from a workbook: the sheet and row of each value stand in `places`."""

    places: Mapping[KeyPath, Place] = field(default_factory=dict)

    def place(self, *path: str | int) -> Place:
        """Where the value at that path stands, or the nearest part around it that is written."""
        parts = (self.places[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.places)
        return next(parts, Place(self.file))


def read_document(path: Path) -> Document:
    """Read one file; raises `TemplateProblems` with everything that stops it."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        raise _stop("file-unreadable", Place(str(path)), "The file cannot be read.", "Check its name.") from None
    return parse_document(data, str(path))


def parse_document(data: bytes, file: str) -> Document:
    """Read the bytes of a file called `file`; raises `TemplateProblems`."""
    text = _text(data, Place(file))
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _syntax(error, file, text) from None
    if builder.problems:
        raise TemplateProblems(builder.problems)
    if not isinstance(builder.root, dict):
        raise _stop("wrong-shape", Place(file, 1), "The file is not a list of keys.", "Start it with `format: 1`.")
    return Document(file, builder.root, builder.lines)


def _text(data: bytes, place: Place) -> str:
    if len(data) > MAX_BYTES:
        raise _stop("file-too-large", place, "The file is larger than 1 MiB.", "Split it into several templates.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        where = Place(place.file, line)
        raise _stop("file-not-utf8", where, "The file is not UTF-8 text.", "Save it as UTF-8.") from None
    if not text.strip():
        raise _stop(
            "file-empty",
            place,
            "The file is empty.",
            "Start from one of the forms that come with the program.",
        )
    return text


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_LOADER)


def _syntax(error: yaml.YAMLError, file: str, text: str) -> TemplateProblems:
    unseen = _CONTROL.search(text)
    if isinstance(error, yaml.reader.ReaderError) and unseen:
        place = Place(file, text.count("\n", 0, unseen.start()) + 1)
        message = f"A control character stands here, which nobody sees (number {ord(unseen[0])})."
        return _stop("yaml-syntax", place, message, "Delete it, or write the line anew.")
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else None
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not YAML"
    written = text.splitlines()[line - 1] if line and line <= len(text.splitlines()) else ""
    tab = "\t" in written
    remedy = (
        "Indent with spaces, never with tabs." if tab else "Check indents, quotes, brackets and colons near this line."
    )
    return _stop("yaml-syntax", Place(file, line), f"The file cannot be read as YAML here: {what}.", remedy)


def _stop(code: str, place: Place, message: str, remedy: str) -> TemplateProblems:
    return TemplateProblems([problem(code, place, message, remedy)])


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open; `key` waits for its value."""

    container: dict[str, Any] | list[Any]
    path: KeyPath
    key: str | None = None


@dataclass
class _Builder:
    file: str
    root: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _stack: list[_Frame] = field(default_factory=list)
    _nodes: int = 0
    _documents: int = 0

    def take(self, event: yaml.Event) -> None:
        """Add what one event says."""
        if isinstance(event, yaml.ScalarEvent):
            self._node(event)
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, [])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse("yaml-alias", event, "Anchors and aliases (& and *) are not used.", "Write the value out.")
            self._put("", event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._stop(
                    "yaml-several-documents", event, "A second document starts here.", "Use one file each."
                )

    def _node(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._stop("yaml-too-many-values", event, f"More than {MAX_NODES} values.", "Split the template.")
        if event.anchor:
            self._refuse("yaml-alias", event, "Anchors and aliases (& and *) are not used.", "Write the value out.")
        if event.tag:
            self._refuse(
                "yaml-tag",
                event,
                "Tags (words after !) are not used.",
                "Leave the tag out, or quote the text.",
            )

    def _open(self, event: Any, container: dict[str, Any] | list[Any]) -> None:
        self._node(event)
        if len(self._stack) >= MAX_DEPTH:
            raise self._stop("yaml-too-deep", event, f"More than {MAX_DEPTH} levels deep.", "Check the brackets.")
        path = self._put(container, event)
        self._stack.append(_Frame(container, path))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame and isinstance(frame.container, dict) and frame.key is None:
            self._key(frame, event)
            return
        path = self._put(event.value, event)
        if event.implicit[0] and event.value in _NULLS:
            name = next((str(part) for part in reversed(path) if isinstance(part, str)), "This line")
            self._refuse("value-empty", event, f"{name} has no value.", "Give it a value or leave the key out.")

    def _key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        if event.value in frame.container:
            before = self.lines[(*frame.path, event.value)]
            message = f"The key {event.value} stands here a second time (first in line {before})."
            self._refuse("yaml-duplicate-key", event, message, "Keep one of them.")
        frame.key = event.value
        self.lines[(*frame.path, event.value)] = self._line(event)

    def _put(self, value: Any, event: Any) -> KeyPath:
        """Store a value where it belongs and give its path."""
        if not self._stack:
            self.root = value
            return ()
        frame = self._stack[-1]
        if isinstance(frame.container, list):
            path = (*frame.path, len(frame.container))
            self.lines[path] = self._line(event)
            frame.container.append(value)
            return path
        if frame.key is None:
            raise self._stop("yaml-key-not-a-word", event, "A key is a list or a mapping.", "Use a single word as key.")
        path, frame.container[frame.key], frame.key = (*frame.path, frame.key), value, None
        return path

    def _refuse(self, code: str, event: yaml.Event, message: str, remedy: str) -> None:
        self.problems.append(problem(code, self._place(event), message, remedy))

    def _stop(self, code: str, event: yaml.Event, message: str, remedy: str) -> TemplateProblems:
        return TemplateProblems([*self.problems, problem(code, self._place(event), message, remedy)])

    def _place(self, event: Any) -> Place:
        return Place(self.file, self._line(event))

    @staticmethod
    def _line(event: Any) -> int:
        return int(event.start_mark.line) + 1
