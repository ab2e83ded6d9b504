"""Everything that waits for the person, under the hats they wear, each row with the verb that does it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.pages.home.resume_card import BUTTON_WIDTH
from auditor.desktop.pages.home.words import meaning_of
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import ElideLabel, Label, MarkLabel, WrapLabel, rule
from auditor.desktop.widgets.panel import Panel, PanelHead, clear
from auditor.desktop.widgets.toggles import Tabs
from auditor.desktop.words import due_words
from auditor.services.waiting import Hat, Verb, Waiting

ALL = "all"
_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TONES = {"muted": "caption", "requires": "soon", "inadequate": "late"}


class WaitingRow(QWidget):
    """One thing to do. The button carries the verb; its accessible name says the whole row."""

    def __init__(self, row: Waiting, today: date, *, filled: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        meaning = meaning_of(row)
        # What is finished is late no more.
        words, tone = due_words(None if row.verb is Verb.OPEN else row.due, today, sample=row.sample)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 12, 6)
        line.setSpacing(12)
        line.addWidget(MarkLabel(meaning.mark, meaning.colour))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(0)
        right.setSpacing(0)
        left.addWidget(ElideLabel(row.title, "h3"))
        left.addWidget(ElideLabel(row.detail, "caption"))
        for text, kind in ((show_date(row.due), "text2"), (words, _TONES[tone])):
            right.addWidget(Label(text, kind), 0, Qt.AlignmentFlag.AlignRight)
        said = f"{row.verb.value}: {row.title}, {row.detail}, {meaning.word}, due {show_date(row.due)} {words}"
        self.button = Button(row.verb.value, "p" if filled else "small", name=said)
        line.addLayout(left, 1)
        line.addLayout(right)
        line.addWidget(self.button)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.button.setMinimumWidth(theme().px(BUTTON_WIDTH))


class WaitingList(Panel):
    """The rows by hat, with a tab for each; Up and Down move along the verbs. `chosen(Waiting)` carries one out."""

    chosen = Signal(object)

    def __init__(self, hats: Sequence[Hat], parent: QWidget | None = None) -> None:
        super().__init__(margins=(1, 8, 1, 1), spacing=0, parent=parent)
        self._hats = hats
        self._rows: Sequence[Waiting] = ()
        self._above = ""
        self._today = date.today()
        self._filled = False
        self.shown: list[WaitingRow] = []
        head = PanelHead("Waiting for you")
        head.setContentsMargins(16, 0, 4, 0)
        self.tabs = Tabs("Hats")
        self.tabs.add(ALL, "All", 0)
        for hat in hats:
            self.tabs.add(hat.value, f"As {hat.value}", 0)
        self.tabs.setVisible(len(hats) > 1)
        self.tabs.chosen.connect(lambda _tab: self._fill())
        head.right(self.tabs)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 4, 0, 8)
        self._list.setSpacing(0)
        self.body.addWidget(head)
        self.body.addWidget(rule())
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def show_rows(self, rows: Sequence[Waiting], today: date, *, above: str = "", filled: bool = False) -> None:
        """Show these. `above` names the audit of the card above; `filled` makes the first verb the next thing to do."""
        self._rows, self._today, self._above, self._filled = rows, today, above, filled
        self.tabs.set_count(ALL, len(rows))
        for hat in self._hats:
            self.tabs.set_count(hat.value, sum(1 for row in rows if row.hat is hat))
        self._fill()

    def first(self) -> Button | None:
        """The verb of the first row."""
        return self.shown[0].button if self.shown else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down on a verb go to the next row; a button by itself would go wherever Tab goes."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in _STEPS:
            return super().eventFilter(watched, event)
        buttons = [row.button for row in self.shown]
        at = next((number for number, button in enumerate(buttons) if button is watched), 0)
        wanted = max(0, min(len(buttons) - 1, at + _STEPS[event.key()]))
        buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _fill(self) -> None:
        held = next((row.row.target for row in self.shown if row.button.hasFocus()), "")
        clear(self._list)
        self.shown = []
        tab = self.tabs.current
        for hat in Hat:
            rows = [row for row in self._rows if row.hat is hat]
            if not rows or tab not in (ALL, hat.value):
                continue
            if tab == ALL and len(self._hats) > 1:
                self._add_heading(hat, len(rows))
            for row in rows:
                self._add_row(row)
        if not self.shown:
            self._list.addWidget(self._nothing())
        back = next((row for row in self.shown if row.row.target == held), None)
        if held and back is not None:
            back.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_heading(self, hat: Hat, count: int) -> None:
        if self.shown:
            self._list.addWidget(rule())
        head = PanelHead(f"As {hat.value}", "caption2", count=str(count))
        head.setContentsMargins(16, 8, 16, 4)
        if hat is Hat.AUDITOR and self._above:
            head.right(Label(f"{self._above} is above", "caption"))
        self._list.addWidget(head)

    def _add_row(self, row: Waiting) -> None:
        shown = WaitingRow(row, self._today, filled=self._filled and not self.shown)
        shown.button.installEventFilter(self)
        shown.button.clicked.connect(lambda: self.chosen.emit(row))
        self.shown.append(shown)
        self._list.addWidget(shown)

    def _nothing(self) -> QWidget:
        other = " besides the audit above" if self._above else ""
        words = WrapLabel(
            f"Nothing waits for you{other}. What a partner finishes and what falls due appears here by itself.",
            "muted",
        )
        words.setContentsMargins(16, 16, 16, 16)
        return words
