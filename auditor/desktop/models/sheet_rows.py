"""What an answer sheet would change, and what of it cannot be taken, as rows of a table."""

from collections.abc import Callable

from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.questions.choices import answer_text
from auditor.desktop.widgets.table_model import Column
from auditor.domain.answer_sheet import Change, SheetChange
from auditor.domain.answers import Entry, Facet
from auditor.domain.errors import BadInput
from auditor.domain.template import Question

_PARTS = {
    Facet.ANSWER: "Answer",
    Facet.COMMENT: "Comment",
    Facet.LOCATION: "Evidence",
    Facet.GOOD_PRACTICE: "Good practice",
    Facet.FLAG: "To discuss",
}
_KINDS = {
    Change.SET: Meaning(MarkKind.DISC, "New", "good", "good_tint"),
    Change.REPLACE: Meaning(MarkKind.HALF_DISC, "Changes", "accent", "soft"),
    Change.CLEAR: Meaning(MarkKind.DASH, "Clears", "requires", "requires_tint"),
}
_STAYS = Meaning(MarkKind.RING, "Blank, stays", "text2", "sunken")
NOT_SHOWN = "not shown to you"


def change_columns(
    clears: Callable[[], bool], sealed: Callable[[], bool], narrow: Callable[[], bool]
) -> list[Column[SheetChange]]:
    """Question, part, before and after, and what the sheet does; `clears` is whether blanks clear, `sealed` whether
    what is recorded is not shown, `narrow` whether there is no column for it."""

    def before(change: SheetChange) -> str:
        return part_text(change.question, change.before, change.facet) or (NOT_SHOWN if sealed() else "blank")

    def part(change: SheetChange) -> str:
        row = f"{_PARTS[change.facet]} · row {change.row}"
        return f"{row} · now {before(change)}" if narrow() else row

    def kind(change: SheetChange) -> Meaning:
        return _STAYS if change.change is Change.CLEAR and not clears() else _KINDS[change.change]

    return [
        Column("number", "No.", lambda change: change.question.number, sort=_order, width=64),
        Column("question", "Question", lambda change: change.question.text, stretch=True, strong=True,
               second=part),
        Column("before", "Now", before, width=190),
        Column("after", "In the sheet", _after, width=190),
        Column("kind", "What it does", lambda change: kind(change).word, meaning=kind, width=124),
    ]  # fmt: skip


def problem_columns() -> list[Column[BadInput]]:
    """Where it stands, what is the matter and what to do, and the code."""
    return [
        Column("place", "Where", _place, width=150, strong=True),
        Column("what", "What", lambda problem: problem.message, second=lambda problem: problem.remedy, stretch=True),
        Column("code", "Code", lambda problem: problem.code, width=180),
    ]


def part_text(question: Question, entry: Entry, facet: Facet) -> str:
    """One part of an answer in words; empty where it is blank."""
    if facet is Facet.ANSWER:
        return f"N/A: {entry.answer.na_reason}" if entry.answer.is_na else answer_text(question, entry.answer)
    if facet is Facet.GOOD_PRACTICE:
        return "marked" if entry.good_practice else ""
    if facet is Facet.FLAG:
        return "" if entry.flag is None else entry.flag or "flagged"
    return entry.comment if facet is Facet.COMMENT else entry.location


def _after(change: SheetChange) -> str:
    return part_text(change.question, change.after, change.facet) or "blank"


def _place(problem: BadInput) -> str:
    place = problem.place
    if place is None:
        return "the sheet"
    return f"{place.sheet}!{place.column}{place.row or ''}".rstrip("!") or "the sheet"


def _order(change: SheetChange) -> tuple[int, ...]:
    return tuple(int(part) for part in change.question.number.split(".") if part.isdigit())
