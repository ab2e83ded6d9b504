"""Templates taken in turn: a list for each, and one more to add another."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.panel import clear

Options = Sequence[tuple[str, str]]
_PARTED = "\n"


class InTurn(QWidget):
    """The first list has to be chosen; choosing in the last one offers another. `changed` with every choice."""

    changed = Signal()

    def __init__(self, options: Options, chosen: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = list(options)
        self.lists: list[Combo] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._fill(chosen or [options[0][0]] if options else [])

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids, in turn."""
        return tuple(one.value for one in self.lists if one.value)

    def text(self) -> str:
        """What is chosen as a draft keeps it."""
        return _PARTED.join(self.chosen)

    def set_text(self, text: str) -> None:
        """Choose what a draft kept."""
        self._fill(text.split(_PARTED) if text else [])
        self.changed.emit()

    def _fill(self, chosen: Sequence[str]) -> None:
        clear(self._column)
        self.lists = []
        for one in (*chosen, ""):
            self._add(one)
        self.setFocusProxy(self.lists[0])

    def _add(self, value: str) -> None:
        number = len(self.lists) + 1
        first = [] if number == 1 else [("", "– no other –")]
        known = {one for one, _ in self._options}
        gone = [(value, value)] if value and value not in known else []
        combo = Combo("Template" if number == 1 else f"Template {number}, in turn", [*first, *self._options, *gone])
        combo.fill_room()
        combo.set_value(value)
        combo.picked.connect(lambda _picked: self._settle())
        self.lists.append(combo)
        self._column.addWidget(combo)

    def _settle(self) -> None:
        if self.lists[-1].value:
            self._add("")
        self.changed.emit()
