"""An answer sheet: the answers of one slot on paper or in a workbook, and what bringing it in would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.domain.answers import Entry, Facet
from auditor.domain.audit import Slot
from auditor.domain.errors import BadInput
from auditor.domain.template import Option, Question

IN_A_SHEET = (Facet.ANSWER, Facet.COMMENT, Facet.LOCATION, Facet.GOOD_PRACTICE, Facet.FLAG)
"""The parts of an answer that a sheet holds."""


@dataclass(frozen=True, slots=True)
class SheetOf:
    """What a sheet is a sheet of: one slot of one audit, under one version of its template."""

    audit_id: str
    slot: Slot
    template_hash: str


class Change(StrEnum):
    """What a filled-in sheet does to a part of an answer."""

    SET = "set"
    """Nothing stands there yet, or whoever asks may not know whether anything does."""
    REPLACE = "replace"
    CLEAR = "clear"
    """The cell is blank where something stands; done only where asked for."""


@dataclass(frozen=True, slots=True)
class SheetChange:
    """One difference between the sheet and what is recorded. `before` and `after` are the whole entries; `row` is that
    of the sheet."""

    question: Question
    facet: Facet
    change: Change
    before: Entry
    after: Entry
    row: int


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What a sheet would do: its changes in the order of the form, what cannot be taken, and how many rows it has."""

    changes: tuple[SheetChange, ...]
    problems: tuple[BadInput, ...]
    rows: int

    @property
    def clears(self) -> int:
        """How many of the changes take something away."""
        return sum(1 for change in self.changes if change.change is Change.CLEAR)


def option_words(options: Sequence[Option]) -> dict[str, str]:
    """What stands in a cell for each option, by code: its label, with its code where two have the same."""
    labels = [option.label.casefold() for option in options]
    return {
        option.code: option.label if labels.count(option.label.casefold()) == 1 else f"{option.label} ({option.code})"
        for option in options
    }


def differences(question: Question, before: Entry, after: Entry, row: int, known: bool = True) -> list[SheetChange]:
    """How the entry in the sheet differs from what is recorded. `known` is false where whoever asks may not see what is
    recorded: then everything the sheet holds is set, and no blank clears."""
    changes = []
    for facet in IN_A_SHEET:
        was, now = _part(before, facet), _part(after, facet)
        blank = now in _NOTHING
        if (blank and not known) or (known and was == now):
            continue
        kind = Change.CLEAR if blank else Change.SET if not known or was in _NOTHING else Change.REPLACE
        changes.append(SheetChange(question, facet, kind, before if known else Entry(), after, row))
    return changes


def stands(change: SheetChange, recorded: Entry) -> bool:
    """Whether anything is recorded already where the change would go."""
    return _part(recorded, change.facet) not in _NOTHING


def same(change: SheetChange, recorded: Entry) -> bool:
    """Whether what the sheet holds is recorded already."""
    return _part(recorded, change.facet) == _part(change.after, change.facet)


_NOTHING: tuple[object, ...] = (None, "", False)


def _part(entry: Entry, facet: Facet) -> object:
    parts: dict[Facet, object] = {
        Facet.ANSWER: None if entry.answer.is_blank else (entry.answer.value, entry.answer.na_reason),
        Facet.COMMENT: entry.comment,
        Facet.LOCATION: entry.location,
        Facet.GOOD_PRACTICE: entry.good_practice,
        Facet.FLAG: None if entry.flag is None else (entry.flag,),
    }
    return parts[facet]
