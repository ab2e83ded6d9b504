"""What a theme summary holds, as plain values, and how its counts, marks and orders are worked out from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.domain.action import Status
from auditor.domain.matrix import HEAT_WORDS, AnswerMatrix, IndicatorCount, ThemeMatrix
from auditor.domain.scoring import Counts, total

PIES = "○◔◑◕●"
"""The mark of each step of heat."""
GOOD_PRACTICE = "★"
LIMIT_FAILED = "⚠"
NOT_APPLICABLE = "n/a"
NOT_AGREED = "–"


class CommentKind(StrEnum):
    """What a comment speaks of, told by the answer it stands beside."""

    ISSUE = "issue"
    GOOD_PRACTICE = "good_practice"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as a person reads it."""
        return {"issue": "Issue", "good_practice": "Good practice", "other": "Other"}[self.value]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """How one scored question was answered over the cycle. `themes` are titles."""

    number: str
    text: str
    section: str
    themes: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote beside an effective answer. A question with two themes gives a comment for each of them.

    `theme` is a title, empty where the question has none; `answer` is the answer in words; `location` says where in the
    case file the evidence lies.
    """

    theme: str
    kind: CommentKind
    case: str
    question_number: str
    question: str
    answer: str
    author: str
    text: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A follow-up action as it stands on the day of the summary. `days_late` are calendar days, 0 when in time."""

    number: str
    text: str
    owner: str
    case: str
    theme: str
    raised: date
    due: date
    status: Status
    days_late: int = 0
    done_on: date | None = None
    verified_on: date | None = None
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class ScoreGrid:
    """The scores in words: a row for each case, with its reference, its whole score and that of each section."""

    sections: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeSummary:
    """Everything the theme summary of a cycle says.

    `notes` are further sentences for the first sheet; `sample` says that the data is invented.
    """

    title: str
    period: str
    cases: int
    pairs: int
    template_title: str
    template_version: str
    template_hash: str
    made_on: date
    matrix: ThemeMatrix
    answers: AnswerMatrix
    indicators: tuple[IndicatorCount, ...] = ()
    questions: tuple[QuestionResult, ...] = ()
    comments: tuple[Comment, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    scores: ScoreGrid = ScoreGrid()
    notes: tuple[str, ...] = ()
    sample: bool = False

    @property
    def counts(self) -> Counts:
        """All effective answers of the cycle, each once."""
        return total(self.matrix.totals)

    @property
    def not_agreed(self) -> int:
        """Scored questions without an effective answer, over all cases."""
        return sum(self.matrix.not_agreed)


HOW_COUNTED = (
    "Only agreed, moderated and factual answers are counted. What the pair has not agreed yet enters no number here.",
    "An issue is an answer of not met, partly met or not evidenced, or an unfavourable yes or no. Not evidenced is "
    "also counted apart from not met: the record does not show it, which does not mean it was not done.",
    "N/A leaves every denominator: 5/8 means 5 issues in the 8 questions of the theme that applied to the case.",
    "A question with two themes counts in both, so numbers never add up over themes. Issues in the case count each "
    "answer once.",
    "These are counts of the cases looked at. They are not percentages, and say nothing of cases not looked at.",
)

MARKS_IN_WORDS = (
    f"{GOOD_PRACTICE} good practice was noted",
    f"{LIMIT_FAILED} a limiting question was answered not met",
    f"{NOT_AGREED} nothing agreed yet",
)


def heat_words(steps: Sequence[int]) -> tuple[str, ...]:
    """What each step of heat means, for bounds in per cent of issues."""
    if tuple(steps) == (0, 25, 50, 75):
        return HEAT_WORDS
    bounded = [f"up to {bound} in 100" if bound else "none" for bound in steps]
    return (*bounded, f"more than {steps[-1]} in 100")


def cell_text(matrix: ThemeMatrix, row: int, column: int) -> str:
    """A cell of theme by case as it is read: quarter mark, issues/n, signs for good practice and failed limits."""
    cell = matrix.cells[row][column]
    step = matrix.heat(cell)
    if step is None:
        waiting = not cell.na and matrix.not_agreed[column]
        words = NOT_AGREED if waiting else NOT_APPLICABLE
    else:
        words = f"{PIES[step]} {cell.issues}/{cell.n}"
    signs = (GOOD_PRACTICE if cell.good_practice else "", LIMIT_FAILED if cell.limits_failed else "")
    return " ".join(part for part in (words, *signs) if part)


def in_theme_order(summary: ThemeSummary) -> list[Comment]:
    """Comments by theme as the matrix lists them, issues before good practice before the rest, then by case."""
    place = {title: at for at, (_, title) in enumerate(summary.matrix.themes)}
    kinds = list(CommentKind)
    return sorted(
        summary.comments,
        key=lambda comment: (
            place.get(comment.theme, len(place)),
            comment.theme,
            kinds.index(comment.kind),
            comment.case,
        ),
    )


def overdue_first(actions: Sequence[ActionRow]) -> list[ActionRow]:
    """Behind schedule first, the longest overdue at the top, then what waits, runs and is closed."""
    order = list(Status)
    return sorted(actions, key=lambda action: (order.index(action.status), action.due, action.number))
