"""The calendar of the programme: a box for each month with its rounds, and its audits agreed against the target."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.pages.cycles.programme.round_key import RoundKey
from auditor.desktop.theme import theme
from auditor.desktop.widgets.labels import Label
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.progress import Bar
from auditor.domain.programme_plan import Month, MonthLine, ProgrammeView, RoundLine

_NARROWEST, _MOST_COLUMNS = 190, 4
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class MonthBox(Panel):
    """A month: its name, how many audits were agreed of how many, and its rounds.

    Its keys stay when it shows another month: the drawer gives the focus back to the one it was opened from."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(margins=(10, 8, 10, 10), spacing=6)
        self._made: list[RoundKey] = []
        self._title, self._now = Label("", "h3"), Label("this month", "caption2")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._now)
        self.body.addLayout(head)
        count = QHBoxLayout()
        count.setSpacing(8)
        self.bar, self.words = Bar("Agreed"), Label("", "caption")
        count.addWidget(self.bar, 1)
        count.addWidget(self.words)
        self.body.addLayout(count)
        self._none = Label("No round", "muted")
        self.body.addWidget(self._none)
        self._rounds = QVBoxLayout()
        self._rounds.setSpacing(6)
        self.body.addLayout(self._rounds)
        self.body.addStretch(1)

    @property
    def keys(self) -> list[RoundKey]:
        """The rounds shown."""
        return [key for key in self._made if not key.isHidden()]

    def show_line(self, line: MonthLine, this_month: Month, titles: Mapping[str, str]) -> None:
        """Show a month."""
        now = line.month == this_month
        self.setAccessibleName(f"{line.month.words}{', this month' if now else ''}: {_agreed(line)}")
        self._title.setText(line.month.words)
        self._now.setVisible(now)
        self.bar.setAccessibleName(f"Agreed in {line.month.words}")
        self.bar.set_share(min(line.agreed, line.target), line.target)
        self.bar.setVisible(bool(line.target))
        self.words.setText(_agreed(line))
        self._none.setVisible(not line.rounds)
        while len(self._made) < len(line.rounds):
            key = RoundKey(self)
            key.clicked.connect(lambda _=False, key=key: self.opened.emit(key.line))
            self._made.append(key)
            self._rounds.addWidget(key)
        for at, key in enumerate(self._made):
            key.setVisible(at < len(line.rounds))
            if at < len(line.rounds):
                key.set_line(line.rounds[at], titles)


def _agreed(line: MonthLine) -> str:
    return f"{line.agreed} of {line.target} agreed" if line.target else f"{line.agreed} agreed"


class Calendar(QWidget):
    """The months in rows. Arrows go from round to round, Enter opens: `opened(RoundLine)`."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[MonthBox] = []
        self._open: tuple[str, str] = ("", "")
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        theme().changed.connect(self._place)

    @property
    def keys(self) -> list[RoundKey]:
        """Every round shown, in the order of the months."""
        return [key for month in self.boxes for key in month.keys]

    def show_view(self, view: ProgrammeView, this_month: Month, titles: Mapping[str, str]) -> None:
        """Show these months; the focus stays on its round."""
        held = next((key.place for key in self.keys if key.hasFocus()), None)
        while len(self.boxes) < len(view.months):
            box = MonthBox()
            box.opened.connect(self.opened)
            self.boxes.append(box)
            self._columns = 0
        for box, line in zip(self.boxes, view.months, strict=True):
            box.show_line(line, this_month, titles)
        self._place()
        self.mark_open(self._open)
        if held is not None and not self.focus(held):
            self.arrive(this_month)

    def focus(self, place: tuple[str, str]) -> bool:
        """Put the focus on a round, where it is shown."""
        key = next((key for key in self.keys if key.place == place), None)
        if key is not None:
            key.setFocus(Qt.FocusReason.OtherFocusReason)
        return key is not None

    def mark_open(self, place: tuple[str, str]) -> None:
        """Mark the round the drawer shows; nothing for none."""
        self._open = place
        for key in self.keys:
            key.set_open(key.place == place)

    def arrive(self, this_month: Month) -> bool:
        """The focus goes to the first round from this month on, or to the last one; False where there is none."""
        found = next((key for key in self.keys if key.line.round.month >= this_month), None)
        wanted = found or next(reversed(self.keys), None)
        return wanted is not None and self.focus(wanted.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, keys = _STEPS.get(event.key(), 0), self.keys
        at = next((number for number, key in enumerate(keys) if key.hasFocus()), None)
        if step and at is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            wanted = self._across(at, step) if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) else at + step
            keys[max(0, min(len(keys) - 1, wanted))].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _across(self, at: int, step: int) -> int:
        """The round below or above: in the same month, else in the nearest month of the same column."""
        keys = self.keys
        month = next(number for number, box in enumerate(self.boxes) if keys[at] in box.keys)
        within = self.boxes[month].keys.index(keys[at]) + step
        if 0 <= within < len(self.boxes[month].keys):
            return at + step
        others = range(month + step * self._columns, len(self.boxes) if step > 0 else -1, step * self._columns)
        for other in others:
            if self.boxes[other].keys:
                return keys.index(self.boxes[other].keys[0 if step > 0 else -1])
        return at + step

    def _place(self) -> None:
        columns = max(1, min(_MOST_COLUMNS, self.width() // theme().px(_NARROWEST)))
        if columns == self._columns:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for at, box in enumerate(self.boxes):
            self._grid.addWidget(box, at // columns, at % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)


def place_of(line: RoundLine) -> tuple[str, str]:
    """What names the round of a line."""
    return line.round.rhythm.id, str(line.round.month)
