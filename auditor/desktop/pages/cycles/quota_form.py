"""Quotas of a sample: at least so many cases with one of these values, so that a small group is not missed."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import CheckRow, Combo, Field, LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel, clear
from auditor.desktop.words import many
from auditor.domain.frame import STAFF, Frame, value_key
from auditor.domain.frame import Field as Column
from auditor.domain.sampling import Quota

MOST_VALUES = 40
"""A column of more values than this is no column of groups."""
_ACROSS = 2


def columns_of_groups(frame: Frame) -> list[str]:
    """The headings a sample can be divided by, those the program knows first; never names or references."""
    never = {frame.fields.get(each) for each in (Column.REFERENCE, *STAFF)}
    known = [heading for heading in frame.fields.values() if heading not in never]
    others = [heading for heading in frame.columns if heading not in never and heading not in known]
    return [heading for heading in (*known, *others) if len(_values(frame, heading)) <= MOST_VALUES]


class QuotaForm(Panel):
    """The quotas so far, and a form for one more. `changed` after each change of `quotas`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(c="well", parent=parent)
        self._frame: Frame | None = None
        self.quotas: tuple[Quota, ...] = ()
        self.column = Combo("Quota by column")
        self.column.fill_room()
        self.column.picked.connect(self._offer_values)
        self.least = LineEdit("At least how many")
        self.add = Button("Add quota", "small")
        self.add.clicked.connect(self._add)
        self.values: list[CheckRow] = []
        self._listed = QVBoxLayout()
        self._values = QGridLayout()
        self._least_field = Field("At least", self.least)
        self._lay_out()

    def offer(self, frame: Frame) -> None:
        """Start without quotas for another list."""
        self._frame, self.quotas = frame, ()
        self.column.set_options([(heading, heading) for heading in columns_of_groups(frame)])
        ethnicity = frame.fields.get(Column.ETHNICITY, "")
        if self.column.findData(ethnicity) >= 0:
            self.column.set_value(ethnicity)
        self.least.setText("2")
        self._offer_values()
        self._show()

    def _offer_values(self) -> None:
        clear(self._values)
        counted = _values(self._frame, self.column.value) if self._frame and self.column.value else Counter[str]()
        self.values = [CheckRow(value, many(count, "case")) for value, count in sorted(counted.items())]
        for number, row in enumerate(self.values):
            self._values.addWidget(row, number // _ACROSS, number % _ACROSS)
        self._least_field.fault("")

    def _add(self) -> None:
        text, values = self.least.text().strip(), tuple(row.text() for row in self.values if row.isChecked())
        if not text.isdecimal() or int(text) < 1:
            self._least_field.fault("Write a number from 1.")
            self.least.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not values:
            self._least_field.fault("Tick the values that count.")
            if self.values:
                self.values[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.quotas = (*self.quotas, Quota(self.column.value, values, int(text)))
        self._offer_values()
        self._show()
        self.column.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _remove(self, quota: Quota) -> None:
        self.quotas = tuple(other for other in self.quotas if other is not quota)
        self._show()
        self.column.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        clear(self._listed)
        for quota in self.quotas:
            line = QHBoxLayout()
            line.addWidget(WrapLabel(f"{quota.words[:1].upper()}{quota.words[1:]}."), 1)
            remove = Button("Remove", "link", name=f"Remove the quota: {quota.words}")
            remove.clicked.connect(lambda _=False, quota=quota: self._remove(quota))
            line.addWidget(remove)
            self._listed.addLayout(line)

    def _lay_out(self) -> None:
        self.body.addWidget(Label("Quotas", "h3"))
        words = "So that a small group is not missed: at least so many cases with one of the values ticked."
        self.body.addWidget(WrapLabel(words, "caption"))
        self.body.addLayout(self._listed)
        line = QHBoxLayout()
        line.addWidget(Field("Column", self.column), 2)
        line.addWidget(self._least_field, 1)
        self.body.addLayout(line)
        self.body.addLayout(self._values)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)


def _values(frame: Frame, heading: str) -> Counter[str]:
    """The values of a column with how many cases have each, told one way where they are written in several."""
    keys = Counter(map(value_key, frame.columns[heading]))
    if len(keys) > MOST_VALUES:
        return Counter({key: count for key, count in keys.items() if key})
    told: dict[str, str] = {}
    for value in frame.columns[heading]:
        told.setdefault(value_key(value), " ".join(value.split()))
    return Counter({told[key]: count for key, count in keys.items() if key})
