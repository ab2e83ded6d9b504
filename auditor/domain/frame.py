"""A sampling frame: every case a sample may be drawn from, and what makes two frames the same however they are
written: order of rows and columns, capitals, spaces and ways of writing an accent do not matter."""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What a column of a frame can be to the program."""

    REFERENCE = "reference"
    TEAM = "team"
    PLAN_TYPE = "plan_type"
    AGE_BAND = "age_band"
    ETHNICITY = "ethnicity"
    WORKER = "worker"
    FORMER_WORKER = "former_worker"
    MANAGER = "manager"

    @property
    def words(self) -> str:
        """The field as a person reads it."""
        return _WORDS[self]


_WORDS = {
    Field.REFERENCE: "case reference",
    Field.TEAM: "team",
    Field.PLAN_TYPE: "plan type",
    Field.AGE_BAND: "age band",
    Field.ETHNICITY: "ethnicity",
    Field.WORKER: "allocated worker",
    Field.FORMER_WORKER: "former worker",
    Field.MANAGER: "team manager",
}
SENSITIVE = frozenset({Field.ETHNICITY})
"""Special-category data: used while a sample is drawn, and kept as counts unless the lead decides otherwise."""
NOT_RECORDED = "not recorded"
EVERYBODY = "All cases"
PARTED = " · "
"""Between the values of a stratum made by several columns."""
STAFF = (Field.WORKER, Field.FORMER_WORKER, Field.MANAGER)
"""Columns that name workers: used to find conflicts of interest, and never kept."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of a list column by column, as written, under the list's own headings. `fields` says which heading is
    which field; the reference is always among them."""

    columns: Mapping[str, tuple[str, ...]]
    fields: Mapping[Field, str]

    @property
    def references(self) -> tuple[str, ...]:
        """The case references, as written."""
        return self.columns[self.fields[Field.REFERENCE]]

    def __len__(self) -> int:
        return len(self.references)

    def of(self, field: Field) -> tuple[str, ...]:
        """The column of a field; blanks where the list has none."""
        heading = self.fields.get(field)
        return self.columns[heading] if heading else ("",) * len(self)

    def heading(self, named: str) -> str:
        """The heading somebody names by field or by its words; empty where there is none."""
        wanted = value_key(named.replace("_", " "))
        for field, heading in self.fields.items():
            if wanted in (field.value.replace("_", " "), field.words):
                return heading
        return next((heading for heading in self.columns if value_key(heading.replace("_", " ")) == wanted), "")

    def is_sensitive(self, heading: str) -> bool:
        """Whether the column holds special-category data."""
        return any(self.fields.get(field) == heading for field in SENSITIVE)


def reference_key(reference: str) -> str:
    """A case reference without what writers vary: capitals, spaces, ways of writing an accent."""
    return "".join(value_key(reference).split())


def value_key(value: str) -> str:
    """A value without what writers vary: capitals, spaces around and between words, ways of writing an accent."""
    words = " ".join(value.split())
    if words.isascii():
        return words.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", words).casefold())


def rank_hash(seed: int, key: str) -> str:
    """SHA-256 of seed and reference, such as of `7:cf-01`: cases are drawn in the order of these."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def frame_hash(frame: Frame) -> str:
    """SHA-256 of everything in the frame, the same whatever the order of rows and columns. Blanks say nothing."""
    named = sorted((value_key(heading), heading) for heading in frame.columns)
    reference = frame.fields[Field.REFERENCE]
    columns = []
    for _, heading in named:
        clean = reference_key if heading == reference else value_key
        columns.append(cleaned(frame.columns[heading], clean))
    keys = [key for key, _ in named]
    rows = sorted(
        json.dumps([pair for pair in zip(keys, values, strict=True) if pair[1]]).encode("ascii")
        for values in zip(*columns, strict=True)
    )
    return hashlib.sha256(b"\n".join(rows)).hexdigest()


def cleaned(values: Sequence[str], clean: Callable[[str], str]) -> list[str]:
    """Every value of a column made clean; a column of a hundred thousand rows often holds a few values only."""
    known = {value: clean(value) for value in set(values)}
    return [known[value] for value in values]


def strata_of(frame: Frame, headings: Sequence[str]) -> list[str]:
    """The stratum of each row by these columns. What means the same makes one stratum however it is written."""
    if not headings:
        return [EVERYBODY] * len(frame)
    columns = [_told_alike(frame.columns[heading]) for heading in headings]
    return [PARTED.join(values) for values in zip(*columns, strict=True)]


def _told_alike(values: Sequence[str]) -> list[str]:
    keys = cleaned(values, value_key)
    written: dict[str, str] = {"": NOT_RECORDED}
    for value in set(values):
        key = value_key(value)
        if key:
            told = unicodedata.normalize("NFC", " ".join(value.split()))
            written[key] = min(written.get(key, told), told)
    return [written[key] for key in keys]


_FIRST_AGES = {"0-4": 0, "5-9": 5, "10-15": 10, "16-17": 16, "18+": 18}
OLDEST = 25


def in_age_bands(ages: Sequence[str]) -> tuple[str, ...] | None:
    """Ages in years as bands, so that groups of a sample are not single years; None unless all of them are ages."""
    filled = [age for age in ages if age]
    if not filled or not all(age.isascii() and age.isdigit() and int(age) <= OLDEST for age in filled):
        return None
    return tuple(_band(int(age)) if age else "" for age in ages)


def _band(age: int) -> str:
    return next(band for band, first in reversed(_FIRST_AGES.items()) if age >= first)
