"""What one of the two auditors answered, in their own words, with the button that takes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from auditor.desktop.dates import show_iso
from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.questions.choices import answer_meaning, answer_text
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.labels import IconLabel, KeyCap, Label, MarkLabel, WrapLabel, rule
from auditor.desktop.widgets.panel import Panel
from auditor.domain.answers import Entry
from auditor.domain.roles import Person
from auditor.domain.template import Question

_BLANK = Meaning(MarkKind.RING, "Blank", "text2", "sunken")
_LONG = 26


class AnswerCard(Panel):
    """The side of A or B. `taken` when its answer is to be the agreed one."""

    taken = Signal()

    def __init__(self, letter: str, person: Person, key: str) -> None:
        super().__init__(margins=(16, 10, 16, 12), spacing=8)
        self._letter = letter
        self._chip = Chip(_BLANK)
        self._value = WrapLabel("", "h3")
        self._comment = WrapLabel("")
        self._place = WrapLabel("", "caption2")
        self._flag = WrapLabel("", "caption2")
        self._pin, self._star = (
            IconLabel("pin", px=15),
            MarkLabel(MarkKind.STAR_OUTLINE, "accent", name="Good practice"),
        )
        self._recorded = Label("", "caption")
        self.take = Button(f"Take {letter}", "small", name=f"Take the answer of {person.name}")
        self.take.clicked.connect(self.taken)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(person.name, "h3"))
        head.addWidget(Label(person.job_title, "caption"))
        head.addStretch(1)
        head.addWidget(self._star)
        head.addWidget(self._chip)
        place = QHBoxLayout()
        place.setSpacing(6)
        place.addWidget(self._pin, 0, Qt.AlignmentFlag.AlignTop)
        place.addWidget(self._place, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._recorded, 1)
        foot.addWidget(self.take)
        self._cap = KeyCap(key)
        foot.addWidget(self._cap)
        self.body.addLayout(head)
        self.body.addWidget(rule())
        self.body.addWidget(self._value)
        self.body.addWidget(self._comment)
        self.body.addWidget(self._flag)
        self.body.addStretch(1)
        self.body.addLayout(place)
        self.body.addLayout(foot)

    def show_entry(self, question: Question, entry: Entry, recorded: str, *, may_take: bool, through: str = "") -> None:
        """Show what this auditor recorded; `through` is who brought it in from a sheet."""
        text = answer_text(question, entry.answer)
        meaning = answer_meaning(question, entry.answer)
        short = meaning or (Meaning(MarkKind.RING, text, "accent", "soft") if text and len(text) <= _LONG else None)
        self._chip.set_meaning(short or _BLANK)
        self._chip.setVisible(short is not None or not text)
        self._value.setText(text)
        self._value.setVisible(short is None and bool(text))
        said = entry.comment or (f"Not applicable: {entry.answer.na_reason}" if entry.answer.is_na else "")
        self._comment.setText(said or "No comment")
        self._comment.setProperty("c", "" if said else "caption")
        self._comment.style().polish(self._comment)
        flagged = f"Flagged by {self._letter} to discuss{f': {entry.flag}' if entry.flag else ''}"
        self._flag.setText(flagged if entry.flag is not None else "")
        self._flag.setVisible(entry.flag is not None)
        self._place.setText(entry.location)
        self._place.setVisible(bool(entry.location))
        self._pin.setVisible(bool(entry.location))
        self._star.setVisible(entry.good_practice)
        sheet = f", from a sheet through {through}" if through else ""
        self._recorded.setText(f"recorded {show_iso(recorded)}{sheet}" if recorded else "")
        can = may_take and not entry.answer.is_blank
        self.take.setVisible(can)
        self._cap.setVisible(can)
        self.setAccessibleName(f"{self._letter}: {text or 'blank'}. {said}")
