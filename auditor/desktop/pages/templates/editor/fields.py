"""The fields a part of a draft is changed with. Each gives its value when the person has done with it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from auditor.desktop.widgets.fields import CheckRow, Combo, Field
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.texts import GrowingText, saving_later

Save = Callable[[str, Any], None]
"""Takes the field and its new value."""


class TextField(Field):
    """Words. They are saved when typing rests and when the focus leaves; `left` on Esc."""

    left = Signal()

    def __init__(self, key: str, label: str, save: Save, *, hint: str = "", lines: int = 1, place: str = "") -> None:
        self.text = GrowingText(label, hint=place, fewest_lines=lines)
        super().__init__(label, self.text, hint=hint)
        self.key = key
        self.text.left.connect(self.left)
        rest = saving_later(self, self.text.commit)
        self.text.textChanged.connect(rest.start)
        # One line each: what Enter breaks in a wording would break lines in lists and workbooks.
        self.text.committed.connect(lambda text: save(key, _one_line(text) if lines == 1 else text.strip()))

    def load(self, value: Any) -> None:
        """Show what stands in the draft."""
        self.text.load(str(value or ""))

    def commit(self) -> None:
        """Save now what is typed."""
        self.text.commit()


class ListField(Field):
    """One of a few words."""

    def __init__(self, key: str, label: str, options: Sequence[tuple[str, str]], save: Save, *, hint: str = "") -> None:
        self.list = Combo(label, options)
        self.list.fill_room()
        super().__init__(label, self.list, hint=hint)
        self.key = key
        self.list.picked.connect(lambda value: save(key, value))

    def load(self, value: Any) -> None:
        """Show what stands in the draft."""
        self.list.set_value(str(value or ""))

    def commit(self) -> None:
        """It was saved when it was chosen."""


class TruthField(CheckRow):
    """Yes or no."""

    def __init__(self, key: str, text: str, note: str, save: Save) -> None:
        super().__init__(text, note)
        self.key = key
        self.clicked.connect(lambda on: save(key, bool(on)))

    @property
    def control(self) -> QWidget:
        """What takes the focus."""
        return self

    def load(self, value: Any) -> None:
        """Show what stands in the draft."""
        self.setChecked(bool(value))

    def commit(self) -> None:
        """It was saved when it was ticked."""


class TicksField(QWidget):
    """Some of a list, by ticks; `most` is how many at once."""

    def __init__(
        self, key: str, label: str, options: Sequence[tuple[str, str]], save: Save, *, most: int = 0, hint: str = ""
    ) -> None:
        super().__init__()
        self.key, self._save, self._most = key, save, most
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 4)
        column.setSpacing(2)
        column.addWidget(Label(label, "label"))
        self.rows = {one: CheckRow(word) for one, word in options}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        for at, (one, row) in enumerate(self.rows.items()):
            row.setAccessibleName(f"{label}: {row.text()}")
            row.clicked.connect(lambda _on, ticked=one: self._ticked(ticked))
            self._grid.addWidget(row, at // 2, at % 2)
        column.addLayout(self._grid)
        if hint:
            column.addWidget(WrapLabel(hint, "caption"))

    @property
    def control(self) -> QWidget:
        """What takes the focus."""
        return next((row for row in self.rows.values() if row.isChecked()), next(iter(self.rows.values())))

    def load(self, value: Any) -> None:
        """Show what stands in the draft."""
        for one, row in self.rows.items():
            row.setChecked(one in (value or ()))

    def commit(self) -> None:
        """It was saved when it was ticked."""

    def _ticked(self, one: str) -> None:
        chosen = [each for each, row in self.rows.items() if row.isChecked()]
        if self._most and len(chosen) > self._most:
            # The newest tick stays, and the first of the others makes room for it.
            gone = next(each for each in chosen if each != one)
            self.rows[gone].setChecked(False)
            chosen.remove(gone)
        self._save(self.key, chosen)


AnyField = TextField | ListField | TruthField | TicksField


def _one_line(text: str) -> str:
    return " ".join(text.split())
