"""Theme by answer: how often each outcome was agreed, over all cases of a cycle."""

from auditor.desktop.models.matrix import Edge, MatrixModel, Spot, Tally
from auditor.desktop.theme import Token
from auditor.domain.matrix import AnswerMatrix
from auditor.domain.scoring import Counts, Outcome

GOOD_PRACTICE = "Good practice"


class AnswerMatrixModel(MatrixModel):
    """A column for each outcome and one for good practice; at the edge the share of answers with an issue."""

    edge_title = "Issues in answers counted"

    def __init__(self) -> None:
        super().__init__()
        self._matrix = AnswerMatrix((), tuple(Outcome), ())
        self._longest = ""

    def load(self, matrix: AnswerMatrix) -> None:
        """Show a matrix. The sorting stays."""
        self.beginResetModel()
        self._matrix, self.themes = matrix, matrix.themes
        most = max((counts.n for counts in matrix.counts), default=0)
        self._longest = f"{most:,} of {most:,}"
        self._arrange()
        self.endResetModel()

    @property
    def width(self) -> int:
        return len(self._matrix.outcomes) + 1

    def outcome(self, column: int) -> Outcome | None:
        """The outcome of a column; None for good practice."""
        return self._matrix.outcomes[column] if column < len(self._matrix.outcomes) else None

    def label(self, column: int) -> str:
        outcome = self.outcome(column)
        return "Unfavourable" if outcome is Outcome.UNFAVOURABLE else outcome.words if outcome else GOOD_PRACTICE

    def heading(self, column: int) -> str:
        outcome = self.outcome(column)
        return outcome.words if outcome else GOOD_PRACTICE

    def value(self, theme: int, column: int) -> Tally:
        counts, outcome = self._matrix.counts[theme], self.outcome(column)
        colour: Token = "accent" if outcome is None else "bar" if outcome.is_issue else "ctl"
        return Tally(self._count(counts, column), counts.n + counts.na, colour)

    def edge(self, theme: int) -> Edge:
        counts = self._matrix.counts[theme]
        return Edge(f"{counts.issues:,} of {counts.n:,}", counts.issues / counts.n if counts.n else 0.0, self._longest)

    def words(self, theme: int, column: int) -> str:
        tally = self.value(theme, column)
        return f"{self.themes[theme][1]}, {self.heading(column).lower()}: {tally.count} of {tally.of} answers"

    def copied(self, theme: int, column: int) -> str:
        return str(self._count(self._matrix.counts[theme], column))

    def weight(self, theme: int, column: int) -> tuple[float, ...]:
        counts = self._matrix.counts[theme]
        if column == self.width:
            return (counts.issues / counts.n if counts.n else -1.0, counts.issues)
        return (self._count(counts, column),)

    def spot(self, row: int, column: int) -> Spot:
        theme, title = self.themes[self._order[row]]
        if column == self.width:
            return Spot(theme, title, "all answers")
        outcome = self.outcome(column)
        return Spot(theme, title, self.heading(column).lower(), outcome=outcome, good_practice=outcome is None)

    def _count(self, counts: Counts, column: int) -> int:
        outcome = self.outcome(column)
        return int(getattr(counts, outcome.value)) if outcome else counts.good_practice
