"""Which sheets and columns the authoring workbook has: they follow the schema, so that a new key has its column."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from types import NoneType
from typing import Literal, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from auditor.templates.authoring.words import HEADINGS, HINTS
from auditor.templates.schema import MasterForm, OptionForm, QuestionForm
from auditor.templates.yaml_writer import model_in

LONGEST_WORD = 64

FORM, QUESTIONS, OPTIONS, HELP = "form", "questions", "options", "help"
OWNERS = {QUESTIONS: "section", OPTIONS: "for"}
"""The column that says what a row belongs to: the section of a question, the scale or question of an option."""


class Kind(Enum):
    """How a value stands in its cell."""

    TEXT = auto()
    WORDS = auto()
    """A list, with commas."""
    LINES = auto()
    """A list, one item a line."""
    NESTED = auto()
    """Keys within keys, in the short form of YAML."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column, or a row of the sheet `form`: the keys it stands for, and how its values are written."""

    keys: tuple[str, ...]
    kind: Kind
    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The keys as one word: `select.tiers`."""
        return ".".join(self.keys)

    @property
    def heading(self) -> str:
        """What people read above the column."""
        return HEADINGS.get(self.name, self.name.replace("_", " ").replace(".", ": ").capitalize())

    @property
    def hint(self) -> str:
        """What to write there, in a sentence; "" where the heading says it."""
        return HINTS.get(self.name, "")


@cache
def form_fields() -> tuple[Field, ...]:
    """The rows of the sheet `form`: every key of the file that is no list of things."""
    return tuple(field for field in _fields(MasterForm) if field.keys[0] not in list_keys())


@cache
def list_keys() -> tuple[str, ...]:
    """The keys of the file that are lists of things, each of which has its sheet."""
    return tuple(name for name, field in MasterForm.model_fields.items() if _is_list_of_groups(field.annotation))


@cache
def sheet_fields(sheet: str) -> tuple[Field, ...]:
    """The columns of a sheet other than `form`."""
    owner = (Field((OWNERS[sheet],), Kind.TEXT),) if sheet in OWNERS else ()
    fields = tuple(field for field in _fields(_model_of(sheet)) if not _has_own_sheet(field, sheet))
    return (*owner, *fields)


@cache
def sheet_names() -> tuple[str, ...]:
    """Every sheet of the workbook, in its order."""
    first = (FORM, "sections", QUESTIONS, "scales", OPTIONS, "themes")
    return (*first, *(key for key in list_keys() if key not in first))


def title_of(sheet: str) -> str:
    """What stands on the tab of a sheet."""
    return sheet.replace("_", " ")


def _model_of(sheet: str) -> type[BaseModel]:
    if sheet in OWNERS:
        return QuestionForm if sheet == QUESTIONS else OptionForm
    model = model_in(MasterForm.model_fields[sheet].annotation)
    assert model is not None
    return model


def _has_own_sheet(field: Field, sheet: str) -> bool:
    key = field.keys[0]
    return (sheet == "sections" and key == "questions") or (sheet in ("scales", QUESTIONS) and key == "options")


def _fields(model: type[BaseModel], before: tuple[str, ...] = ()) -> list[Field]:
    found: list[Field] = []
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        if inner is None or _is_list_of_groups(field.annotation):
            found.append(Field((*before, name), _kind(field.annotation), _words(field.annotation)))
        else:
            # A group of its own: one column a key, and one for the word `none` where that may stand instead.
            if NoneType in get_args(field.annotation):
                found.append(Field((*before, name), Kind.TEXT))
            found += _fields(inner, (*before, name))
    return found


def _is_list_of_groups(annotation: object) -> bool:
    return get_origin(annotation) is list and model_in(annotation) is not None


def _kind(annotation: object) -> Kind:
    if get_origin(annotation) is dict or _is_list_of_groups(annotation):
        return Kind.NESTED
    if get_origin(annotation) is not list:
        return Kind.TEXT
    (item,) = get_args(annotation)
    limits = [part.max_length or 0 for part in get_args(item) if isinstance(part, StringConstraints)]
    return Kind.LINES if any(limit > LONGEST_WORD for limit in limits) else Kind.WORDS


def _words(annotation: object) -> tuple[str, ...]:
    if annotation is bool:
        return ("yes", "no")
    (item,) = get_args(annotation) if get_origin(annotation) is list else (annotation,)
    return tuple(map(str, get_args(item))) if get_origin(item) is Literal else ()
