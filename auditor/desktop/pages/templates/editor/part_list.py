"""The left of the editor: every part of the draft to go to, found by words or by what there is to do, and adding."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.models.draft_rows import ALL, CHANGED, TO_DO, DraftRow, draft_columns, matching_rows
from auditor.desktop.pages.templates.contents import SearchLine
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.labels import Label, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.toggles import Segments

_VIEWS = ((ALL, "All"), (CHANGED, "Changed"), (TO_DO, "To put right"))


class PartList(Surface):
    """`chosen(part, id)` when the cursor moved, `opened` when its form is wanted; `adding` asks for a new part."""

    chosen = Signal(str, str)
    opened = Signal()
    adding = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent=parent)
        self._rows: list[DraftRow] = []
        self.search = SearchLine("Search the draft by number or words", hint="Search: 22.1, or risk")
        self.views = Segments("Which parts to list", _VIEWS)
        self.found = Label("", "caption")
        self.table: DataTable[DraftRow] = DataTable(
            "Parts of the draft", draft_columns(), table_id="draft-parts", two_lines=True, key=lambda row: row.key
        )
        self.table.horizontalHeader().hide()
        self.table.setSortingEnabled(False)
        self.add_question = Button("Add a question", "small")
        self.add_section = Button("Add a section", "small")
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.go_on.connect(self._go_on)
        self.views.changed.connect(lambda _view: self._fill())
        self.table.picked.connect(lambda row: self.chosen.emit(*row.key) if row is not None else None)
        self.table.opened.connect(lambda _row: self.opened.emit())
        self.add_question.clicked.connect(lambda: self.adding.emit("question"))
        self.add_section.clicked.connect(lambda: self.adding.emit("section"))

    def load(self, rows: Sequence[DraftRow], at: tuple[str, str]) -> None:
        """Show the parts as they stand, the cursor on the one whose form is open."""
        self._rows = list(rows)
        self._fill()
        self.table.select(at)

    def go(self, at: tuple[str, str]) -> None:
        """Put the cursor on a part, if need be by listing all of them again."""
        if not self.table.select(at):
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.views.set_chosen(ALL)
            self._fill()
            self.table.select(at)

    def set_narrow(self, narrow: bool) -> None:
        """Adding stands beside the views where the list has the whole width, and below it where it is a column."""
        self._foot.setVisible(not narrow)
        line = self._views if narrow else self._foot_line
        for at, button in enumerate((self.add_question, self.add_section)):
            line.insertWidget(2 + at if narrow else at, button)

    def following(self, at: tuple[str, str]) -> tuple[str, str]:
        """The part to go on with when this one is taken away: the next question or section, else the one before."""
        keys = [row.key for row in self._rows if row.key == at or at[0] == "question" or row.part != "question"]
        where = keys.index(at)
        return keys[where + 1] if where + 1 < len(keys) else keys[where - 1]

    def _fill(self) -> None:
        found = matching_rows(self._rows, self.search.text(), self.views.chosen)
        self.table.set_rows(found)
        self.found.setText(f"{len(found)} of {len(self._rows)}")

    def _go_on(self) -> None:
        if self.table.current is None:
            self.table.select_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 6)
        head.setSpacing(10)
        head.addWidget(self.search, 1)
        head.addWidget(self.found)
        self._views = QHBoxLayout()
        self._views.setContentsMargins(14, 0, 14, 8)
        self._views.setSpacing(8)
        self._views.addWidget(self.views)
        self._views.addStretch(1)
        self._foot = Surface("side", horizontal=True, margins=(14, 8, 14, 8), spacing=8)
        assert isinstance(self._foot.body, QHBoxLayout)
        self._foot_line = self._foot.body
        self._foot_line.addWidget(self.add_question)
        self._foot_line.addWidget(self.add_section)
        self._foot_line.addStretch(1)
        self.body.addLayout(head)
        self.body.addLayout(self._views)
        self.body.addWidget(rule())
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._foot)
