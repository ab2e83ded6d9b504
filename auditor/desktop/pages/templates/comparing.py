"""Compares two templates, or a template and a file, and says what changed from one to the other in groups."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.file_names import ask_which
from auditor.desktop.models.change_rows import ChangeRow, change_groups, summary_words
from auditor.desktop.operations import Operations
from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.fields import Combo, Field
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.widgets.table_model import Column, Group
from auditor.services.template_files import differences, form_in

Plain = Mapping[str, Any]
_FILE = "file "


class Comparing(QWidget):
    """`set_choices` names what can be compared and how it is read; `begin` sets both sides. `left` when closed."""

    left = Signal()
    row_opened = Signal(object)

    def __init__(
        self,
        operations: Operations,
        ask_path: Callable[[QWidget], Path | None] = ask_which,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._operations, self._ask_path = operations, ask_path
        self._read: Callable[[str], Plain] = lambda _key: {}
        self._options: list[tuple[str, str]] = []
        self._files: dict[str, Plain] = {}
        self.before, self.after = Combo("Before"), Combo("After")
        self.before.fill_room()
        self.after.fill_room()
        self.file_button = Button("Compare with a file…")
        self.close_button = Button("Close", name="Close the comparison, Esc")
        self.summary = WrapLabel("", "h3")
        self.table: DataTable[ChangeRow] = DataTable(
            "What changed", _columns(), table_id="template-changes", memory=preferences(), key=lambda row: row.id
        )
        self._lay_out()
        self.before.picked.connect(lambda _key: self.compare())
        self.after.picked.connect(lambda _key: self.compare())
        self.file_button.clicked.connect(self._add_file)
        self.close_button.clicked.connect(self.left)
        self.table.opened.connect(self.row_opened)

    def set_choices(self, choices: Sequence[tuple[str, str]], read: Callable[[str], Plain]) -> None:
        """What can be compared, as (key, words), and how its plain form is found."""
        self._options, self._read = list(choices), read
        kept = self.before.value, self.after.value
        self._fill()
        for combo, value in zip((self.before, self.after), kept, strict=True):
            combo.set_value(value)

    def begin(self, before: str, after: str) -> None:
        """Compare these two."""
        self.before.set_value(before)
        self.after.set_value(after)
        self.compare()
        self.before.setFocus(Qt.FocusReason.OtherFocusReason)

    def compare(self) -> None:
        """Say what changed from the one above to the one below."""
        if not self.before.value or not self.after.value:
            return
        sides = self._plain(self.before.value), self._plain(self.after.value)
        groups = change_groups(differences(*sides))
        rows: list[ChangeRow | Group] = []
        for group in groups:
            rows += [Group(group.title, len(group.rows)), *group.rows]
        self.table.set_rows(rows)
        self.table.select_first()
        self.summary.setText(summary_words(groups))

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what has no room in one column."""
        ways = QBoxLayout.Direction
        self._pair.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._heading.setVisible(not narrow)
        self.table.leave_out(("key",) if narrow else ())

    def _plain(self, key: str) -> Plain:
        return self._files[key] if key in self._files else self._read(key)

    def _fill(self) -> None:
        options = [*self._options, *((key, key.removeprefix(_FILE)) for key in self._files)]
        for combo in (self.before, self.after):
            value = combo.value
            combo.set_options(options)
            combo.set_value(value)

    def _add_file(self) -> None:
        path = self._ask_path(self)
        if path is None:
            return

        def take(plain: Plain) -> None:
            key = f"{_FILE}{path.name}"
            self._files[key] = plain
            self._fill()
            self.begin(key, self.after.value)

        self._operations.run(lambda: form_in(path), on_done=take, busy_text="Reading the file…", key="compare")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 10, 20, 8)
        head.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._heading = Label("What changed", "h2")
        line.addWidget(self._heading)
        line.addStretch(1)
        line.addWidget(self.file_button)
        line.addWidget(self.close_button)
        head.addLayout(line)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(12)
        self._pair.addWidget(Field("Before", self.before), 1)
        self._pair.addWidget(Field("After", self.after), 1)
        head.addLayout(self._pair)
        head.addWidget(self.summary)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.table, 1)


def _columns() -> list[Column[ChangeRow]]:
    return [
        Column("what", "What", lambda row: row.what, width=150, strong=True),
        Column("key", "Of it", lambda row: row.key, width=150),
        Column("said", "Before → after", lambda row: row.said, stretch=True),
    ]
