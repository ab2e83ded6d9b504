"""What falls to each team and each auditor: audits given, agreed and late, as two tables beside each other."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QWidget

from auditor.desktop.preferences import preferences
from auditor.desktop.theme import theme
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.table_model import Column
from auditor.domain.programme_plan import ProgrammeView, Share

_MOST_ROWS = 8


class ShareTable(Panel):
    """One table with its heading; as high as its rows, up to some."""

    def __init__(self, title: str, who: str) -> None:
        super().__init__(margins=(1, 10, 1, 1), spacing=4)
        head = Label(title, "h3")
        head.setContentsMargins(15, 0, 8, 2)
        self.table = DataTable[Share](
            title, _columns(who), table_id=f"share-{who.lower()}", memory=preferences(), key=lambda one: one.name
        )
        self.none = WrapLabel("No audit is due in these months.", "muted")
        self.none.setContentsMargins(15, 0, 8, 10)
        self.body.addWidget(head)
        self.body.addWidget(self.table)
        self.body.addWidget(self.none)
        self.body.addStretch(1)
        theme().changed.connect(self._fit)

    def show_shares(self, shares: Sequence[Share]) -> None:
        self.table.set_rows(shares)
        self.table.setVisible(bool(shares))
        self.none.setVisible(not shares)
        self._fit()

    def _fit(self) -> None:
        rows = min(_MOST_ROWS, self.table.rows.rowCount())
        self.table.setFixedHeight(theme().px(30) + rows * theme().px(32) + 2)


class Shares(QWidget):
    """Teams and auditors."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        self.teams, self.auditors = (
            ShareTable("Share of each team", "Team"),
            ShareTable("Share of each auditor", "Auditor"),
        )
        self._line.addWidget(self.teams, 1)
        self._line.addWidget(self.auditors, 1)

    def show_view(self, view: ProgrammeView) -> None:
        self.teams.show_shares(view.teams)
        self.auditors.show_shares(view.auditors)
        # Who may not read how others stand is told nothing of them, rather than that nobody has anything to do.
        self.auditors.setVisible(bool(view.auditors) or not view.teams)

    def set_narrow(self, narrow: bool) -> None:
        """One below the other where there is no room."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(down if narrow else across)


def _columns(who: str) -> list[Column[Share]]:
    return [
        Column("name", who, text=lambda one: one.name, stretch=True),
        Column("given", "Given", text=lambda one: str(one.given), sort=lambda one: one.given, number=True, width=66),
        Column(
            "agreed", "Agreed", text=lambda one: str(one.agreed), sort=lambda one: one.agreed, number=True, width=74
        ),
        Column("late", "Late", text=lambda one: str(one.late), sort=lambda one: one.late, number=True, width=60),
    ]
