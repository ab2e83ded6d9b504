"""What auditors said of the tool after their audits, as rows grouped by what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.widgets.table_model import Column, Group
from auditor.desktop.words import many
from auditor.services.tool_feedback import FeedbackLine

WAITS = Meaning(MarkKind.RING, "Waits", "requires", "requires_tint")
SETTLED = Meaning(MarkKind.TICK_DISC, "Settled", "good", "good_tint")


@dataclass(frozen=True)
class RemarkRow:
    """One remark: what it is about, its words, and everything else that person said after the same audit."""

    about: str
    words: str
    line: FeedbackLine


def remark_rows(lines: Sequence[FeedbackLine]) -> list[RemarkRow | Group]:
    """Questions first, at the top those with most that waits; then the program, then what is left to say."""
    by_question: dict[str, list[RemarkRow]] = {}
    titles: dict[str, tuple[str, str]] = {}
    for line in lines:
        for question_id, number, text, words in line.unclear:
            titles[question_id] = (number, text)
            row = RemarkRow(question_id, words or "Unclear, without more words", line)
            by_question.setdefault(question_id, []).append(row)
    rows: list[RemarkRow | Group] = []
    for question_id in sorted(by_question, key=lambda one: (-_waiting(by_question[one]), -len(by_question[one]), one)):
        number, text = titles[question_id]
        found = by_question[question_id]
        rows += [Group(f"{number}  {text}", len(found)), *found]
    faults = [RemarkRow("faults", line.faults, line) for line in lines if line.faults]
    others = [RemarkRow("words", line.words, line) for line in lines if line.words]
    for title, found in (("Went wrong in the program", faults), ("Anything else", others)):
        rows += [Group(title, len(found)), *found] if found else []
    return rows


def remark_columns() -> list[Column[RemarkRow]]:
    """The words with who said them where, and whether somebody has dealt with them."""
    return [
        Column("words", "Remark", lambda row: " ".join(row.words.split()), second=_where, stretch=True, strong=True),
        Column("state", "State", lambda row: state(row).word, meaning=state, width=104),
    ]


def state(row: RemarkRow) -> Meaning:
    """Whether it waits for the lead."""
    return SETTLED if row.line.settled else WAITS


def counts_words(lines: Sequence[FeedbackLine]) -> str:
    """How much was said, and how much of it waits."""
    if not lines:
        return "Nothing was said of this template yet. Auditors are asked when they have finished an audit."
    waiting = sum(line.remarks for line in lines if not line.settled)
    rest = f"{waiting} {'waits' if waiting == 1 else 'wait'} for an answer" if waiting else "all of them settled"
    audits = many(len({line.audit_id for line in lines}), "audit")
    return f"{many(sum(line.remarks for line in lines), 'remark')} after {audits}, {rest}."


def whole_words(line: FeedbackLine) -> str:
    """Everything a person said after one audit, in a few lines."""
    parts = [f"{number}: {words or 'unclear'}" for _, number, _, words in line.unclear]
    parts += [f"Went wrong: {line.faults}"] if line.faults else []
    parts += [line.words] if line.words else []
    return "\n".join(parts)


def _waiting(rows: Sequence[RemarkRow]) -> int:
    return sum(1 for row in rows if not row.line.settled)


def _where(row: RemarkRow) -> str:
    line = row.line
    day = f"{datetime.fromisoformat(line.said_at).astimezone():%d/%m/%Y}"
    return f"{line.person_name} · {line.case_reference} · {day} · {line.template_title} {line.template_version}"
