"""How a sample is to be drawn: how many cases, the seed, the groups, the quotas, and what is left out."""

import secrets
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.pages.cycles.quota_form import QuotaForm, columns_of_groups
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import CheckRow, Combo, Field, LineEdit
from auditor.desktop.widgets.panel import Note
from auditor.domain.draw_record import Rules
from auditor.domain.frame import Frame
from auditor.domain.sampling import Plan

USUAL = 14
MONTHS = 12
_SEEDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for."""

    plan: Plan
    rules: Rules


class DrawForm(QWidget):
    """The fields of a draw. `asked(Wish)` once they can be read."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None
        self.number, self.seed = LineEdit("How many cases"), LineEdit("Seed")
        self.number.returnPressed.connect(self.ask)
        self.seed.returnPressed.connect(self.ask)
        self.first, self.second = Combo("Divide by"), Combo("Then by")
        for combo in (self.first, self.second):
            combo.fill_room()
            combo.picked.connect(self._settle)
        self.recent = CheckRow(f"Leave out cases audited in the last {MONTHS} months", "as this workspace knows them")
        self.conflicts = CheckRow("Leave out cases an auditor holds, held or manages", "otherwise the pairs heed it")
        self.quotas = QuotaForm()
        self.quotas.changed.connect(self._settle)
        self.sensitive = Note(
            "Ethnicity is special-category data",
            "It is used for this draw only. What is kept are counts in the evidence, not the ethnicity of any case.",
            icon="lock",
        )
        self.keep = CheckRow("Keep the ethnicity of each case drawn")
        self.draw = Button("Draw the sample")
        self.draw.clicked.connect(self.ask)
        self._size_field = Field("How many", self.number)
        self._seed_field = Field("Seed", self.seed, hint="It is recorded: the same list and seed give the same cases.")
        self._lay_out()

    def offer(self, frame: Frame) -> None:
        """Propose a draw from this frame."""
        self._frame = frame
        self.number.setText(str(min(USUAL, len(frame))))
        if not self.seed.text():
            self.seed.setText(str(secrets.randbelow(_SEEDS)))
        options = [("", "Nothing"), *((heading, heading) for heading in columns_of_groups(frame))]
        for combo in (self.first, self.second):
            combo.set_options(options)
        self.recent.setChecked(True)
        self.conflicts.setChecked(True)
        self.keep.setChecked(False)
        self.quotas.offer(frame)
        self._settle()

    def arrive(self) -> None:
        """The number is ready to be typed over."""
        self.number.selectAll()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Ask for the draw, unless a field cannot be read."""
        size, seed = _number(self.number.text()), _number(self.seed.text())
        self._size_field.fault("" if size else "Write how many cases to draw.")
        self._seed_field.fault("" if seed is not None else "Write a whole number, such as 7.")
        if not size or seed is None:
            (self.number if not size else self.seed).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        strata = tuple(dict.fromkeys(combo.value for combo in (self.first, self.second) if combo.value))
        rules = Rules(
            MONTHS if self.recent.isChecked() else 0,
            self.conflicts.isChecked(),
            self._uses_sensitive and self.keep.isChecked(),
        )
        self.asked.emit(Wish(Plan(size, seed, strata, self.quotas.quotas), rules))

    @property
    def _uses_sensitive(self) -> bool:
        named = {self.first.value, self.second.value, *(quota.column for quota in self.quotas.quotas)} - {""}
        return self._frame is not None and any(map(self._frame.is_sensitive, named))

    def _settle(self) -> None:
        self.second.setEnabled(bool(self.first.value))
        if not self.first.value:
            self.second.set_value("")
        self.sensitive.setVisible(self._uses_sensitive)
        self.keep.setVisible(self._uses_sensitive)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for fields in (
            (self._size_field, self._seed_field),
            (
                Field("Divide into groups by", self.first, hint="Each group gives its share, and at least one."),
                Field("and by", self.second),
            ),
        ):
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(fields[0], 1)
            line.addWidget(fields[1], 1)
            column.addLayout(line)
        for widget in (self.recent, self.conflicts, self.quotas, self.sensitive, self.keep):
            column.addWidget(widget)
        column.addWidget(self.draw, 0, Qt.AlignmentFlag.AlignLeft)


def _number(text: str) -> int | None:
    """A whole number that any machine can hold."""
    clean = text.strip()
    return int(clean) if clean.isascii() and clean.isdecimal() and len(clean) <= 12 else None
