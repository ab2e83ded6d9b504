"""Findings of a cycle as columns of numbers: theme by case, theme by answer, and case indicators."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.domain.scoring import Counts, Outcome, total


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the theme-by-case matrix: one audit of one case."""

    audit_id: str
    case_id: str
    reference: str


@dataclass(frozen=True, slots=True)
class ThemeMatrix:
    """Theme by case. `cells[row][column]` belongs to `themes[row]` and `columns[column]`.

    A question with two themes counts in both rows, so rows never add up over themes; `totals` counts each question of
    a column once. `not_agreed` is the number of scored questions without an effective answer, by column; `heat_steps`
    are the upper bounds, in per cent of issues in n, of the first steps (0, 25, 50, 75: none, up to a quarter, half,
    three quarters, more).
    """

    themes: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[Counts, ...], ...]
    totals: tuple[Counts, ...]
    not_agreed: tuple[int, ...]
    heat_steps: tuple[int, ...] = (0, 25, 50, 75)

    def row_total(self, row: int) -> Counts:
        """All cases of one theme."""
        return total(self.cells[row])

    def cases_with_issue(self, row: int) -> tuple[int, int]:
        """Cases with at least one issue in the theme, and cases in which the theme applied."""
        cells = self.cells[row]
        return sum(1 for cell in cells if cell.issues), sum(1 for cell in cells if cell.n)

    def heat(self, cell: Counts) -> int | None:
        """The step of heat, 0 to 4, of a cell; None where no question applied."""
        return heat_step(cell, self.heat_steps)


def heat_step(cell: Counts, steps: Sequence[int]) -> int | None:
    """The first step whose bound the share of issues does not exceed; the last step is open. None when n is 0."""
    if not cell.n:
        return None
    return next((at for at, bound in enumerate(steps) if cell.issues * 100 <= bound * cell.n), len(steps))


HEAT_WORDS = ("none", "up to a quarter", "up to half", "up to three quarters", "more than three quarters")


@dataclass(frozen=True, slots=True)
class AnswerMatrix:
    """Theme by answer: how often each outcome was agreed, over all cases of a cycle."""

    themes: tuple[tuple[str, str], ...]
    outcomes: tuple[Outcome, ...]
    counts: tuple[Counts, ...]


@dataclass(frozen=True, slots=True)
class IndicatorCount:
    """A case indicator over a cycle: true in `count` of the `of` cases it applies to and that tell it; `unknown` more
    cases lack an answer.

    `cases` are the references of the cases in which it is true.
    """

    id: str
    title: str
    count: int
    of: int
    unknown: int = 0
    cases: tuple[str, ...] = ()
