"""Theme by case: straight from the domain's ThemeMatrix, cell by cell as they are painted."""

from collections.abc import Mapping

from auditor.desktop.models.matrix import Edge, MatrixModel, Spot, Total, common_start
from auditor.desktop.widgets.delegates import Heat
from auditor.desktop.words import many
from auditor.domain.matrix import ThemeMatrix

NOTHING = ThemeMatrix((), (), (), (), ())


class CaseMatrixModel(MatrixModel):
    """Issues of each theme in each case, the cases with an issue at the edge, the issues of each case below."""

    edge_title = "Cases with an issue"

    def __init__(self) -> None:
        super().__init__()
        self._matrix = NOTHING
        self._edges: list[tuple[int, int]] = []
        self._open_actions: Mapping[str, int] = {}
        self._prefix = self._widest = ""

    def load(self, matrix: ThemeMatrix, open_actions: Mapping[str, int]) -> None:
        """Show a matrix; `open_actions` counts them by theme. The sorting stays."""
        self.beginResetModel()
        self._matrix, self.themes, self._open_actions = matrix, matrix.themes, open_actions
        self._edges = [matrix.cases_with_issue(row) for row in range(len(matrix.themes))]
        self._prefix = common_start([column.reference for column in matrix.columns])
        issues = max((cell.issues for row in matrix.cells for cell in row), default=0)
        self._widest = f"{issues}/{max((cell.n for row in matrix.cells for cell in row), default=0)}"
        self._arrange()
        self.endResetModel()

    @property
    def matrix(self) -> ThemeMatrix:
        return self._matrix

    @property
    def width(self) -> int:
        return len(self._matrix.columns)

    @property
    def prefix(self) -> str:
        return self._prefix

    @property
    def widest(self) -> str:
        return self._widest

    def label(self, column: int) -> str:
        return self._matrix.columns[column].reference[len(self._prefix) :]

    def heading(self, column: int) -> str:
        return self._matrix.columns[column].reference

    def told(self, column: int) -> str:
        issues, missing = self._matrix.totals[column].issues, self._matrix.not_agreed[column]
        said = f"{self.heading(column)}: {many(issues, 'issue')}"
        return f"{said}, {many(missing, 'answer')} not yet agreed" if missing else said

    def value(self, theme: int, column: int) -> Heat:
        cell = self._matrix.cells[theme][column]
        step = self._matrix.heat(cell)
        return Heat(
            issues=cell.issues,
            n=cell.n,
            step=step or 0,
            good_practice=cell.good_practice,
            limit=cell.limits_failed > 0,
            applies=step is not None,
            # Every theme of the matrix has a scored question: no answer and no N/A means that none is agreed.
            waiting=not cell.n and not cell.na,
        )

    def edge(self, theme: int) -> Edge:
        with_issue, applied = self._edges[theme]
        longest = f"{self.width} of {self.width}"
        return Edge(f"{with_issue} of {applied}", with_issue / applied if applied else 0.0, longest)

    def words(self, theme: int, column: int) -> str:
        return self.value(theme, column).words(self.themes[theme][1], f"case {self.heading(column)}")

    def copied(self, theme: int, column: int) -> str:
        cell = self._matrix.cells[theme][column]
        return f"{cell.issues} of {cell.n}" if cell.n else "n/a" if cell.na else ""

    def weight(self, theme: int, column: int) -> tuple[float, ...]:
        if column == self.width:
            return tuple(map(float, self._edges[theme]))
        cell = self._matrix.cells[theme][column]
        return (cell.issues / cell.n if cell.n else -1.0, cell.issues)

    def spot(self, row: int, column: int) -> Spot:
        theme, title = self.themes[self._order[row]]
        if column == self.width:
            return Spot(theme, title, "all cases")
        audit = self._matrix.columns[column]
        return Spot(theme, title, audit.reference, audit_id=audit.audit_id)

    def totals(self) -> tuple[Total, ...]:
        issues = [counts.issues for counts in self._matrix.totals]
        lines = [Total("Issues in the case", tuple(map(str, issues)), f"{sum(issues):,} in all")]
        if any(self._matrix.not_agreed):
            missing = self._matrix.not_agreed
            values = tuple(str(count) if count else "" for count in missing)
            lines.append(Total("Not yet agreed", values, f"{sum(missing):,} in all", strong=False))
        return tuple(lines)

    def flags_of(self, row: int) -> int:
        return self._open_actions.get(self.themes[self._order[row]][0], 0)
