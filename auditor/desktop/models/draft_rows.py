"""A draft as the editor lists it: the form itself, its sections and its questions, with what is to be said of each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.desktop.theme import Token
from auditor.desktop.widgets.table_model import Column
from auditor.desktop.words import many

if TYPE_CHECKING:
    from auditor.services.template_drafts import DraftForm
    from auditor.templates.judged import Found

Plain = Mapping[str, Any]
ALL, CHANGED, TO_DO = "all", "changed", "to_do"
KINDS = {
    "choice": "One answer",
    "choices": "Several answers",
    "grade": "Grade",
    "date": "Date",
    "datetime": "Date and time",
    "count": "Count",
    "number": "Number",
    "text": "Text",
}
"""What kind of answer a question asks for, in words."""


@dataclass(frozen=True)
class DraftRow:
    """A part of the draft that has a form of its own: `part` is form, section or question."""

    part: str
    id: str
    number: str
    words: str
    kind: str
    changed: bool = False
    stops: int = 0
    looks: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same of it."""
        return self.part, self.id

    @property
    def state(self) -> str:
        """What there is to say of it."""
        said = [many(self.stops, "thing to put right", "things to put right") if self.stops else ""]
        said += [many(self.looks, "hint") if self.looks else "", "changed" if self.changed else ""]
        return " · ".join(word for word in (*said, self.kind) if word)


def draft_columns() -> list[Column[DraftRow]]:
    """Number and words, with the state below."""
    return [
        Column("number", "No.", lambda row: row.number, width=64, strong=True),
        Column("words", "Question", lambda row: row.words, second=lambda row: row.state, tone=_tone, stretch=True),
    ]


def draft_rows(form: "DraftForm", found: Sequence["Found"]) -> list[DraftRow]:
    """Every part, in the order of the form."""
    changed = {holder_of(form.plain, key.partition("/")[0], key.partition("/")[2].rpartition("/")[0])
               for key in form.edits}  # fmt: skip
    stops = Counter(holder_of(form.plain, one.part, one.id) for one in found if one.stops)
    looks = Counter(holder_of(form.plain, one.part, one.id) for one in found if not one.stops)

    def row(part: str, item: Plain, number: str, words: str, kind: str) -> DraftRow:
        key = (part, str(item["id"]))
        return DraftRow(*key, number, words, kind, key in changed, stops[key], looks[key])

    rows = [row("form", form.plain, "", str(form.plain["title"]) or "No title yet", "The template as a whole")]
    for section in form.plain["sections"]:
        title = str(section.get("title") or "No title yet")
        rows.append(row("section", section, section_number(section["id"]), title, "Section"))
        for question in section["questions"]:
            words = str(question.get("short") or question.get("text") or "No wording yet")
            rows.append(row("question", question, number_of(question["id"]), words, KINDS[question["type"]]))
    return rows


def matching_rows(rows: Sequence[DraftRow], words: str, view: str) -> list[DraftRow]:
    """The rows of a view whose number or words hold every word searched for."""
    sought = words.casefold().split()
    return [
        row
        for row in rows
        if (view == ALL or (row.changed if view == CHANGED else row.stops > 0))
        and all(row.number.startswith(word) or word in f"{row.id} {row.words}".casefold() for word in sought)
    ]


def holder_of(plain: Plain, part: str, one: str) -> tuple[str, str]:
    """The part in whose form something is changed: an answer in that of its question, or of the first with its scale;
    themes, variants and rules in that of the template."""
    if part in ("section", "question") and find(plain, part, one) is not None:
        return part, one
    if part in ("option", "scale"):
        owner = one.rpartition("/")[0] if part == "option" else one
        for question in questions(plain):
            if owner in (question["id"], question.get("scale")):
                return "question", str(question["id"])
    return "form", str(plain["id"])


def find(plain: Plain, part: str, one: str) -> Plain | None:
    """A part of the draft by its id; None where it is gone."""
    if part == "form":
        return plain
    items = plain["sections"] if part == "section" else questions(plain)
    return next((item for item in items if item["id"] == one), None)


def questions(plain: Plain) -> Iterator[Plain]:
    """Every question, in order."""
    return (question for section in plain["sections"] for question in section["questions"])


def section_holding(plain: Plain, question: str) -> str:
    """The id of the section a question stands in, which its number need not name."""
    return next(
        (str(one["id"]) for one in plain["sections"] if any(each["id"] == question for each in one["questions"])), ""
    )


def scale_of(plain: Plain, question: Plain) -> Plain | None:
    """The scale a question takes its answers from; None where it has its own, or none at all."""
    return next((scale for scale in plain.get("scales", ()) if scale["id"] == question.get("scale")), None)


def number_of(question_id: str) -> str:
    """The number people use: `S04.18` is 4.18."""
    section, _, item = question_id.partition(".")
    return f"{section_number(section)}.{item}"


def section_number(section_id: str) -> str:
    """The number people use: `S04` is 4, an authority's own `L01` stays L1."""
    number = section_id[1:].lstrip("0") or "0"
    return number if section_id.startswith("S") else f"{section_id[0]}{number}"


def _tone(row: DraftRow) -> Token:
    return "inadequate" if row.stops else "accent" if row.changed else "muted"
