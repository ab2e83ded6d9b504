"""The tables of moderation: the audits and why they wait, the questions of one audit, how far grades moved."""

from collections.abc import Callable

from auditor.desktop.marks import GRADES, Meaning
from auditor.desktop.questions.choices import answer_meaning, answer_text
from auditor.desktop.widgets.table_model import Column
from auditor.desktop.words import MODERATED, STAGES, TO_MODERATE
from auditor.domain.answers import Answer, Entry
from auditor.domain.moderation import Calibration
from auditor.services.moderation_view import Item, ModerationLine

CalibrationRow = tuple[str, Calibration]


def _steps(row: CalibrationRow) -> str:
    return f"{row[1].steps:+d}" if row[1].steps else "0"


def why_words(line: ModerationLine) -> str:
    """Why an audit waits, or why it was read."""
    why = line.why or (line.last.why if line.last else ())
    words = ", ".join(f"{reason.words[:1].lower()}{reason.words[1:]}" for reason in why)
    return f"{words[:1].upper()}{words[1:]}"


def _case_note(line: ModerationLine) -> str:
    return " · ".join(part for part in (line.line.case.team, line.line.cycle.title) if part)


def _grade(line: ModerationLine) -> Meaning | None:
    return GRADES.get(int(line.grade)) if line.grade.isdigit() else None


def _standing(line: ModerationLine) -> Meaning:
    if line.waits:
        return TO_MODERATE
    moderated = line.line.audit.moderated
    return MODERATED[moderated] if moderated else STAGES[line.line.stage]


def _for_me(line: ModerationLine) -> str:
    if not line.waits:
        return ""
    return "Somebody else" if line.why_not else "Moderate"


AUDITS = (
    Column[ModerationLine](
        "case", "Case", lambda a: a.line.case.reference, second=_case_note, strong=True, stretch=True
    ),
    Column[ModerationLine](
        "why", "Why", why_words, second=lambda a: f"Auditors {', '.join(a.line.auditor_names)}", stretch=True
    ),
    Column[ModerationLine]("grade", "Grade now", lambda a: "", meaning=_grade, sort=lambda a: a.grade, width=190),
    Column[ModerationLine](
        "stage", "Stage", lambda a: "", meaning=_standing, sort=lambda a: a.line.standing, width=210
    ),
    Column[ModerationLine]("next", "You", _for_me, width=120),
)

CALIBRATION = (
    Column[CalibrationRow]("name", "Auditor", lambda row: row[0], strong=True, stretch=True),
    Column[CalibrationRow]("all", "Moderated", lambda row: str(row[1].moderated), number=True, width=110,
                           sort=lambda row: row[1].moderated),
    Column[CalibrationRow]("held", "Upheld", lambda row: str(row[1].unmoved), number=True, width=110,
                           sort=lambda row: row[1].unmoved),
    Column[CalibrationRow]("up", "To a better grade", lambda row: str(row[1].up), number=True, width=150,
                           sort=lambda row: row[1].up),
    Column[CalibrationRow]("down", "To a lower grade", lambda row: str(row[1].down), number=True, width=150,
                           sort=lambda row: row[1].down),
    Column[CalibrationRow]("steps", "Grades moved", _steps, number=True, width=130,
                           sort=lambda row: row[1].steps),
)  # fmt: skip


def question_columns(left: Callable[[Item], Answer], title: str) -> tuple[Column[Item], ...]:
    """The columns of the questions; `left` gives the answer as the moderator leaves it, under `title`."""

    def chip(item: Item) -> Meaning | None:
        return answer_meaning(item.question, left(item))

    def second(item: Item) -> str:
        moved = "" if left(item).same_as(item.effective) else " · changed by you"
        return f"{pair_words(item)}{moved}"

    return (
        Column[Item]("number", "No.", lambda item: item.question.number, width=64, sort=lambda item: item.question.id),
        Column[Item]("text", "Question", lambda item: item.question.text, second=second, strong=True, stretch=True),
        Column[Item]("apart", "Before discussion", _apart, width=150),
        Column[Item](
            "left",
            title,
            lambda item: _short(answer_text(item.question, left(item))),
            meaning=chip,
            width=200,
        ),
    )


def pair_words(item: Item) -> str:
    """What both gave and what they agreed, in one grey line."""
    parts = [("A", item.first), ("B", item.second), ("agreed", item.agreed)]
    return " · ".join(f"{name} {_said(item, entry)}" for name, entry in parts if entry is not None)


def _said(item: Item, entry: Entry) -> str:
    return _short(answer_text(item.question, entry.answer)) or "blank"


def _short(text: str) -> str:
    return text if len(text) <= 28 else f"{text[:27]}…"


def _apart(item: Item) -> str:
    if not item.differed:
        return ""
    return f"{item.distance} steps apart" if item.distance > 1 else "differed"
