"""The scores of a cycle, case by case: the whole in large figures, and what each section came to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from auditor.desktop.theme import theme
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.row_list import RowList, RowPanel
from auditor.services.scores import CaseScores, ScoreTable

_NO_METHOD = "The template of this cycle has no scoring method."


class ScoreRow(RowPanel):
    """One case."""

    def __init__(self, row: CaseScores, sections: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        told = [(f"{section.lstrip('S0') or '0'} {title}", row.said(section)) for section, title in sections]
        told = [(title, words) for title, words in told if words]
        said = "; ".join(f"{title}: {words}" for title, words in told)
        self.setAccessibleName(f"{row.column.reference}: {row.said()}. {said}")
        line = QHBoxLayout()
        line.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(Label(row.column.reference, "label"))
        whole = WrapLabel(row.said(), "h2")
        whole.setMinimumWidth(theme().px(190))
        left.addWidget(whole)
        left.addStretch(1)
        line.addLayout(left, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for number, (title, words) in enumerate(told):
            grid.addWidget(WrapLabel(title, "text2"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(WrapLabel(words), number, 1)
        line.addLayout(grid, 3)
        self.body.addLayout(line)


class ScoreRows(RowList):
    """All cases with a score."""

    _table = ScoreTable()

    def load(self, table: ScoreTable) -> None:
        """Show these scores, by case."""
        if table != self._table or not self.rows:
            self._table = table
            self.show_rows([ScoreRow(row, table.sections) for row in table.rows], _NO_METHOD)

    def lines(self) -> list[tuple[str, ...]]:
        sections = self._table.sections
        return [
            ("Case", "Whole", *(title for _, title in sections)),
            *(
                (row.column.reference, row.said(), *(row.said(section) for section, _ in sections))
                for row in self._table.rows
            ),
        ]
